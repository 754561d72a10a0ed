/**
 * A script that the line swallowed. A browser does not ask again for one that it failed to get, so the page has to be
 * loaded anew; what was typed is kept on this device.
 */

/** Milliseconds until the server is asked again whether it is there. */
const ASK_AGAIN = 3000;
/** When this tab was loaded anew by itself, and how seldom that may be. */
const RELOADED = 'peerloom/reloaded';
const SELDOM = 60_000;

/** Loads the page anew as soon as the server answers and it `may`, unless `stopped` before. */
export async function loadAnew(
	stopped: AbortSignal,
	{ may = () => true, reload = () => location.reload() }: { may?: () => boolean; reload?: () => void } = {}
): Promise<void> {
	while (!stopped.aborted) {
		await new Promise((wait) => setTimeout(wait, ASK_AGAIN));
		const answer = await fetch('/healthz').catch(() => null);
		if (!answer?.ok || stopped.aborted || !may()) continue;
		// not again and again, where something on the way lets pages through and scripts not
		const last = Number(sessionStorage.getItem(RELOADED) ?? 0);
		if (Date.now() - last < SELDOM) continue;
		sessionStorage.setItem(RELOADED, String(Date.now()));
		reload();
		return;
	}
}

/** Whether somebody is writing just now: a page that is loaded anew would take the pen out of their hand. */
export function isWriting(): boolean {
	const { activeElement } = document;
	return (
		activeElement instanceof HTMLElement &&
		(activeElement.isContentEditable || activeElement.matches('input, textarea, select'))
	);
}
