/** The messages of the y-websocket protocol as bytes; see SPEC.md, W. */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

const SYNC = 0;
const AWARENESS = 1;
const AUTH = 2;
const QUERY_AWARENESS = 3;
const SAVED = 100;

const STEP1 = 0;
const STEP2 = 1;
const UPDATE = 2;

const PERMISSION_DENIED = 0;

export type Message =
	| { kind: 'step1'; vector: Uint8Array }
	| { kind: 'step2' | 'update'; update: Uint8Array }
	| { kind: 'presence'; states: Uint8Array }
	| { kind: 'query' }
	/** Something that this server does not know, or that only servers say. */
	| { kind: 'other' };

/** The bytes are not a message of this protocol. */
export class Malformed extends Error {
	override readonly name = 'Malformed';
}

/** What the message holds is copied out of it: a small update must not keep a large read buffer in memory. */
export function decode(message: Uint8Array): Message {
	// a Buffer's slice is no copy
	const bytes = new Uint8Array(message.buffer, message.byteOffset, message.byteLength);
	try {
		const decoder = decoding.createDecoder(bytes);
		const decoded = read(decoder);
		if (decoded.kind !== 'other' && decoder.pos !== bytes.length) throw new Malformed('bytes are left over');
		return decoded;
	} catch (error) {
		throw error instanceof Malformed ? error : new Malformed('not a message', { cause: error });
	}
}

function read(decoder: decoding.Decoder): Message {
	switch (decoding.readVarUint(decoder)) {
		case SYNC:
			switch (decoding.readVarUint(decoder)) {
				case STEP1:
					return { kind: 'step1', vector: payload(decoder) };
				case STEP2:
					return { kind: 'step2', update: payload(decoder) };
				case UPDATE:
					return { kind: 'update', update: payload(decoder) };
				default:
					throw new Malformed('not a sync message');
			}
		case AWARENESS:
			return { kind: 'presence', states: payload(decoder) };
		case QUERY_AWARENESS:
			return { kind: 'query' };
		default:
			return { kind: 'other' };
	}
}

function payload(decoder: decoding.Decoder): Uint8Array {
	const length = decoding.readVarUint(decoder);
	const end = decoder.pos + length;
	if (end > decoder.arr.length) throw new Malformed('shorter than it says');
	const bytes = decoder.arr.slice(decoder.pos, end);
	decoder.pos = end;
	return bytes;
}

/** Throws Malformed unless it is a state vector. */
export function checkedVector(vector: Uint8Array): Uint8Array {
	try {
		const decoder = decoding.createDecoder(vector);
		for (let n = decoding.readVarUint(decoder); n > 0; n--) {
			decoding.readVarUint(decoder);
			decoding.readVarUint(decoder);
		}
		if (decoder.pos !== vector.length) throw new Malformed('bytes are left over');
		return vector;
	} catch (error) {
		throw new Malformed('not a state vector', { cause: error });
	}
}

/** Large messages, by what they hold: many who join at once are sent the same bytes. */
const large = {
	[STEP2]: new WeakMap<Uint8Array, Uint8Array>(),
	[UPDATE]: new WeakMap<Uint8Array, Uint8Array>()
};
const LARGE = 64 * 1024;

const sync = (step: number, bytes: Uint8Array) =>
	encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, SYNC);
		encoding.writeVarUint(encoder, step);
		encoding.writeVarUint8Array(encoder, bytes);
	});

export const encodeStep1 = (vector: Uint8Array): Uint8Array => sync(STEP1, vector);
export const encodeUpdate = (update: Uint8Array): Uint8Array => encodeOnce(UPDATE, update);
export const encodeStep2 = (update: Uint8Array): Uint8Array => encodeOnce(STEP2, update);

function encodeOnce(step: typeof STEP2 | typeof UPDATE, update: Uint8Array): Uint8Array {
	if (update.byteLength < LARGE) return sync(step, update);
	const known = large[step].get(update);
	if (known !== undefined) return known;
	const message = sync(step, update);
	large[step].set(update, message);
	return message;
}

export function encodeDenied(reason: string): Uint8Array {
	return encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, AUTH);
		encoding.writeVarUint(encoder, PERMISSION_DENIED);
		encoding.writeVarString(encoder, reason);
	});
}

/** `count` of the connection's messages that carried updates, from its beginning, are durable. */
export function encodeSaved(count: number): Uint8Array {
	return encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, SAVED);
		encoding.writeVarUint(encoder, count);
	});
}

/** One person's presence: `state` is JSON, 'null' when they left. */
export interface PresenceState {
	client: number;
	clock: number;
	state: string;
}

export function encodePresence(states: readonly PresenceState[]): Uint8Array {
	return joinPresence(states.map(encodeState));
}

/** Part of a message for `joinPresence`: encoded once, it goes into many. */
export function encodeState({ client, clock, state }: PresenceState): Uint8Array {
	return encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, client);
		encoding.writeVarUint(encoder, clock);
		encoding.writeVarString(encoder, state);
	});
}

export function joinPresence(states: readonly Uint8Array[]): Uint8Array {
	const list = encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, states.length);
		for (const state of states) encoding.writeUint8Array(encoder, state);
	});
	return encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, AWARENESS);
		encoding.writeVarUint8Array(encoder, list);
	});
}

/** The states that `wanted` asks for; the others, which clients send back as they got them, are skipped undecoded. */
export function decodePresence(states: Uint8Array, wanted: (client: number) => boolean): PresenceState[] {
	try {
		const decoder = decoding.createDecoder(states);
		const found: PresenceState[] = [];
		for (let n = decoding.readVarUint(decoder); n > 0; n--) {
			const client = decoding.readVarUint(decoder);
			const clock = decoding.readVarUint(decoder);
			if (wanted(client)) found.push({ client, clock, state: decoding.readVarString(decoder) });
			else payload(decoder);
		}
		if (decoder.pos !== states.length) throw new Malformed('bytes are left over');
		return found;
	} catch (error) {
		throw error instanceof Malformed ? error : new Malformed('not a presence message', { cause: error });
	}
}
