/** Deletes for good what is kept long enough, once an hour; what it did stands in the log and among the deletions. */
import type { Config } from './config.ts';
import type { Identity } from './identity/identity.ts';
import type { Persons } from './persons/persons.ts';
import { meetingOf } from './rooms/past.ts';
import { purge } from './rooms/purging.ts';
import { endOf, goesAt, insiders, NOTICE, planned, toldSince, type Planned } from './rooms/retention.ts';
import type { Rooms } from './rooms/rooms.ts';
import type { Registry, World } from './rooms/world.ts';
import type { Committer } from './storage/committer.ts';
import type { Store } from './storage/store.ts';
import type { Hub } from './sync/hub.ts';

const DAY = 24 * 60 * 60_000;
const EVERY = 60 * 60_000;
/** A larger file is made anew only while nobody is there: it takes one to two seconds for 100 MB. */
const LARGE = 512 * 1024 * 1024;
/** After the start, so that those who come back after it come first. */
const FIRST = 60_000;

interface RetentionDeps {
	store: Store;
	committer: Committer;
	hub: Hub;
	rooms: Rooms;
	registry: Registry;
	identity: Pick<Identity, 'sweepSessions' | 'endedGuests'>;
	persons: Pick<Persons, 'erase'>;
	days: Config['retention'];
	now(): number;
	log: {
		info(fields: object, message: string): void;
		error(fields: object, message: string): void;
	};
}

/** How much of what one run has deleted. */
interface Ran {
	commands: number;
	sessions: number;
	guests: number;
	rooms: number;
	/** Rows and documents of rooms that stay. */
	parts: number;
	deletions: number;
}

export interface RetentionJob {
	/** What is to be deleted of a room, the soonest first. */
	planned(world: World): Promise<Planned[]>;
	run(): Promise<Ran>;
	/** Resolves once nothing is being deleted any more. */
	close(): Promise<void>;
}

export function createRetention(deps: RetentionDeps): RetentionJob {
	const { store, hub, rooms, registry, identity, persons, days, now, log } = deps;
	let running: Promise<Ran> | null = null;
	let closed = false;

	async function plansOf(world: World): Promise<Planned[]> {
		if (!world.format.retention && world.row.state !== 'archived') return [];
		const plans = planned(world, await store.meetings(world.row.id), days.archived);
		const end = plans.find(({ what }) => what === 'room');
		if (!end || end.at > now() + NOTICE || insiders(world)?.length === 0) return plans;
		const told = toldSince(end.at, await store.matters(world.row.id));
		const goes = { ...end, at: goesAt(end.at, told ?? now()) };
		return plans.map((plan) => (plan === end ? goes : plan)).sort((a, b) => a.at - b.at);
	}

	/** A room whose time is nearly over tells it as soon as it is open; before it did it does not go. */
	async function announce(world: World): Promise<void> {
		const { id } = world.row;
		const end = endOf(world, await store.meetings(id), days.archived);
		if (end === null || end > now() + NOTICE) return;
		if (toldSince(end, await store.matters(id)) === null) await rooms.get(id);
	}

	async function carryOut(id: string, { what, meeting }: Planned, ran: Ran): Promise<void> {
		if (what === 'room') {
			if (!(await rooms.destroy(id))) return;
			ran.rooms++;
			// of a room that is gone nothing is kept, not even its id
			return store.note({ at: now(), what: 'room', by: 'retention', room: null, detail: {} });
		}
		const room = await rooms.get(id);
		if (!room) return;
		const { instances = [], documents = [] } = what;
		const done = await purge(room, { meeting, instances, documents }, deps);
		const count = done.rows + done.documents;
		if (count === 0) return;
		ran.parts += count;
		const detail = {
			...done,
			...(meeting === null ? {} : { meeting }),
			of: [...instances, ...documents].join(' ')
		};
		await store.note({ at: now(), what: 'part', by: 'retention', room: id, detail });
	}

	async function lookAtRooms(ran: Ran): Promise<void> {
		const formats = Object.values(registry.formats).flatMap(({ name, retention }) => (retention ? name : []));
		for (const row of await store.roomsDue(formats)) {
			if (closed) return;
			try {
				const world = await meetingOf(row, row.meeting, deps);
				await announce(world);
				for (const plan of await plansOf(world)) {
					if (plan.at > now()) break;
					await carryOut(row.id, plan, ran);
					if (plan.what === 'room') break;
				}
			} catch (error) {
				// one room that cannot be read must not keep the others for ever
				log.error({ err: error, room: row.id }, 'What is due of a room could not be deleted');
			}
		}
	}

	async function work(): Promise<Ran> {
		const before = (count: number) => now() - count * DAY;
		const ran: Ran = { commands: 0, sessions: 0, guests: 0, rooms: 0, parts: 0, deletions: 0 };
		ran.commands = await store.forgetCommands(before(days.commands));
		for (const person of days.guests === null ? [] : await identity.endedGuests(before(days.guests))) {
			if (closed) return ran;
			await persons.erase(person, 'retention');
			ran.guests++;
		}
		// only now: a guest's time counts from the end of the session
		ran.sessions = await identity.sweepSessions(before(days.guests ?? 0));
		await lookAtRooms(ran);
		if (days.deletions !== null) ran.deletions = await store.forgetDeletions(before(days.deletions));
		await store.shred();
		const remnants = await store.remnants();
		if (remnants > 0 && (remnants < LARGE || hub.stats.connections === 0)) await store.renew();
		log.info(ran, 'Retention');
		return ran;
	}

	function run(): Promise<Ran> {
		running ??= work().finally(() => (running = null));
		return running;
	}

	const safely = () =>
		void run().catch((error: unknown) => log.error({ err: error }, 'Retention did not come to its end'));
	const first = setTimeout(safely, FIRST);
	const timer = setInterval(safely, EVERY);
	first.unref();
	timer.unref();

	return {
		planned: plansOf,
		run,
		async close() {
			closed = true;
			clearTimeout(first);
			clearInterval(timer);
			await running?.catch(() => {});
		}
	};
}
