/**
 * A guest goes on as an account, so one person's id is another from now on. Ids are unique and cannot be guessed, so
 * wherever a state holds the old one, as a key, in a key or as a value, it means that person.
 */
import { produce } from 'immer';
import type { Json, Tables } from '#lib/blocks/block.ts';
import { bare } from '#lib/blocks/tables.ts';
import { held, type World } from './world.ts';

function renamedValue(value: Json, from: string, to: string): Json {
	if (typeof value === 'string') return value === from ? to : value;
	if (typeof value !== 'object' || value === null) return value;
	if (Array.isArray(value)) {
		const items = value.map((item) => renamedValue(item, from, to));
		// A list of people names each once.
		return value.includes(from) && value.includes(to) ? [...new Set(items)] : items;
	}
	return renamedKeys(value, from, to);
}

function renamedKeys<T extends Json | undefined>(
	table: { [key: string]: T },
	from: string,
	to: string
): { [key: string]: T } {
	const entries = Object.entries(table).flatMap(([key, value]): [string, T][] => {
		const name = key.includes(from) ? key.replaceAll(from, to) : key;
		// Both had something here, a vote for example: the account's own stands.
		if (name !== key && Object.hasOwn(table, name)) return [];
		return [[name, value === undefined ? value : (renamedValue(value as Json, from, to) as T)]];
	});
	return Object.fromEntries(entries);
}

export function renamed(state: Tables, from: string, to: string): Tables {
	return bare(
		Object.fromEntries(
			Object.entries(state).map(([collection, entries]) => [collection, renamedKeys(entries, from, to)])
		)
	);
}

/** The world in which `to` has taken the place of `from`; the roster has seen to that itself. */
export function succeeded(world: World, from: string, to: string): World {
	const states = new Map(world.states);
	for (const { name, block } of held(world)) {
		if (block.name === 'roster') continue;
		const before = states.get(name)!;
		if (!JSON.stringify(before).includes(from)) continue;
		const after = renamed(before, from, to);
		states.set(
			name,
			block.succeeded ? produce(after, (draft: Tables) => block.succeeded?.(draft, to)) : after
		);
	}
	return { ...world, states };
}
