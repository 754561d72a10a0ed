/**
 * How a document is built, as far as it decides what Yjs can take. Yjs takes for granted that an update is of its own
 * making; one that was forged could make it throw wherever the document is opened, for ever. Two things do that:
 *
 * - Types that stand too deep in one another, see `depth.ts`.
 * - Several elements in one item under one key. Yjs sets one value at a time, and deletes the one before. Several are
 *   taken apart where only some are deleted, or something is put between them; then one that is no longer the value is
 *   not deleted, and Yjs stumbles over it when what holds it is gone.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { DEEPEST, depthOf, found, holdsType, structsByClient, type Struct } from './depth.ts';
import { RangesByClient } from './ranges.ts';

/** `open`: what an item stands on is not here yet, so nobody knows whether it has a key. */
type Place = 'list' | 'keyed' | 'open';

export class Shape {
	/** Never less than how deep types stand in one another, also once what is missing has come. */
	#depth: number;
	/** Items with a key: of maps, and attributes. */
	readonly #keyed: RangesByClient;
	readonly #open: RangesByClient;

	private constructor(depth: number, keyed: RangesByClient, open: RangesByClient) {
		this.#depth = depth;
		this.#keyed = keyed;
		this.#open = open;
	}

	/** Of all structs of a document. */
	static of(structs: readonly Struct[]): Shape {
		const shape = new Shape(depthOf(structs), new RangesByClient(), new RangesByClient());
		shape.#keep(shape.#places(structs, () => false));
		return shape;
	}

	/** Of a document in which nothing waits; 1: as this version writes it. */
	static decode(bytes: Uint8Array): Shape | null {
		const decoder = decoding.createDecoder(bytes);
		if (decoding.readVarUint(decoder) !== 1) return null;
		const depth = decoding.readVarUint(decoder);
		return new Shape(depth, RangesByClient.read(decoder), new RangesByClient());
	}

	encode(): Uint8Array {
		return encoding.encode((encoder) => {
			encoding.writeVarUint(encoder, 1);
			encoding.writeVarUint(encoder, this.#depth);
			this.#keyed.write(encoder);
		});
	}

	/** Structs that were not asked about. `isHere`: whether an item is here, of those that are not among them. */
	take(structs: readonly Struct[], isHere: (id: Y.ID) => boolean): void {
		this.#keep(this.#places(structs, isHere));
		this.#depth += structs.filter(holdsType).length;
	}

	/**
	 * The structs as they can be taken: those that stand on what is missing one by one, so that no key can ever have
	 * several. 'unsound': somebody could not read the document any more; 'incomplete': only with what is missing could
	 * that be told. `all`: the document with them in it. What is returned is noted.
	 */
	admit(
		structs: Struct[],
		isHere: (id: Y.ID) => boolean,
		all: () => readonly Struct[]
	): Struct[] | 'unsound' | 'incomplete' {
		const places = this.#places(structs, isHere);
		const long = structs.filter((struct) => isLong(struct) && places.get(struct) !== 'list');
		if (long.some((struct) => places.get(struct) === 'keyed')) return 'unsound';
		const taken = long.length === 0 ? structs : apart(structs, new Set(long));
		if (taken === null) return 'incomplete';
		const types = structs.filter(holdsType).length;
		let depth = this.#depth + types;
		if (types > 0 && depth > DEEPEST.types) {
			// each may stand in the one before, but need not
			const measured = Shape.of(all());
			if (measured.#depth > Math.max(DEEPEST.types, this.#depth)) return 'unsound';
			depth = measured.#depth;
		}
		this.#depth = depth;
		this.#keep(places);
		return taken;
	}

	#keep(places: ReadonlyMap<Struct, Place>): void {
		for (const [{ id, length }, place] of places) {
			if (place === 'list') continue;
			const range = { from: id.clock, to: id.clock + length };
			(place === 'keyed' ? this.#keyed : this.#open).add(id.client, range);
		}
	}

	/** An item has the key of its left neighbour, or of its right one if it has none. */
	#places(structs: readonly Struct[], isHere: (id: Y.ID) => boolean): Map<Struct, Place> {
		const places = new Map<Struct, Place>();
		const byClient = structs.length > 1 ? structsByClient(structs) : null;
		for (const struct of structs) {
			if (!(struct instanceof Y.Item)) continue;
			// by hand: the chain may be longer than the stack
			const chain: Struct[] = [];
			let place: Place = 'list';
			for (let at: Struct | null = struct; at instanceof Y.Item;) {
				const known = places.get(at);
				if (known !== undefined) {
					place = known;
					break;
				}
				chain.push(at);
				const neighbour: Y.ID | null = at.origin ?? at.rightOrigin;
				if (neighbour === null) {
					place = at.parentSub === null ? 'list' : 'keyed';
					break;
				}
				// those that stand in a circle wait for ever
				places.set(at, 'open');
				at = byClient && found(byClient, neighbour);
				if (at === null) place = this.#placeOf(neighbour, isHere);
			}
			for (const one of chain) places.set(one, place);
		}
		return places;
	}

	#placeOf(id: Y.ID, isHere: (id: Y.ID) => boolean): Place {
		if (this.#keyed.has(id)) return 'keyed';
		return this.#open.has(id) || !isHere(id) ? 'open' : 'list';
	}
}

/** Whether nothing has to be known of the document to take it. */
export function isSimple(struct: Struct): boolean {
	return !isLong(struct) && !holdsType(struct);
}

/** Several elements that are not deleted. */
function isLong(struct: Struct): struct is Y.Item {
	return struct instanceof Y.Item && struct.length > 1 && !(struct.content instanceof Y.ContentDeleted);
}

/** With these one by one; null: not without taking characters apart. */
function apart(structs: readonly Struct[], long: ReadonlySet<Struct>): Struct[] | null {
	const taken: Struct[] = [];
	for (const struct of structs) {
		const single = struct instanceof Y.Item && long.has(struct) ? oneByOne(struct) : [struct];
		if (single === null) return null;
		for (const one of single) taken.push(one);
	}
	return taken;
}

function oneByOne({ id, origin, rightOrigin, parent, parentSub, content }: Y.Item): Y.Item[] | null {
	const contents = singles(content);
	return (
		contents?.map((one, i) => {
			const before = i === 0 ? origin : Y.createID(id.client, id.clock + i - 1);
			const at = Y.createID(id.client, id.clock + i);
			return new Y.Item(at, null, before, null, rightOrigin, parent, parentSub, one);
		}) ?? null
	);
}

function singles(content: Y.Item['content']): Y.Item['content'][] | null {
	if (content instanceof Y.ContentAny) return content.arr.map((one) => new Y.ContentAny([one]));
	if (content instanceof Y.ContentJSON) return content.arr.map((one) => new Y.ContentJSON([one]));
	if (!(content instanceof Y.ContentString)) return null;
	const characters = [...content.str];
	if (characters.length < content.str.length) return null;
	return characters.map((one) => new Y.ContentString(one));
}
