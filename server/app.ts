/** The composition root: what the server is made of, and in which order it stops. */
import { randomUUID } from 'node:crypto';
import type { Server as HttpServer } from 'node:http';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { refuse as refused } from '#lib/blocks/block.ts';
import type { Demo } from '#lib/formats/demo.ts';
import { createFeed, type Feed } from './calendar/feed.ts';
import { calendar, type Calendar } from './calendar/calendar.ts';
import type { Config } from './config.ts';
import { createEntrance, tooFast, TRIES, WRONG_CODES, type Entered, type Entrance } from './entrance.ts';
import { createCrowd } from './gateway/crowd.ts';
import { createLiveDoor, type LiveDoor } from './gateway/live.ts';
import { createSittings } from './gateway/sitting.ts';
import { createSyncDoor, refuse, SYNC_PATH, type SyncDoor } from './gateway/sync.ts';
import { createIdentity, type Identity } from './identity/identity.ts';
import {
	arrivalsFrom,
	createBudget,
	createLimiter,
	type Budget,
	type Limiter,
	type Limits
} from './identity/limits.ts';
import { createMail } from './identity/mail.ts';
import type { Chance } from './rooms/batch.ts';
import { createDemos, type Demos } from './rooms/demo.ts';
import type { Registry } from './rooms/world.ts';
import { createJournal, createLog } from './log.ts';
import { createMetrics, mayReadMetrics, type Asking } from './metrics.ts';
import type { Person } from './identity/person.ts';
import { createPersons, type Persons } from './persons/persons.ts';
import { createRetention, type RetentionJob } from './retention.ts';
import { createWaking } from './rooms/waking.ts';
import { createRooms, type Rooms } from './rooms/rooms.ts';
import { Committer } from './storage/committer.ts';
import { openDatabase } from './storage/database.ts';
import { lockDataDir } from './storage/lock.ts';
import { Once } from './storage/once.ts';
import { createSqliteStore } from './storage/sqlite.ts';
import { together, type Observer } from './storage/observer.ts';
import { DATABASE } from './storage/replace.ts';
import type { Store } from './storage/store.ts';
import { createAside } from './sync/aside.ts';
import { createCompactor } from './sync/compactor.ts';
import { createHub, type Hub } from './sync/hub.ts';
import { createReader, type Reader } from './sync/reader.ts';
import { createDigest, type Digest } from './digest/digest.ts';
import { createReminders, type Reminders } from './reminders/reminders.ts';
import { createIndexer } from './search/indexer.ts';
import { createSearch, type Search } from './search/search.ts';
import { createWorkspace, type Workspace } from './workspace/workspace.ts';

/** What the server is told that there is: formats and blocks by their names, and demos by the formats'. */
export interface Declared extends Registry {
	demos: Readonly<Record<string, Demo>>;
}

export interface App {
	config: Config;
	log: Logger;
	identity: Identity;
	rooms: Rooms;
	demos: Demos;
	persons: Persons;
	retention: RetentionJob;
	workspace: Workspace;
	search: Search;
	reminders: Reminders;
	digest: Digest;
	/** Searches, by person. */
	searches: Limiter;
	calendar: Calendar;
	/** A calendar to subscribe to, for each person. */
	feed: Feed;
	store: Store;
	hub: Hub;
	/** Of what people wrote together. */
	reader: Reader;
	registry: Registry;
	/** A room by id or code; wrong codes count against the address. */
	find: Entrance['find'];
	/** Lets a person into a room by id or code; whoever tries wrong codes from an address has to wait. */
	enter: Entrance['enter'];
	/** Opens a room, if the workspace lets this person, and not too many at once. */
	open(person: Person, input: unknown, address: string): Promise<Entered>;
	/** Demos that are played, and records and histories that are read: each costs the server tens of milliseconds. */
	plays: Budget;
	reads: Budget;
	/** Figures for Prometheus; null: not for whoever asks. */
	metrics(asking: Asking): Promise<string | null>;
	observer: Required<Observer>;
	/** Commands over HTTP and over sockets, by person. */
	commands: Limiter;
	/** Exports of all that is kept of a person: they read every room. */
	exports: Limiter;
	/** Accepts sockets on this server. */
	attach(http: HttpServer): void;
	/** True until it begins to stop, as long as the store answers. */
	ready(): Promise<boolean>;
	/** Stops accepting, saves what was accepted, ends the connections. False: something could not be saved. */
	close(): Promise<boolean>;
}

