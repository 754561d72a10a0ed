import { getLocale } from '#lib/paraglide/runtime.js';

/**
 * The interface's language as the reader's browser writes dates in it: "14 May" for en-GB, "May 14" for en-US.
 * Not for pages that the server renders: it does not know the region.
 */
export function region(): string {
	const language = getLocale();
	return navigator.languages.find((one) => one.split('-')[0] === language) ?? language;
}
