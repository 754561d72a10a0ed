import { navigating, page } from '$app/state';
import type { ClientInit, HandleClientError } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { getLocale, overwriteGetLocale } from '#lib/paraglide/runtime.js';
import { isLost, isWriting, loadAnew } from '#lib/ui/back.ts';
import { patient } from '#lib/ui/patient.ts';
import { toast } from '#lib/ui/toast.ts';

/** The status of a page before the first one has come to life. */
const NONE = -1;

/** Somebody goes to this page, rather than a pointer over its link. */
const isOnItsWay = ({ href }: URL) => navigating.to?.url.href === href && href !== location.href;

/** The page that data is of. */
function pageOf({ pathname, searchParams }: URL): string {
	const asked = [...searchParams].filter(([name]) => !name.startsWith('x-sveltekit-'));
	return `${pathname.replace(/\/__data\.json$/, '') || '/'}?${new URLSearchParams(asked)}`;
}

export const init: ClientInit = () => {
	dispatchEvent(new Event('peerloom:begun'));

	// Paraglide reads the cookie for every message; another language loads the page again.
	const locale = getLocale();
	overwriteGetLocale(() => locale);

	window.fetch = patient(window.fetch, {
		wanted: (address) => navigating.to !== null || pageOf(address) === pageOf(new URL(location.href)),
		waits: () => toast.error(m.ui_page_waits())
	});
};

export const handleError: HandleClientError = ({ error, event, message }) => {
	console.error(error);
	// A script that was lost on the way does not come any more: the page that needs it is loaded as a whole.
	if (isOnItsWay(event.url)) location.assign(event.url);
	else if (page.status === NONE && isLost(error))
		void loadAnew(new AbortController().signal, { seldom: 5000, may: () => !isWriting() });
	else return { message };
	return new Promise(() => {});
};
