/** What a document already knows, kept up to date update by update, so that big documents are not decoded again. */
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { RangesByClient, type Range } from './ranges.ts';
import type { Decoded } from './validate.ts';

/** Which of each client's structs are here: up to where without a gap, and what stands behind one. */
export class Clocks {
	readonly #upTo: Map<number, number>;
	/** What waits for something that may never come: remembered, so that nobody counts anew because of it. */
	readonly #beyond = new RangesByClient();

	/** `upTo`: of each client, as in a state vector. */
	constructor(upTo: ReadonlyMap<number, number>) {
		this.#upTo = new Map(upTo);
	}

	/** `merged`: all that is here, as one update. */
	static of(merged: Uint8Array): Clocks {
		const vector = Y.decodeStateVector(Y.encodeStateVectorFromUpdate(merged));
		const clocks = new Clocks(vector);
		const ends = Y.parseUpdateMeta(merged).to;
		if ([...ends].some(([client, end]) => end > (vector.get(client) ?? 0)))
			clocks.add(Y.decodeUpdate(merged).structs);
		return clocks;
	}

	/** Returns whether any of it filled a gap, or the beginning of one. */
	add(structs: Decoded['structs']): boolean {
		let fills = false;
		for (const struct of structs) {
			if (struct instanceof Y.Skip) continue;
			const { client, clock } = struct.id;
			const waits = this.#beyond.of(client) !== undefined;
			if (this.#take(client, { from: clock, to: clock + struct.length })) fills ||= waits;
		}
		return fills;
	}

	/** Something waits for what is not here. */
	get hasGap(): boolean {
		return this.#beyond.size > 0;
	}

	upTo(client: number): number {
		return this.#upTo.get(client) ?? 0;
	}

	cover(structs: Decoded['structs']): boolean {
		return structs.every((struct) => {
			if (struct instanceof Y.Skip) return true;
			const { client, clock } = struct.id;
			const range = { from: clock, to: clock + struct.length };
			return range.to <= this.upTo(client) || (this.#beyond.of(client)?.cover(range) ?? false);
		});
	}

	/** Whether any of it is here. */
	touch(client: number, range: Range): boolean {
		return range.from < this.upTo(client) || (this.#beyond.size > 0 && this.#beyond.touch(client, range));
	}

	/** What of a range is not here, in order. */
	missing(client: number, { from, to }: Range): Range[] {
		const rest = { from: Math.max(from, this.upTo(client)), to };
		if (rest.from >= to) return [];
		return this.#beyond.missing(client, rest);
	}

	encode(): Uint8Array {
		return encoding.encode((encoder) => {
			encoding.writeVarUint(encoder, this.#upTo.size);
			for (const [client, clock] of this.#upTo) {
				encoding.writeVarUint(encoder, client);
				encoding.writeVarUint(encoder, clock);
			}
		});
	}

	/** Whether more is here without a gap than was. */
	#take(client: number, { from, to }: Range): boolean {
		const upTo = this.upTo(client);
		if (to <= upTo) return false;
		if (from > upTo) {
			this.#beyond.add(client, { from, to });
			return false;
		}
		// it may fill the gap
		const beyond = this.#beyond.of(client);
		for (let next = beyond?.first; next !== undefined && next.from <= to; next = beyond?.first) {
			to = Math.max(to, next.to);
			beyond?.dropFirst();
		}
		if (beyond !== undefined && beyond.first === undefined) this.#beyond.delete(client);
		this.#upTo.set(client, to);
		return true;
	}
}

/** What is deleted. */
export class Deletions {
	readonly #known = new RangesByClient();

	constructor(ds: Decoded['ds']) {
		this.add(ds);
	}

	add(ds: Decoded['ds']): void {
		for (const [client, ranges] of ds.clients) {
			for (const { clock, len } of ranges) this.#known.add(client, { from: clock, to: clock + len });
		}
	}

	cover(ds: Decoded['ds']): boolean {
		for (const [client, ranges] of ds.clients) {
			const known = this.#known.of(client);
			if (known === undefined) return false;
			if (!ranges.every(({ clock, len }) => known.cover({ from: clock, to: clock + len }))) return false;
		}
		return true;
	}

	/** An update that says them, and nothing else. */
	encode(): Uint8Array {
		return encoding.encode((encoder) => {
			// no structs
			encoding.writeVarUint(encoder, 0);
			this.#known.write(encoder);
		});
	}
}
