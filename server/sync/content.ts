import * as Y from 'yjs';
import type { Loaded, Logged, Snapshot } from '../storage/store.ts';
import { Clocks, Deletions } from './known.ts';
import type { Amount, Limits } from './limits.ts';
import { merge } from './merge.ts';
import { Shape } from './shape.ts';
import { Soundness, type Verdict } from './soundness.ts';
import type { Decoded } from './validate.ts';

const EMPTY = new Uint8Array([0, 0]);
/** What an empty document holds: no deletions, no clients. */
const NOTHING = new Uint8Array([0, 0]);
const NO_DELETIONS: Decoded['ds'] = { clients: new Map() };
const NONE: Readonly<Amount> = { entries: 0, bytes: 0 };
/** So many updates are merged anew for each who joins; more are merged once for all. */
const RECENT = 100;
/** What may be remembered of answers to joiners: so many, and none that is larger. */
const DIFFS = { entries: 16, bytes: 256 * 1024 };

/** What of a document, as `toSearch` gave it, somebody lacks. */
export interface Found {
	document: Uint8Array;
	lacking: Uint8Array;
}

/**
 * A document as bytes: everything up to some moment as one update, and the updates since. No Y.Doc is held. An
 * update that needs another which is not there yet is kept like every other, for the merge keeps it.
 *
 * Opening a document reads none of its base: what the store has beside a snapshot says what is in it, and whoever
 * joins is given base and tail as they are.
 */
