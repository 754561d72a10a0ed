/**
 * Takes a person out: first as each block's `forget` says, then wherever the id or the name still stands. Ids are
 * unique and cannot be guessed, so an id always means that person. Pure.
 */
import { produce } from 'immer';
import type { Json, Tables } from '#lib/blocks/block.ts';
import { bare } from '#lib/blocks/tables.ts';
import { sameJson } from './publication.ts';
import { held, type World } from './world.ts';

/** Stands in the place of everybody who was erased; no person has this id. */
export const ERASED = 'erased';
/** The same for names that are kept beside an id, or without one. */
const NAMELESS = '–';
/** Under which keys blocks keep a name as it was. A text that happens to be somebody's name is left alone. */
const NAME_KEYS = new Set(['name', 'by', 'owner']);

/** Shorter ones are found in too many words. */
const SHORTEST = 4;

export interface Erased {
	/** The person's, and those that they had as a guest before. */
	ids: readonly string[];
	/** That they were known by. */
	names: ReadonlySet<string>;
}

export function mentions(value: unknown, { ids }: Pick<Erased, 'ids'>): boolean {
	const text = JSON.stringify(value) ?? '';
	return ids.some((id) => text.includes(id));
}

/** The value without the person: ids and names replaced, what they hang on left as it is. */
export function scrubbed<T extends Json | undefined>(value: T, who: Erased): T {
	return scrub(value, who, null) as T; // the shape stays: strings become strings, objects objects
}

function scrub(value: Json | undefined, who: Erased, key: string | null): Json | undefined {
	if (typeof value === 'string') {
		if (key === 'title') return untitled(value, who);
		// also inside of another: 'ana+tom' is the name of a pair
		return key !== null && NAME_KEYS.has(key) && who.names.has(value) ? NAMELESS : scrubbedKey(value, who);
	}
	if (typeof value !== 'object' || value === null) return value;
	if (Array.isArray(value)) return value.map((item) => scrub(item, who, key) ?? null);
	return Object.fromEntries(
		Object.entries(value).map(([name, item]) => [scrubbedKey(name, who), scrub(item, who, name)])
	);
}

export function scrubbedKey(key: string, { ids }: Erased): string {
	return ids.reduce((name, id) => (name.includes(id) ? name.replaceAll(id, ERASED) : name), key);
}

function scrubbedTables(state: Tables, who: Erased): Tables {
	if (
		!mentions(state, who) &&
		![...who.names].some((name) => JSON.stringify(state).includes(JSON.stringify(name)))
	)
		return state;
	const tables = Object.entries(state).map(([collection, entries]): [string, Record<string, Json>] => [
		collection,
		// each entry keeps its identity unless it changed, so that only those are written anew
		Object.fromEntries(
			Object.entries(entries).map(([key, value]) => {
				const clean = scrub(value, who, collection) as Json; // JSON stays JSON
				return [scrubbedKey(key, who), sameJson(clean, value) ? value : clean];
			})
		)
	]);
	return bare(Object.fromEntries(tables));
}

/** A room's title may be made of names: "Nia & Omar". */
function untitled(title: string, { names }: Erased): string {
	const long = [...names].filter((name) => name.length >= SHORTEST);
	return long.reduce((text, name) => text.replaceAll(name, NAMELESS), title);
}

export function forgotten(world: World, who: Erased): World {
	const states = new Map(world.states);
	for (const { name, block, settings } of held(world)) {
		const before = states.get(name)!;
		const left = block.forget
			? produce(before, (draft: Tables) => who.ids.forEach((id) => block.forget?.(draft, id, settings)))
			: before;
		states.set(name, scrubbedTables(bare(left), who));
	}
	const title = untitled(world.row.title, who);
	return { ...world, states, row: title === world.row.title ? world.row : { ...world.row, title } };
}

/**
 * What was published of an instance, without the person. `before` and `after` are its projection with and without
 * them: where the published words are those of `before`, `after` takes their place; where they are older, of a meeting
 * long past, what fell away falls away here too and the rest is scrubbed.
 */
export function republished(published: Tables, before: Tables, after: Tables, who: Erased): Tables {
	const tables: Tables = {};
	for (const [collection, entries] of Object.entries(published)) {
		for (const [key, value] of Object.entries(entries)) {
			const was = before[collection]?.[key];
			const is = after[collection]?.[key];
			const gone = was !== undefined && is === undefined;
			const unknown = is === undefined && mentions([key, value], who);
			if (gone || unknown) continue;
			const next = is !== undefined && sameJson(value, was) ? is : scrub(value, who, collection);
			if (next !== undefined) (tables[collection] ??= {})[scrubbedKey(key, who)] = next;
		}
	}
	return tables;
}
