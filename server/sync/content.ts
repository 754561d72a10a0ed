import * as Y from 'yjs';
import type { Loaded, Logged } from '../storage/store.ts';
import { merge } from './merge.ts';
import { Clocks, Deletions } from './known.ts';
import { Soundness } from './soundness.ts';
import type { Decoded } from './validate.ts';

const EMPTY = new Uint8Array([0, 0]);
/** Below this many bytes merging costs less than it saves to put it off. */
const SMALL = 64 * 1024;
/** How long a tail may grow before it is merged for whoever joins. */
const TAIL = 500;
/** What may be remembered of answers to joiners: so many, and none that is larger. */
const DIFFS = { entries: 16, bytes: 256 * 1024 };

/**
 * A document as bytes: everything up to some moment as one update, and the updates since. No Y.Doc is held. An
 * update that needs another which is not there yet is kept like every other, for the merge keeps it.
 */
export class Content {
	#base: Uint8Array;
	#tail: Uint8Array[];
	#tailBytes: number;
	#upTo: number;
	#unkept: { entries: number; bytes: number };
	#holdsDeleted = false;
	/** Up to which entry it was made as small as it can be. */
	#squeezed = -1;
	/** Of the base, by state vector: what identical joiners are told is computed once. */
	readonly #diffs = new Map<string, Uint8Array>();
	#clocks: Clocks | null = null;
	#deletions: Deletions | null = null;
	readonly #soundness = new Soundness({ merged: () => this.merged(), clocks: () => this.#counted() });

	constructor(loaded: Loaded) {
		this.#base = loaded.snapshot ?? EMPTY;
		this.#tail = [...loaded.tail];
		this.#tailBytes = loaded.tail.reduce((sum, update) => sum + update.byteLength, 0);
		this.#upTo = loaded.upTo;
		this.#unkept = { entries: loaded.tail.length, bytes: this.#tailBytes };
	}

	/** Seq of the last entry in here. */
	get upTo(): number {
		return this.#upTo;
	}

	/** Never less than what it is, merged. */
	get size(): number {
		return this.#base.byteLength + this.#tailBytes;
	}

	/** Whether it stays within `most` bytes with one more update. Shrinks only where that decides it. */
	hasRoomFor(update: Uint8Array, most: number): boolean {
		const fits = () => this.size + update.byteLength <= most;
		if (fits()) return true;
		this.merged();
		if (fits()) return true;
		// or who comes back with too much again and again would have it done again and again
		if (this.#squeezed === this.#upTo) return false;
		this.#squeezed = this.#upTo;
		this.#base = this.compacted();
		this.#diffs.clear();
		return fits();
	}

	/** What came since the snapshot in the store, and would have to be merged after a cold load. */
	get unkept(): Readonly<{ entries: number; bytes: number }> {
		return this.#unkept;
	}

	/** True if the snapshot in the store could do without what was deleted. */
	get holdsDeleted(): boolean {
		return this.#holdsDeleted;
	}

	/** Notes that the store has a snapshot of what is here now. */
	kept(how: 'merged' | 'compacted'): void {
		this.#unkept = { entries: 0, bytes: 0 };
		this.#holdsDeleted = how === 'merged';
	}

	/** False if it is in here already. `says`: what the update says, where that is known already. */
	append({ seq, update }: Logged, says?: Decoded): boolean {
		if (seq <= this.#upTo) return false;
		this.#soundness.arrives(update);
		this.#upTo = seq;
		this.#tail.push(update);
		this.#tailBytes += update.byteLength;
		const { entries, bytes } = this.#unkept;
		this.#unkept = { entries: entries + 1, bytes: bytes + update.byteLength };
		if (this.#clocks === null && this.#deletions === null) return true;
		const { structs, ds } = says ?? Y.decodeUpdate(update);
		this.#clocks?.add(structs);
		this.#deletions?.add(ds);
		return true;
	}

	/** All of it as one update. */
	merged(): Uint8Array {
		if (this.#tail.length === 0) return this.#base;
		this.#base = merge([this.#base, merge(this.#tail)]);
		this.#tail = [];
		this.#tailBytes = 0;
		this.#diffs.clear();
		return this.#base;
	}

	/** All of it as one update without what was deleted, for keeping. */
	compacted(): Uint8Array {
		const merged = this.merged();
		const doc = new Y.Doc();
		try {
			Y.applyUpdate(doc, merged);
			// what waits for something that is not there yet would be lost in another form
			if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) return merged;
			return Y.encodeStateAsUpdate(doc);
		} catch {
			return merged;
		} finally {
			doc.destroy();
		}
	}

	/** The state vector: up to where it is here without a gap. */
	vector(): Uint8Array {
		return this.#counted().encode();
	}

	#counted(): Clocks {
		return (this.#clocks ??= new Clocks(this.merged()));
	}

	/**
	 * What somebody at `vector` lacks: a step 2, and where merging everything again would cost too much, an update
	 * to follow it.
	 */
	since(vector: Uint8Array): { step2: Uint8Array; update: Uint8Array | null } {
		if (this.size < SMALL || this.#tail.length > TAIL || this.#tailBytes * 4 > this.#base.byteLength) {
			this.merged();
		}
		return {
			step2: this.#baseSince(vector),
			update: this.#tail.length === 0 ? null : merge(this.#tail)
		};
	}

	#baseSince(vector: Uint8Array): Uint8Array {
		// whoever has nothing gets everything, without a copy of it for each
		if (vector.length === 1 && vector[0] === 0) return this.#base;
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

	/** Whether everybody could still read it with this update. It is expected to be appended, unless it is lost. */
	isSoundWith(update: Uint8Array, decoded: Decoded): boolean {
		return this.#soundness.isSound(update, decoded);
	}

	/** An update that was sound will never be appended. */
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
		this.#deletions ??= new Deletions(this.merged());
		return !this.#deletions.cover(ds);
	}
}
