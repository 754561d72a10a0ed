/** What of a block can be found by searching: which of its published values are words that somebody wrote. */
import * as v from 'valibot';
import type * as Y from 'yjs';
import type { Json, Tables } from './block.ts';

/** One thing in the room, with all that is written on it. */
export type Passage = {
	/** The key under which it is published, or its id in the document: what a link lands on. */
	item: string;
	text: string;
};

export type Field = {
	/**
	 * Paths to the words: 'text', 'answer.text'; '*' stands for every key, but for the fields of the instance (its
	 * setting `fields`) that nobody writes in: what is chosen from a list is an id.
	 */
	texts: readonly string[];
	/** The field that names what it belongs to; without it, the entry's own key. */
	item?: string;
	/** The field that says, where it is true, that somebody wrote it; what the tool itself says is not looked for. */
	written?: string;
};

export interface Finds {
	/** By collection of the record, the desk, or both. */
	published?: Readonly<Record<string, Field>>;
	/** In a co-written document. Whoever may write it may have written anything: it does not throw. */
	written?(doc: Y.Doc): Passage[];
	/**
	 * In what one person alone is shown, which stands in no document: lists of things that have an `id`, by their path,
	 * with the paths to their words. It is read in the room when somebody looks for it, and kept nowhere.
	 */
	own?: Readonly<Record<string, readonly string[]>>;
}

/** No item is found by what stands behind so many characters. */
const LONGEST = 20_000;

const declared = v.object({ fields: v.array(v.object({ name: v.string(), kind: v.string() })) });

/** Says of a field whether people write in it; `settings`: of the instance, in each method that has it. */
export function writtenIn(settings: readonly unknown[]): (field: string) => boolean {
	const kinds = new Map<string, Set<string>>();
	for (const one of settings)
		for (const { name, kind } of v.is(declared, one) ? one.fields : [])
			kinds.set(name, (kinds.get(name) ?? new Set()).add(kind));
	return (field) => {
		const known = kinds.get(field);
		return known === undefined || known.has('line') || known.has('text');
	};
}

type Written = ReturnType<typeof writtenIn>;

function* wordsAt(
	value: Json | undefined,
	path: readonly string[],
	isWritten: Written = () => true
): Iterable<string> {
	if (typeof value === 'string') {
		if (path.length === 0 && value.trim() !== '') yield value;
		return;
	}
	if (typeof value !== 'object' || value === null || path.length === 0) return;
	const [key, ...rest] = path as [string, ...string[]];
	if (key === '*') {
		for (const [name, one] of Object.entries(value))
			if (Array.isArray(value) || isWritten(name)) yield* wordsAt(one, rest, isWritten);
	} else if (!Array.isArray(value) && Object.hasOwn(value, key)) yield* wordsAt(value[key], rest, isWritten);
}

const isTrue = (entry: Json, field: string): boolean =>
	typeof entry === 'object' && entry !== null && !Array.isArray(entry) && entry[field] === true;

/** Of one instance's published tables; what belongs to the same item stands together. */
export function passagesIn(
	tables: Tables,
	published: Finds['published'] = {},
	isWritten?: Written
): Passage[] {
	const items = new Map<string, string[]>();
	for (const [collection, { texts, item, written }] of Object.entries(published))
		for (const [key, entry] of Object.entries(tables[collection] ?? {})) {
			if (written !== undefined && !isTrue(entry, written)) continue;
			const words = texts.flatMap((path) => [...wordsAt(entry, path.split('.'), isWritten)]);
			if (words.length === 0) continue;
			const named = item === undefined ? key : [...wordsAt(entry, [item])][0];
			const known = items.get(named ?? key);
			if (known) known.push(...words);
			else items.set(named ?? key, words);
		}
	return [...items].map(([item, words]) => passage(item, words));
}

/** Of what an instance shows one person alone. */
export function passagesInOwn(own: Json, fields: NonNullable<Finds['own']>, isWritten?: Written): Passage[] {
	const found = Object.entries(fields).flatMap(([path, texts]) =>
		listAt(own, path.split('.')).flatMap((entry) => {
			const [item] = wordsAt(entry, ['id']);
			const words = texts.flatMap((text) => [...wordsAt(entry, text.split('.'), isWritten)]);
			return item === undefined || words.length === 0 ? [] : [passage(item, words)];
		})
	);
	// somebody may see an entry both as their own and among all
	return [...new Map(found.map((one) => [one.item, one])).values()];
}

function listAt(value: Json | undefined, path: readonly string[]): readonly Json[] {
	if (path.length === 0) return Array.isArray(value) ? value : [];
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
	return listAt(value[path[0]!], path.slice(1));
}

export const passage = (item: string, words: readonly string[]): Passage => ({
	item,
	// the same words in two languages, or in a field and in what it became, say it once
	text: [...new Set(words)]
		.filter((one) => one !== '')
		.join('\n')
		.slice(0, LONGEST)
});
