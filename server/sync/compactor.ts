/** Where snapshots are made: small ones at once, large ones in a thread of its own, where they hold up nobody. */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import type { Snapshot } from '../storage/store.ts';
import { compact } from './compact.ts';
import { createThread } from './thread.ts';

export interface Compactor {
	/** As `compact`. */
	compact(updates: readonly Uint8Array[]): Promise<Snapshot>;
	/** Gives up what is under way. */
	close(): Promise<void>;
}

export const compactAtOnce: Compactor = {
	compact: async (updates) => compact(updates),
	close: async () => {}
};

/**
 * Up to so many bytes and structs, making it costs less than handing it over. Of structs that all claim the same place
 * Yjs compares each with each: a thousand take tens of milliseconds, eight thousand, which are 90 kB, a quarter of a
 * minute.
 */
const SMALL = { bytes: 64 * 1024, structs: 1000 };
/** How long one document may take, ms. */
const PATIENCE = 60_000;

export function createCompactor(): Compactor {
	const thread = createThread<Snapshot>(new URL('./compactor-thread.ts', import.meta.url), {
		failed: 'No snapshot was made.',
		late: `A snapshot was not made within ${PATIENCE} ms.`,
		patience: PATIENCE
	});
	let closed = false;
	return {
		async compact(updates) {
			if (closed) throw new Error('The server is shutting down; no snapshots are made any more.');
			return isSmall(updates) ? compact(updates) : thread.ask(packed(updates));
		},
		close() {
			closed = true;
			return thread.close();
		}
	};
}

/** Yjs takes no long over it, whatever it says. */
export function isSmall(updates: readonly Uint8Array[]): boolean {
	if (updates.reduce((sum, { byteLength }) => sum + byteLength, 0) > SMALL.bytes) return false;
	return updates.reduce((sum, update) => sum + Y.decodeUpdate(update).structs.length, 0) <= SMALL.structs;
}

/** One block of memory moves to a thread faster than thousands of small ones. */
export function packed(updates: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
	return encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, updates.length);
		for (const update of updates) encoding.writeVarUint8Array(encoder, update);
	});
}

export function unpacked(packed: Uint8Array): Uint8Array[] {
	const decoder = decoding.createDecoder(packed);
	return Array.from({ length: decoding.readVarUint(decoder) }, () => decoding.readVarUint8Array(decoder));
}
