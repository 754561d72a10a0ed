/** One binding from documents that the server writes to Svelte: an instance's tables as plain reactive values. */
import { createSubscriber } from 'svelte/reactivity';
import type * as Y from 'yjs';
import type { Json, Tables } from '#lib/blocks/block.ts';

/**
 * Made where it is first read, which may be inside a `$derived`: a `$state` made there would not be tracked by it, so
 * readers subscribe instead.
 */
class InstanceTables {
	#tables: Tables = {};
	#changed = () => {};
	readonly #subscribe = createSubscriber((update) => {
		this.#changed = update;
		return () => (this.#changed = () => {});
	});
	readonly #map: Y.Map<Json>;
	readonly #observer: (event: Y.YMapEvent<Json>) => void;

	constructor(map: Y.Map<Json>) {
		this.#map = map;
		this.#take(map.keys());
		this.#observer = (event) => {
			this.#take(event.keysChanged);
			this.#changed();
		};
		map.observe(this.#observer);
	}

	get value(): Tables {
		this.#subscribe();
		return this.#tables;
	}

	/** Collections that did not change stay the same objects, so that what derives from them rests. */
	#take(paths: Iterable<string>): void {
		const next: Tables = { ...this.#tables };
		const copied = new Set<string>();
		for (const path of paths) {
			const cut = path.indexOf('/');
			const [collection, key] = [path.slice(0, cut), path.slice(cut + 1)];
			if (!copied.has(collection)) {
				next[collection] = { ...next[collection] };
				copied.add(collection);
			}
			const value = this.#map.get(path);
			if (value === undefined) delete next[collection]![key];
			else next[collection]![key] = value;
		}
		this.#tables = next;
	}

	stop(): void {
		this.#map.unobserve(this.#observer);
	}
}

export class Reading {
	readonly doc: Y.Doc;
	readonly #instances = new Map<string, InstanceTables>();

	constructor(doc: Y.Doc) {
		this.doc = doc;
	}

	/** The tables of an instance; reactive. */
	of(instance: string): Tables {
		let tables = this.#instances.get(instance);
		if (!tables)
			this.#instances.set(instance, (tables = new InstanceTables(this.doc.getMap<Json>(instance))));
		return tables.value;
	}

	stop(): void {
		for (const tables of this.#instances.values()) tables.stop();
	}
}
