/** Stretches of the clocks of many clients. */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

/** From one clock to another, that one excluded. */
export interface Range {
	from: number;
	to: number;
}

/** Clocks of one client: ranges in order, none of which touches the next. */
class Ranges {
	readonly #ranges: Range[] = [];

	get first(): Range | undefined {
		return this.#ranges[0];
	}

	get all(): readonly Range[] {
		return this.#ranges;
	}

	dropFirst(): void {
		this.#ranges.shift();
	}

	add({ from, to }: Range): void {
		const first = this.#endingAt(from);
		let after = first;
		for (
			let next = this.#ranges[after];
			next !== undefined && next.from <= to;
			next = this.#ranges[++after]
		) {
			from = Math.min(from, next.from);
			to = Math.max(to, next.to);
		}
		this.#ranges.splice(first, after - first, { from, to });
	}

	cover({ from, to }: Range): boolean {
		const range = this.#ranges[this.#endingAt(to)];
		return range !== undefined && range.from <= from;
	}

	/** Whether any of it is in these. */
	touch({ from, to }: Range): boolean {
		const range = this.#ranges[this.#endingAt(from + 1)];
		return range !== undefined && range.from < to;
	}

	/** What of a range is not in these, in order. */
	missing({ from, to }: Range): Range[] {
		const missing: Range[] = [];
		for (let i = this.#endingAt(from); i < this.#ranges.length && from < to; i++) {
			const range = this.#ranges[i]!;
			if (range.from > from) missing.push({ from, to: Math.min(to, range.from) });
			from = Math.max(from, range.to);
		}
		if (from < to) missing.push({ from, to });
		return missing;
	}

	/** Index of the first that ends there or later. */
	#endingAt(clock: number): number {
		let low = 0;
		let high = this.#ranges.length;
		while (low < high) {
			const middle = (low + high) >>> 1;
			if (this.#ranges[middle]!.to < clock) low = middle + 1;
			else high = middle;
		}
		return low;
	}
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
