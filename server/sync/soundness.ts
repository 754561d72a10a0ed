/**
 * Whether a document can be read by everybody with one more update in it. Yjs takes for granted that an update is of
 * its own making; one that was forged can make `applyUpdate` throw wherever the document is opened, for ever.
 */
import * as Y from 'yjs';
import { DEEPEST, isFlat, type Depth, type Struct } from './depth.ts';
import type { Clocks } from './known.ts';
import { encodeStructs, newIn } from './news.ts';
import { RangesByClient, type Range } from './ranges.ts';
import { isSimple, type Shape } from './shape.ts';
import type { Decoded } from './validate.ts';

const NO_DELETIONS: Decoded['ds'] = { clients: new Map() };

/** An update, and what it says. */
export interface Update {
	update: Uint8Array;
	says: Decoded;
}

/** What the judgement needs to know of the document. */
interface Judged {
	/** Which structs of it are here. */
	clocks(): Clocks;
	/** How it is built. */
	shape(): Shape;
	/** All of it. */
	parts(): readonly Uint8Array[];
}

/** How deep a document of these updates is. */
export type Measure = (updates: readonly Uint8Array[]) => Promise<Depth>;

/** Only once it is known how deep the document is can be told whether the update can be taken; then it is asked again. */
export interface Unmeasured {
	measure(measure: Measure): Promise<void>;
}

/**
 * `later`: it repeats what is on its way, and only once that is here or lost can it be told what is new. `unsound`:
 * somebody could not read the document any more. `incomplete`: only with what is missing could that be told.
 */
export type Verdict = Update | Unmeasured | 'later' | 'unsound' | 'incomplete';

/**
 * Three things make every update harmless that is well formed (`validate.ts`): each clock of a client means one thing
 * (`newIn`), no key has several values at once, and nothing stands too deep (`shape.ts`).
 */
export class Soundness {
	readonly #judged: Judged;
	/** Found sound, not durable yet. */
	readonly #onTheirWay = new Map<Uint8Array, Decoded['structs']>();
	/** What is on its way: which structs, and of each client up to where without a gap. */
	readonly #ahead = new RangesByClient();
	readonly #aheadTo = new Map<number, number>();
	/** Null: nothing came for which it has to be known. */
	#shape: Shape | null = null;
	/** It is being found out how deep all of it is; what was taken since that was asked. */
	#measuring: { done: Promise<void>; since: (readonly Struct[])[] } | null = null;
	/** What was found out last holds with this one, for this shape. */
	#measured: { shape: Shape; update: Uint8Array; before: number; deepest: number } | null = null;

	constructor(judged: Judged) {
		this.#judged = judged;
	}

	/** What of the update is taken counts as being here until `arrives` or `lost` says what became of it. */
	admit(update: Uint8Array, says: Decoded): Verdict {
		const { ds } = says;
		const clocks = this.#judged.clocks();
		const isAnyAhead = (ranges: readonly Range[], client: number) =>
			ranges.some((range) => this.#ahead.touch(client, range));
		let repeats = false;
		for (const struct of says.structs) {
			if (struct instanceof Y.Skip) continue;
			const { client, clock } = struct.id;
			const range = { from: clock, to: clock + struct.length };
			// while others are on their way, some of what was ahead may be here by now
			if (this.#ahead.touch(client, range) && isAnyAhead(clocks.missing(client, range), client))
				return 'later';
			repeats ||= clocks.touch(client, range);
		}
		const structs = repeats ? newIn(says.structs, clocks) : says.structs;
		const taken = this.#fit(update, structs);
		if (taken === 'unmeasured') return { measure: (measure) => this.#measure(update, structs, measure) };
		if (typeof taken === 'string') return taken;
		this.#measuring?.since.push(taken);
		const it =
			taken === says.structs
				? { update, says }
				: { update: encodeStructs(taken, ds), says: { structs: taken, ds } };
		this.#onTheirWay.set(it.update, taken);
		this.#goAhead(taken);
		return it;
	}

	/** It becomes durable, and is not counted yet; also of one that was never asked about. */
	arrives(update: Uint8Array, says: () => Decoded): void {
		if (!this.#onTheirWay.delete(update)) {
			const { structs } = says();
			this.#shape?.take(structs, (id) => this.#isHere(id));
			this.#measuring?.since.push(structs);
		} else if (this.#onTheirWay.size === 0) this.#forgetAhead();
	}

	/** It will never be durable. */
	lost(update: Uint8Array): void {
		if (!this.#onTheirWay.delete(update)) return;
		// what else is on its way may have stood on it
		this.#shape = null;
		this.#forgetAhead();
		for (const structs of this.#onTheirWay.values()) this.#goAhead(structs);
	}

	/** Before what tells it is no more. */
	learn(): void {
		this.#shape ??= this.#learned();
	}

	#fit(
		update: Uint8Array,
		structs: Decoded['structs']
	): Decoded['structs'] | 'unsound' | 'incomplete' | 'unmeasured' {
		if (!structs.every(isFlat)) return 'unsound';
		if (this.#shape === null && structs.every(isSimple)) return structs;
		const shape = (this.#shape ??= this.#learned());
		const measured = this.#measured;
		const isMeasured = measured?.update === update && measured.shape === shape;
		if (isMeasured) {
			this.#measured = null;
			if (measured.deepest > Math.max(DEEPEST.types, measured.before)) return 'unsound';
		}
		return shape.admit(structs, (id) => this.#isHere(id), isMeasured);
	}

	/** One at a time: whoever asks meanwhile asks once more. */
	#measure(update: Uint8Array, structs: Decoded['structs'], measure: Measure): Promise<void> {
		if (this.#measuring !== null) return this.#measuring.done;
		const shape = this.#shape;
		const since: (readonly Struct[])[] = [];
		const find = async () => {
			const all = [...this.#judged.parts(), ...this.#onTheirWay.keys(), encodeStructs(structs, NO_DELETIONS)];
			const depth = await measure(all);
			if (shape === null || this.#shape !== shape) return;
			this.#measured = { shape, update, before: shape.deepest, deepest: depth.deepest };
			shape.measured(depth, since, (id) => this.#isHere(id));
		};
		const done = find().finally(() => (this.#measuring = null));
		this.#measuring = { done, since };
		return done;
	}

	#learned(): Shape {
		const shape = this.#judged.shape();
		for (const structs of this.#onTheirWay.values()) shape.take(structs, (id) => this.#isHere(id));
		return shape;
	}

	#isHere({ client, clock }: Y.ID): boolean {
		return clock < this.#upTo(client);
	}

	#upTo(client: number): number {
		return Math.max(this.#aheadTo.get(client) ?? 0, this.#judged.clocks().upTo(client));
	}

	#goAhead(structs: Decoded['structs']): void {
		for (const struct of structs) {
			if (struct instanceof Y.Skip) continue;
			const { client, clock } = struct.id;
			const range: Range = { from: clock, to: clock + struct.length };
			this.#ahead.add(client, range);
			const here = this.#upTo(client);
			if (clock <= here) this.#aheadTo.set(client, Math.max(here, range.to));
		}
	}

	#forgetAhead(): void {
		this.#ahead.clear();
		this.#aheadTo.clear();
	}
}
