/**
 * What a room has to do by itself it does while it is in memory, and a start brings none back. So after one, those
 * that have something to do are opened: a silence is noticed also in a room that nobody visits. Each room says in the
 * store when its time is, with every change of it, so that no other is looked at.
 */
import type { Store } from '../storage/store.ts';
import { meetingOf } from './past.ts';
import type { Rooms } from './rooms.ts';
import { nextDue } from './timetable.ts';
import type { Registry } from './world.ts';

/** After the start, so that those who come back after it come first. */
const FIRST = 10_000;
/** The room is from before rooms said so. */
const UNKNOWN = 0;

interface WakingDeps {
	store: Store;
	registry: Registry;
	rooms: Pick<Rooms, 'get'>;
	log: { error(fields: object, message: string): void };
}

export interface Waking {
	/** Opens them now; how many there were. */
	run(): Promise<number>;
	/** Resolves once no more are being opened. */
	close(): Promise<void>;
}

export function createWaking({ store, registry, rooms, log }: WakingDeps): Waking {
	let closed = false;
	let running: Promise<number> | null = null;

	async function work(): Promise<number> {
		let woken = 0;
		for (const { room, at } of await store.alarms()) {
			if (closed) break;
			try {
				const row = await store.room(room);
				if (row === null || row.state === 'archived') continue;
				if (at === UNKNOWN) {
					const next = nextDue(await meetingOf(row, row.meeting, { store, registry }));
					await store.settleAlarm(room, next?.at ?? null);
					if (next === null) continue;
				}
				await rooms.get(room);
				woken++;
			} catch (error) {
				// one room that cannot be read must not keep the others asleep
				log.error({ err: error, room }, 'What a room has to do by itself could not be read');
			}
		}
		return woken;
	}

	function run(): Promise<number> {
		running ??= work().finally(() => (running = null));
		return running;
	}

	const timer = setTimeout(() => {
		run().catch((error: unknown) => log.error({ err: error }, 'Rooms could not be woken'));
	}, FIRST);
	timer.unref();

	return {
		run,
		async close() {
			closed = true;
			clearTimeout(timer);
			await running?.catch(() => 0);
		}
	};
}
