/** The door of the command road: socket.io. Asks who it is, hands commands over, and tells what concerns one person. */
import type { Server as HttpServer } from 'node:http';
import { Server, type Socket } from 'socket.io';
import { WebSocketServer, type ServerOptions } from 'ws';
import * as v from 'valibot';
import { misfit } from '#lib/blocks/misfit.ts';
import { failed, refuse, type Refusal } from '#lib/blocks/refusal.ts';
import { formatFor } from '#lib/formats/sent.ts';
import type { Config } from '../config.ts';
import type { Identity } from '../identity/identity.ts';
import type { Limiter } from '../identity/limits.ts';
import type { Person } from '../identity/person.ts';
import type { Answer, Failed } from '../rooms/batch.ts';
import type { Listener, Message } from '../rooms/room.ts';
import type { Rooms } from '../rooms/rooms.ts';
import type { Observer } from '../storage/observer.ts';
import type { Credentials } from '../identity/token.ts';
import { FULL, type Crowd, type Of } from './crowd.ts';
import { guardLine, lineLimits, type Line } from './line.ts';
import type { Sittings } from './sitting.ts';
import { ONE_BY_ONE } from './socket.ts';
import { addressOf, credentialsOf, sameSite } from './visitor.ts';

/** A command larger than this is not read. */
const LARGEST_MESSAGE = 256 * 1024;

const commandShape = v.object({
	id: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
	room: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
	type: v.pipe(v.string(), v.minLength(3), v.maxLength(80)),
	payload: v.optional(v.unknown(), {})
});

interface LiveDoorDeps {
	config: Config;
	identity: Identity;
	rooms: Rooms;
	sittings: Sittings;
	/** Commands by person, handshakes by address. */
	commands: Limiter;
	handshakes: Limiter;
	crowd: Crowd;
	observer: Pick<Observer, 'refused' | 'came'>;
	clock(): number;
}

class OneByOne extends WebSocketServer {
	constructor(options: ServerOptions) {
		super({ ...options, ...ONE_BY_ONE });
	}
}

interface Visitor {
	/** Null: nobody, or somebody whose session has ended. */
	person: Person | null;
	credentials: Credentials;
}

const NOT_IN = refuse('not_member', 'You are not in this room. Join it first.');

type Ack = (answer: unknown) => void;

const UNAUTHENTICATED = failed(
	refuse('unauthenticated', 'Your session has ended. Sign in or enter your name again.')
);

export interface LiveDoor {
	readonly io: Server;
	close(): Promise<void>;
}

