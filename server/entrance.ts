/**
 * The way into a room by its code. Wrong codes are counted by address, where a whole company may come from; whoever
 * tries them out is stopped, and who knows the code is not.
 *
 * There are 30⁶ = 729 million codes. Three hundred wrong ones in an hour are 7,200 a day: among a thousand rooms that
 * finds one in a hundred days. Above that an address gets into rooms that people there are coming into at this moment,
 * and its own; with 3,000 tries a minute one of five such rooms is found in a month.
 */
import { refuse, type Refusal } from '#lib/blocks/block.ts';
import { networkOf, type Limiter, type Limits } from './identity/limits.ts';
import type { Person } from './identity/person.ts';
import { isCode } from './rooms/code.ts';
import type { Room, RoomInfo } from './rooms/room.ts';
import type { Found, Rooms } from './rooms/rooms.ts';

export const WRONG_CODES: Limits = { points: 300, seconds: 60 * 60 };
/** Of an address that has had its wrong codes. */
export const TRIES: Limits = { points: 3000, seconds: 60 };
/** How long after somebody came into a room others of the same address may follow, however many codes were wrong there. */
const FOLLOWING = 10 * 60_000;

export type Entered = Found<RoomInfo> | { ok: false; status: 429; refusal: Refusal; retryAfter: number };

/** The same words wherever somebody has done too much; `wait` in seconds. */
export const tooFast = (wait: number): Entered => ({
	ok: false,
	status: 429,
	refusal: refuse('too_fast', 'That was a lot at once. Wait {wait} s and try again.', undefined, { wait }),
	retryAfter: wait
});

/** `wait`: seconds until codes may be tried again, 0 if they may; then null means that there is no such room. */
interface Sought {
	room: Room | null;
	wait: number;
}

export interface Entrance {
	/** A room by id or code. */
	find(person: Person | null, idOrCode: string, address: string): Promise<Sought>;
	/** Lets a person into a room by id or code. */
	enter(person: Person, idOrCode: string, role: string | null, address: string): Promise<Entered>;
}

interface EntranceDeps {
	rooms: Pick<Rooms, 'get' | 'find' | 'join'>;
	/** By address: `WRONG_CODES`, and `TRIES`. */
	wrong: Limiter;
	tries: Limiter;
	now(): number;
}

export function createEntrance({ rooms, wrong, tries, now }: EntranceDeps): Entrance {
	/** By address and room, until when others may follow; the oldest first. */
	const followed = new Map<string, number>();

	function cameFrom(address: string, room: Room): void {
		const key = `${address} ${room.id}`;
		followed.delete(key);
		followed.set(key, now() + FOLLOWING);
		for (const [old, until] of followed) {
			if (until > now()) break;
			followed.delete(old);
		}
	}

	const mayFollow = (address: string, room: Room) => (followed.get(`${address} ${room.id}`) ?? 0) > now();
	const belongs = (person: Person | null, room: Room) => {
		const info = person && room.info(person.id);
		return info !== null && (info.member !== null || info.waiting);
	};

	async function find(person: Person | null, idOrCode: string, from: string): Promise<Sought> {
		// nobody can guess an id, and what is no code cannot be a right one
		const known = await rooms.get(idOrCode);
		if (known || !isCode(idOrCode)) return { room: known, wait: 0 };
		const address = networkOf(from);
		const wait = await wrong.wait(address);
		const room = await rooms.find(idOrCode);
		if (wait === 0) {
			if (room) cameFrom(address, room);
			else await wrong.take(address);
			return { room, wait };
		}
		if (room && belongs(person, room)) return { room, wait: 0 };
		const open = (await tries.wait(address)) === 0;
		if (open && room && mayFollow(address, room)) return { room, wait: 0 };
		await tries.take(address);
		return { room: null, wait };
	}

	return {
		find,
		async enter(person, idOrCode, role, address) {
			const { room, wait } = await find(person, idOrCode, address);
			if (wait === 0) return rooms.join(person, room?.id ?? idOrCode, role);
			const refusal = refuse(
				'too_fast',
				'Too many wrong codes from your network. Wait {wait} s, then try again.',
				undefined,
				{ wait }
			);
			return { ok: false, status: 429, refusal, retryAfter: wait };
		}
	};
}
