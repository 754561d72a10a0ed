/**
 * Takes the words of documents into the search, a moment after they were written: nothing of it is done on the way of a
 * change to those who wait for it. What the store says is not taken in yet is gone on with, also after a crash.
 */
import type { Committer } from '../storage/committer.ts';
import type { IndexedPassage } from '../storage/search-store.ts';
import type { Store } from '../storage/store.ts';
import type { Registry } from '../rooms/world.ts';
import { updatesOf } from '../rooms/past.ts';
import { readerHere, type Reader } from '../sync/reader.ts';
import { passagesOf } from './passages.ts';

/** A document is taken in once nobody has written in it for so many milliseconds: reading it costs more the longer it is… */
const BREATH = 1500;
/** …and where somebody always writes, after so many. */
const LONGEST = 30_000;
/** So many documents are looked for at a time, of those that were left over when the server was stopped. */
const PAGE = 200;

export interface Indexer {
	/** Resolves once all that is written now can be found. */
	settled(): Promise<void>;
	close(): Promise<void>;
}

interface IndexerDeps {
	store: Pick<Store, 'load' | 'room' | 'search'>;
	committer: Pick<Committer, 'onCommitted'>;
	registry: Registry;
	/** Left out, documents are read where it is asked for. */
	reader?: Pick<Reader, 'read'>;
	log: { error(fields: object, message: string): void };
	/** Milliseconds; 0 in tests. */
	breath?: number;
}

export function createIndexer(deps: IndexerDeps): Indexer {
	const { store, committer, registry, log, reader = readerHere, breath = BREATH } = deps;
	/** Since when a document waits, and when it is to be taken in. */
	const waiting = new Map<string, { since: number; due: number }>();
	let timer: NodeJS.Timeout | null = null;
	let working: Promise<void> | null = null;
	let closed = false;

	const add = (document: string) => {
		const now = performance.now();
		const since = waiting.get(document)?.since ?? now;
		waiting.set(document, { since, due: Math.min(now + breath, since + LONGEST) });
		schedule(breath);
	};
	const schedule = (wait: number) => {
		if (closed || working !== null) return;
		timer ??= setTimeout(() => void work(performance.now()), wait);
		timer.unref();
	};
	const endings = [
		committer.onCommitted((entries) => {
			for (const { document } of entries) add(document);
		}),
		store.search.onRewritten(add)
	];

	/** Takes in those whose time has come. */
	function work(now: number): Promise<void> {
		if (timer) clearTimeout(timer);
		timer = null;
		working ??= (async () => {
			for (const [document, { due }] of waiting) {
				if (closed) break;
				if (due > now) continue;
				waiting.delete(document);
				await take(document);
				// those who meet now go first
				await new Promise((turn) => setImmediate(turn));
			}
		})().finally(() => {
			working = null;
			const next = Math.min(...[...waiting.values()].map(({ due }) => due));
			if (waiting.size > 0) schedule(Math.max(0, next - performance.now()));
		});
		return working;
	}

	async function take(document: string): Promise<void> {
		try {
			const cut = document.indexOf('/');
			const [loaded, room] = await Promise.all([store.load(document), store.room(document.slice(0, cut))]);
			if (!room || loaded.upTo === 0) return;
			const doc = await reader.read(updatesOf(loaded));
			if (doc === null) throw new Error('Nobody could open it: it takes too long to read.');
			let passages: IndexedPassage[];
			try {
				passages = passagesOf(room.format, document.slice(cut + 1), doc, registry);
			} finally {
				doc.destroy();
			}
			await store.search.index(document, loaded.upTo, passages);
		} catch (error) {
			// It is found anew when it is written in next, or the server starts.
			log.error({ error, document }, 'A document could not be taken into the search');
		}
	}

	/** What was written before the search knew of it, or just before the server stopped. */
	async function catchUp(): Promise<void> {
		for (let after = 0; !closed;) {
			const stale = await store.search.stale(after, PAGE);
			const last = stale.at(-1);
			if (last === undefined) return;
			after = last.id;
			for (const { document } of stale) waiting.set(document, { since: 0, due: 0 });
			await work(Infinity);
		}
	}

	let starting: Promise<void> | null = catchUp()
		.catch((error: unknown) => log.error({ error }, 'The search could not catch up'))
		.finally(() => (starting = null));

	return {
		async settled() {
			await starting;
			while (waiting.size > 0 || working !== null) await work(Infinity);
		},
		async close() {
			closed = true;
			for (const end of endings) end();
			if (timer) clearTimeout(timer);
			await starting;
			await working;
		}
	};
}
