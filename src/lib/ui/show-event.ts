/** A part that does not have all it holds on the page is asked to bring one thing into view by itself. */
const EVENT = 'peerloom:show';

/** True: a part shows it by itself. Others turn to where it stands, so that it comes to be on the page. */
export function askToShow(instance: string, item: string): boolean {
	return !window.dispatchEvent(new CustomEvent(EVENT, { cancelable: true, detail: { instance, item } }));
}

/** `show` says whether it brings the thing into view by itself; it is asked again until the thing is there. */
export function onShowAsked(instance: string, show: (item: string) => boolean): () => void {
	const listener = (event: Event) => {
		const asked = event instanceof CustomEvent ? (event.detail as { instance: string; item: string }) : null; // as it is made above
		if (asked?.instance === instance && show(asked.item)) event.preventDefault();
	};
	window.addEventListener(EVENT, listener);
	return () => window.removeEventListener(EVENT, listener);
}