const chance: Chance = {
	now: () => Date.now(),
	id: () => randomUUID().replaceAll('-', ''),
	random: () => Math.random()
};

/** Throws `Locked` if another process serves the same DATA_DIR. */
export async function createApp(config: Config, declared: Declared): Promise<App> {
	const unlock = lockDataDir(config.dataDir);
	try {
		return await assemble(config, declared, unlock);
	} catch (error) {
		unlock();
		throw error;
	}
}

async function assemble(
	config: Config,
	{ demos: scripts, ...registry }: Declared,
	unlock: () => void
): Promise<App> {
	const log = createLog(config.logLevel);
	const database = openDatabase(config.dataDir);
	const store = await createSqliteStore(database);
	// What is read is asked for only once everything is there.
	const metrics = createMetrics({
		rooms: () => rooms.open,
		documents: () => hub.stats.documents,
		connections: () => ({
			sync: hub.stats.connections,
			live: liveDoor?.io.engine.clientsCount ?? 0
		}),
		waiting: () => ({ units: committer.waiting, bytes: committer.pending }),
		publishing: () => rooms.waiting,
		store: () => sizesOf(config.dataDir)
	});
	const observer = together(metrics.observer, createJournal(log, chance.now));
	const committer = new Committer(store, { log, observer });
	const lifted = !config.limits;
	const compactor = createCompactor();
	const reader = createReader();
	const hub = createHub({
		store,
		committer,
		log,
		observer,
		compactor,
		aside: createAside(),
		limits: lifted
			? {
					rate: Infinity,
					burst: Infinity,
					work: Infinity,
					workBurst: Infinity,
					backlogOfPerson: Infinity
				}
			: {}
	});
	const mail = createMail(config, chance.now);
	const identity = await createIdentity({
		config,
		database,
		mail,
		clock: chance,
		adopt: (guest, account) => rooms.adopt(guest, account),
		openToAll: () => workspace.settings.registration === 'anyone',
		report: (message) => log.warn({ from: 'identity' }, message)
	});
	const workspace = await createWorkspace({
		store: store.workspace,
		mail,
		clock: chance,
		newId: () => chance.id(),
		known: (id) => identity.known(id),
		asked: {
			once: new Once({ store, now: chance.now }),
			note: (commands) => committer.commit({ commands }),
			secret: config.secret
		}
	});
	const directory = { profile: workspace.profile, person: identity.known };
	const rooms = createRooms({
		store,
		committer,
		hub,
		registry,
		chance,
		observer,
		log,
		directory,
		archivedDays: config.retention.archived
	});
	const demos = createDemos({ rooms, hub, committer, chance, demos: scripts });
	const persons = createPersons({
		store,
		committer,
		hub,
		reader,
		rooms,
		registry,
		identity: {
			...identity,
			erase: async (people) => {
				await workspace.forget(people);
				await identity.erase(people);
			}
		},
		log,
		now: chance.now
	});
	const retention = createRetention({
		store,
		committer,
		hub,
		rooms,
		registry,
		identity,
		persons,
		days: config.retention,
		now: chance.now,
		log
	});
	const indexer = createIndexer({ store, committer, registry, reader, log });
	const search = createSearch({ search: store.search, rooms, registry });
	const digest = createDigest({ store: store.digest, registry });
	const reminders = createReminders({
		store,
		digest,
		mail,
		origin: config.origins[0] ?? null,
		person: (id) => identity.find(id),
		zoneOf: (id) => workspace.profile(id)?.timeZone ?? null,
		now: chance.now,
		log
	});
	const feed = createFeed({
		store,
		language: async (id) => ((await identity.find(id))?.locale === 'de' ? 'de' : 'en')
	});
	const searches = createLimiter({ points: 40, seconds: 10, lifted });
	const waking = createWaking({ store, registry, rooms, log });
	const commands = createLimiter({ points: 200, seconds: 10, lifted });
	const exports = createLimiter({ points: 6, seconds: 60, lifted });
	const budget = (person: Limits, address: Limits) => createBudget({ person, address, lifted });
	const openings = budget({ points: 60, seconds: 600 }, { points: 600, seconds: 600 });
	const plays = budget({ points: 10, seconds: 600 }, { points: 120, seconds: 600 });
	// a hall that takes the record home
	const reads = budget({ points: 60, seconds: 60 }, { points: 1200, seconds: 60 });
	const entrance = createEntrance({
		rooms,
		wrong: createLimiter({ ...WRONG_CODES, lifted }),
		tries: createLimiter({ ...TRIES, lifted }),
		now: chance.now
	});
	const crowd = createCrowd(
		lifted ? { address: Infinity, person: Infinity, room: Infinity } : config.connections
	);
	const doors = createLimiter({ ...arrivalsFrom(config.connections.address).upgrades, lifted });

	const sittings = createSittings(identity, (error) =>
		log.warn({ err: error }, 'A session could not be looked up')
	);

	let stopping = false;
	let syncDoor: SyncDoor | null = null;
	let liveDoor: LiveDoor | null = null;

	return {
		config,
		log,
		identity,
		rooms,
		demos,
		persons,
		retention,
		workspace,
		search,
		reminders,
		digest,
		searches,
		calendar,
		feed,
		store,
		hub,
		reader,
		registry,
		commands,
		exports,
		observer,
		metrics: async (asking) => (mayReadMetrics(config.metricsToken, asking) ? metrics.text() : null),
		plays,
		reads,
		async open(person, input, address) {
			if (!workspace.mayOpenRooms(person))
				return {
					ok: false,
					status: 403,
					refusal: refused(
						'accounts_only',
						'Here, rooms are opened by people with an account. Sign in, then open it again.'
					)
				};
			const wait = await openings.take(person.id, address);
			return wait > 0 ? tooFast(wait) : rooms.create(person, input);
		},
		find: entrance.find,
		enter: entrance.enter,
		attach(http) {
			const sync = createSyncDoor({
				config,
				identity,
				rooms,
				hub,
				sittings,
				limiter: doors,
				crowd,
				observer,
				log
			});
			syncDoor = sync;
			liveDoor = createLiveDoor(http, {
				config,
				identity,
				rooms,
				sittings,
				commands,
				handshakes: doors,
				crowd,
				observer,
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
			const refused = committer.refused;
			let saved = true;
			const attempt = async (what: string, work: Promise<unknown> | undefined) => {
				try {
					await work;
				} catch (error) {
					saved = false;
					log.error({ error, what }, 'Could not be closed in order');
				}
			};
			sittings.close();
			await attempt('connections', syncDoor?.close());
			await attempt('retention', retention.close());
			await attempt('waking', waking.close());
			await attempt('reading', reader.close());
			await attempt('erasures', persons.close());
			await attempt('reminders', reminders.close());
			await attempt('search', indexer.close());
			await attempt('rooms', rooms.close());
			await attempt('documents', hub.close());
			await attempt('log', committer.drain());
			// what the store did not take just before the signal was waited for no longer: a store that still fails is said
			if (committer.refused > refused || !(await store.healthy())) saved = false;
			await attempt('sockets', liveDoor?.close());
			await attempt('store', store.close());
			unlock();
			metrics.stop();
			return saved;
		}
	};
}

function sizesOf(dataDir: string): Record<string, number> {
	const size = (name: string) => statSync(join(dataDir, name), { throwIfNoEntry: false })?.size ?? 0;
	return { database: size(DATABASE), 'write-ahead': size(`${DATABASE}-wal`) };
}
