/** How dates and numbers are written in the interface's language where the reader lives. */
import { getLocale } from '#lib/paraglide/runtime.js';

/**
 * Of the languages that a browser asks for, most wanted first, the one to write dates and numbers of `language` in:
 * "14 May" for en-GB, "May 14" for en-US. Who reads a language of nowhere reads it where they are: en-DE.
 */
export function regionOf(language: string, wanted: readonly string[]): string {
	const tags = wanted.flatMap(parse);
	const own = tags.find((tag) => tag.language === language);
	const region = own?.region ?? tags.find((tag) => tag.region !== undefined)?.region;
	return region === undefined ? (own ?? new Intl.Locale(language)).toString() : `${language}-${region}`;
}

/** The languages of an Accept-Language header, most wanted first. */
export function languagesIn(header: string | null): string[] {
	const all = (header ?? '')
		.slice(0, 500)
		.split(',')
		.map((part) => {
			const [tag = '', quality] = part.split(';').map((one) => one.trim());
			const weight = quality === undefined ? 1 : Number(quality.replace(/^q=/, ''));
			return { tag, weight: Number.isFinite(weight) ? weight : 0 };
		});
	return all
		.filter(({ tag, weight }) => tag !== '' && weight > 0)
		.sort((a, b) => b.weight - a.weight)
		.map(({ tag }) => tag);
}

function parse(tag: string): Intl.Locale[] {
	try {
		return [new Intl.Locale(tag)];
	} catch {
		// a header or a setting may hold anything
		return [];
	}
}

let onServer: () => string | undefined = () => undefined;

/** On the server it is a matter of the request that is being answered; hooks.server.ts knows it. */
export function readRegionFrom(request: () => string | undefined): void {
	onServer = request;
}

/** For Intl. In the browser it is what the server wrote the page in (`<html data-region>`), so that both agree. */
export function region(): string {
	if (typeof document === 'undefined') return onServer() ?? getLocale();
	return document.documentElement.dataset.region || regionOf(getLocale(), navigator.languages);
}
