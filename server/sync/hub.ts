import { systemClock, type Clock } from '../storage/clock.ts';
import type { Committer } from '../storage/committer.ts';
import { silent, type Log } from '../storage/log.ts';
import type { Observer } from '../storage/observer.ts';
import type { Loaded, Logged, Store } from '../storage/store.ts';
import { asideHere, type Aside } from './aside.ts';
import { Backlog } from './backlog.ts';
import { CLOSE, type CloseCode } from './close.ts';
import { compactAtOnce, type Compactor } from './compactor.ts';
import { SyncConnection, type Connection } from './connection.ts';
import type { Content } from './content.ts';
import { Document, type Written } from './document.ts';
import { defaultLimits, type Limits } from './limits.ts';
import type { Who } from './presence.ts';
import { Rate } from './rate.ts';
import { Snapshots } from './snapshots.ts';
import type { Socket } from './socket.ts';
import { Turns } from './turns.ts';

export { CLOSE, type CloseCode } from './close.ts';
export type { Connection } from './connection.ts';
export { defaultLimits, HEADER, type Limits } from './limits.ts';

export interface Hub {
	/**
	 * Opens a connection; the hub speaks the protocol on it. Loading happens in here; the socket is closed with a
	 * code if it fails.
	 */
	connect(
		socket: Socket,
		name: string,
		who: Who,
		access: 'read' | 'write',
		/** `payer`: whose connections' work and backlog count together; left out, the person's. */
		options: { saved: boolean; payer?: string }
	): Connection;
	/** State of a document as one update, loading it if needed. */
	read(name: string): Promise<Uint8Array>;
	/** The same as it is here, in however many updates: nothing is put together for it. */
	parts(name: string): Promise<readonly Uint8Array[]>;
	/** Live connections of one document, or with a prefix that ends in '/', of all documents below it. */
	connections(prefix: string): Iterable<Connection>;
	/**
	 * Drops the documents (named as in `connections`) from memory and closes their connections with `code`. When it
	 * resolves, nothing of them is on its way to the store. While `work` runs, who connects to them is closed with
	 * `code` too, and who reads them waits: so `work` itself reads the store and not the hub.
	 */
	evict(prefix: string, code: CloseCode, work?: () => Promise<void>): Promise<void>;
	/** Closes all connections, saves what is on its way, and opens none any more. Rejects if something was not saved. */
	close(): Promise<void>;
	readonly stats: { documents: number; connections: number };
}

/** Above so many people, those who have been quiet are forgotten. */
const FORGET_ABOVE = 4096;

export interface HubDeps {
	store: Store;
	committer: Committer;
	clock?: Clock;
	log?: Log;
	observer?: Pick<Observer, 'refused'>;
	limits?: Partial<Limits>;
	/** The hub closes it; left out, snapshots are made where they are asked for. */
	compactor?: Compactor;
	/** The hub closes it; left out, what is large is read where it is asked for. */
	aside?: Aside;
}

