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
	/** Found sound, not durable yet. */
	readonly #onTheirWay = new Set<Uint8Array>();
	/** Of their clients: up to where. */
	readonly #ahead = new Map<number, number>();
	readonly #depth = new Depth();
	#copy: Y.Doc | null = null;
	/** Null: nobody has looked. */
	#unsettled: boolean | null = null;

	constructor(judged: Judged) {
		this.#judged = judged;
	}

	/** If it is, it counts as being here until `arrived` or `lost` says what became of it. */
	isSound(update: Uint8Array, decoded: Decoded): boolean {
		this.#unsettled ??= this.#lacksSomething();
		const all = () => Y.decodeUpdate(merge([this.#judged.merged(), ...this.#onTheirWay, update])).structs;
		if (!this.#depth.allows(decoded, all)) return false;
		const ordinary = this.#isOrdinary(decoded);
		if (!ordinary || this.#unsettled) {
			if (!this.#try(update, ordinary)) return false;
		}
		this.#onTheirWay.add(update);
		this.#goAhead(decoded);
		return true;
	}

	/** It becomes durable, and is not counted yet; also of one that was never asked about. */
	arrives(update: Uint8Array): void {
		if (this.#onTheirWay.delete(update)) {
			if (this.#onTheirWay.size === 0) this.#ahead.clear();
			return;
		}
		this.#forgetCopy();
		if (this.#unsettled === false) this.#unsettled = !this.#isOrdinary(Y.decodeUpdate(update));
	}

	/** It will never be durable. */
	lost(update: Uint8Array): void {
		if (!this.#onTheirWay.delete(update)) return;
		this.#forgetCopy();
		this.#ahead.clear();
		for (const other of this.#onTheirWay) this.#goAhead(Y.decodeUpdate(other));
		// one that stood on it waits now
		if (this.#onTheirWay.size > 0) this.#unsettled = true;
	}

	#upTo(client: number): number {
		return Math.max(this.#ahead.get(client) ?? 0, this.#judged.clocks().upTo(client));
	}

	#isOrdinary(decoded: Decoded): boolean {
		const ends = new Map<number, number>();
		const upTo = (client: number) => ends.get(client) ?? this.#upTo(client);
		const { structs } = decoded;
		for (const struct of structs) {
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

	/** After a cold load. */
	#lacksSomething(): boolean {
		const clocks = this.#judged.clocks();
		const decoded = Y.decodeUpdate(this.#judged.merged());
		this.#depth.measure(decoded.structs);
		return clocks.hasGap || !standsOn(decoded, (client) => clocks.upTo(client));
	}

	#try(update: Uint8Array, ordinary: boolean): boolean {
		try {
			if (!ordinary) readable(merge([this.#judged.merged(), ...this.#onTheirWay, update]));
			this.#copy ??= readable(this.#judged.merged(), ...this.#onTheirWay);
			Y.applyUpdate(this.#copy, update);
			Y.encodeStateAsUpdate(this.#copy);
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

/** A document of these updates; throws where a client would. */
function readable(...updates: Uint8Array[]): Y.Doc {
	const doc = new Y.Doc();
	for (const update of updates) Y.applyUpdate(doc, update);
	Y.encodeStateAsUpdate(doc);
	return doc;
}
