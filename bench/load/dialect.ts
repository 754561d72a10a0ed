/** The sync protocol as each server speaks it: the same messages, at Hocuspocus with the document's name before them. */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { LeanSocket } from './socket.ts';

/** `deaf`: there is nobody who would answer a step 1. */
export type Dialect = 'plain' | 'hocuspocus' | 'deaf';

export interface Target {
	dialect: Dialect;
	/** Where the document is. */
	url: string;
	/** The document's name. */
	name: string;
}

const SYNC = 0;
const AWARENESS = 1;
const AUTH = 2;
const STEP1 = 0;
const STEP2 = 1;
const UPDATE = 2;
/** Enough of a message to tell what it is. */
const HEAD = 64;

export function encodeUpdate(target: Target, update: Uint8Array): Uint8Array {
	return message(target, SYNC, UPDATE, update);
}

export function encodeAwareness(target: Target, client: number, clock: number, state: unknown): Uint8Array {
	return encoding.encode((encoder) => {
		if (target.dialect === 'hocuspocus') encoding.writeVarString(encoder, target.name);
		encoding.writeVarUint(encoder, AWARENESS);
		encoding.writeVarUint8Array(
			encoder,
			encoding.encode((inner) => {
				encoding.writeVarUint(inner, 1);
				encoding.writeVarUint(inner, client);
				encoding.writeVarUint(inner, clock);
				encoding.writeVarString(inner, JSON.stringify(state));
			})
		);
	});
}

function message(target: Target, type: number, step: number, bytes: Uint8Array): Uint8Array {
	return encoding.encode((encoder) => {
		if (target.dialect === 'hocuspocus') encoding.writeVarString(encoder, target.name);
		encoding.writeVarUint(encoder, type);
		encoding.writeVarUint(encoder, step);
		encoding.writeVarUint8Array(encoder, bytes);
	});
}

/** What a message of the server brings, and a decoder that stands before its update. */
function kindOf(
	target: Target,
	bytes: Uint8Array
): { is: 'step2' | 'update'; rest: decoding.Decoder } | null {
	const rest = decoding.createDecoder(bytes);
	if (target.dialect === 'hocuspocus') decoding.readVarString(rest);
	if (decoding.readVarUint(rest) !== SYNC) return null;
	const step = decoding.readVarUint(rest);
	return step === STEP2 || step === UPDATE ? { is: step === STEP2 ? 'step2' : 'update', rest } : null;
}

/** The update that a message of the server brings, if it brings one. */
export function updateIn(target: Target, message: Uint8Array): Uint8Array | null {
	const said = kindOf(target, message);
	return said === null ? null : decoding.readVarUint8Array(said.rest);
}

/**
 * Opens the document. `doc`: what comes is applied to it; null: after the first answer it is only counted. `keep` is
 * given every message up to the first answer, whole.
 */
export async function open(
	target: Target,
	doc: Y.Doc | null,
	keep: ((message: Uint8Array) => void) | null = null
): Promise<LeanSocket> {
	const socket = new LeanSocket(target.url);
	const { promise: synced, resolve } = Promise.withResolvers<void>();
	if (doc === null && keep === null) socket.most = HEAD;
	socket.hear = (bytes) => {
		keep?.(bytes);
		const said = kindOf(target, bytes);
		if (said === null) return;
		if (doc !== null) Y.applyUpdate(doc, decoding.readVarUint8Array(said.rest), socket);
		if (said.is !== 'step2') return;
		if (doc === null) socket.hear = null;
		resolve();
	};
	await socket.opened;
	if (target.dialect === 'deaf') {
		if (doc === null) socket.hear = null;
		return socket;
	}
	if (target.dialect === 'hocuspocus') {
		socket.send(
			encoding.encode((encoder) => {
				encoding.writeVarString(encoder, target.name);
				encoding.writeVarUint(encoder, AUTH);
				encoding.writeVarUint(encoder, 0);
				encoding.writeVarString(encoder, 'bench');
			})
		);
	}
	socket.send(message(target, SYNC, STEP1, Y.encodeStateVector(new Y.Doc())));
	await synced;
	return socket;
}

/** Opens so many, a few at a time: not the opening is measured. */
export async function openMany(target: Target, count: number): Promise<LeanSocket[]> {
	const sockets: LeanSocket[] = [];
	while (sockets.length < count) {
		const some = Array.from({ length: Math.min(25, count - sockets.length) }, () => open(target, null));
		sockets.push(...(await Promise.all(some)));
	}
	return sockets;
}
