import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { harness } from '../testing.ts';
import { paired } from './count.ts';
import type { PollRecord } from './model.ts';
import { poll } from './rules.ts';

const options = ['a', 'b', 'c'].map((id) => ({ id, text: { en: id } }));
const thresholds = { least: 1, drawBelow: 20, drawMargin: 1, matrixFrom: 8 };
const choice = fc.constantFrom('a', 'b', 'c');
const ballots = fc.dictionary(fc.stringMatching(/^p[0-9]{1,2}$/), choice, { maxKeys: 40 });
const sum = (totals: Record<string, number>) => Object.values(totals).reduce((all, one) => all + one, 0);

describe('counting pairs', () => {
	it('counts each voter of both rounds once in before, after and the matrix, and nobody else', () => {
		fc.assert(
			fc.property(ballots, ballots, (before, after) => {
				const both = Object.keys(before).filter((person) => person in after).length;
				const result = paired(options, before, after, ['a', 'b'], thresholds);
				if (both < 1) {
					expect(result).toEqual({ is: 'few', ballots: 0, least: 1 });
					return;
				}
				if (result.is !== 'paired') throw new Error(`Not paired but ${result.is}.`);
				expect(result.pairs).toBe(both);
				expect(sum(result.before)).toBe(both);
				expect(sum(result.after)).toBe(both);
				expect(result.matrix !== null).toBe(both >= 8);
				if (result.matrix)
					for (const { id } of options) {
						expect(sum(result.matrix[id]!)).toBe(result.before[id]);
						expect(
							sum(Object.fromEntries(options.map((from) => [from.id, result.matrix![from.id]![id]!])))
						).toBe(result.after[id]);
					}
			}),
			{ numRuns: 300 }
		);
	});

	it('gives the win only to the side that gained more, and never by one voter in a small room', () => {
		fc.assert(
			fc.property(ballots, ballots, (before, after) => {
				const result = paired(options, before, after, ['a', 'b'], thresholds);
				if (result.is !== 'paired') return;
				const gained = (side: string) => result.after[side]! - result.before[side]!;
				const margin = Math.abs(gained('a') - gained('b'));
				const draw = margin === 0 || (result.pairs < 20 && margin === 1);
				if (draw) expect(result.verdict.is).toBe('draw');
				else
					expect(result.verdict).toMatchObject({ is: 'won', option: gained('a') > gained('b') ? 'a' : 'b' });
			}),
			{ numRuns: 300 }
		);
	});
});

describe('any sequence of votes', () => {
	const step = fc.oneof(
		{
			weight: 3,
			arbitrary: fc.record({ by: fc.constantFrom('p1', 'p2', 'p3', 'p4'), choice: fc.option(choice) })
		},
		{ weight: 2, arbitrary: fc.constantFrom('close' as const, 'open' as const, 'reveal' as const) }
	);

	it('ends in a tally of one vote each, the last one, and shows no voter on the way', () => {
		let revealed = 0;
		fc.assert(
			fc.property(fc.array(step, { minLength: 20, maxLength: 60, size: 'max' }), (steps) => {
				const people = { host: 'host', p1: 'member', p2: 'member', p3: 'member', p4: 'member' };
				const h = harness(poll, { options }, people);
				let mine: Record<string, string> = {};
				let counted: Record<string, string> | null = null;
				for (const one of steps) {
					const record = h.record() as PollRecord;
					const current = record.current.poll ?? null;
					if (typeof one === 'string') {
						const done = h.run('host', one, { expects: current }).ok;
						if (done && one === 'open') mine = {};
						if (done && one === 'close') counted = { ...mine };
						if (done && one === 'reveal') {
							revealed += 1;
							const result = (h.record() as PollRecord).results[current!]!;
							expect(result).toHaveProperty('ballots', Object.keys(counted!).length);
							if (result.is === 'single')
								for (const { id } of options)
									expect(result.totals[id]).toBe(Object.values(counted!).filter((c) => c === id).length);
						}
					} else if (h.run(one.by, 'vote', { poll: current ?? 'none', choice: one.choice }).ok) {
						if (one.choice === null) delete mine[one.by];
						else mine[one.by] = one.choice;
					}
					expect(JSON.stringify([h.record(), h.facts()])).not.toMatch(/p[1-4]"/);
				}
			}),
			{ numRuns: 300 }
		);
		expect(revealed).toBeGreaterThan(50);
	});
});
