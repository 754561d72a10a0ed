/** Where snapshots are made: small ones at once, large ones in a thread of its own, where they hold up nobody. */
import { Worker } from 'node:worker_threads';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { timed, type Compacted } from './compact.ts';
import type { Ask, Answer } from './compactor-thread.ts';

export interface Compactor {
	/** As `timed`. */
	compact(updates: readonly Uint8Array[]): Promise<Compacted>;
	/** Gives up what is under way. */
	close(): Promise<void>;
}

export const compactAtOnce: Compactor = {
	compact: async (updates) => timed(updates),
	close: async () => {}
};

/**
 * Up to so many bytes and structs, making it costs less than handing it over. Of structs that all claim the same place
 * Yjs compares each with each: a thousand take tens of milliseconds, eight thousand, which are 90 kB, a quarter of a
 * minute.
 */
const SMALL = { bytes: 64 * 1024, structs: 1000 };
/** How long the thread is kept when there is nothing to do, and how long one document may take, ms. */
const IDLE = 300_000;
const PATIENCE = 60_000;

export function createCompactor(): Compactor {
	let thread: Worker | null = null;
	let lastId = 0;
	let closed = false;
	let timer: NodeJS.Timeout | undefined;
	const waiting = new Map<number, PromiseWithResolvers<Compacted>>();

	/** Whoever waits for it is told; the next who asks gets a new one. */
	async function end(worker: Worker, why: Error): Promise<void> {
		if (thread !== worker) return;
		thread = null;
		clearTimeout(timer);
		for (const { reject } of waiting.values()) reject(why);
		waiting.clear();
		await worker.terminate();
	}

	function look(worker: Worker): void {
		clearTimeout(timer);
		const busy = waiting.size > 0;
		const why = new Error(`A snapshot was not made within ${PATIENCE} ms.`);
		timer = setTimeout(() => void end(worker, why), busy ? PATIENCE : IDLE).unref();
	}

	function start(): Worker {
		// its own flags: what the process was started with may be meant for its main thread alone
		const worker = new Worker(new URL('./compactor-thread.ts', import.meta.url), { execArgv: [] });
		worker.unref();
		worker.on('message', ({ id, ...compacted }: Answer) => {
			waiting.get(id)?.resolve(compacted);
			waiting.delete(id);
			look(worker);
		});
		worker.on('error', (error) => void end(worker, new Error('No snapshot was made.', { cause: error })));
		worker.on('exit', () => void end(worker, new Error('The thread that makes snapshots ended.')));
		return worker;
	}

	return {
		async compact(updates) {
			if (closed) throw new Error('The server is shutting down; no snapshots are made any more.');
			if (isSmall(updates)) return timed(updates);
			thread ??= start();
			const id = ++lastId;
			const made = Promise.withResolvers<Compacted>();
			waiting.set(id, made);
			const ask: Ask = { id, packed: packed(updates) };
			thread.postMessage(ask, [ask.packed.buffer]);
			look(thread);
			return made.promise;
		},
		async close() {
			closed = true;
			if (thread !== null) await end(thread, new Error('The server is shutting down.'));
		}
	};
}

function isSmall(updates: readonly Uint8Array[]): boolean {
	if (updates.reduce((sum, { byteLength }) => sum + byteLength, 0) > SMALL.bytes) return false;
	return updates.reduce((sum, update) => sum + Y.decodeUpdate(update).structs.length, 0) <= SMALL.structs;
}

/** One block of memory moves to a thread faster than thousands of small ones. */
function packed(updates: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
	return encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, updates.length);
		for (const update of updates) encoding.writeVarUint8Array(encoder, update);
	});
}
