import type { Tables } from './block.ts';

const isBare = (value: object) => Object.getPrototypeOf(value) === null;

/**
 * The same tables, with collections that have no prototype. Rules look people and items up by keys that clients
 * name: in a plain object `__proto__` and `constructor` would be found, and changing what is found would change every
 * object of the process. Returns the argument itself where nothing is to be done.
 */
export function bare<State extends Tables>(tables: State): State {
	const collections = Object.entries(tables);
	if (collections.every(([, collection]) => isBare(collection))) return tables;
	const copied = collections.map(([name, collection]) => [
		name,
		isBare(collection) ? collection : Object.freeze(Object.assign(Object.create(null), collection))
	]);
	return Object.freeze(Object.fromEntries(copied)) as State;
}
