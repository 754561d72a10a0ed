/** What somebody typed, as words to look for. Pure. */

const MOST = 8;
const LONGEST = 40;

/** As German is typed without its letters, and the other way round. */
const UMLAUTS: readonly (readonly [RegExp, string])[] = [
	[/ae/g, 'ä'],
	[/oe/g, 'ö'],
	[/ue/g, 'ü']
];

function spellings(word: string): string[] {
	const umlauts = UMLAUTS.reduce((all, [from, to]) => all.replace(from, to), word);
	const spelt = word.replace(/ä/g, 'ae').replace(/ö/g, 'oe').replace(/ü/g, 'ue');
	// 'gros' is on its way to 'grosse'
	const all = [word, umlauts, spelt].flatMap((one) => [
		one,
		one.replace(/ss|s$/g, 'ß'),
		one.replace(/ß/g, 'ss')
	]);
	return [...new Set(all)];
}

/** Groups of alternatives, each of which has to be found; none: there is nothing to look for. */
export function wordsOf(query: string): string[][] {
	const words =
		query
			.normalize('NFC')
			.toLowerCase()
			.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
	return [...new Set(words)].slice(0, MOST).map((word) => spellings([...word].slice(0, LONGEST).join('')));
}
