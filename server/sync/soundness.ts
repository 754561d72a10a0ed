/**
 * Whether a document can be read by everybody with one more update in it. Yjs takes for granted that an update is of
 * its own making; one that was forged can make `applyUpdate` throw wherever the document is opened, for ever.
 */
import * as Y from 'yjs';
import { Depth } from './depth.ts';
import type { Clocks } from './known.ts';
import { merge } from './merge.ts';
import type { Decoded } from './validate.ts';

/** What the judgement needs to know of the document. */
interface Judged {
	/** All that is durable, as one update. */
	merged(): Uint8Array;
	/** Which structs of it are here. */
	clocks(): Clocks;
}

/**
 * An update that goes on where its clients stopped, and refers only to what is here, is ordinary and does no harm:
 * structs that Yjs wrote never do otherwise. Any other is tried on a copy of the document, as those who have it open
 * would take it, and as those who come later would. While something waits for what is missing, the copy is kept and
 * takes everything first, for what comes next may set free what waits.
 */
export class Soundness {
	readonly #judged: Judged;
	/** Found sound, not durable yet, and whether they are ordinary. */
	readonly #onTheirWay = new Map<Uint8Array, boolean>();
	/** Of their clients: up to where. */
	readonly #ahead = new Map<number, number>();
	readonly #depth = new Depth();
	#copy: Y.Doc | null = null;
	/** Null: nobody has looked. */
	#unsettled: boolean | null = null;
	/** Something came since the last merge that is not ordinary. */
	#extraordinary = false;

	constructor(judged: Judged) {
		this.#judged = judged;
	}

	/** Where it is known of a part of the document that nothing in it waits; `later` came after it, and is counted now. */
	begin(later: Decoded, before: (client: number) => number): void {
		if (!goesOn(later, before)) this.#extraordinary = true;
		const clocks = this.#judged.clocks();
		this.#unsettled ??= clocks.hasGap || !standsOn(later, (client) => clocks.upTo(client));
	}

	/** All of it is one update now. */
	merged(): void {
		this.#extraordinary = false;
	}

	/** From now on it is known of each update that comes whether it is ordinary. */
	look(): void {
		this.#unsettled ??= this.#lacksSomething();
	}

	/**
	 * Whether what came since the last merge can be applied after it, in whatever pieces: what is not ordinary was tried
	 * as it came and merged with all the rest, and not otherwise.
	 */
	get isPlain(): boolean {
		return this.#unsettled !== null && !this.#extraordinary;
	}

