/** Why something was refused, where it is shown: the words of other languages are loaded once they are needed. */
import { createSubscriber } from 'svelte/reactivity';
import type { Why } from '#lib/blocks/refusal.ts';
import { baseLocale, getLocale } from '#lib/paraglide/runtime.js';

let words: typeof import('./refused.ts') | null = null;

/** Loads them for whoever looks on, and again for the next one if the line was down. */
const subscribe = createSubscriber((update) => {
	import('./refused.ts').then(
		(loaded) => {
			words = loaded;
			update();
		},
		() => {}
	);
});

/** In English until the words of the reader's language are there. */
export function whyNow(why: Why): string {
	if (getLocale() === baseLocale) return typeof why === 'string' ? why : why.message;
	if (words === null) subscribe();
	return words?.whyIn(why) ?? (typeof why === 'string' ? why : why.message);
}
