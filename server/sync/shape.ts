/**
 * How a document is built, as far as it decides what Yjs can take. Yjs takes for granted that an update is of its own
 * making; one that was forged could make it throw wherever the document is opened, for ever. Two things do that:
 *
 * - Types that stand too deep in one another, see `depth.ts`.
 * - Several elements in one item under one key. Yjs sets one value at a time, and deletes the one before; only those that
 *   are deleted and kept for undoing it puts together. Several are taken apart where only some are deleted, or something
 *   is put between them; then one that is no longer the value is not deleted, and Yjs stumbles over it when what holds it
 *   is gone.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import {
	DEEP,
	DEEPEST,
	depthOf,
	found,
	holdsType,
	standsOn,
	structsByClient,
	type Depth,
	type Struct
} from './depth.ts';
import { RangesByClient } from './ranges.ts';

/** `open`: what an item stands on is not here yet, so nobody knows whether it has a key. */
type Place = 'list' | 'keyed' | 'open';

/** How deep a document may be once something is added. */
interface Grown {
	deepest: number;
	shallow: number;
	/** What of it stands deep, or may. */
	deep: readonly Struct[];
}

export class Shape {
	/** Never less than how deep types stand in one another, also once what is missing has come; and all but the deep. */
	#deepest: number;
	#shallow: number;
	/** Where something stands deep, or may. */
	#deep: RangesByClient;
	/** Items with a key: of maps, and attributes. */
	readonly #keyed: RangesByClient;
	readonly #open = new RangesByClient();

	private constructor({ deepest, deep }: Depth, keyed: RangesByClient) {
		this.#deepest = deepest;
		this.#shallow = Math.min(deepest, DEEP);
		this.#deep = deep;
		this.#keyed = keyed;
	}

	/** Of all structs of a document. */
	static of(structs: readonly Struct[]): Shape {
		const shape = new Shape(depthOf(structs), new RangesByClient());
		shape.#keep(shape.#places(structs, () => false));
		return shape;
	}

	/** Of a document in which nothing waits. Null: an older version wrote it of one in which something stands deep. */
	static decode(bytes: Uint8Array): Shape | null {
		const decoder = decoding.createDecoder(bytes);
		const version = decoding.readVarUint(decoder);
		const deepest = decoding.readVarUint(decoder);
		if (version !== 2 && (version !== 1 || deepest > DEEP)) return null;
		const keyed = RangesByClient.read(decoder);
		const deep = version === 1 ? new RangesByClient() : RangesByClient.read(decoder);
		return new Shape({ deepest, deep }, keyed);
	}

	encode(): Uint8Array {
		return encoding.encode((encoder) => {
			encoding.writeVarUint(encoder, this.#deepest > DEEP ? 2 : 1);
			encoding.writeVarUint(encoder, this.#deepest);
			this.#keyed.write(encoder);
			if (this.#deepest > DEEP) this.#deep.write(encoder);
		});
	}

	get deepest(): number {
		return this.#deepest;
	}

	/** How deep it is indeed; `since`: what was taken since that was asked. */
	measured(
		{ deepest, deep }: Depth,
		since: readonly (readonly Struct[])[],
		isHere: (id: Y.ID) => boolean
	): void {
		this.#deepest = deepest;
		this.#shallow = Math.min(deepest, DEEP);
		this.#deep = deep;
		for (const structs of since) this.#grow(this.#grown(structs, isHere));
	}

	/** Structs that were not asked about. `isHere`: whether an item is here, of those that are not among them. */
	take(structs: readonly Struct[], isHere: (id: Y.ID) => boolean): void {
		this.#keep(this.#places(structs, isHere));
		this.#grow(this.#grown(structs, isHere));
	}

	/**
	 * The structs as they can be taken: those with a key, or that may have one once what is missing is here, element by
	 * element, so that no key ever has several. 'unsound': somebody could not read the document any more; 'incomplete':
	 * only with what is missing could that be told; 'unmeasured': only once it is known how deep all of it is with them.
	 * `isMeasured`: it is. What is returned is noted.
	 */
	admit(
		structs: Struct[],
		isHere: (id: Y.ID) => boolean,
		isMeasured: boolean
	): Struct[] | 'unsound' | 'incomplete' | 'unmeasured' {
		const places = this.#places(structs, isHere);
		const long = structs.filter(isLong).filter((struct) => places.get(struct) !== 'list');
		const taken = long.length === 0 ? structs : apart(structs, new Set<Struct>(long));
		if (taken === null)
			return long.some((one) => places.get(one) === 'keyed' && !singles(one.content))
				? 'unsound'
				: 'incomplete';
		if (!isMeasured) {
			const grown = this.#grown(structs, isHere);
			// each may stand in the one before, but need not
			if (grown.deepest > Math.max(DEEPEST.types, this.#deepest)) return 'unmeasured';
			this.#grow(grown);
		}
		this.#keep(places);
		return taken;
	}

	#grow({ deepest, shallow, deep }: Grown): void {
		this.#deepest = deepest;
		this.#shallow = shallow;
		for (const { id, length } of deep) this.#deep.add(id.client, { from: id.clock, to: id.clock + length });
	}

	/** How deep it may be with these. What is not deep stands as deep as it says, or in the deepest that is not. */
	#grown(structs: readonly Struct[], isHere: (id: Y.ID) => boolean): Grown {
		const byClient = structs.length > 1 ? structsByClient(structs) : null;
		const depths = new Map<Struct, number | null>();
		let shallow = this.#shallow;
		let types = 0;
		const deep: Struct[] = [];
		for (const struct of structs) {
			// by hand: the chain may be longer than the stack
			const chain: { struct: Struct; deeper: number }[] = [];
			/** Null: deep, or not known. */
			let depth: number | null = 0;
			for (let at: Struct | null = struct; at !== null;) {
				const known = depths.get(at);
				if (known !== undefined) {
					depth = known;
					break;
				}
				const { on, deeper } = standsOn(at);
				chain.push({ struct: at, deeper });
				// those that stand in a circle wait for ever
				depths.set(at, null);
				at = on && byClient && found(byClient, on);
				if (at === null && on !== null) depth = this.#deep.has(on) || !isHere(on) ? null : this.#shallow;
			}
			for (const { struct: one, deeper } of chain.reverse()) {
				if (depth !== null) depth += deeper;
				depths.set(one, depth);
				if (depth === null) deep.push(one);
				if (!holdsType(one)) continue;
				if (depth === null) types++;
				else shallow = Math.max(shallow, depth);
			}
		}
		return { deepest: Math.max(this.#deepest, shallow) + types, shallow, deep };
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
