/** Updates that are written as Yjs writes them, of structs that need not make sense together. */
import fc from 'fast-check';
import * as encoding from 'lib0/encoding';

interface Id {
	client: number;
	clock: number;
}

interface Struct {
	/** As in the low five bits of a struct's info. */
	kind: number;
	length: number;
	origin: Id | null;
	right: Id | null;
	/** A root's name, or the item that holds the type. */
	parent: string | Id;
	key: string | null;
	pick: number;
}

// few clients and low clocks, so that they meet
const id: fc.Arbitrary<Id> = fc.record({ client: fc.integer({ min: 1, max: 3 }), clock: fc.nat(8) });
const struct: fc.Arbitrary<Struct> = fc.record({
	kind: fc.constantFrom(0, 10, 1, 2, 3, 4, 4, 4, 5, 6, 7, 7, 8, 8),
	length: fc.integer({ min: 1, max: 3 }),
	origin: fc.option(id, { nil: null }),
	right: fc.option(id, { nil: null, freq: 1 }),
	parent: fc.oneof(fc.constantFrom('t', 'm', 'a'), id),
	key: fc.option(fc.constantFrom('k', 'l'), { nil: null }),
	pick: fc.nat(6)
});

export function structs(): fc.Arbitrary<Uint8Array> {
	const block = fc.record({ start: fc.nat(6), structs: fc.array(struct, { minLength: 1, maxLength: 4 }) });
	const deletion = fc.record({ id, length: fc.integer({ min: 1, max: 3 }) });
	return fc
		.record({
			blocks: fc.array(fc.option(block, { nil: null }), { minLength: 3, maxLength: 3 }),
			deletions: fc.array(deletion, { maxLength: 2 })
		})
		.map(({ blocks, deletions }) =>
			encoding.encode((encoder) => {
				const clients = [3, 2, 1].flatMap((client, i) => (blocks[i] ? [{ client, ...blocks[i] }] : []));
				encoding.writeVarUint(encoder, clients.length);
				for (const { client, start, structs } of clients) {
					for (const n of [structs.length, client, start]) encoding.writeVarUint(encoder, n);
					let clock = start;
					for (const one of structs) clock += write(encoder, one, { client, clock });
				}
				encoding.writeVarUint(encoder, deletions.length);
				for (const { id, length } of deletions) {
					for (const n of [id.client, 1, id.clock, length]) encoding.writeVarUint(encoder, n);
				}
			})
		);
}

/** Returns by how much the clock goes on. */
function write(encoder: encoding.Encoder, struct: Struct, own: Id): number {
	const { kind, length, origin, right, parent, key, pick } = struct;
	if (kind === 0 || kind === 10) {
		encoding.writeUint8(encoder, kind);
		encoding.writeVarUint(encoder, length);
		return length;
	}
	const flags = (origin ? 0x80 : 0) | (right ? 0x40 : 0) | (key === null ? 0 : 0x20);
	encoding.writeUint8(encoder, kind | flags);
	if (origin) writeId(encoder, origin, own);
	if (right) writeId(encoder, right, own);
	if (!origin && !right) {
		encoding.writeVarUint(encoder, typeof parent === 'string' ? 1 : 0);
		if (typeof parent === 'string') encoding.writeVarString(encoder, parent);
		else writeId(encoder, parent, own);
		if (key !== null) encoding.writeVarString(encoder, key);
	}
	return writeContent(encoder, kind, length, pick);
}

/** What stands on a later one of its own client is refused anyway. */
function writeId(encoder: encoding.Encoder, { client, clock }: Id, own: Id): void {
	encoding.writeVarUint(encoder, client);
	encoding.writeVarUint(encoder, client === own.client && own.clock > 0 ? clock % own.clock : clock);
}

function writeContent(encoder: encoding.Encoder, kind: number, length: number, pick: number): number {
	switch (kind) {
		case 1:
			encoding.writeVarUint(encoder, length);
			return length;
		case 2:
			encoding.writeVarUint(encoder, length);
			for (let n = 0; n < length; n++) encoding.writeVarString(encoder, '1');
			return length;
		case 3:
			encoding.writeVarUint8Array(encoder, new Uint8Array(length));
			return 1;
		case 4: {
			const text = ['a', 'ab', '🐝', 'abc'][pick % 4]!;
			encoding.writeVarString(encoder, text);
			return text.length;
		}
		case 5:
			encoding.writeVarString(encoder, '{"a":1}');
			return 1;
		case 6:
			encoding.writeVarString(encoder, 'bold');
			encoding.writeVarString(encoder, ['true', 'null'][pick % 2]!);
			return 1;
		case 7:
			encoding.writeVarUint(encoder, pick);
			// an element and a hook have names
			if (pick === 3 || pick === 5) encoding.writeVarString(encoder, 'p');
			return 1;
		default:
			encoding.writeVarUint(encoder, length);
			for (let n = 0; n < length; n++) encoding.writeAny(encoder, n);
			return length;
	}
}
