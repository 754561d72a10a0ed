/** Keeps a page as it is while nobody answers, see patient.ts, and fetches as a whole what came in part. */
import { navigating } from '$app/state';
import { m } from '#lib/paraglide/messages.js';
import { listen } from '#lib/search/keys.ts';
import { patient } from '#lib/ui/patient.ts';

/** The page that data is of. */
function pageOf({ pathname, searchParams }: URL): string {
	const asked = [...searchParams].filter(([name]) => !name.startsWith('x-sveltekit-'));
	return `${pathname.replace(/\/__data\.json$/, '') || '/'}?${new URLSearchParams(asked)}`;
}

/** Said as long as something waits; without any script that would have to come first. */
let said: HTMLElement | null = null;
let waiting = 0;

function wait(): () => void {
	waiting++;
	if (said === null) {
		said = document.createElement('p');
		said.className = 'toast plain';
		said.role = 'alert';
		said.textContent = m.ui_page_waits();
		document.body.append(said);
	}
	return () => {
		if (--waiting > 0) return;
		said?.remove();
		said = null;
	};
}

/** What hooks.client.ts tells. */
type Failed = CustomEvent<{ error: unknown; event: { url: URL } }>;

/** All that a page needs once it has answered. */
export function attend(): void {
	listen();
	// SvelteKit fetches by what it finds here
	window.fetch = patient(window.fetch, {
		wanted: (address) => navigating.to !== null || pageOf(address) === pageOf(new URL(location.href)),
		wait
	});
	// A script that was lost on the way does not come any more: the page that needs it is loaded by the browser.
	addEventListener('peerloom:failed', (event) => {
		const { url } = (event as Failed).detail.event;
		// somebody goes there, rather than a pointer over its link
		if (navigating.to?.url.href !== url.href || url.href === location.href) return;
		event.preventDefault();
		location.assign(url);
	});
}
