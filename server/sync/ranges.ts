/** Stretches of the clocks of many clients. */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

/** From one clock to another, that one excluded. */
export interface Range {
	from: number;
	to: number;
}

/** So many ranges stand in one block at most: one more is put between others without moving all of them. */
const BLOCK = 256;

/** Clocks of one client: ranges in order, none of which touches the next. In blocks, none of them empty. */
class Ranges {
	readonly #blocks: Range[][] = [];

	get first(): Range | undefined {
		return this.#blocks[0]?.[0];
	}

	get all(): readonly Range[] {
		return this.#blocks.flat();
	}

	dropFirst(): void {
		this.#blocks[0]?.shift();
		if (this.#blocks[0]?.length === 0) this.#blocks.shift();
	}

	add({ from, to }: Range): void {
		let place = blockEndingAt(this.#blocks, from);
		if (place === this.#blocks.length) {
			if (place === 0) this.#blocks.push([]);
			else place--;
		}
		const block = this.#blocks[place]!;
		const at = endingAt(block, from);
		/** How many from here on are in the new one, which grows by them. */
		const swallow = (ranges: readonly Range[], begin: number) => {
			let end = begin;
			for (let next = ranges[end]; next !== undefined && next.from <= to; next = ranges[++end]) {
				from = Math.min(from, next.from);
				to = Math.max(to, next.to);
			}
			return end - begin;
		};
		const swallowed = swallow(block, at);
		if (at + swallowed === block.length) {
			let after = place + 1;
			for (let next = this.#blocks[after]; next !== undefined; next = this.#blocks[++after]) {
				const count = swallow(next, 0);
				if (count === next.length) continue;
				next.splice(0, count);
				break;
			}
			this.#blocks.splice(place + 1, after - place - 1);
		}
		block.splice(at, swallowed, { from, to });
		if (block.length > BLOCK) this.#blocks.splice(place + 1, 0, block.splice(BLOCK / 2));
	}

	cover({ from, to }: Range): boolean {
		const range = this.#endingAt(to);
		return range !== undefined && range.from <= from;
	}

	/** Whether any of it is in these. */
	touch({ from, to }: Range): boolean {
		const range = this.#endingAt(from + 1);
		return range !== undefined && range.from < to;
	}

	/** What of a range is not in these, in order. */
	missing({ from, to }: Range): Range[] {
		const missing: Range[] = [];
		const first = blockEndingAt(this.#blocks, from);
		for (let place = first; place < this.#blocks.length && from < to; place++) {
			const block = this.#blocks[place]!;
			for (let i = place === first ? endingAt(block, from) : 0; i < block.length && from < to; i++) {
				const range = block[i]!;
				if (range.from > from) missing.push({ from, to: Math.min(to, range.from) });
				from = Math.max(from, range.to);
			}
		}
		if (from < to) missing.push({ from, to });
		return missing;
	}

	/** The first that ends there or later. */
	#endingAt(clock: number): Range | undefined {
		const block = this.#blocks[blockEndingAt(this.#blocks, clock)];
		return block?.[endingAt(block, clock)];
	}
}

/** Index of the first range that ends there or later. */
function endingAt(ranges: readonly Range[], clock: number): number {
	return firstOf(ranges.length, (i) => ranges[i]!.to >= clock);
}

/** Index of the first block of which the last range does. */
function blockEndingAt(blocks: readonly (readonly Range[])[], clock: number): number {
	return firstOf(blocks.length, (i) => blocks[i]!.at(-1)!.to >= clock);
}

/** Of so many the first for which it is so, as it is for all after it; their count if there is none. */
function firstOf(count: number, isSo: (i: number) => boolean): number {
	let low = 0;
	let high = count;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (isSo(middle)) high = middle;
		else low = middle + 1;
	}
	return low;
}

export class RangesByClient {
	readonly #clients = new Map<number, Ranges>();

	[Symbol.iterator](): Iterator<[number, Ranges]> {
		return this.#clients[Symbol.iterator]();
	}

	of(client: number): Ranges | undefined {
		return this.#clients.get(client);
	}

	get size(): number {
		return this.#clients.size;
	}

	delete(client: number): void {
		this.#clients.delete(client);
	}

	add(client: number, range: Range): void {
		let ranges = this.#clients.get(client);
		if (ranges === undefined) this.#clients.set(client, (ranges = new Ranges()));
		ranges.add(range);
	}

	/** What of a range is not in these, in order. */
	missing(client: number, range: Range): Range[] {
		return this.#clients.get(client)?.missing(range) ?? [range];
	}

	touch(client: number, range: Range): boolean {
		return this.#clients.get(client)?.touch(range) ?? false;
	}

	has({ client, clock }: { client: number; clock: number }): boolean {
		return this.touch(client, { from: clock, to: clock + 1 });
	}

	clear(): void {
		this.#clients.clear();
	}

	/** As Yjs writes deletions. */
	write(encoder: encoding.Encoder): void {
		encoding.writeVarUint(encoder, this.#clients.size);
		for (const [client, { all }] of this.#clients) {
			encoding.writeVarUint(encoder, client);
			encoding.writeVarUint(encoder, all.length);
			for (const { from, to } of all) {
				encoding.writeVarUint(encoder, from);
				encoding.writeVarUint(encoder, to - from);
			}
		}
	}

	static read(decoder: decoding.Decoder): RangesByClient {
		const ranges = new RangesByClient();
		for (let clients = decoding.readVarUint(decoder); clients > 0; clients--) {
			const client = decoding.readVarUint(decoder);
			for (let count = decoding.readVarUint(decoder); count > 0; count--) {
				const from = decoding.readVarUint(decoder);
				ranges.add(client, { from, to: from + decoding.readVarUint(decoder) });
			}
		}
		return ranges;
	}
}
