/** The door of the co-writing road: upgrades of `/sync/<room>/<document>`. Asks who it is and what they may. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Config } from '../config.ts';
import type { Identity } from '../identity/identity.ts';
import type { Limiter } from '../identity/limits.ts';
import type { Credentials } from '../identity/token.ts';
import { SCREEN, type Room } from '../rooms/room.ts';
import type { Rooms } from '../rooms/rooms.ts';
import type { Observer } from '../storage/observer.ts';
import { CLOSE, NAMES, REASONS, type CloseCode } from '../sync/close.ts';
import { defaultLimits, HEADER, type Hub } from '../sync/hub.ts';
import { FULL, type Crowd, type Place } from './crowd.ts';
import type { Sittings } from './sitting.ts';
import { adapt, GOODBYE, ONE_BY_ONE } from './socket.ts';
import { addressOf, credentialsOf, sameSite } from './visitor.ts';

export const SYNC_PATH = '/sync/';

/** A longer frame is not read at all, so that nobody fills the memory with what would be refused anyway. */
const LARGEST_FRAME = defaultLimits.step2 + HEADER;
/** Of those who are only let in to be told that they may not come in. */
const LARGEST_OF_OUTSIDERS = 1024;
/** From here on it is noted how much has come of a message that is not whole. */
const NOTED = 64 * 1024;
/** How long a socket may stay silent before it counts as gone. */
const HEARTBEAT = 30_000;
/** Over how long the connections are ended at a stop, per connection and at most: not all come back at once. */
const SPREAD = { each: 2, most: 500 };
/** What may still be on its way, in bytes, when a connection is told to end. */
const AFTERWARDS = 1024 * 1024;
/** When to try again where too many connections are open, in seconds. */
const RETRY_AFTER = 30;

export interface SyncDoor {
	upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
	/** Accepts nobody any more and ends all connections, one after the other; resolves once all were told. */
	close(): Promise<void>;
}

interface SyncDoorDeps {
	config: Config;
	identity: Identity;
	rooms: Rooms;
	hub: Hub;
	sittings: Sittings;
	/** Upgrades by address. */
	limiter: Limiter;
	crowd: Crowd;
	observer: Pick<Observer, 'refused'>;
	log: { warn(fields: object, message: string): void };
}

type Entry =
	/** `credentials`: null for a projector, which shows none. */
	| {
			is: 'allowed';
			room: Room;
			document: string;
			person: string;
			name: string;
			credentials: Credentials | null;
	  }
	| { is: 'refused'; code: CloseCode };

