/** What of an update is not here yet. */
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import type { Struct } from './depth.ts';
import type { Clocks } from './known.ts';
import type { Range } from './ranges.ts';
import type { Decoded } from './validate.ts';

/**
 * The structs that are not here, or what of them is new, cut off as Yjs cuts it off itself. What is here is left out
 * whatever it says now: a client writes each of its clocks once, so an honest repetition says the same, and a forged one
 * would say one thing to those who have the document open and another to those who come later. `structs` are used up.
 */
export function newIn(structs: readonly Struct[], here: Clocks): Struct[] {
	return structs.flatMap((struct) => {
		if (struct instanceof Y.Skip) return [];
		const { client, clock } = struct.id;
		return pieces(struct, here.missing(client, { from: clock, to: clock + struct.length }));
	});
}

/** These ranges of the struct, all of which are in it, in order. */
function pieces(struct: Y.GC | Y.Item, ranges: readonly Range[]): (Y.GC | Y.Item)[] {
	const { client, clock } = struct.id;
	if (ranges.length === 1 && ranges[0]!.to - ranges[0]!.from === struct.length) return [struct];
	if (struct instanceof Y.GC)
		return ranges.map(({ from, to }) => new Y.GC(Y.createID(client, from), to - from));
	const cut: Y.Item[] = [];
	// from the end: the content keeps what is before a cut
	for (const { from, to } of ranges.toReversed()) {
		if (to < clock + struct.content.getLength()) struct.content.splice(to - clock);
		const { rightOrigin, parent, parentSub } = struct;
		const [origin, content] =
			from === clock
				? [struct.origin, struct.content]
				: [Y.createID(client, from - 1), struct.content.splice(from - clock)];
		cut.push(
			new Y.Item(Y.createID(client, from), null, origin, null, rightOrigin, parent, parentSub, content)
		);
	}
	return cut.reverse();
}

/** An update of these structs, in the order that updates have, with gaps where some are missing. */
export function encodeStructs(structs: readonly Struct[], ds: Decoded['ds']): Uint8Array {
	const encoder = new Y.UpdateEncoderV1();
	const { restEncoder } = encoder;
	const byClient = Map.groupBy(structs, ({ id }) => id.client);
	encoding.writeVarUint(restEncoder, byClient.size);
	for (const [client, theirs] of byClient) {
		const whole = withGaps(theirs);
		for (const n of [whole.length, client, whole[0]!.id.clock]) encoding.writeVarUint(restEncoder, n);
		for (const struct of whole) struct.write(encoder, 0);
	}
	encoding.writeVarUint(restEncoder, ds.clients.size);
	for (const [client, ranges] of ds.clients) {
		encoding.writeVarUint(restEncoder, client);
		encoding.writeVarUint(restEncoder, ranges.length);
		for (const { clock, len } of ranges) {
			encoding.writeVarUint(restEncoder, clock);
			encoding.writeVarUint(restEncoder, len);
		}
	}
	return encoder.toUint8Array();
}

function withGaps(structs: readonly Struct[]): Struct[] {
	let end = structs[0]!.id.clock;
	return structs.flatMap((struct) => {
		const { client, clock } = struct.id;
		const gap = clock - end;
		const skip = gap > 0 ? [new Y.Skip(Y.createID(client, end), gap)] : [];
		end = clock + struct.length;
		return [...skip, struct];
	});
}