export class Content {
	#base: Uint8Array;
	/** What the base holds, as the store has it; null: not known, or learnt already. */
	#known: Uint8Array | null;
	/** How the base is built, as the store has it; null: not known, or learnt already. */
	#shape: Uint8Array | null;
	/** Of the base, where it is known and nothing of it waits. */
	#baseVector: Map<number, number> | null = null;
	/** Came after the base, oldest first: many merged to one, and the latest as they came. */
	#folded: Uint8Array | null = null;
	#tail: Uint8Array[];
	/** The latest as one, for those who join before the next comes. */
	#latest: Uint8Array | null = null;
	/** Of the folded and the tail. */
	#tailBytes: number;
	/** What came later filled a gap in what came earlier, and both are not in one yet. */
	#filled = false;
	#upTo: number;
	#unkept: Amount;
	/** How much of that there was when a snapshot was last begun, if none came of it. */
	#tried: Amount = NONE;
	/** What came since a snapshot is being made, and what of it is deleted; null: none is. */
	#sinceSnapshot: { updates: Uint8Array[]; deletions: Deletions } | null = null;
	/** Up to which entry it was made as small as it can be, or that was tried. */
	#squeezed = -1;
	/** Of the base, by state vector: what identical joiners are told is computed once. */
	readonly #diffs = new Map<string, Uint8Array>();
	#clocks: Clocks | null = null;
	#deletions: Deletions | null = null;
	readonly #soundness = new Soundness({
		clocks: () => this.#counted(),
		shape: () => this.#built(),
		parts: () => this.parts()
	});

	readonly #mergeBelow: number;

	constructor({ snapshot, tail, upTo }: Loaded, { mergeBelow }: Pick<Limits, 'mergeBelow'>) {
		this.#mergeBelow = mergeBelow;
		this.#base = snapshot?.state ?? EMPTY;
		this.#known = snapshot === null ? NOTHING : snapshot.known;
		this.#shape = snapshot?.shape ?? null;
		this.#tail = [...tail];
		this.#tailBytes = bytesOf(tail);
		this.#upTo = upTo;
		this.#unkept = { entries: tail.length, bytes: this.#tailBytes };
	}

	/** Seq of the last entry in here. */
	get upTo(): number {
		return this.#upTo;
	}

	/** Never less than what it is, merged. */
	get size(): number {
		return this.#base.byteLength + this.#tailBytes;
	}

	hasRoomFor(bytes: number, most: number): boolean {
		return this.size + bytes <= most;
	}

	/**
	 * It may become smaller by being read anew; once it was, only when more has come, or for whoever comes back with too
	 * much again and again it would be done again and again.
	 */
	get mayShrink(): boolean {
		return this.#squeezed !== this.#upTo || this.#sinceSnapshot !== null;
	}

	/** What came since the snapshot in the store, and would have to be read after a cold load. */
	get unkept(): Readonly<Amount> {
		return this.#unkept;
	}

	/** What of that came since a snapshot was last begun, whatever became of it. */
	get untried(): Readonly<Amount> {
		return less(this.#unkept, this.#tried);
	}

	/** All of it, for a snapshot; null if one is being made already. Whatever comes of it is said to `endSnapshot`. */
	beginSnapshot(): { updates: readonly Uint8Array[]; upTo: number } | null {
		if (this.#sinceSnapshot !== null) return null;
		this.#sinceSnapshot = { updates: [], deletions: new Deletions(NO_DELETIONS) };
		this.#tried = this.#unkept;
		this.#squeezed = this.#upTo;
		return { updates: this.parts(), upTo: this.#upTo };
	}

	/** The snapshot takes the place of what it was made of; null: there is none. `isKept`: the store has it as well. */
	endSnapshot(snapshot: Snapshot | null, isKept = true): void {
		const since = this.#sinceSnapshot;
		this.#sinceSnapshot = null;
		if (snapshot === null || since === null) return;
		if (isKept) this.#unkept = this.untried;
		this.#tried = NONE;
		const clocks = this.#clocks;
		this.#rest(snapshot, since.updates);
		if (snapshot.known === null || clocks === null) return;
		// which structs are here is as it was; only of what is deleted a snapshot knows more than the updates say
		const { sv, ds } = Y.decodeSnapshot(snapshot.known);
		since.deletions.add(ds);
		this.#known = null;
		this.#baseVector = sv;
		this.#clocks = clocks;
		this.#deletions = since.deletions;
	}

	/** False if it is in here already. `says`: what the update says, where that is known already. */
	append({ seq, update }: Logged, says?: Decoded): boolean {
		if (seq <= this.#upTo) return false;
		this.#soundness.arrives(update, () => says ?? Y.decodeUpdate(update));
		this.#upTo = seq;
		this.#tail.push(update);
		this.#latest = null;
		this.#tailBytes += update.byteLength;
		const { entries, bytes } = this.#unkept;
		this.#unkept = { entries: entries + 1, bytes: bytes + update.byteLength };
		if (this.#clocks === null && this.#deletions === null && this.#sinceSnapshot === null) return true;
		const { structs, ds } = says ?? Y.decodeUpdate(update);
		this.#sinceSnapshot?.updates.push(update);
		this.#sinceSnapshot?.deletions.add(ds);
		if (this.#clocks?.add(structs) === true) this.#filled = true;
		this.#deletions?.add(ds);
		return true;
	}

	/** All of it as one update. */
	merged(): Uint8Array {
		if (this.#tailBytes === 0) return this.#base;
		// afterwards nothing tells any more what of it came when
		this.#learn();
		if (this.#shape !== null && this.#base.byteLength >= this.#mergeBelow) this.#soundness.learn();
		const merged = merge([...(this.#folded === null ? [] : [this.#folded]), ...this.#tail]);
		this.#rest({ state: merge([this.#base, merged]), known: null, shape: null }, []);
		return this.#base;
	}

	/** The state vector: up to where it is here without a gap. */
	vector(): Uint8Array {
		return this.#counted().encode();
	}

	/** Whether a gap and what fills it have to be put together for the next who joins. */
	get isSplit(): boolean {
		// where nothing is known of the base it may have a gap
		return this.#filled || (this.#clocks === null && this.#known === null && this.#tailBytes > 0);
	}

	/** What has to be searched for what somebody at `vector` lacks, if it is so large that it takes long. */
	toSearch(vector: Uint8Array): Uint8Array | null {
		this.#arrange();
		if (this.#base.byteLength < this.#mergeBelow || isNothing(vector) || this.#lacksOnlyTail(vector))
			return null;
		return this.#base;
	}

	/** What somebody at `vector` lacks: updates, to be applied in this order. There is one at least. */
	since(vector: Uint8Array, found?: Found): Uint8Array[] {
		this.#arrange();
		// whoever has nothing gets everything, without a copy of it for each
		if (isNothing(vector)) return some(this.#inThree());
		if (this.#lacksOnlyTail(vector)) return this.#tailSince(vector);
		const isFound = found?.document === this.#base;
		return some(this.#inThree(isFound ? found.lacking : this.#baseSince(vector)));
	}

	/**
	 * What of an update that has news is to be logged, so that everybody can still read the document. It is expected to
	 * be appended, unless it is lost.
	 */
	admit(update: Uint8Array, says: Decoded): Verdict {
		this.#learn();
		return this.#soundness.admit(update, says);
	}

	/** An update that was admitted will never be appended. */
	lost(update: Uint8Array): void {
		this.#soundness.lost(update);
	}

	/**
	 * Whether an update says anything that is not in here; in doubt yes. A step 2 repeats all deletions that the
	 * client knows, and a client that reads its own copy late sends all of that as an update.
	 */
	hasNews(kind: 'step2' | 'update', { structs, ds }: Decoded): boolean {
		if (structs.length === 0 && kind === 'update') return ds.clients.size > 0;
		if (structs.length > 0 && !this.#counted().cover(structs)) return true;
		if (ds.clients.size === 0) return false;
		return !this.#deleted().cover(ds);
	}

	/** For those who join. */
	#arrange(): void {
		this.#learn();
		this.#joinGaps();
		if (this.#base.byteLength < this.#mergeBelow) this.merged();
		if (this.#tail.length > RECENT) this.#fold();
	}

	/** All of it as it is here, the oldest first. */
	parts(): Uint8Array[] {
		return [this.#base, ...(this.#folded === null ? [] : [this.#folded]), ...this.#tail];
	}

	/** In three parts, some of which may be empty. */
	#inThree(base = this.#base): Uint8Array[] {
		return [base, this.#folded ?? EMPTY, (this.#latest ??= merge(this.#tail))];
	}

	/**
	 * A gap and what fills it are given in one update. Yjs, given them one after the other, may leave what it could apply
	 * for ever: of an update in which another client's struct needs what is missing before a gap, it notes only that it
	 * waits for the end of that gap, which may in turn need that struct.
	 */
	#joinGaps(): void {
		if (!this.isSplit) return;
		// a base of which the store says what is in it has none
		if (this.#clocks === null) this.#counted();
		else if (this.#baseVector === null) this.merged();
		else this.#fold();
		this.#filled = false;
	}

	#fold(): void {
		const [, ...parts] = this.parts();
		this.#folded = merge(parts);
		this.#tail = [];
		this.#latest = null;
		this.#tailBytes = this.#folded.byteLength;
	}

	/** From now on it stands on this. */
	#rest({ state, known, shape }: Snapshot, tail: Uint8Array[]): void {
		this.#base = state;
		this.#baseVector = null;
		this.#folded = null;
		this.#tail = tail;
		this.#latest = null;
		this.#tailBytes = bytesOf(tail);
		// where something of the base waits, for all we know for these
		this.#filled = known === null && tail.length > 0;
		this.#diffs.clear();
		this.#known = known;
		this.#shape = shape;
		if (known !== null) this.#clocks = this.#deletions = null;
	}

	/** What the store says of the base, and the tail itself, which is read once for it. */
	#learn(): void {
		if (this.#known === null) return;
		const { sv, ds } = Y.decodeSnapshot(this.#known);
		this.#known = null;
		this.#baseVector = sv;
		const clocks = (this.#clocks = new Clocks(sv));
		const deletions = (this.#deletions = new Deletions(ds));
		if (this.#tail.length > 0) this.#fold();
		const tail = Y.decodeUpdate(this.#folded ?? EMPTY);
		clocks.add(tail.structs);
		deletions.add(tail.ds);
	}

	/** What the store says of the base, and the tail; only where the store says nothing the base itself is read. */
	#built(): Shape {
		this.#learn();
		const shape = this.#shape === null ? null : Shape.decode(this.#shape);
		this.#shape = null;
		if (shape === null) return Shape.of(Y.decodeUpdate(this.merged()).structs);
		if (this.#tail.length > 0) this.#fold();
		if (this.#folded !== null) {
			const clocks = this.#counted();
			shape.take(Y.decodeUpdate(this.#folded).structs, ({ client, clock }) => clock < clocks.upTo(client));
		}
		return shape;
	}

	#counted(): Clocks {
		this.#learn();
		return (this.#clocks ??= Clocks.of(this.merged()));
	}

	#deleted(): Deletions {
		this.#learn();
		return (this.#deletions ??= new Deletions(Y.decodeUpdate(this.merged()).ds));
	}

	#lacksOnlyTail(vector: Uint8Array): boolean {
		this.#learn();
		if (this.#baseVector === null) return false;
		const has = Y.decodeStateVector(vector);
		return this.#baseVector.entries().every(([client, clock]) => (has.get(client) ?? 0) >= clock);
	}

	/** All deletions are said again, as Yjs does, and at the end, where what they delete is there. */
	#tailSince(vector: Uint8Array): Uint8Array[] {
		const parts = this.#inThree(EMPTY).map((part) => Y.diffUpdate(part, vector));
		return some([...parts, this.#deleted().encode()]);
	}

	#baseSince(vector: Uint8Array): Uint8Array {
		const key = Buffer.from(vector).toString('latin1');
		const known = this.#diffs.get(key);
		if (known !== undefined) return known;
		const diff = Y.diffUpdate(this.#base, vector);
		if (diff.byteLength + vector.byteLength <= DIFFS.bytes) {
			if (this.#diffs.size >= DIFFS.entries) this.#diffs.clear();
			this.#diffs.set(key, diff);
		}
		return diff;
	}
}

function isNothing(vector: Uint8Array): boolean {
	return vector.length === 1 && vector[0] === 0;
}

function less(all: Amount, some: Amount): Amount {
	return { entries: all.entries - some.entries, bytes: all.bytes - some.bytes };
}

function bytesOf(updates: readonly Uint8Array[]): number {
	return updates.reduce((sum, { byteLength }) => sum + byteLength, 0);
}

/** Without those that say nothing, if there are others. */
function some(updates: Uint8Array[]): Uint8Array[] {
	const saying = updates.filter(({ byteLength }) => byteLength > EMPTY.byteLength);
	return saying.length > 0 ? saying : [EMPTY];
}
