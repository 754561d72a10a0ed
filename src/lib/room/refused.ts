/** What was refused, in the reader's language; the server says it in English. */
import { filled, type Failure, type Why } from '#lib/blocks/refusal.ts';
import { baseLocale, getLocale, type Locale } from '#lib/paraglide/runtime.js';

type Words = Readonly<Record<string, string>>;

/** The server's own, those that blocks share, and each block's: English message → translation. */
const files = import.meta.glob<Words>(
	['./refused.*.json', '../blocks/refused.*.json', '../blocks/*/refused.*.json'],
	{ eager: true, import: 'default' }
);

export function wordsIn(locale: Locale): Words {
	const ofLocale = Object.entries(files).filter(([path]) => path.endsWith(`.${locale}.json`));
	return Object.assign({}, ...ofLocale.map(([, words]) => words)) as Words;
}

/** A message without words of its own, '{because}', is what stands in its places. */
export function refusedIn(
	{ message, template = message, params }: Pick<Failure, 'message' | 'template' | 'params'>,
	locale: Locale = getLocale()
): string {
	if (locale === baseLocale) return message;
	const words = wordsIn(locale);
	return filled(Object.hasOwn(words, template) ? words[template]! : template, params, locale);
}

/** What was kept of a refusal. */
export function whyIn(why: Why, locale: Locale = getLocale()): string {
	return refusedIn(typeof why === 'string' ? { message: why } : why, locale);
}
