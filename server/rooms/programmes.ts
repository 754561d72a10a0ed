/**
 * Programmes: rooms that open other rooms. What one wishes for is a row, written with the command that caused it;
 * here wishes are carried out afterwards, a few at a time, each part once, also after a crash. And what the rooms
 * report is brought to their programme, however many they are, at most once a second.
 */
import { refuse, type Json } from '#lib/blocks/block.ts';
import { whyOf, type Why } from '#lib/blocks/refusal.ts';
import type { Committer } from '../storage/committer.ts';
import type { Child, ChildDone, Store } from '../storage/store.ts';
import type { Chance } from './batch.ts';
import { loadsBut, newsOf, reportOf } from './children.ts';
import type { MakeRoom } from './make-room.ts';
import type { Kinship } from './family.ts';
import { leftBy } from './leaving.ts';
import type { Directory, Room } from './room.ts';
import { memberOf } from './world.ts';

/** Wishes that are carried out side by side: one commit takes several, and people's own commands come in between. */
const AT_ONCE = 6;
const READ_AT_ONCE = 600;
/** How often at most a programme hears of its rooms, and when to try again what could not be saved; milliseconds. */
const TELL = 1000;
const AGAIN = 2000;

interface ProgrammeParts {
	store: Store;
	committer: Committer;
	chance: Chance;
	directory: Directory;
	make: MakeRoom;
	get(room: string): Promise<Room | null>;
	log: { error(details: object, message: string): void };
}

export class Programmes implements Kinship {
	readonly #parts: ProgrammeParts;
	#working: Promise<void> | null = null;
	/** Something came up while it worked. */
	#more = false;
	#retry: NodeJS.Timeout | null = null;
	readonly #telling = new Map<string, NodeJS.Timeout>();
	readonly #told = new Set<Promise<void>>();
	#closed = false;

	constructor(parts: ProgrammeParts) {
		this.#parts = parts;
	}

