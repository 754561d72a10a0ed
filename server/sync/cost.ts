/** What a message makes the server do, in units of about a millisecond: SPEC.md, V6. */
import type { Decoded } from './validate.ts';

const BYTES = 16 * 1024;
/** However small: it may have to be logged and shown, and whoever comes back at once has a new rate of messages. */
const MESSAGE = 1 / 4;
/** Structs and deletions. */
const PARTS = 500;
/** Of a document that is searched for what somebody lacks. */
const SEARCHED = 8 * 1024;

export function ofMessage(bytes: number): number {
	return MESSAGE + bytes / BYTES;
}

export function ofUpdate({ structs, ds }: Decoded): number {
	let parts = structs.length;
	for (const ranges of ds.clients.values()) parts += ranges.length;
	return parts / PARTS;
}

/** Never so much that a person who opens all their documents at once would be sent away. */
export function ofSearching(document: number, burst: number): number {
	return Math.min(document / SEARCHED, burst / 8);
}
