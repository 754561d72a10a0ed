import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { best, stable } from './assign.ts';

type Scores = (number | null)[][];

/** Every assignment there is. */
function* all(scores: Scores, places: number[], from = 0): Generator<(number | null)[]> {
	if (from === scores.length) return yield [];
	for (const rest of all(scores, places, from + 1)) yield [null, ...rest];
	for (const [giver, score] of scores[from]!.entries()) {
		if (score === null || places[giver] === 0) continue;
		const fewer = places.map((count, index) => (index === giver ? count - 1 : count));
		for (const rest of all(scores, fewer, from + 1)) yield [giver, ...rest];
	}
}

const worth = (scores: Scores, given: readonly (number | null)[]) => ({
	pairs: given.filter((giver) => giver !== null).length,
	points: given.reduce<number>(
		(sum, giver, seeker) => sum + (giver === null ? 0 : scores[seeker]![giver]!),
		0
	)
});

const problem = fc
	.record({ seekers: fc.integer({ min: 1, max: 5 }), givers: fc.integer({ min: 1, max: 4 }) })
	.chain(({ seekers, givers }) =>
		fc.record({
			scores: fc.array(
				fc.array(fc.option(fc.integer({ min: 0, max: 100 }), { freq: 3 }), {
					minLength: givers,
					maxLength: givers
				}),
				{ minLength: seekers, maxLength: seekers }
			),
			places: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: givers, maxLength: givers })
		})
	);

describe('the best assignment', () => {
	const scores = [
		[90, 80, 30],
		[85, 40, 35],
		[60, 70, 65]
	];

	it('gives up the best pair where that helps the others: 230 and not 195', () => {
		const given = best(scores, [1, 1, 1]);
		expect(given).toEqual([1, 0, 2]);
		expect(worth(scores, given).points).toBe(230);
		// who chooses first takes 90, and 35 is what is left for another
		expect(worth(scores, [0, 1, 2]).points).toBe(195);
	});

	it('uses a place that somebody has twice', () => {
		expect(best(scores, [2, 1, 1])).toEqual([0, 0, 1]);
	});

	it('has as many pairs as can be before it counts points', () => {
		expect(
			best(
				[
					[100, 1],
					[99, null]
				],
				[1, 1]
			)
		).toEqual([1, 0]);
	});

	it('is empty where there is nobody', () => {
		expect(best([], [1])).toEqual([]);
		expect(best([[]], [])).toEqual([null]);
		expect(best([[null]], [1])).toEqual([null]);
	});

	it('is as good as the best of all that there are, and pairs nobody who cannot meet', () => {
		fc.assert(
			fc.property(problem, ({ scores, places }) => {
				const given = best(scores, places);
				for (const [seeker, giver] of given.entries())
					if (giver !== null) expect(scores[seeker]![giver]).not.toBeNull();
				for (const [giver, count] of places.entries())
					expect(given.filter((one) => one === giver).length).toBeLessThanOrEqual(count);
				let top = { pairs: 0, points: 0 };
				for (const other of all(scores, places)) {
					const now = worth(scores, other);
					if (now.pairs > top.pairs || (now.pairs === top.pairs && now.points > top.points)) top = now;
				}
				expect(worth(scores, given)).toEqual(top);
			}),
			{ numRuns: 200 }
		);
	});
});

describe('a stable assignment', () => {
	/** Both lists of who can meet, in an order that the numbers give. */
	const lists = fc.record({ problem, dice: fc.infiniteStream(fc.nat()) }).map(({ problem, dice }) => {
		const { scores, places } = problem;
		const order = (many: number[]) =>
			many
				.map((one) => ({ one, by: dice.next().value as number }))
				.sort((a, b) => a.by - b.by)
				.map(({ one }) => one);
		const meets = (seeker: number, giver: number) => scores[seeker]![giver] !== null;
		return {
			places,
			wishes: scores.map((_, seeker) => order(places.map((_, g) => g).filter((g) => meets(seeker, g)))),
			ranks: places.map((_, giver) => order(scores.map((_, s) => s).filter((s) => meets(s, giver))))
		};
	});

	it('leaves no two who would both rather have each other', () => {
		fc.assert(
			fc.property(lists, ({ wishes, ranks, places }) => {
				const given = stable(wishes, ranks, places);
				for (const [seeker, order] of wishes.entries()) {
					const got = given[seeker]!;
					if (got !== null) expect(order).toContain(got);
					const better = got === null ? order : order.slice(0, order.indexOf(got));
					for (const giver of better) {
						const theirs = given.flatMap((one, other) => (one === giver ? [other] : []));
						expect(theirs.length).toBeLessThanOrEqual(places[giver]!);
						const place = (one: number) => ranks[giver]!.indexOf(one);
						const wants =
							theirs.length < places[giver]! || theirs.some((other) => place(other) > place(seeker));
						expect(wants, `${seeker} and ${giver} would both change`).toBe(false);
					}
				}
			}),
			{ numRuns: 200 }
		);
	});

	it('is the best that those who ask can get', () => {
		// each first choice is free: everybody has it
		expect(
			stable(
				[
					[0, 1],
					[1, 0]
				],
				[
					[1, 0],
					[0, 1]
				],
				[1, 1]
			)
		).toEqual([0, 1]);
		// both want 0, who would rather have 1
		expect(
			stable(
				[
					[0, 1],
					[0, 1]
				],
				[
					[1, 0],
					[0, 1]
				],
				[1, 1]
			)
		).toEqual([1, 0]);
	});
});
