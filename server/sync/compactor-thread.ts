/** The thread of `compactor.ts`. */
import { parentPort } from 'node:worker_threads';
import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';
import type { Snapshot } from '../storage/store.ts';
import { compactAsOne, compactInto } from './compact.ts';

export interface Ask {
	id: number;
	/** What is packed comes after the answer of before; false: it is all of a document. */
	goesOn: boolean;
	packed: Uint8Array<ArrayBuffer>;
}

export interface Answer extends Snapshot {
	id: number;
	/** Whether the next may go on with it. */
	kept: boolean;
}

/** Of a larger document too much memory would be held: it has many times as many bytes when it is taken apart. */
const LARGEST = 4 * 1024 * 1024;

/** The document of the last answer, for one that much is written in is asked for again and again. */
let last: { doc: Y.Doc; state: Uint8Array } | null = null;

function unpacked(packed: Uint8Array): Uint8Array[] {
	const decoder = decoding.createDecoder(packed);
	return Array.from({ length: decoding.readVarUint(decoder) }, () => decoding.readVarUint8Array(decoder));
}

parentPort?.on('message', ({ id, goesOn, packed }: Ask) => {
	const news = unpacked(packed);
	const before = goesOn ? last : null;
	if (goesOn && before === null) throw new Error('There is no document to go on with.');
	last = null;
	const doc = before?.doc ?? new Y.Doc();
	const whole = compactInto(doc, news);
	const kept = whole !== null && whole.state.byteLength <= LARGEST;
	if (kept) last = { doc, state: whole.state };
	const snapshot = whole ?? compactAsOne(before === null ? news : [before.state, ...news]);
	const answer: Answer = { id, kept, ...snapshot };
	parentPort?.postMessage(answer);
});
