/**
 * A document that only the server writes: the projections of a room's blocks.
 * An instance is a Y.Map named like it; its keys are `<collection>/<key>`, its values plain JSON.
 */
import * as Y from 'yjs';
import type { Json, Tables } from '#lib/blocks/block.ts';

export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
	if (a === b) return true;
	if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
	if (Array.isArray(a) || Array.isArray(b)) {
		if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
		return a.every((item, index) => sameJson(item, b[index]));
	}
	const keys = Object.keys(a).filter((key) => a[key] !== undefined);
	const others = Object.keys(b).filter((key) => b[key] !== undefined);
	return keys.length === others.length && keys.every((key) => sameJson(a[key], b[key]));
}

export class Publication {
	readonly name: string;
	readonly #doc: Y.Doc;

	/** `state`: what the log holds of the document so far. */
	constructor(name: string, state: Uint8Array | null) {
		this.name = name;
		this.#doc = new Y.Doc();
		if (state) Y.applyUpdate(this.#doc, state);
	}

	/**
	 * Writes what changed and returns it as one update, or null; what is projected no more is taken out. The document
	 * here has it at once; whoever cannot make it durable has to throw this Publication away and load it again.
	 */
	write(projections: ReadonlyMap<string, Tables>): Uint8Array | null {
		let update: Uint8Array | null = null;
		const take = (bytes: Uint8Array) => (update = bytes);
		this.#doc.once('update', take);
		this.#doc.transact(() => {
			const gone = [...this.#doc.share.keys()].filter((instance) => !projections.has(instance));
			for (const instance of gone) this.#doc.getMap<Json>(instance).clear();
			for (const [instance, tables] of projections) {
				const map = this.#doc.getMap<Json>(instance);
				const keep = new Set<string>();
				for (const [collection, entries] of Object.entries(tables)) {
					for (const [key, value] of Object.entries(entries)) {
						const path = `${collection}/${key}`;
						keep.add(path);
						if (sameJson(map.get(path), value)) continue;
						map.set(path, value);
					}
				}
				for (const path of map.keys()) {
					if (!keep.has(path)) map.delete(path);
				}
			}
		});
		this.#doc.off('update', take);
		return update;
	}

	/** What is published of an instance now. */
	read(instance: string): Tables {
		return readTables(this.#doc, instance);
	}
}

export function readTables(doc: Y.Doc, instance: string): Tables {
	const tables: Tables = {};
	for (const [path, value] of doc.getMap<Json>(instance).entries()) {
		const cut = path.indexOf('/');
		(tables[path.slice(0, cut)] ??= {})[path.slice(cut + 1)] = value;
	}
	return tables;
}
