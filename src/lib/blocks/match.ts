/** Whether words that are looked for stand in a text, where no store answers it. Pure. */

/** As the store's index sees it: without marks and capitals. */
const folded = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();

const wordsIn = (text: string): string[] => folded(text).match(/[\p{L}\p{N}]+/gu) ?? [];

/** One of the alternatives of each group begins a word of the text. */
export function isMeant(text: string, groups: readonly (readonly string[])[]): boolean {
	const has = wordsIn(text);
	return groups.every((group) =>
		group.some((word) => wordsIn(word).every((one) => has.some((other) => other.startsWith(one))))
	);
}

/** So many words are shown around the first that was looked for. */
const AROUND = 12;

/** A part of the text, in pieces; `hit`: it was looked for. */
export function excerpt(
	text: string,
	groups: readonly (readonly string[])[]
): { text: string; hit: boolean }[] {
	const sought = groups.flatMap((group) => group.flatMap(wordsIn));
	const isHit = (word: string) => sought.some((one) => folded(word).startsWith(one));
	const pieces = (text.match(/[\p{L}\p{N}\p{M}]+|[^\p{L}\p{N}\p{M}]+/gu) ?? []).map((piece) => ({
		text: piece,
		hit: isHit(piece)
	}));
	const first = Math.max(
		0,
		pieces.findIndex(({ hit }) => hit)
	);
	const from = Math.max(0, first - AROUND);
	const to = from + 4 * AROUND;
	return [
		...(from > 0 ? [{ text: '…', hit: false }] : []),
		...pieces.slice(from, to),
		...(to < pieces.length ? [{ text: '…', hit: false }] : [])
	];
}