export function createLiveDoor(http: HttpServer, deps: LiveDoorDeps): LiveDoor {
	const { config, identity, rooms, crowd, observer, clock } = deps;
	const io = new Server({
		serveClient: false,
		maxHttpBufferSize: LARGEST_MESSAGE,
		wsEngine: OneByOne,
		allowRequest: (request, done) => {
			if (!sameSite(request, config)) {
				observer.refused?.('live', 'origin');
				return done('This page may not connect.', false);
			}
			const address = addressOf(request, config);
			if (crowd.isFlooded(address)) {
				observer.refused?.('live', 'crowded');
				return done(FULL.address, false);
			}
			void deps.handshakes.take(address).then((wait) => {
				if (wait === 0) return done(null, true);
				observer.refused?.('live', 'rate');
				done(`Too many new connections from your network. Wait ${wait} s, then connect again.`, false);
			});
		}
	});
	io.attach(http, { destroyUpgrade: false });

	/** Lines that are one too many from their address: they are let in to be told. */
	const tooMany = new WeakSet<object>();
	const limits = config.limits ? lineLimits : { ...lineLimits, rate: Infinity, burst: Infinity };
	io.engine.on('connection', (line: Line) => {
		guardLine(line, limits, { now: clock }, (why) => observer.refused?.('live', why));
		const place = crowd.enter({ address: addressOf(line.request, config) });
		if (place.full) tooMany.add(line);
		line.once('close', place.leave);
	});

	function turnedDown(of: Of): Error {
		observer.refused?.('live', 'crowded');
		return Object.assign(new Error('crowded'), { data: { message: FULL[of] } });
	}

	io.use((socket, next) => {
		if (tooMany.has(socket.conn)) return next(turnedDown('address'));
		const auth = socket.handshake.auth as { token?: unknown };
		const token = typeof auth.token === 'string' ? auth.token : null;
		const credentials = credentialsOf(socket.request, token);
		identity.who(credentials).then(
			(person) => {
				socket.data = { person, credentials } satisfies Visitor;
				const place = person && crowd.enter({ person: person.id });
				if (place?.full) return next(turnedDown(place.full));
				if (place) socket.conn.once('close', place.leave);
				// it may have gone while the person was looked up
				if (socket.conn.readyState === 'closed') place?.leave();
				next();
			},
			() => next(new Error('unavailable'))
		);
	});

	function turnedAway(refusal: Refusal, person: Person): Failed {
		observer.refused?.('live', refusal.code, { person: person.id });
		return failed(refusal);
	}

	function tooFast(wait: number, person: Person): Failed {
		return turnedAway(
			refuse('too_fast', 'That was a lot at once. Wait {wait} s and try again.', undefined, { wait }),
			person
		);
	}

	const visitorAt = (socket: Socket) => socket.data as Visitor; // set by the middleware above, before anything else

	/** socket.io's own clients do not come back by themselves after this. */
	function signedOut(socket: Socket): void {
		visitorAt(socket).person = null;
		observer.refused?.('live', 'unauthenticated');
		socket.emit('message', { is: 'gone', code: 'signed-out' });
		socket.disconnect(true);
	}

	/** Somebody who is in that room or waits at its door; or what they are answered. */
	async function visit(socket: Socket, id: unknown) {
		const { person } = visitorAt(socket);
		if (!person) return UNAUTHENTICATED;
		const wait = await deps.commands.take(person.id);
		if (wait > 0) return tooFast(wait, person);
		const room = typeof id === 'string' ? await rooms.get(id) : null;
		if (!room) return turnedAway(refuse('not_found', 'There is no such room.'), person);
		const info = room.info(person.id);
		if (!info.member && !info.waiting) return turnedAway(NOT_IN, person);
		return { ok: true as const, person, room, info };
	}

	async function command(socket: Socket, input: unknown): Promise<Answer> {
		const { person } = visitorAt(socket);
		if (!person) return UNAUTHENTICATED;
		const parsed = v.safeParse(commandShape, input);
		if (!parsed.success) {
			const { message } = misfit(parsed.issues);
			return turnedAway(
				refuse('invalid', 'A command needs id, room, type and payload: {message}', undefined, { message }),
				person
			);
		}
		const wait = await deps.commands.take(person.id);
		if (wait > 0) return tooFast(wait, person);
		const { room, ...rest } = parsed.output;
		return rooms.command(person, room, rest);
	}

	io.on('connection', (socket) => {
		const leave = new Map<string, () => void>();
		const { person: here, credentials } = visitorAt(socket);
		const unwatch = here && deps.sittings.watch(here.id, credentials, () => signedOut(socket));

		async function enter(id: unknown): Promise<object> {
			const found = await visit(socket, id);
			if (!found.ok) return found;
			const { person, room, info } = found;
			if (socket.disconnected || leave.has(room.id)) return { ok: true, info };
			const listener: Listener = {
				person: person.id,
				hear: (message: Message) => {
					// the line itself, not the client's part of it: it comes back
					if (message.is === 'again') socket.conn.close();
					else socket.emit('message', { room: room.id, ...message });
				}
			};
			const end = room.listen(listener);
			const about = { room: room.id, person: person.id };
			observer.came?.('joined', about);
			leave.set(room.id, () => {
				end();
				observer.came?.('left', about);
			});
			return { ok: true, info };
		}

		/** The room's format, as it is sent to the role that this person has now. */
		async function format(id: unknown): Promise<object> {
			const found = await visit(socket, id);
			if (!found.ok) return found;
			const { person, room, info } = found;
			if (!info.member) return turnedAway(NOT_IN, person);
			return { ok: true, info, format: formatFor(room.world.format, info.member.role) };
		}

		const answered = (ack: unknown, work: Promise<unknown>) => {
			const tell: Ack = typeof ack === 'function' ? (ack as Ack) : () => {};
			work.then(tell, () =>
				tell(failed(refuse('internal', 'The server made a mistake. Nothing was changed.')))
			);
		};
		socket.on('command', (input: unknown, ack: unknown) => answered(ack, command(socket, input)));
		socket.on('enter', (id: unknown, ack: unknown) => answered(ack, enter(id)));
		socket.on('format', (id: unknown, ack: unknown) => answered(ack, format(id)));
		socket.on('leave', (id: unknown) => {
			if (typeof id !== 'string') return;
			leave.get(id)?.();
			leave.delete(id);
		});
		socket.on('clock', (ack: unknown) => answered(ack, Promise.resolve(clock())));
		socket.on('disconnect', () => {
			unwatch?.();
			for (const end of leave.values()) end();
			leave.clear();
		});
	});

	return {
		io,
		close: () => io.close()
	};
}
