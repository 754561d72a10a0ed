import type { ClientInit, HandleClientError } from '@sveltejs/kit';
import { getLocale, overwriteGetLocale } from '#lib/paraglide/runtime.js';

export const init: ClientInit = () => {
	// Paraglide reads the cookie for every message; another language loads the page again.
	const locale = getLocale();
	overwriteGetLocale(() => locale);
};

/** Whoever can do something about it (app.html, patience.ts) keeps the error page away. */
export const handleError: HandleClientError = ({ error, event, message }) => {
	console.error(error);
	const failed = new CustomEvent('peerloom:failed', { cancelable: true, detail: { error, event } });
	return dispatchEvent(failed) ? { message } : new Promise(() => {});
};
