import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GROUPS } from './model.ts';
import { gather, meansOf, poolsOf, type By } from './pools.ts';

const by = (peers: number, reports = 0, others = 0): By[] =>
	[peers, reports, others].flatMap((count, index) =>
		Array.from({ length: count }, (_, n) => ({ person: `${GROUPS[index]}${n}`, group: GROUPS[index]! }))
	);
const shape = (people: By[], least = 4) =>
	gather(people, least).map(({ groups, people }) => `${groups.join('+')} ${people.size}`);

describe('groups', () => {
	it('stand alone where they are large enough', () => {
		expect(shape(by(5, 4))).toEqual(['reports 4', 'peers 5']);
	});

	it('are taken together where they are too small', () => {
		expect(shape(by(2, 2))).toEqual(['peers+reports 4']);
		expect(shape(by(4, 2, 2))).toEqual(['peers 4', 'reports+others 4']);
	});

	it('are joined by the smallest of the others where even together they are too small', () => {
		expect(shape(by(5, 1))).toEqual(['reports+peers 6']);
		expect(shape(by(5, 4, 1))).toEqual(['peers 5', 'others+reports 5']);
	});

	it('stay too small where there is nobody else', () => {
		expect(shape(by(2, 1))).toEqual(['peers+reports 3']);
		expect(poolsOf(by(2, 1), new Set(), 4)).toMatchObject([{ people: 3, shows: 'none' }]);
		expect(poolsOf(by(2, 1), new Set(['peers0']), 4)).toMatchObject([{ shows: 'signed' }]);
	});

	it('never show a few apart, whatever their sizes, and lose nobody', () => {
		const sizes = fc.tuple(fc.nat({ max: 9 }), fc.nat({ max: 9 }), fc.nat({ max: 9 }));
		fc.assert(
			fc.property(sizes, fc.integer({ min: 2, max: 6 }), (counts, least) => {
				const people = by(...counts);
				const pools = gather(people, least);
				const small = pools.filter(({ people }) => people.size < least);
				expect(small.length).toBeLessThanOrEqual(1);
				// only if all of them together are too few
				if (small.length > 0) expect(people.length).toBeLessThan(least);
				expect(pools.reduce((sum, { people }) => sum + people.size, 0)).toBe(people.length);
			})
		);
	});
});

it('a mean is of three at least: the fourth cannot be told from the one before, for there is none before', () => {
	const ratings = [{ name: 'shares', text: { en: 'Shares' } }];
	const raters = (values: number[]) =>
		by(values.length).map((one, index) => ({ ...one, scores: { shares: values[index]! } }));
	expect(meansOf(raters([5, 4]), ratings, 3)).toEqual([]);
	expect(meansOf(raters([5, 4, 4]), ratings, 3)[0]?.mean).toBeCloseTo(4.33, 2);
	expect(meansOf(raters([5, 4, 4, 1]), ratings, 3)[0]?.mean).toBe(3.5);
});
