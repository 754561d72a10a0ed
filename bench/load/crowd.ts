/** People who come to a room as a script's guests do: a name, the door, two connections each. */
import { io, type Socket } from 'socket.io-client';
import { guest, join, type CommandAnswer } from '../../tests/support/api.ts';
import type { Json } from '#lib/blocks/block.ts';
import type { LeanSocket } from './socket.ts';
import { open } from './dialect.ts';

/** How many come through the door at a time. */
const ABREAST = 16;

export interface Attendee {
	live: Socket;
	record: LeanSocket;
	/** When the last frame of the record came, ms. */
	heard: number;
	/** Own messages over socket.io since. */
	messages: number;
}

export async function abreast<Item, Result>(
	items: readonly Item[],
	most: number,
	work: (item: Item, index: number) => Promise<Result>
): Promise<Result[]> {
	const results: Result[] = [];
	let next = 0;
	await Promise.all(
		Array.from({ length: most }, async () => {
			while (next < items.length) {
				const index = next++;
				results[index] = await work(items[index]!, index);
			}
		})
	);
	return results;
}

/** Names, sessions and memberships. */
export function tokens(origin: string, room: string, count: number): Promise<string[]> {
	return abreast(
		Array.from({ length: count }, (_, n) => n),
		ABREAST,
		async (n) => {
			const one = await guest(origin, `Attendee ${n + 1}`);
			await join(one, room);
			return one.token;
		}
	);
}

/** The same people's two connections. */
export function attend(
	origin: string,
	room: string,
	record: string,
	people: readonly string[]
): Promise<Attendee[]> {
	return abreast(people, ABREAST, async (token) => {
		const live = io(origin, {
			auth: { token },
			transports: ['websocket'],
			forceNew: true,
			reconnection: false
		});
		await new Promise<void>((done, fail) => {
			live.once('connect', done);
			live.once('connect_error', fail);
		});
		const entered = (await live.emitWithAck('enter', room)) as { ok: boolean };
		if (!entered.ok) throw new Error(`Somebody could not enter: ${JSON.stringify(entered)}`);
		const url = `${origin.replace(/^http/, 'ws')}/sync/${room}/${record}?token=${token}`;
		const socket = await open({ dialect: 'plain', url, name: record }, null);
		const attendee: Attendee = { live, record: socket, heard: 0, messages: 0 };
		live.on('message', () => void attendee.messages++);
		socket.onFrame = () => void (attendee.heard = performance.now());
		return attendee;
	});
}

let commands = 0;

export function command(
	attendee: Attendee,
	room: string,
	type: string,
	payload: Json
): Promise<CommandAnswer> {
	const id = `bench-${++commands}`;
	return attendee.live
		.timeout(30_000)
		.emitWithAck('command', { id, room, type, payload }) as Promise<CommandAnswer>;
}
