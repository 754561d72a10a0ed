/** Parts that know nothing of rooms ask for the search; the page's layout opens it. */
const EVENT = 'peerloom:search';

export function askToSearch(): void {
	window.dispatchEvent(new Event(EVENT));
}

export function onSearchAsked(listener: () => void): () => void {
	window.addEventListener(EVENT, listener);
	return () => window.removeEventListener(EVENT, listener);
}
