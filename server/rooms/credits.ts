/** Keeps a room's blocks told of who wrote how much of the documents that the format wants credited. */
import type { Json } from '#lib/blocks/block.ts';
import type { Store } from '../storage/store.ts';
import { parseDocument } from './access.ts';
import { Authors } from './authors.ts';
import { rosterOf, type World } from './world.ts';

/** Counted at most so often while people write, in milliseconds. */
const PACE = 2000;

export interface Credit {
	type: string;
	payload: Json;
}

interface CreditDeps {
	room: string;
	store: Pick<Store, 'history'>;
	world(): World;
	/** Time to ask for `due`. */
	wake(): void;
}

export class Credits {
	readonly #deps: CreditDeps;
	readonly #authors = new Map<string, Authors>();
	/** Full names of documents that were written in since they were counted. */
	#dirty = new Set<string>();
	#timer: NodeJS.Timeout | null = null;

	constructor(deps: CreditDeps) {
		this.#deps = deps;
	}

	/** Somebody wrote in a document of this room. */
	written(name: string): void {
		if (this.#verb(name) === null) return;
		this.#dirty.add(name);
		this.#timer ??= setTimeout(() => {
			this.#timer = null;
			this.#deps.wake();
		}, PACE);
		this.#timer.unref();
	}

	get waiting(): boolean {
		return this.#dirty.size > 0;
	}

	/** Something depends on the figures now: whatever was written elsewhere meanwhile is counted as well. */
	recount(): void {
		const { format, row } = this.#deps.world();
		for (const [short, { scope, credit }] of Object.entries(format.documents))
			if (credit !== undefined) this.#dirty.add(scope === 'meeting' ? `m${row.meeting}/${short}` : short);
	}

	/** What the blocks have to be told now. */
	async due(): Promise<Credit[]> {
		const names = [...this.#dirty];
		this.#dirty.clear();
		const credits: Credit[] = [];
		for (const name of names) {
			const type = this.#verb(name);
			if (type !== null) credits.push({ type, payload: await this.#count(name) });
		}
		return credits;
	}

	close(): void {
		if (this.#timer) clearTimeout(this.#timer);
	}

	async #count(name: string): Promise<Json> {
		const { room, store } = this.#deps;
		const authors = this.#authors.get(name) ?? new Authors();
		this.#authors.set(name, authors);
		await authors.read(store, `${room}/${name}`);
		const written: Record<string, number> = {};
		const { former } = rosterOf(this.#deps.world());
		for (const [person, count] of Object.entries(authors.count())) {
			const now = former[person] ?? person;
			written[now] = (written[now] ?? 0) + count;
		}
		const meeting = parseDocument(name)?.meeting ?? this.#deps.world().row.meeting;
		return { meeting, written };
	}

	#verb(name: string): string | null {
		const document = parseDocument(name);
		const { format, row } = this.#deps.world();
		if (!document || (document.meeting !== null && document.meeting !== row.meeting)) return null;
		return format.documents[document.short]?.credit ?? null;
	}
}
