import fc from 'fast-check';
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { Clocks, Deletions } from './known.ts';
import { soak } from './testing/soak.ts';

/** The updates of one client that types letter by letter. */
function letters(count: number, client = 7): Uint8Array[] {
	const doc = Object.assign(new Y.Doc(), { clientID: client });
	const updates: Uint8Array[] = [];
	doc.on('update', (update) => updates.push(update));
	for (let i = 0; i < count; i++) doc.getText('t').insert(i, 'x');
	return updates;
}

const structs = (update: Uint8Array) => Y.decodeUpdate(update).structs;

it('D4: knows what is here and what is not, in whatever order it came and however it is counted', () => {
	let runs = 0;
	fc.assert(
		fc.property(
			fc.shuffledSubarray([...Array(12).keys()], { minLength: 1 }),
			fc.nat(12),
			fc.tuple(fc.nat(11), fc.nat(11)),
			(order, countedAt, [from, to]) => {
				runs++;
				const all = letters(12);
				const early = order.slice(0, countedAt).map((i) => all[i]!);
				const clocks = Clocks.of(early.length === 0 ? new Uint8Array([0, 0]) : Y.mergeUpdates(early));
				for (const i of order.slice(countedAt)) clocks.add(Y.decodeUpdate(all[i]!).structs);
				const upTo = [...all.keys()].findIndex((i) => !order.includes(i));
				expect(Y.decodeStateVector(clocks.encode()).get(7) ?? 0).toBe(upTo === -1 ? 12 : upTo);
				for (const [i, update] of all.entries()) {
					expect(clocks.cover(structs(update)), `${i}`).toBe(order.includes(i));
				}
				const [first, last] = from < to ? [from, to] : [to, from];
				const wanted = [...all.keys()].slice(first, last + 1);
				const stretch = Y.mergeUpdates(wanted.map((i) => all[i]!));
				expect(clocks.cover(structs(stretch))).toBe(wanted.every((i) => order.includes(i)));
			}
		),
		{ numRuns: soak(500) }
	);
	expect(runs).toBeGreaterThanOrEqual(500);
});

it('D4: knows what is deleted, in whatever order and pieces it was', () => {
	let runs = 0;
	const range = fc.record({
		client: fc.integer({ min: 1, max: 2 }),
		from: fc.nat(20),
		length: fc.integer({ min: 1, max: 5 })
	});
	/** An update that only deletes. */
	const deleting = (...ranges: { client: number; from: number; length: number }[]) =>
		new Uint8Array([
			0,
			ranges.length,
			...ranges.flatMap(({ client, from, length }) => [client, 1, from, length])
		]);
	fc.assert(
		fc.property(fc.array(range, { maxLength: 20 }), fc.nat(20), fc.array(range), (done, early, asked) => {
			runs++;
			const gone = new Set(
				done.flatMap(({ client, from, length }) =>
					[...Array(length).keys()].map((i) => `${client}/${from + i}`)
				)
			);
			const deletions = new Deletions(Y.decodeUpdate(deleting(...done.slice(0, early))).ds);
			for (const one of done.slice(early)) deletions.add(Y.decodeUpdate(deleting(one)).ds);
			for (const one of asked) {
				const all = [...Array(one.length).keys()].every((i) => gone.has(`${one.client}/${one.from + i}`));
				expect(deletions.cover(Y.decodeUpdate(deleting(one)).ds)).toBe(all);
			}
			const again = new Deletions(Y.decodeUpdate(deletions.encode()).ds);
			for (const one of done) expect(again.cover(Y.decodeUpdate(deleting(one)).ds)).toBe(true);
			expect(again.encode()).toEqual(deletions.encode());
		}),
		{ numRuns: soak(500) }
	);
	expect(runs).toBeGreaterThanOrEqual(500);
});
