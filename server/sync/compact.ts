import * as Y from 'yjs';
import type { Snapshot } from '../storage/store.ts';
import { merge } from './merge.ts';
import { Shape } from './shape.ts';

/** All of a document, the oldest part first, as one update without what was deleted. What waits is kept as it is. */
export function compact(parts: readonly Uint8Array[]): Snapshot {
	return compactInto(new Y.Doc(), parts) ?? compactAsOne(parts);
}

/** The same, for parts of which one may wait for another: Yjs would put together anew, at each, all that waits. */
export function compactAsOne(parts: readonly Uint8Array[]): Snapshot {
	const merged = merge(parts);
	return compactInto(new Y.Doc(), [merged]) ?? { state: merged, known: null, shape: null };
}

/**
 * The same for a document of which `doc` holds all but the `news`. Null: something waits for what is not there yet, and
 * would be lost in another form, or cannot be read; then `doc` is not to be used again.
 */
export function compactInto(doc: Y.Doc, news: readonly Uint8Array[]): Snapshot | null {
	const waits = () => doc.store.pendingStructs !== null || doc.store.pendingDs !== null;
	try {
		// one transaction, for at the end of each Yjs tidies up; merging them first costs more than all of this
		doc.transact(() => {
			for (const update of news) {
				Y.applyUpdate(doc, update);
				if (waits()) return;
			}
		});
		if (waits()) return null;
		return described(Y.encodeStateAsUpdate(doc), Y.encodeSnapshot(Y.snapshot(doc)));
	} catch {
		return null;
	}
}

function described(state: Uint8Array, known: Uint8Array): Snapshot {
	return { state, known, shape: Shape.of(Y.decodeUpdate(state).structs).encode() };
}
