/** People's colours; given in the order of joining, and round again after the sixth. */
const COLOURS = 6;

/** 1 to 6, for `data-person`. `index` is the place in the order of joining, from 0. */
export function personColour(index: number): number {
	return (((Math.trunc(index) % COLOURS) + COLOURS) % COLOURS) + 1;
}

/**
 * Two letters for a disc: of the first and the last word. Titles and what stands in brackets do not count, so
 * "Dr. Maximiliane Wittgenstein-Hohenfelsen (Risikocontrolling)" is MW.
 */
export function initials(name: string): string {
	const words = name
		.replace(/\([^()]*\)/g, ' ')
		.split(/\s+/)
		.filter((word) => /[\p{L}\p{N}]/u.test(word));
	const named = words.filter((word) => !word.endsWith('.') || [...word].length <= 2);
	const chosen = named.length > 0 ? named : words;
	const first = firstLetter(chosen[0]);
	const last = chosen.length > 1 ? firstLetter(chosen.at(-1)) : '';
	return (first + last).toLocaleUpperCase() || '?';
}

function firstLetter(word: string | undefined): string {
	return word?.match(/[\p{L}\p{N}]\p{M}*/u)?.[0] ?? '';
}
