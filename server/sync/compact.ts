import * as Y from 'yjs';
import type { Snapshot } from '../storage/store.ts';
import { merge } from './merge.ts';
import { Shape } from './shape.ts';

/** All of a document, the oldest part first, as one update without what was deleted. What waits is kept as it is. */
export function compact(parts: readonly Uint8Array[]): Snapshot {
	const doc = new Y.Doc();
	try {
		// one transaction, for at the end of each Yjs tidies up; merging them first costs more than all of this
		doc.transact(() => {
			for (const part of parts) Y.applyUpdate(doc, part);
		});
		// what waits for something that is not there yet would be lost in another form
		if (doc.store.pendingStructs === null && doc.store.pendingDs === null)
			return described(Y.encodeStateAsUpdate(doc), Y.encodeSnapshot(Y.snapshot(doc)));
	} catch {
		// nobody can open it, but what it says is kept
	} finally {
		doc.destroy();
	}
	return { state: merge(parts), known: null, shape: null };
}

export interface Compacted extends Snapshot {
	/** Milliseconds of the processor, this thread's alone. */
	took: number;
}

/** As `compact`, and what it cost to read it. */
export function timed(parts: readonly Uint8Array[]): Compacted {
	const before = process.threadCpuUsage();
	const snapshot = compact(parts);
	const { user, system } = process.threadCpuUsage(before);
	return { ...snapshot, took: (user + system) / 1000 };
}

function described(state: Uint8Array, known: Uint8Array): Snapshot {
	return { state, known, shape: Shape.of(Y.decodeUpdate(state).structs).encode() };
}
