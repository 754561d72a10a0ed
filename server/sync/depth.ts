/**
 * How deep things stand in one another. Yjs deletes a type by deleting what is in it, and so on, each from within the
 * other: some thousands of levels, which take 30 kB, and whoever has the document open runs out of stack when the
 * outermost is deleted, and everybody who opens it afterwards.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { RangesByClient } from './ranges.ts';
import type { Decoded } from './validate.ts';

/** Of types in types, and of lists and objects in one value. People's lists in lists have a dozen. */
export const DEEPEST = { types: 200, values: 100 };

/** What stands deeper than this is remembered, so that what others add elsewhere has not to be measured because of it. */
export const DEEP = DEEPEST.types / 2;

export type Struct = Decoded['structs'][number];

export function holdsType(struct: Struct): boolean {
	return struct instanceof Y.Item && struct.content instanceof Y.ContentType;
}

/** Whether the values in it are as deep as values may be. */
export function isFlat(struct: Struct): boolean {
	if (!(struct instanceof Y.Item)) return true;
	const { content } = struct;
	if (content instanceof Y.ContentAny || content instanceof Y.ContentJSON)
		return content.arr.every(isShallow);
	if (content instanceof Y.ContentEmbed) return isShallow(content.embed);
	return content instanceof Y.ContentFormat ? isShallow(content.value) : true;
}

function isShallow(value: unknown): boolean {
	let level: unknown[] = [value];
	for (let depth = 0; level.length > 0; depth++) {
		if (depth > DEEPEST.values) return false;
		level = level.flatMap((one) =>
			typeof one === 'object' && one !== null && !ArrayBuffer.isView(one) ? Object.values(one) : []
		);
	}
	return true;
}

export interface Depth {
	/** Of how many types the deepest item stands in, itself counted. */
	deepest: number;
	/** What is deeper than `DEEP`, and what may be, for its place is not known. */
	deep: RangesByClient;
}

/**
 * Every item is looked at once. Types whose place is not known, for what they stand on is missing, count as if each stood
 * in the one before, and the first in the deepest.
 */
export function depthOf(structs: readonly Struct[]): Depth {
	const byClient = structsByClient(structs);
	const depths = new Map<Struct, number>();
	const hanging = new Set<Struct>();
	const deep = new RangesByClient();
	let deepest = 0;
	for (const struct of structs) {
		// by hand: the chain may be longer than the stack
		const chain: { struct: Struct; deeper: number }[] = [];
		let known = 0;
		let hangs = false;
		for (let at: Struct | null = struct; at !== null;) {
			const depth = depths.get(at);
			if (depth !== undefined) {
				known = depth;
				hangs = hanging.has(at);
				break;
			}
			const step = standsOn(at);
			chain.push({ struct: at, deeper: step.deeper });
			// one that stands in a circle, or on what is not here, is as good as a root
			depths.set(at, 1);
			at = step.on && found(byClient, step.on);
			hangs = at === null && step.on !== null;
		}
		for (const { struct: one, deeper } of chain.reverse()) {
			known = Math.max(1, known + deeper);
			depths.set(one, known);
			if (hangs) hanging.add(one);
		}
		deepest = Math.max(deepest, known);
	}
	for (const [struct, depth] of depths) {
		if (depth <= DEEP && !hanging.has(struct)) continue;
		const { client, clock } = struct.id;
		deep.add(client, { from: clock, to: clock + struct.length });
	}
	return { deepest: deepest + hanging.values().filter(holdsType).toArray().length, deep };
}

export function encodeDepth({ deepest, deep }: Depth): Uint8Array {
	return encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, deepest);
		deep.write(encoder);
	});
}

export function decodeDepth(bytes: Uint8Array): Depth {
	const decoder = decoding.createDecoder(bytes);
	return { deepest: decoding.readVarUint(decoder), deep: RangesByClient.read(decoder) };
}

/** What tells where a struct stands: the type that it is in, or a neighbour that is in the same. */
export function standsOn(struct: Struct): { on: Y.ID | null; deeper: 0 | 1 } {
	if (!(struct instanceof Y.Item)) return { on: null, deeper: 1 };
	const parent: unknown = struct.parent;
	if (parent instanceof Y.ID) return { on: parent, deeper: 1 };
	if (parent !== null) return { on: null, deeper: 1 };
	return { on: struct.origin ?? struct.rightOrigin, deeper: 0 };
}

export function structsByClient(structs: readonly Struct[]): ReadonlyMap<number, Struct[]> {
	return Map.groupBy(structs, ({ id }) => id.client);
}

export function found(byClient: ReadonlyMap<number, Struct[]>, { client, clock }: Y.ID): Struct | null {
	const theirs = byClient.get(client) ?? [];
	let low = 0;
	let high = theirs.length - 1;
	while (low <= high) {
		const middle = (low + high) >>> 1;
		const struct = theirs[middle]!;
		if (clock < struct.id.clock) high = middle - 1;
		else if (clock >= struct.id.clock + struct.length) low = middle + 1;
		else return struct;
	}
	return null;
}
