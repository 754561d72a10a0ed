/** Parts that know nothing of rooms ask for the search; the layout of all pages listens for it and opens it. */
export function askToSearch(): void {
	window.dispatchEvent(new Event('peerloom:search'));
}
