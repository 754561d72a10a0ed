import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RangesByClient, type Range } from './ranges.ts';
import { soak } from './testing/soak.ts';

const range = fc
	.tuple(fc.nat(30), fc.integer({ min: 1, max: 6 }))
	.map(([from, length]): Range => ({ from, to: from + length }));
const clocks = ({ from, to }: Range) => Array.from({ length: to - from }, (_, n) => from + n);

it('ranges say what is in them and what is not, in whatever order they came, also once they were written and read', () => {
	let runs = 0;
	fc.assert(
		fc.property(fc.array(range, { maxLength: 12 }), range, (added, asked) => {
			runs++;
			const made = new RangesByClient();
			for (const one of added) made.add(7, one);
			const there = new Set(added.flatMap(clocks));
			const bytes = encoding.encode((encoder) => made.write(encoder));
			for (const ranges of [made, RangesByClient.read(decoding.createDecoder(bytes))]) {
				const absent = clocks(asked).filter((clock) => !there.has(clock));
				const missing = ranges.of(7)?.missing(asked) ?? [asked];
				expect(missing.flatMap(clocks)).toEqual(absent);
				expect(ranges.touch(7, asked)).toBe(absent.length < asked.to - asked.from);
				expect(ranges.has({ client: 7, clock: asked.from })).toBe(there.has(asked.from));
				expect(ranges.touch(8, asked)).toBe(false);
			}
		}),
		{ numRuns: soak(500) }
	);
	expect(runs).toBeGreaterThanOrEqual(500);
});

it('V8: many ranges stay in order, however they come, and what swallows many of them is one', () => {
	const some = new RangesByClient();
	const many = 5000;
	// every second, from the end, then those between, some of which touch both neighbours
	for (let n = many; n > 0; n--) some.add(7, { from: 20 * n, to: 20 * n + 10 });
	for (let n = many; n > 0; n--) some.add(7, { from: 20 * n + 12, to: 20 * n + (n % 3 === 0 ? 20 : 15) });
	const gaps = some.of(7)!.missing({ from: 20, to: 20 * (many + 1) });
	const expected = Array.from({ length: many }, (_, i) => 20 * (i + 1)).flatMap((from, i) => [
		{ from: from + 10, to: from + 12 },
		...((i + 1) % 3 === 0 ? [] : [{ from: from + 15, to: from + 20 }])
	]);
	expect(gaps).toEqual(expected);
	some.add(7, { from: 1000, to: 20 * many });
	expect(some.of(7)!.missing({ from: 1000, to: 20 * many })).toEqual([]);
	expect(some.of(7)!.all.length).toBeLessThan(200);
	expect(some.of(7)!.all.toSorted((a, b) => a.from - b.from)).toEqual(some.of(7)!.all);
});
