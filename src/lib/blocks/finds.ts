/** What of a block can be found by searching: which of its published values are words that somebody wrote. */
import type * as Y from 'yjs';
import type { Json, Tables } from './block.ts';

/** One thing in the room, with all that is written on it. */
export type Passage = {
	/** The key under which it is published, or its id in the document: what a link lands on. */
	item: string;
	text: string;
};

export type Field = {
	/** Paths to the words: 'text', 'answer.text'; '*' stands for every key. */
	texts: readonly string[];
	/** The field that names what it belongs to; without it, the entry's own key. */
	item?: string;
};

export interface Finds {
	/** By collection of the record, the desk, or both. */
	published?: Readonly<Record<string, Field>>;
	/** In a co-written document. Whoever may write it may have written anything: it does not throw. */
	written?(doc: Y.Doc): Passage[];
}

/** No item is found by what stands behind so many characters. */
const LONGEST = 20_000;

function* wordsAt(value: Json | undefined, path: readonly string[]): Iterable<string> {
	if (typeof value === 'string') {
		if (path.length === 0 && value.trim() !== '') yield value;
		return;
	}
	if (typeof value !== 'object' || value === null || path.length === 0) return;
	const [key, ...rest] = path as [string, ...string[]];
	if (key === '*') for (const one of Object.values(value)) yield* wordsAt(one, rest);
	else if (!Array.isArray(value) && Object.hasOwn(value, key)) yield* wordsAt(value[key], rest);
}

/** Of one instance's published tables; what belongs to the same item stands together. */
export function passagesIn(tables: Tables, published: Finds['published'] = {}): Passage[] {
	const items = new Map<string, string[]>();
	for (const [collection, { texts, item }] of Object.entries(published))
		for (const [key, entry] of Object.entries(tables[collection] ?? {})) {
			const words = texts.flatMap((path) => [...wordsAt(entry, path.split('.'))]);
			if (words.length === 0) continue;
			const named = item === undefined ? key : [...wordsAt(entry, [item])][0];
			const known = items.get(named ?? key);
			if (known) known.push(...words);
			else items.set(named ?? key, words);
		}
	return [...items].map(([item, words]) => passage(item, words));
}

export const passage = (item: string, words: readonly string[]): Passage => ({
	item,
	text: words
		.filter((one) => one !== '')
		.join('\n')
		.slice(0, LONGEST)
});
