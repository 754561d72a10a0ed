/** Who is connected to a room, and what each is told that concerns them alone. */
import type { Facts, Json, Member } from '#lib/blocks/block.ts';
import type { RoomRow } from '../storage/store.ts';
import type { DocumentInfo } from './access.ts';
import { ownOf } from './projection.ts';
import { memberOf, rosterOf, type World } from './world.ts';

/** How often at most it is said who is here, in milliseconds; in a crowd as many as there are listeners. */
const TICK = 250;

/** What a person in the room is told besides documents. */
export type Message =
	| { is: 'own'; own: Record<string, Json> }
	| { is: 'access'; info: RoomInfo }
	| { is: 'presence'; count: number; here: string[]; facilitatorsAwaySince: number | null }
	| { is: 'gone'; code: 'removed' | 'deleted' }
	/** For the gateway: the room was put away under them, and is still there. They are to connect again. */
	| { is: 'again' };

export interface RoomInfo {
	room: Pick<RoomRow, 'id' | 'code' | 'title' | 'format' | 'preset' | 'state' | 'demo'>;
	settings: Json;
	meeting: number;
	member: Member | null;
	waiting: boolean;
	documents: DocumentInfo[];
	/** The projector's link; only for those who moderate. */
	screen: string | null;
}

export interface Listener {
	person: string;
	hear(message: Message): void;
}

interface AttendanceParts {
	world(): World;
	info(person: string): RoomInfo;
	/** The real time, also in a demo. */
	now(): number;
	/** These members are connected now. */
	present(here: ReadonlySet<string>): void;
}

export class Attendance {
	readonly #parts: AttendanceParts;
	readonly #listeners = new Set<Listener>();
	/** What each was last told of its access. */
	readonly #told = new Map<Listener, string>();
	#facilitatorsAwaySince: number | null;
	#timer: NodeJS.Timeout | null = null;

	constructor(parts: AttendanceParts) {
		this.#parts = parts;
		this.#facilitatorsAwaySince = parts.now();
	}

	get empty(): boolean {
		return this.#listeners.size === 0;
	}

	/** Facts that rules may ask for under `presence`. */
	get facts(): Facts {
		return { here: this.#listeners.size, facilitatorsAwaySince: this.#facilitatorsAwaySince };
	}

	/** Returns a function that ends it. */
	listen(listener: Listener): () => void {
		this.#listeners.add(listener);
		this.#tellAccess(listener);
		this.#tellOwn(listener);
		this.note();
		return () => {
			this.#listeners.delete(listener);
			this.#told.delete(listener);
			this.note();
		};
	}

	tellAccess(people: ReadonlySet<string> | 'all'): void {
		for (const listener of [...this.#listeners])
			if (people === 'all' || people.has(listener.person)) this.#tellAccess(listener);
	}

	tellOwn(people: ReadonlySet<string> | 'all'): void {
		for (const listener of this.#listeners)
			if (people === 'all' || people.has(listener.person)) this.#tellOwn(listener);
	}

	/** To all who are here, for the last time. */
	dismiss(message: Message): void {
		for (const listener of this.#listeners) listener.hear(message);
		this.#listeners.clear();
	}

	#tellAccess(listener: Listener): void {
		const info = this.#parts.info(listener.person);
		const text = JSON.stringify(info);
		if (this.#told.get(listener) === text) return;
		this.#told.set(listener, text);
		listener.hear({ is: 'access', info });
		if (!info.member && !info.waiting) listener.hear({ is: 'gone', code: 'removed' });
	}

	/** Who waits at the door hears only whether they may come in. */
	#tellOwn(listener: Listener): void {
		const world = this.#parts.world();
		if (memberOf(world, listener.person)) listener.hear({ is: 'own', own: ownOf(world, listener.person) });
	}

	/** Tells the members who is here, soon. */
	note(): void {
		this.#timer ??= setTimeout(
			() => {
				this.#timer = null;
				this.#tellPresence();
			},
			Math.max(TICK, this.#listeners.size)
		);
	}

	get present(): number {
		return this.#here().size;
	}

	#here(): Set<string> {
		const { members } = rosterOf(this.#parts.world());
		return new Set([...this.#listeners].map(({ person }) => person).filter((person) => members[person]));
	}

	#tellPresence(): void {
		const world = this.#parts.world();
		const { members } = rosterOf(world);
		const roleOf = (person: string) => world.format.roles[members[person]?.role ?? ''];
		const here = this.#here();
		if ([...here].some((person) => roleOf(person)?.facilitates)) this.#facilitatorsAwaySince = null;
		else this.#facilitatorsAwaySince ??= this.#parts.now();
		const seen = [...here].filter((person) => !roleOf(person)?.unseen);
		const message: Message = {
			is: 'presence',
			count: seen.length,
			here: seen.filter((person) => !roleOf(person)?.crowd),
			facilitatorsAwaySince: this.#facilitatorsAwaySince
		};
		for (const listener of this.#listeners) if (members[listener.person]) listener.hear(message);
		this.#parts.present(here);
	}

	close(): void {
		if (this.#timer) clearTimeout(this.#timer);
	}
}
