import * as Y from 'yjs';
import type { Snapshot } from '../storage/store.ts';
import { merge } from './merge.ts';
import { Shape } from './shape.ts';

/** All of a document, the oldest part first, as one update without what was deleted. What waits is kept as it is. */
export function compact(parts: readonly Uint8Array[]): Snapshot {
	const whole = readWhole(parts);
	if (whole !== null) return whole;
	// one part may wait for another, and at each Yjs would put together anew all that waits: so all of them at once
	const merged = merge(parts);
	return readWhole([merged]) ?? { state: merged, known: null, shape: null };
}

/** Null: something waits for what is not there yet, and would be lost in another form, or nobody can read it. */
function readWhole(parts: readonly Uint8Array[]): Snapshot | null {
	const doc = new Y.Doc();
	const waits = () => doc.store.pendingStructs !== null || doc.store.pendingDs !== null;
	try {
		// one transaction, for at the end of each Yjs tidies up; merging them first costs more than all of this
		doc.transact(() => {
			for (const part of parts) {
				Y.applyUpdate(doc, part);
				if (waits()) return;
			}
		});
		if (waits()) return null;
		return described(Y.encodeStateAsUpdate(doc), Y.encodeSnapshot(Y.snapshot(doc)));
	} catch {
		return null;
	} finally {
		doc.destroy();
	}
}

function described(state: Uint8Array, known: Uint8Array): Snapshot {
	return { state, known, shape: Shape.of(Y.decodeUpdate(state).structs).encode() };
}
