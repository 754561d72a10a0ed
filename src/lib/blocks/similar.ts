/** What texts have in common, by the telling words that they share. A hint for people, who decide. */

/** Words that say little about what is asked, in English and German. */
const COMMON = new Set(
	(
		'the and for are was were does did how what when where which who why can could should would will our your their his her its ' +
		'this that these those with from have has not but you they into about there here one any some than then ' +
		'der die das den dem des ein eine einen einem einer und oder ist sind war wie was wann wer wem wen warum welche welcher ' +
		'welches kann können soll sollte wird werden nicht mit von für auf bei aus nach wir ihr sie ich man unser unsere mein meine ' +
		'im in am an zu zum zur es do is my we me of on to it if or by as at be wo so'
	).split(' ')
);

const wordsOf = (text: string): string[] =>
	text
		.normalize('NFC')
		.split(/[^\p{L}\p{N}]+/u)
		.filter((word) => word.length > 1 && !COMMON.has(word.toLowerCase()));

const stem = (word: string): string =>
	word
		.toLowerCase()
		.replace(/(?<=.{3})(s|en|e|n)$/u, '')
		.slice(0, 6);

/** The beginnings of its telling words: 'bill' and 'bills' begin alike. */
export function stems(text: string): Set<string> {
	return new Set(wordsOf(text).map(stem));
}

/** The words of a text, as it writes them, that begin in one of these ways; each once. */
export function wordsWith(text: string, of: ReadonlySet<string>): string[] {
	const seen = new Set<string>();
	return wordsOf(text).filter((word) => {
		const begins = stem(word);
		if (!of.has(begins) || seen.has(begins)) return false;
		seen.add(begins);
		return true;
	});
}

/** 0: nothing in common, 1: the same telling words. */
export function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
	if (a.size === 0 || b.size === 0) return 0;
	let shared = 0;
	for (const word of a) if (b.has(word)) shared++;
	return (2 * shared) / (a.size + b.size);
}

/** Alike enough to be worth a hint. */
export const ALIKE = 0.5;

export function nearest<T extends { text: string }>(text: string, among: readonly T[]): T | null {
	const mine = stems(text);
	let best: { item: T; likeness: number } | null = null;
	for (const item of among) {
		const found = likeness(mine, stems(item.text));
		if (found >= ALIKE && found > (best?.likeness ?? 0)) best = { item, likeness: found };
	}
	return best?.item ?? null;
}
