import type { ClientInit } from '@sveltejs/kit';
import { getLocale, overwriteGetLocale } from '#lib/paraglide/runtime.js';

export const init: ClientInit = () => {
	// Paraglide reads the cookie for every message; another language loads the page again.
	const locale = getLocale();
	overwriteGetLocale(() => locale);
};
