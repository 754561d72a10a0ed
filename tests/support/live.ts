import { randomUUID } from 'node:crypto';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import type { Json } from '#lib/blocks/block.ts';
import type { CommandAnswer } from './api.ts';
import { until } from './until.ts';

export interface Heard {
	event: string;
	data: unknown;
}

/** A socket.io connection, and everything that came over it. An unknown token connects too, and may do nothing. */
export interface Live {
	socket: Socket;
	heard: Heard[];
	/** Any event with an acknowledgement. */
	emit<T>(event: string, data: unknown): Promise<T>;
	/** Hears from now on what concerns this person in the room. */
	enter(room: string): Promise<{ ok: boolean }>;
	command<Result = Json | undefined>(
		room: string,
		type: string,
		payload?: Json,
		id?: string
	): Promise<CommandAnswer<Result>>;
	/** The first event of that name that fits, come or yet to come. */
	hear<T>(event: string, fits?: (data: T) => boolean): Promise<T>;
	close(): void;
}

export async function live(origin: string, token: string): Promise<Live> {
	const socket = io(origin, { auth: { token }, transports: ['websocket'], forceNew: true });
	const heard: Heard[] = [];
	socket.onAny((event: string, data: unknown) => heard.push({ event, data }));
	await new Promise<void>((done, fail) => {
		socket.once('connect', done);
		socket.once('connect_error', (error) => {
			socket.close();
			fail(new Error(`socket.io at ${origin} refused the connection: ${error.message}`));
		});
	});
	const emit = async <T>(event: string, data: unknown): Promise<T> =>
		(await socket.timeout(10_000).emitWithAck(event, data)) as T;
	return {
		socket,
		heard,
		emit,
		enter: (room) => emit('enter', room),
		command: (room, type, payload = {}, id = randomUUID()) => emit('command', { id, room, type, payload }),
		hear: async <T>(event: string, fits: (data: T) => boolean = () => true) => {
			const found = await until(
				() => heard.find((one) => one.event === event && fits(one.data as T)),
				`'${event}' comes over socket.io`
			);
			return found.data as T;
		},
		close: () => {
			socket.close();
		}
	};
}

/** What the projector's link of a room carries; null: this person is not told. */
export async function screenOf({ origin, token }: { origin: string; token: string }, room: string) {
	const line = await live(origin, token);
	const { info } = await line.emit<{ info: { screen: string | null } }>('enter', room);
	line.close();
	return info.screen;
}
