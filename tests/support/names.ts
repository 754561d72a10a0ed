/**
 * What stands under which name: a command that asks for an `item` means one that stands in `items`, or under `item` in
 * some row. Read from an instance's state and settings, so that no block has to say where its ids come from.
 */
import type { Json, Tables } from '#lib/blocks/block.ts';
import type { Field } from '#lib/blocks/fields.ts';

/** Longer strings are what somebody wrote. */
const LONGEST_ID = 64;
const DEEPEST = 4;

/** What commands call otherwise than the rows in which it stands. */
const ALSO: Readonly<Record<string, string>> = { choice: 'option' };

/** `replies` and `reply`, `speeches` and `speech` are of one name. */
export function singular(name: string): string {
	if (name.endsWith('ies')) return `${name.slice(0, -3)}y`;
	if (/(ch|sh|ss|x)es$/.test(name)) return name.slice(0, -2);
	return name.endsWith('s') ? name.slice(0, -1) : name;
}

interface Names {
	/** Strings by the name under which they stand. */
	strings: Map<string, Set<string>>;
	/** The last whole thing that stands under a name. */
	things: Map<string, object>;
}

function add({ strings }: Names, name: string, value: string): void {
	if (value === '' || value.length > LONGEST_ID) return;
	const known = strings.get(name);
	if (known) known.add(value);
	else strings.set(name, new Set([value]));
}

/** What an entry of a list is called by. */
const CALLED = new Set(['id', 'value', 'name', 'key']);

function walk(names: Names, under: string, value: unknown, depth: number): void {
	if (typeof value === 'string') return add(names, under, value);
	if (typeof value !== 'object' || value === null || depth > DEEPEST) return;
	if (Array.isArray(value)) {
		for (const one of value) walk(names, under, one, depth + 1);
		return;
	}
	names.things.set(under, value);
	for (const [key, one] of Object.entries(value)) {
		if (typeof one === 'string' && CALLED.has(key)) add(names, under, one);
		walk(names, singular(key), one, depth + 1);
	}
}

/** Neither collections nor settings change in place, so that each is read once. */
const read = new WeakMap<object, Names>();

function namesIn(name: string, value: object): Names {
	const known = read.get(value);
	if (known) return known;
	const names: Names = { strings: new Map(), things: new Map() };
	read.set(value, names);
	const under = singular(name);
	if (!Array.isArray(value)) names.things.set(under, value);
	if (Array.isArray(value)) walk(names, under, value, 0);
	else
		for (const [key, row] of Object.entries(value)) {
			add(names, under, key);
			if (key.includes('/')) for (const part of key.split('/')) add(names, under, part);
			walk(names, typeof row === 'string' ? singular(key) : under, row, 0);
		}
	return names;
}

function fieldsIn(settings: unknown): Field[][] {
	if (typeof settings !== 'object' || settings === null) return [];
	return Object.values(settings).filter(
		(one): one is Field[] =>
			Array.isArray(one) &&
			one.length > 0 &&
			one.every(
				(field: unknown) => typeof field === 'object' && field !== null && 'kind' in field && 'name' in field
			)
	);
}

export class Known {
	readonly #sources: readonly Names[];
	readonly #tables: readonly (readonly [string, Tables[string]])[];
	/** Lists of fields that the instance asks to be filled in. */
	readonly fields: readonly Field[][];

	constructor(state: Tables, settings: unknown) {
		this.#tables = Object.entries(state).filter(([, table]) => Object.keys(table).length > 0);
		this.#sources = this.#tables.map(([name, table]) => namesIn(name, table));
		const set = Object.entries((settings ?? {}) as Record<string, Json>).filter(
			([, one]) => typeof one === 'object' && one !== null
		);
		this.#sources = [...this.#sources, ...set.map(([name, one]) => namesIn(name, one as object))];
		this.fields = fieldsIn(settings);
	}

	/** What stands under this name. */
	named(name: string): string[] {
		const all = new Set<string>();
		const called = singular(name);
		for (const { strings } of this.#sources)
			for (const under of [called, ALSO[called] ?? called])
				for (const one of strings.get(under) ?? []) all.add(one);
		return [...all];
	}

	/** Something whole that stands under this name. */
	thing(name: string): object | undefined {
		for (const { things } of this.#sources) {
			const one = things.get(singular(name));
			if (one) return one;
		}
		return undefined;
	}

	/** Whatever stands somewhere. */
	anything(pick: <T>(from: readonly T[]) => T | undefined): string | undefined {
		const names = pick(this.#sources);
		const under = names && pick([...names.strings.values()]);
		return under && pick([...under]);
	}

	/** A key of some row that has to do with this person, if one is found soon. */
	of(person: string, pick: <T>(from: readonly T[]) => T | undefined): string | undefined {
		for (let tries = 0; tries < 6; tries++) {
			const [, table = {}] = pick(this.#tables) ?? [];
			const key = pick(Object.keys(table));
			if (key !== undefined && (key.includes(person) || JSON.stringify(table[key] ?? null).includes(person)))
				return pick(key.split('/'));
		}
		return undefined;
	}

	/** What is going on: what a command has to say that it saw. */
	current(): string[] {
		const seen = new Set<string>();
		for (const [name, table] of this.#tables)
			if (name === 'now' || name === 'current')
				for (const under of namesIn(name, table).strings.values()) for (const one of under) seen.add(one);
		return [...seen];
	}
}
