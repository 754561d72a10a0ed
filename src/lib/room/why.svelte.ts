/** Why something was refused, for views: the words of other languages are many, and come when the first one is asked. */
import type { Why } from '#lib/blocks/refusal.ts';
import { baseLocale, getLocale } from '#lib/paraglide/runtime.js';

let translated = $state.raw<((why: Why) => string) | null>(null);
let asked = false;

/** Reactive: the server's own words until the reader's are there. */
export function whyFor(why: Why): string {
	if (!asked && getLocale() !== baseLocale) {
		asked = true;
		import('./refused.ts').then(
			({ whyIn }) => (translated = whyIn),
			() => (asked = false)
		);
	}
	if (translated) return translated(why);
	return typeof why === 'string' ? why : why.message;
}
