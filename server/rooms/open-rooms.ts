/** The rooms that are in memory: each is opened once, when asked for, and put away when nobody is there. */
import { readBooks } from './books.ts';
import { Room, type Ties } from './room.ts';
import { furnish, statesOf, withStates } from './world.ts';

const UNLOAD_AFTER = 60_000;

export class OpenRooms {
	readonly #deps: Ties;
	/** By id; also those that are just being opened. */
	readonly #opening = new Map<string, Promise<Room | null>>();
	readonly #open = new Map<string, Room>();
	readonly #deleting = new Map<string, Promise<void>>();
	readonly #sweeper: NodeJS.Timeout;
	readonly #stopListening: () => void;

	constructor(deps: Ties) {
		this.#deps = deps;
		this.#sweeper = setInterval(() => this.#sweep(), UNLOAD_AFTER);
		this.#sweeper.unref();
		this.#stopListening = deps.committer.onCommitted((entries) => {
			for (const { document, cause } of entries) {
				const cut = document.indexOf('/');
				if (cause === null) this.#open.get(document.slice(0, cut))?.written(document.slice(cut + 1));
			}
		});
	}

	get count(): number {
		return this.#open.size;
	}

	/** Commands that wait, and rooms whose documents lag behind their state. */
	get waiting(): { commands: number; rooms: number } {
		const all = [...this.#open.values()].map((room) => room.waiting);
		return {
			commands: all.reduce((sum, { commands }) => sum + commands, 0),
			rooms: all.filter(({ unpublished }) => unpublished).length
		};
	}

	/** Null: there is no such room. `ago`: of a demo that is being made, see Timetable. */
	get(id: string, ago = 0): Promise<Room | null> {
		const again = () => this.get(id);
		const deleting = this.#deleting.get(id)?.then(again, again);
		if (deleting) return deleting;
		let opening = this.#opening.get(id);
		if (!opening) {
			opening = load(id, ago, this.#deps).then((room) => {
				if (room) this.#open.set(id, room);
				else this.#opening.delete(id);
				return room;
			});
			opening.catch(() => this.#opening.delete(id));
			this.#opening.set(id, opening);
		}
		return opening;
	}

	/**
	 * Ends a room; while `work` deletes it nobody can open it, and who asks for it is answered once that is done. If it
	 * fails the room is still there, and the next who asks has it opened anew.
	 */
	delete(room: Room, work: () => Promise<void>): Promise<void> {
		const { id } = room;
		const known = this.#deleting.get(id);
		if (known) return known;
		this.#open.delete(id);
		this.#opening.delete(id);
		const deleting = (async () => {
			try {
				await room.close();
				await work();
			} finally {
				this.#deleting.delete(id);
			}
		})();
		this.#deleting.set(id, deleting);
		return deleting;
	}

	async close(): Promise<void> {
		clearInterval(this.#sweeper);
		this.#stopListening();
		await Promise.allSettled(this.#deleting.values());
		await Promise.all([...this.#open.values()].map((room) => room.close()));
	}

	#sweep(): void {
		for (const [id, room] of this.#open) {
			if (!room.idle) continue;
			this.#open.delete(id);
			this.#opening.delete(id);
			void room.close();
		}
	}
}

async function load(id: string, ago: number, deps: Ties): Promise<Room | null> {
	const { store, registry } = deps;
	const row = await store.room(id);
	if (!row) return null;
	const [rows, books, children, self] = await Promise.all([
		store.state(id, row.meeting),
		readBooks(store, id),
		store.children(id),
		store.childOf(id)
	]);
	const furnished = furnish(row, registry);
	const world = withStates({ row, ...furnished, states: statesOf(rows, furnished) }, null);
	const room = new Room(world, books, { children, self }, deps, ago);
	await room.show();
	// What its rooms reported while it was not in memory, or just before a crash.
	if (children.length > 0) deps.kinship.reported(id);
	return room;
}