export function createSyncDoor(deps: SyncDoorDeps): SyncDoor {
	const { config, identity, rooms, hub, sittings, limiter, crowd, observer, log } = deps;
	const options = { ...ONE_BY_ONE, noServer: true, perMessageDeflate: false };
	const server = new WebSocketServer({ ...options, maxPayload: LARGEST_FRAME });
	const outside = new WebSocketServer({ ...options, maxPayload: LARGEST_OF_OUTSIDERS });
	const alive = new WeakSet<WebSocket>();
	/** What these send on is dropped by `ws` as it comes: they are to hear why, however long it takes them. */
	const dropped = new WeakSet<WebSocket>();
	const heartbeat = setInterval(() => {
		for (const socket of server.clients) {
			// of one that is not read nobody can tell
			if (socket.isPaused) {
				alive.add(socket);
				continue;
			}
			if (!alive.has(socket)) socket.terminate();
			alive.delete(socket);
			socket.ping();
		}
	}, HEARTBEAT);
	heartbeat.unref();
	let stopping = false;

	async function enter(request: IncomingMessage): Promise<Entry> {
		const url = new URL(request.url ?? '/', 'http://sync');
		const path = /^\/sync\/([^/]+)\/(.+)$/.exec(decodePath(url.pathname));
		if (!path) return { is: 'refused', code: CLOSE.unknown };
		const [, roomId = '', document = ''] = path;
		const screen = url.searchParams.get('screen');
		const credentials = screen ? null : credentialsOf(request, url.searchParams.get('token'));
		const person = credentials && (await identity.who(credentials));
		// the room last: while somebody is looked up, one without visitors may be closed and opened anew
		const room = screen ? await rooms.findByScreen(screen) : await rooms.get(roomId);
		if (!screen && !person) return { is: 'refused', code: CLOSE.unauthenticated };
		if (!room || room.id !== roomId) return { is: 'refused', code: CLOSE.unknown };
		const id = person?.id ?? SCREEN;
		const principal = room.principal(id);
		const may = principal ? await room.access(principal, document) : 'none';
		if (may === 'none') return { is: 'refused', code: CLOSE.forbidden };
		return { is: 'allowed', room, document, person: id, name: person?.name ?? '', credentials };
	}

	/** `ws` ends an oversized frame with 1009, after which the stock client would come back with it for ever. */
	function sayTooLarge(socket: WebSocket): void {
		const close = socket.close.bind(socket);
		socket.close = (code, reason) => {
			if (code !== 1009) return close(code, reason);
			dropped.add(socket);
			close(CLOSE.tooLarge, REASONS[CLOSE.tooLarge]);
		};
	}

	function turnAway(socket: WebSocket, code: CloseCode, reason = REASONS[code]): void {
		observer.refused?.('sync', NAMES[code]);
		socket.close(code, reason);
	}

	/** A place from this address, and in the room, as long as the socket is open. */
	function seat(socket: Duplex, address: string, entry: Entry): Place {
		// whoever is refused anyway, and the projectors, are nobody's
		const place = crowd.enter({
			address,
			...(entry.is === 'allowed' && { room: entry.room.id }),
			...(entry.is === 'allowed' && entry.credentials && { person: entry.person })
		});
		socket.once('close', place.leave);
		return place;
	}

	function open(
		socket: WebSocket,
		stream: Duplex,
		entry: Extract<Entry, { is: 'allowed' }>,
		saved: boolean
	): void {
		const { room, document, person, credentials } = entry;
		// The room may have changed since it was asked, and tells only connections that it can see.
		const may = room.accessNow(person, document);
		if (may === 'none') return turnAway(socket, CLOSE.forbidden);
		// all projectors are one person: those of one room must not have to wait for another's
		const payer = credentials ? person : `${SCREEN} ${room.id}`;
		const connection = hub.connect(adapt(socket, stream), `${room.id}/${document}`, entry, may, {
			saved,
			payer
		});
		const unwatch =
			credentials && sittings.watch(person, credentials, () => connection.close(CLOSE.unauthenticated));
		let unread = 0;
		let unfinished = 0;
		// before `ws` makes messages of it
		stream.prependListener('data', (chunk: Buffer) => {
			if (socket.readyState === socket.OPEN) {
				unfinished += chunk.length;
				if (unfinished >= NOTED) connection.coming(unfinished);
				return;
			}
			// told to go, and goes on sending: even what nobody looks at costs
			unread += chunk.length;
			if (unread > AFTERWARDS && !dropped.has(socket)) socket.terminate();
		});
		socket.on('message', (data, isBinary) => {
			alive.add(socket);
			if (unfinished >= NOTED) connection.coming(0);
			unfinished = 0;
			if (socket.readyState !== socket.OPEN) return;
			if (isBinary) connection.receive(bytes(data));
			else connection.close(CLOSE.invalid);
		});
		socket.on('close', () => {
			unwatch?.();
			connection.closed();
		});
	}

	async function answer(request: IncomingMessage, raw: Duplex, head: Buffer): Promise<void> {
		if (stopping) return refuse(raw, '503 Service Unavailable');
		if (!sameSite(request, config)) {
			observer.refused?.('sync', 'origin');
			return refuse(raw, '403 Forbidden');
		}
		const address = addressOf(request, config);
		const wait = await limiter.take(address);
		if (wait > 0) {
			observer.refused?.('sync', 'rate');
			const words = `Too many new connections from your network. Wait ${wait} s, then connect again.`;
			return refuse(raw, '429 Too Many Requests', words, wait);
		}
		if (crowd.isFlooded(address)) {
			observer.refused?.('sync', NAMES[CLOSE.crowded]);
			return refuse(raw, '503 Service Unavailable', FULL.address, RETRY_AFTER);
		}
		const entry = await enter(request);
		if (stopping) return refuse(raw, '503 Service Unavailable');
		if (raw.destroyed) return;
		const { full } = seat(raw, address, entry);
		// A browser cannot read why an upgrade failed, but it can read a close code: so the door opens and closes.
		if (full || entry.is === 'refused')
			return outside.handleUpgrade(request, raw, head, (socket) => {
				socket.on('error', () => {});
				if (full) turnAway(socket, CLOSE.crowded, FULL[full]);
				else if (entry.is === 'refused') turnAway(socket, entry.code);
			});
		server.handleUpgrade(request, raw, head, (socket) => {
			alive.add(socket);
			sayTooLarge(socket);
			socket.on('pong', () => alive.add(socket));
			socket.on('error', (error) => log.warn({ error: error.message }, 'A socket failed'));
			open(socket, raw, entry, new URL(request.url ?? '/', 'http://sync').searchParams.get('saved') === '1');
		});
	}

	return {
		upgrade(request, socket, head) {
			socket.on('error', () => socket.destroy());
			answer(request, socket, head).catch((error: unknown) => {
				log.warn({ error: error instanceof Error ? error.message : String(error) }, 'An upgrade failed');
				refuse(socket, '503 Service Unavailable');
			});
		},
		async close() {
			stopping = true;
			clearInterval(heartbeat);
			const sockets = [...server.clients];
			const end = (socket: WebSocket) => socket.close(CLOSE.shuttingDown, REASONS[CLOSE.shuttingDown]);
			const spread = Math.min(SPREAD.each * sockets.length, SPREAD.most);
			await Promise.all(
				sockets.map(async (socket, place) => {
					await new Promise((turn) => setTimeout(turn, (spread * place) / sockets.length));
					end(socket);
				})
			);
			setTimeout(() => server.clients.forEach((socket) => socket.terminate()), GOODBYE).unref();
			outside.clients.forEach((socket) => socket.terminate());
		}
	};
}

function bytes(data: Buffer | ArrayBuffer | Buffer[]): Uint8Array {
	if (Array.isArray(data)) return Buffer.concat(data);
	return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}

function decodePath(path: string): string {
	try {
		return decodeURIComponent(path);
	} catch {
		return '';
	}
}

/** `retryAfter` in seconds. */
export function refuse(socket: Duplex, status: string, words = '', retryAfter?: number): void {
	if (!socket.writable) return;
	const headers = [
		`HTTP/1.1 ${status}`,
		'Connection: close',
		`Content-Length: ${Buffer.byteLength(words)}`,
		...(words ? ['Content-Type: text/plain; charset=utf-8'] : []),
		...(retryAfter === undefined ? [] : [`Retry-After: ${retryAfter}`])
	];
	socket.end(`${headers.join('\r\n')}\r\n\r\n${words}`);
}
