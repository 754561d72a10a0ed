/** The composition root: what the server is made of, and in which order it stops. */
import { randomUUID } from 'node:crypto';
import type { Server as HttpServer } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import pino, { type Logger } from 'pino';
import { blocks } from '#lib/blocks/rules.ts';
import { formats } from '#lib/formats/index.ts';
import type { Config } from './config.ts';
import { createLiveDoor, type LiveDoor } from './gateway/live.ts';
import { createSyncDoor, refuse, SYNC_PATH, type SyncDoor } from './gateway/sync.ts';
import { createIdentity, type Identity } from './identity/identity.ts';
import { createLimiter, type Limiter } from './identity/limits.ts';
import { createMail } from './identity/mail.ts';
import type { Chance } from './rooms/batch.ts';
import type { Registry } from './rooms/world.ts';
import { createRooms, type Rooms } from './rooms/rooms.ts';
import { Committer } from './storage/committer.ts';
import { openDatabase } from './storage/database.ts';
import { createSqliteStore } from './storage/sqlite.ts';
import type { Store } from './storage/store.ts';
import { createHub, type Hub } from './sync/hub.ts';

export interface App {
	config: Config;
	log: Logger;
	identity: Identity;
	rooms: Rooms;
	store: Store;
	hub: Hub;
	registry: Registry;
	/** Wrong codes, by address. */
	guesses: Limiter;
	/** Commands over HTTP and over sockets, by person. */
	commands: Limiter;
	/** Accepts sockets on this server. */
	attach(http: HttpServer): void;
	/** True until it begins to stop, as long as the store answers. */
	ready(): Promise<boolean>;
	/** Stops accepting, saves what was accepted, ends the connections. False: something could not be saved. */
	close(): Promise<boolean>;
	readonly eventLoop: ReturnType<typeof monitorEventLoopDelay>;
}

const chance: Chance = { now: () => Date.now(), id: () => randomUUID().replaceAll('-', ''), random: () => Math.random() };

export async function createApp(config: Config): Promise<App> {
	const log = pino({ level: config.logLevel, redact: ['*.token', '*.cookie', '*.authorization', '*.password'] });
	const registry: Registry = { formats, blocks };
	const database = openDatabase(config.dataDir);
	const store = await createSqliteStore(database);
	const committer = new Committer(store, { log });
	const hub = createHub({ store, committer, log });
	const rooms = createRooms({ store, committer, hub, registry, chance, log });
	const identity = await createIdentity({
		config,
		database,
		mail: createMail(config),
		clock: chance,
		adopt: (guest, account) => rooms.adopt(guest, account),
		report: (message) => log.warn({ from: 'identity' }, message)
	});
	const lifted = !config.limits;
	const commands = createLimiter({ points: 200, seconds: 10, lifted });
	const guesses = createLimiter({ points: 30, seconds: 60, lifted });
	const doors = createLimiter({ points: 3000, seconds: 60, lifted });
	const eventLoop = monitorEventLoopDelay({ resolution: 20 });
	eventLoop.enable();

	let stopping = false;
	let syncDoor: SyncDoor | null = null;
	let liveDoor: LiveDoor | null = null;

	return {
		config,
		log,
		identity,
		rooms,
		store,
		hub,
		registry,
		guesses,
		commands,
		eventLoop,
		attach(http) {
			const sync = createSyncDoor({ config, identity, rooms, hub, limiter: doors, log });
			syncDoor = sync;
			liveDoor = createLiveDoor(http, {
				config,
				identity,
				rooms,
				commands,
				handshakes: doors,
				clock: chance.now
			});
			http.on('upgrade', (request, socket, head) => {
				const path = request.url ?? '/';
				if (path.startsWith(SYNC_PATH)) return sync.upgrade(request, socket, head);
				const isVite = request.headers['sec-websocket-protocol']?.startsWith('vite-') ?? false;
				if (!path.startsWith('/socket.io/') && !isVite) refuse(socket, '404 Not Found');
			});
		},
		ready: async () => !stopping && (await store.healthy()),
		async close() {
			if (stopping) return true;
			stopping = true;
			let saved = true;
			const attempt = async (what: string, work: Promise<unknown> | undefined) => {
				try {
					await work;
				} catch (error) {
					saved = false;
					log.error({ error, what }, 'Could not be closed in order');
				}
			};
			syncDoor?.close();
			await attempt('rooms', rooms.close());
			await attempt('documents', hub.close());
			await attempt('log', committer.drain());
			await attempt('sockets', liveDoor?.close());
			await attempt('store', store.close());
			eventLoop.disable();
			return saved;
		}
	};
}