	/** Also once at the start: a crash or a stop may have left something over. */
	wished(): void {
		if (this.#closed) return;
		if (this.#working) {
			this.#more = true;
			return;
		}
		this.#working = this.#work().finally(() => {
			this.#working = null;
			if (this.#more) {
				this.#more = false;
				this.wished();
			}
		});
	}

	reported(programme: string): void {
		if (this.#closed || this.#telling.has(programme)) return;
		const timer = setTimeout(() => {
			this.#telling.delete(programme);
			const told = this.#tell(programme).finally(() => this.#told.delete(told));
			this.#told.add(told);
		}, TELL);
		timer.unref();
		this.#telling.set(programme, timer);
	}

	async loads(programme: string, but: string): Promise<ReadonlyMap<string, number>> {
		return loadsBut(but, await this.#parts.store.children(programme));
	}

	async settled(): Promise<void> {
		for (;;) {
			await this.#working;
			const [programme] = this.#telling.keys();
			if (programme !== undefined) {
				clearTimeout(this.#telling.get(programme));
				this.#telling.delete(programme);
				await this.#tell(programme);
			} else if (this.#working === null && this.#told.size === 0) return;
			else await Promise.all(this.#told);
		}
	}

	/** What is not carried out yet is, after the next start. */
	async close(): Promise<void> {
		this.#closed = true;
		if (this.#retry) clearTimeout(this.#retry);
		for (const timer of this.#telling.values()) clearTimeout(timer);
		await this.#working;
		await Promise.all(this.#told);
	}

	async #work(): Promise<void> {
		const waiting = await this.#parts.store.unsettled(READ_AT_ONCE).catch(() => null);
		if (waiting === null) return this.#later();
		const queue = waiting[Symbol.iterator]();
		const worker = async () => {
			for (const child of queue) if (!this.#closed) await this.#attempt(child);
		};
		await Promise.all(Array.from({ length: AT_ONCE }, worker));
		if (waiting.length === READ_AT_ONCE) this.#more = true;
	}

	async #attempt(child: Child): Promise<void> {
		try {
			if (child.code === null && child.done.refused === null) await this.#open(child);
			else await this.#bring(child);
			this.reported(child.parent);
		} catch (error) {
			if (this.#closed) return;
			this.#parts.log.error({ error, room: child.room, programme: child.parent }, 'A wish has to wait');
			this.#later();
		}
	}

	#later(): void {
		if (this.#closed) return;
		this.#retry ??= setTimeout(() => {
			this.#retry = null;
			this.wished();
		}, AGAIN);
		this.#retry.unref();
	}

	/** Opens the room with all its people, in one unit; its orders follow by another round. */
	async #open(child: Child): Promise<void> {
		const { committer, chance, make } = this.#parts;
		const { wish, room } = child;
		const { format, preset, title, settings, owner } = wish;
		const people: Parameters<MakeRoom>[0]['people'] = [];
		const done: ChildDone = { ...child.done, people: {} };
		const programme = await this.#parts.get(child.parent);
		const owns = wish.people.find(({ role }) => role === owner)?.person;
		for (const { person, role } of wish.people) {
			const known = await this.#known(child, person);
			if (known) people.push({ ...known, role, owner: person === owns });
			else done.people[person] = UNKNOWN;
		}
		const made =
			people.length > 0
				? await make({
						id: room,
						input: { title, format, preset, settings },
						people,
						now: chance.now(),
						// the rooms of a programme that is a demo are demos
						demo: programme?.world.row.demo ?? false,
						programme: true,
						begins: async ({ name }) => (programme?.world.row.format === name ? leftBy(programme.world) : {})
					})
				: { ok: false as const, refusal: refuse('nobody', 'None of its people is known any more.') };
		if (!made.ok) {
			done.refused = whyOf(made.refusal);
			await committer.commit({ children: [{ room, wish, done }] });
			return;
		}
		const { unit, world, refused } = made.value;
		done.opened = chance.now();
		for (const { id } of people) done.people[id] = refused[id] ?? null;
		const report = reportOf(world);
		await committer.commit({
			...unit,
			children: [{ room, wish, done }],
			reports: [{ room, report }]
		});
		if (wish.orders.length > 0) await this.#bring({ ...child, done, report, code: world.row.code });
	}

	/** Lets in whoever is new, and carries out the orders that have not been. */
	async #bring(child: Child): Promise<void> {
		const { committer } = this.#parts;
		const { wish, room: id } = child;
		let done = child.done;
		const room = done.refused === null ? await this.#parts.get(id) : null;
		if (room) {
			for (const { person, role } of wish.people) {
				if (done.people[person] !== undefined) continue;
				done = {
					...done,
					people: { ...done.people, [person]: await this.#enter(room, child, person, role) }
				};
			}
			for (const { id: order, type, payload } of wish.orders) {
				if (done.orders[order] !== undefined) continue;
				const carriedOut = { ...done, orders: { ...done.orders, [order]: null } };
				const answer = await room.run(type, payload, [{ room: id, wish, done: carriedOut }]);
				if (!answer.ok && again(answer.error.code)) throw new Error(answer.error.message);
				done = answer.ok ? carriedOut : { ...done, orders: { ...done.orders, [order]: whyOf(answer.error) } };
			}
		}
		await committer.commit({ children: [{ room: id, wish, done }] });
	}

	async #enter(room: Room, child: Child, person: string, role: string): Promise<Why | null> {
		const known = await this.#known(child, person);
		if (!known) return UNKNOWN;
		const answer = await room.run('roster.enter', { ...known, role, owner: false, admitted: true });
		if (answer.ok) return null;
		if (again(answer.error.code)) throw new Error(answer.error.message);
		return whyOf(answer.error);
	}

	/** From the directory, or as the programme's own room knows them: guests, and the people of a demo. */
	async #known({ parent }: Child, person: string) {
		const { directory, get } = this.#parts;
		const found = directory.person(person);
		if (found) return { ...found, team: directory.profile(person)?.team ?? null };
		const programme = await get(parent);
		const member = programme && memberOf(programme.world, person);
		return member ? { id: member.id, name: member.name, account: member.account, team: member.team } : null;
	}

	async #tell(programme: string): Promise<void> {
		const { store, get, log } = this.#parts;
		try {
			const room = await get(programme);
			if (!room) return;
			const news = Map.groupBy(await store.children(programme), ({ instance }) => instance);
			for (const [instance, children] of news) {
				const payload = { rooms: children.map(newsOf) } as unknown as Json; // plain data, by its type
				const answer = await room.run(`${instance}.reported`, payload);
				if (answer.ok) continue;
				log.error({ programme, instance, answer }, 'A programme did not take what its rooms report');
				if (again(answer.error.code)) setTimeout(() => this.reported(programme), AGAIN).unref();
			}
		} catch (error) {
			if (!this.#closed) log.error({ error, programme }, 'A programme could not be told of its rooms');
		}
	}
}

const UNKNOWN = whyOf(refuse('unknown', 'There is no such person any more.'));

/** Not for what was asked, but because the server could not do it now. */
const again = (code: string) => code === 'unsaved';
