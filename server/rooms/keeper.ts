/** Keeps a room's world: makes batches durable and publishes what they changed, in a storm only now and then. */
import type { CommandRow, Unit } from '../storage/store.ts';
import type { Batch } from './batch.ts';
import type { Family } from './family.ts';
import { emptied, heirs, inherited } from './inheritance.ts';
import { Publisher } from './publisher.ts';
import type { RoomDeps } from './room.ts';
import { AGAIN } from './timetable.ts';
import { readBooks } from './books.ts';
import { beginsDocuments, unitOf, type Books } from './unit.ts';
import type { World } from './world.ts';

/** How often at most a storm of commands is shown, in milliseconds. */
const STORM = 100;
const nothing: ReadonlySet<string> = new Set();

/** `chance` is the real one, also in a demo. */
interface KeeperParts extends Pick<
	RoomDeps,
	'store' | 'committer' | 'hub' | 'registry' | 'chance' | 'log' | 'archivedDays'
> {
	family: Family;
	/** Asks for a batch that shows what was not shown yet. */
	show(): void;
}

export class Keeper {
	#world: World;
	#books: Books;
	readonly #parts: KeeperParts;
	readonly #publisher: Publisher;
	/** When it was shown last, by the real clock, also in a demo. */
	#published = 0;
	#timer: NodeJS.Timeout | null = null;
	/** The documents may lag behind the state: after a storm, and after a crash in one. */
	#unpublished = true;
	#closed = false;

	constructor(world: World, books: Books, parts: KeeperParts) {
		this.#world = world;
		this.#books = books;
		this.#parts = parts;
		this.#publisher = new Publisher(world.row.id, parts.hub);
	}

	get world(): World {
		return this.#world;
	}

	/** The documents lag behind. */
	get unpublished(): boolean {
		return this.#unpublished;
	}

	/**
	 * Writes one unit with all that the batch changed, and `alongside`; `now` by the room's clock. False: nothing was
	 * written, and the world is as before.
	 */
	async save(
		batch: Batch,
		commands: CommandRow[],
		now: number,
		alongside: NonNullable<Unit['children']> = []
	): Promise<boolean> {
		if (
			batch.world === this.#world &&
			batch.finished.length === 0 &&
			commands.length === 0 &&
			alongside.length === 0 &&
			!this.#unpublished
		)
			return true;
		const { committer, registry, chance, log, family, archivedDays = null } = this.#parts;
		const before = this.#world;
		const room = before.row.id;
		let books: Books;
		let adopt: () => void;
		try {
			const begun = beginsDocuments(this.#world, batch) ? await this.#begun() : nothing;
			const made = unitOf(this.#world, batch, this.#books, begun, commands, registry, now, archivedDays);
			const { unit } = made;
			books = made.books;
			unit.entries.push(...(await inherited(room, heirs(this.#world, batch.world), this.#parts.hub, now)));
			adopt = family.write(unit, this.#world, batch);
			if (alongside.length > 0) unit.children = alongside;
			// By the real clock, which a demo's is not; one that was set back tells nothing, and it is shown.
			const since = Math.abs(chance.now() - this.#published);
			const show = batch.urgent || batch.finished.length > 0 || since >= STORM;
			if (show) {
				for (const world of [...batch.finished, batch.world])
					unit.entries.push(...(await this.#publisher.entries(world, now)));
				this.#published = chance.now();
			}
			await committer.commit(unit);
			this.#unpublished = !show;
			if (!show) this.#later(STORM - since);
		} catch (error) {
			log.error({ error, room: this.#world.row.id }, 'A batch of commands could not be saved');
			this.#publisher.forget();
			if (this.#unpublished) this.#later(AGAIN);
			return false;
		}
		this.#world = batch.world;
		this.#books = books;
		adopt();
		emptied(room, heirs(before, batch.world), this.#parts, now).catch((error: unknown) =>
			log.error({ error, room }, 'What a guest left to their account could not be emptied')
		);
		return true;
	}

	/** Documents and books were changed behind its back: what is held of them in memory is not what the store has. */
	async reread(): Promise<void> {
		this.#publisher.forget();
		this.#books = await readBooks(this.#parts.store, this.#world.row.id);
	}

	/** The room's documents that were written in, by full name. */
	async #begun(): Promise<ReadonlySet<string>> {
		const { id } = this.#world.row;
		const documents = await this.#parts.store.documents(id);
		return new Set(documents.map(({ document }) => document.slice(id.length + 1)));
	}

	#later(wait: number): void {
		if (this.#closed) return;
		this.#timer ??= setTimeout(() => {
			this.#timer = null;
			if (!this.#closed && this.#unpublished) this.#parts.show();
		}, wait);
	}

	close(): void {
		this.#closed = true;
		if (this.#timer) clearTimeout(this.#timer);
	}
}
