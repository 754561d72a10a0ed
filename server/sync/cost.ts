/** For how many messages a message counts, by what it makes the server do: SPEC.md, V3. */
import type { Decoded } from './validate.ts';

const BYTES = 16 * 1024;
/** Structs and deletions. */
const PARTS = 1000;
/** Of a document that is searched for what somebody lacks. */
const SEARCHED = 8 * 1024;

export function ofBytes(bytes: number): number {
	return 1 + bytes / BYTES;
}

export function ofUpdate({ structs, ds }: Decoded): number {
	let parts = structs.length;
	for (const ranges of ds.clients.values()) parts += ranges.length;
	return parts / PARTS;
}

/** Never so much that asking now and then would end a connection. */
export function ofAskingAgain(document: number, burst: number): number {
	return Math.min(document / SEARCHED, burst / 2);
}
