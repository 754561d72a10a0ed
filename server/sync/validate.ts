import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';
import type { Limits } from './limits.ts';

/** What an item holds if it is a document in the document: nobody could open that here. */
const SUBDOCUMENT = 9;
const KIND = 0b11111;

/** What an update says: structs and deletions. */
export type Decoded = ReturnType<typeof Y.decodeUpdate>;

class TooMany extends Error {}
class Refused extends Error {}

/** What `Bounded` reads, and how much it still takes: all of it happens within one call of `inspect`. */
let input: decoding.Decoder = decoding.createDecoder(new Uint8Array());
let structs = 0;
let deletions = 0;

/**
 * Reads what Yjs reads, and counts on the way. Y.decodeUpdateV2 makes a decoder of its own, which does not tell where
 * it stopped; this one reads from `input`. One class for all updates: one for each would never be compiled.
 */
class Bounded extends Y.UpdateDecoderV1 {
	constructor() {
		super(input);
	}
	override readInfo(): number {
		if (--structs < 0) throw new TooMany();
		const info = super.readInfo();
		if ((info & KIND) === SUBDOCUMENT) throw new Refused();
		return info;
	}
	override readClient(): number {
		// Yjs writes no client without structs, but would read millions of them
		if (--structs < 0) throw new TooMany();
		return super.readClient();
	}
	override readDsLen(): number {
		if (--deletions < 0) throw new TooMany();
		return super.readDsLen();
	}
}

/**
 * What `update` says, if it is a Yjs update (V1) that every client can take: it decodes to its last byte within the
 * limits, and nothing in it is known to trip `applyUpdate` or `mergeUpdates`. See SPEC.md, V.
 */
export function inspect(
	update: Uint8Array,
	limits: Pick<Limits, 'structs' | 'deletions'>
): Decoded | 'invalid' | 'too large' {
	input = decoding.createDecoder(update);
	({ structs, deletions } = limits);
	try {
		// made without a decoder: it has its own
		const decoded = Y.decodeUpdateV2(update, Bounded as unknown as typeof Y.UpdateDecoderV1);
		if (input.pos !== update.length) return 'invalid';
		return wellOrdered(decoded.structs) && wellFormed(decoded.ds) ? decoded : 'invalid';
	} catch (error) {
		return error instanceof TooMany ? 'too large' : 'invalid';
	}
}

function wellOrdered(structs: Decoded['structs']): boolean {
	let client = Infinity;
	let clock = 0;
	for (const struct of structs) {
		const { id, length } = struct;
		if (id.client !== client) {
			// mergeUpdates takes the order of clients for granted and loses structs where it is another
			if (id.client > client) return false;
			client = id.client;
		} else if (id.clock !== clock) {
			// the same client twice: applyUpdate would forget the first part
			return false;
		}
		clock = id.clock + length;
		if (length < 1 || !Number.isSafeInteger(clock)) return false;
		// an item that stands on a later one of its own client is looked up before it is there, and that throws
		if (!(struct instanceof Y.Item)) continue;
		if (isLater(struct.origin, id) || isLater(struct.rightOrigin, id) || isLater(struct.parent, id))
			return false;
	}
	return true;
}

function isLater(other: unknown, { client, clock }: Y.ID): boolean {
	return other instanceof Y.ID && other.client === client && other.clock >= clock;
}

function wellFormed(deletions: Decoded['ds']): boolean {
	for (const ranges of deletions.clients.values()) {
		for (const { clock, len } of ranges) {
			if (len < 1 || !Number.isSafeInteger(clock + len)) return false;
		}
	}
	return true;
}
