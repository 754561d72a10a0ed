/** A board as runes. Only what a change touched is read again, and what stayed the same stays the same object. */
import type * as Y from 'yjs';
import { groupsOf, linksOf, notesOf, type BoardContent, type Group, type Link, type Note } from './model.ts';
import { assemble, readGroup, readLink, readNote } from './read.ts';

type Events = Y.YEvent<Y.AbstractType<unknown>>[];

export class LiveBoard {
	content = $state.raw<BoardContent>({ notes: [], groups: [], links: [] });
	readonly #stop: (() => void)[] = [];
	readonly #notes = new Map<string, Note>();
	readonly #groups = new Map<string, Group>();
	readonly #links = new Map<string, Link>();

	/** `arrived` hears of notes that others have added. */
	constructor(doc: Y.Doc, arrived: (notes: Note[]) => void = () => {}) {
		this.#follow(notesOf(doc), this.#notes, readNote, arrived);
		this.#follow(groupsOf(doc), this.#groups, readGroup);
		this.#follow(linksOf(doc), this.#links, readLink);
		// Once for all three roots that one transaction may have touched.
		const refresh = (transaction: Y.Transaction) => {
			if (transaction.changedParentTypes.size > 0) this.#assemble();
		};
		doc.on('afterTransaction', refresh);
		this.#stop.push(() => doc.off('afterTransaction', refresh));
		this.#assemble();
	}

	note(id: string): Note | undefined {
		return this.#notes.get(id);
	}

	#assemble(): void {
		this.content = assemble(this.#notes.values(), this.#groups.values(), this.#links.values());
	}

	#follow<T>(
		map: Y.Map<Y.Map<unknown>>,
		kept: Map<string, T>,
		read: (id: string, value: unknown) => T | null,
		arrived: (all: T[]) => void = () => {}
	): void {
		const take = (id: string): T | null => {
			const one = map.has(id) ? read(id, map.get(id)) : null;
			if (one === null) kept.delete(id);
			else kept.set(id, one);
			return one;
		};
		for (const id of map.keys()) take(id);
		const observer = (events: Events, transaction: Y.Transaction) => {
			const changed = new Set<string>();
			const added: T[] = [];
			for (const { path, target, keys } of events.map((event) => ({
				path: event.path,
				target: event.target,
				keys: event.target === map ? event.changes.keys : null
			}))) {
				if (target !== map) changed.add(String(path[0]));
				else for (const id of keys?.keys() ?? []) changed.add(id);
			}
			for (const id of changed) {
				const known = kept.has(id);
				const one = take(id);
				if (one !== null && !known && !transaction.local) added.push(one);
			}
			if (added.length > 0) arrived(added);
		};
		map.observeDeep(observer);
		this.#stop.push(() => map.unobserveDeep(observer));
	}

	stop(): void {
		for (const stop of this.#stop) stop();
	}
}