export function createHub(deps: HubDeps): Hub {
	const { store, committer } = deps;
	const clock = deps.clock ?? systemClock;
	const log = deps.log ?? silent;
	const observer = deps.observer ?? {};
	const limits: Limits = { ...defaultLimits, ...deps.limits };

	const documents = new Map<string, Document>();
	/** Documents without connections, and how to call off that they are unloaded. */
	const idle = new Map<Document, () => void>();
	/** What came in here, from its arrival until it is shown. */
	const written = new WeakMap<Uint8Array, Written>();
	/** Documents that nobody may have open now. */
	const held = new Set<{ prefix: string; code: CloseCode; until: Promise<void> }>();
	const compactor = deps.compactor ?? compactAtOnce;
	const aside = deps.aside ?? asideHere(limits);
	const turns = new Turns(clock);
	const backlog = new Backlog(limits);
	const snapshots = new Snapshots({ store, compactor, log, limits });
	/** What each person may make the server do, also over connections that come and go. */
	const works = new Map<string, Rate>();
	let connectionCount = 0;
	let lastId = 0;
	let closed = false;

	const stopListening = committer.onCommitted((entries) => {
		for (const [name, ofDocument] of Map.groupBy(entries, ({ document }) => document)) {
			const document = documents.get(name);
			if (document === undefined) continue;
			try {
				document.show(ofDocument, ({ update }) => written.get(update));
				snapshots.whileLive(document);
			} catch (error) {
				// its clients come back and find it as the store has it; the other documents go on
				log.error({ err: error, document: name }, 'a document could not be shown');
				drop(document, CLOSE.failed, new Error(`${name} could not be shown.`, { cause: error }));
			}
		}
		tellAuthors(entries);
	});

	function tellAuthors(entries: Logged[]): void {
		const told = new Set<SyncConnection>();
		for (const { update } of entries) {
			const author = written.get(update)?.by;
			if (author === undefined) continue;
			written.delete(update);
			author.durable();
			told.add(author);
		}
		for (const author of told) author.tellSaved();
	}

	function opened(name: string): Document {
		const known = documents.get(name);
		if (known !== undefined) return known;
		const document = new Document(name, limits, clock);
		documents.set(name, document);
		void load(document);
		return document;
	}

	async function load(document: Document): Promise<void> {
		try {
			for (const { prefix, until } of held) if (isBelow(document.name, prefix)) await until;
			if (!document.loading) return;
			document.loaded(await withDeadline(store.load(document.name)));
		} catch (error) {
			if (!document.loading) return;
			log.error({ err: error, document: document.name }, 'a document could not be loaded');
			drop(document, CLOSE.failed, new Error(`${document.name} could not be loaded.`, { cause: error }));
			return;
		}
		const { content } = document;
		if (content === null) return;
		for (const connection of [...document.connections]) connection.open(content);
		// a process that died may have left more than is read fast
		snapshots.whileLive(document);
		rest(document);
	}

	function withDeadline(loading: Promise<Loaded>): Promise<Loaded> {
		return new Promise((resolve, reject) => {
			const callOff = clock.after(limits.load, () =>
				reject(new Error(`The store did not answer within ${limits.load} ms.`))
			);
			loading.then(resolve, reject).finally(callOff);
		});
	}

	function drop(document: Document, code: CloseCode, error: Error): void {
		// first out of the map, so that whoever comes now gets a new one
		if (documents.get(document.name) === document) documents.delete(document.name);
		for (const connection of [...document.connections]) connection.close(code);
		document.drop(error);
		idle.get(document)?.();
		idle.delete(document);
	}

	/** Unloads the document after a while, unless somebody comes. */
	function rest(document: Document): void {
		if (document.connections.size > 0 || document.content === null || closed) return;
		idle.get(document)?.();
		idle.set(
			document,
			clock.after(limits.grace, () => {
				idle.delete(document);
				if (document.connections.size > 0 || documents.get(document.name) !== document) return;
				snapshots.whenUnloaded(document);
				drop(document, CLOSE.failed, new Error(`${document.name} was unloaded.`));
			})
		);
	}

	function workOf(payer: string): Rate {
		const known = works.get(payer);
		if (known !== undefined) return known;
		if (works.size >= FORGET_ABOVE) for (const [who, work] of works) if (work.isFull) works.delete(who);
		const work = new Rate(clock, limits.work, limits.workBurst);
		works.set(payer, work);
		return work;
	}

	function heldWith(name: string): CloseCode | null {
		for (const { prefix, code } of held) if (isBelow(name, prefix)) return code;
		return null;
	}

	function* below(prefix: string): Iterable<Document> {
		for (const document of [...documents.values()]) if (isBelow(document.name, prefix)) yield document;
	}

	async function contentOf(name: string): Promise<Content> {
		if (closed) throw new Error('The server is shutting down; no document is read any more.');
		const document = opened(name);
		const content = await document.ready;
		rest(document);
		return content;
	}

	return {
		connect(socket, name, who, access, { saved, payer = who.person }) {
			const turnedAway = closed ? CLOSE.shuttingDown : heldWith(name);
			const document = turnedAway === null ? opened(name) : new Document(name, limits, clock);
			const connection = new SyncConnection({
				id: `${++lastId}`,
				socket,
				document,
				who,
				access,
				saved,
				payer,
				work: workOf(payer),
				turns,
				backlog,
				aside,
				committer,
				clock,
				log,
				observer,
				limits,
				shrink: () => snapshots.shrink(document),
				wrote: (update, it) => written.set(update, it),
				left(leaving) {
					if (!document.connections.delete(leaving)) return;
					connectionCount--;
					rest(document);
				}
			});
			document.connections.add(connection);
			connectionCount++;
			if (turnedAway !== null) {
				connection.close(turnedAway);
				return connection;
			}
			idle.get(document)?.();
			idle.delete(document);
			if (document.content !== null) connection.open(document.content);
			return connection;
		},

		read: async (name) => (await contentOf(name)).merged(),
		parts: async (name) => (await contentOf(name)).parts(),

		*connections(prefix) {
			for (const document of below(prefix)) yield* [...document.connections];
		},

		async evict(prefix, code, work) {
			const { promise: until, resolve } = Promise.withResolvers<void>();
			const hold = { prefix, code, until };
			held.add(hold);
			try {
				for (const document of below(prefix)) drop(document, code, new Error(`${document.name} was closed.`));
				await committer.drain();
				await snapshots.settled();
				await work?.();
			} finally {
				held.delete(hold);
				resolve();
			}
		},

		async close() {
			closed = true;
			for (const document of [...documents.values()]) {
				drop(document, CLOSE.shuttingDown, new Error('The server is shutting down.'));
			}
			const saved = await committer.drain();
			await Promise.all([snapshots.close(), aside.close()]);
			stopListening();
			if (!saved) throw new Error('Some changes could not be saved. See the log for which documents.');
		},

		get stats() {
			return { documents: documents.size, connections: connectionCount };
		}
	};
}

/** 'r/' stands for all of the room r, 'r/page' for that document and no other. */
function isBelow(name: string, prefix: string): boolean {
	return prefix.endsWith('/') ? name.startsWith(prefix) : name === prefix;
}