	/** If it is, it counts as being here until `arrived` or `lost` says what became of it. */
	isSound(update: Uint8Array, decoded: Decoded): boolean {
		this.look();
		const all = () =>
			Y.decodeUpdate(merge([this.#judged.merged(), ...this.#onTheirWay.keys(), update])).structs;
		if (!this.#depth.allows(decoded, all)) return false;
		const ordinary = this.#isOrdinary(decoded);
		if (!ordinary || this.#unsettled) {
			if (!this.#try(update, ordinary)) return false;
		}
		this.#onTheirWay.set(update, ordinary);
		this.#goAhead(decoded);
		return true;
	}

	/** It becomes durable, and is not counted yet; also of one that was never asked about. */
	arrives(update: Uint8Array): void {
		const known = this.#onTheirWay.get(update);
		if (known !== undefined) {
			if (!known) this.#extraordinary = true;
			this.#onTheirWay.delete(update);
			if (this.#onTheirWay.size === 0) this.#ahead.clear();
			return;
		}
		this.#forgetCopy();
		// nobody has looked at anything yet, and will look at this with the rest
		if (this.#unsettled === null) return;
		if (this.#isOrdinary(Y.decodeUpdate(update))) return;
		this.#extraordinary = true;
		this.#unsettled = true;
	}

	/** It will never be durable. */
	lost(update: Uint8Array): void {
		if (!this.#onTheirWay.delete(update)) return;
		this.#forgetCopy();
		this.#ahead.clear();
		for (const other of this.#onTheirWay.keys()) this.#goAhead(Y.decodeUpdate(other));
		// one that stood on it waits now
		if (this.#onTheirWay.size > 0) this.#unsettled = true;
	}

	#upTo(client: number): number {
		return Math.max(this.#ahead.get(client) ?? 0, this.#judged.clocks().upTo(client));
	}

	#isOrdinary(decoded: Decoded): boolean {
		return goesOn(decoded, (client) => this.#upTo(client));
	}

	/** After a cold load. */
	#lacksSomething(): boolean {
		const clocks = this.#judged.clocks();
		const decoded = Y.decodeUpdate(this.#judged.merged());
		this.#depth.measure(decoded.structs);
		return clocks.hasGap || !standsOn(decoded, (client) => clocks.upTo(client));
	}

	#try(update: Uint8Array, ordinary: boolean): boolean {
		try {
			if (!ordinary) readable(merge([this.#judged.merged(), ...this.#onTheirWay.keys(), update]));
			this.#copy ??= readable(this.#judged.merged(), ...this.#onTheirWay.keys());
			Y.applyUpdate(this.#copy, update);
			Y.encodeStateAsUpdate(this.#copy);
			if (!holdsTogether(this.#copy)) throw new Error('A part stands beside another of another parent.');
		} catch {
			this.#forgetCopy();
			return false;
		}
		this.#unsettled = this.#copy.store.pendingStructs !== null || this.#copy.store.pendingDs !== null;
		if (!this.#unsettled) this.#forgetCopy();
		return true;
	}

	#goAhead({ structs }: Decoded): void {
		for (const struct of structs) {
			if (struct instanceof Y.Skip) continue;
			const { client, clock } = struct.id;
			const here = this.#upTo(client);
			if (clock <= here) this.#ahead.set(client, Math.max(here, clock + struct.length));
		}
	}

	#forgetCopy(): void {
		this.#copy?.destroy();
		this.#copy = null;
	}
}

/** Whether it goes on where each client stopped, and refers to nothing but what is here. */
function goesOn(decoded: Decoded, before: (client: number) => number): boolean {
	const ends = new Map<number, number>();
	const upTo = (client: number) => ends.get(client) ?? before(client);
	for (const struct of decoded.structs) {
		if (struct instanceof Y.Skip) return false;
		const { client, clock } = struct.id;
		const end = clock + struct.length;
		const here = upTo(client);
		// said again
		if (end <= here) continue;
		if (clock !== here) return false;
		ends.set(client, end);
	}
	return standsOn(decoded, upTo);
}

/** Whether everything that an update refers to is here. */
function standsOn({ structs, ds }: Decoded, upTo: (client: number) => number): boolean {
	const isHere = (id: unknown) => !(id instanceof Y.ID) || id.clock < upTo(id.client);
	for (const struct of structs) {
		if (!(struct instanceof Y.Item)) continue;
		if (!isHere(struct.origin) || !isHere(struct.rightOrigin) || !isHere(struct.parent)) return false;
	}
	for (const [client, ranges] of ds.clients) {
		const here = upTo(client);
		if (ranges.some(({ clock, len }) => clock + len > here)) return false;
	}
	return true;
}

/**
 * Whether neighbours have one parent. A struct of which only the end is new is tied to what was here under its clock,
 * whatever that was; who then asks for the shared types finds parts of one in the other, and can encode neither.
 */
function holdsTogether(doc: Y.Doc): boolean {
	return doc.store.clients.values().every((structs) =>
		structs.every((struct) => {
			if (!(struct instanceof Y.Item) || struct.left === null) return true;
			return struct.left.parent === struct.parent && struct.left.parentSub === struct.parentSub;
		})
	);
}

/** A document of these updates; throws where a client would. */
function readable(...updates: Uint8Array[]): Y.Doc {
	const doc = new Y.Doc();
	for (const update of updates) Y.applyUpdate(doc, update);
	Y.encodeStateAsUpdate(doc);
	return doc;
}
