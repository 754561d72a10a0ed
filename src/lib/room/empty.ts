import type { Json, Tables } from '#lib/blocks/block.ts';

const EMPTY: Record<string, Json> = Object.freeze({});

/** Reading a collection that nothing was published in yet is reading an empty one. */
export function withEmptyCollections(tables: Tables): Tables {
	return new Proxy(tables, {
		get: (target, key) => (typeof key === 'string' ? (target[key] ?? EMPTY) : Reflect.get(target, key))
	});
}
