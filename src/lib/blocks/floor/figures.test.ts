import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amber, balance, ratio } from './figures.ts';

const limits = { balance: 0.75, share: 0.4, from: 6 };
const by = (...counts: number[]) => new Map(counts.map((count, index) => [`p${index}`, count]));

describe('the balance', () => {
	it.each([
		[[5, 4, 4, 2], 0.97],
		[[9, 6, 5, 4, 3, 1], 0.91],
		[[20, 3, 2, 1, 1, 1], 0.57],
		[[3, 3, 3], 1],
		[[7, 0], 0]
	])('of %j turns is %d', (counts, expected) => {
		expect(balance(counts)).toBe(expected);
	});

	it('counts the silent too', () => {
		expect(balance([4, 4, 0, 0])).toBe(0.5);
	});

	it('is unknown before anybody spoke, and where nobody else is there', () => {
		expect(balance([0, 0])).toBeNull();
		expect(balance([3])).toBeNull();
		expect(balance([])).toBeNull();
	});

	it('stays between 0 and 1 and does not care who is who', () => {
		fc.assert(
			fc.property(fc.array(fc.nat(30), { minLength: 2, maxLength: 12 }), (counts) => {
				const j = balance(counts);
				if (j === null) expect(counts.every((count) => count === 0)).toBe(true);
				else {
					expect(j).toBeGreaterThanOrEqual(0);
					expect(j).toBeLessThanOrEqual(1);
					expect(balance([...counts].reverse())).toBe(j);
				}
			})
		);
	});
});

describe('the mirror of questions', () => {
	it('is 14 of 15, 0.93, in the walkthrough', () => {
		expect(ratio(14, 1)).toBe(0.93);
	});

	it('says nothing before anybody asked or stated anything', () => {
		expect(ratio(0, 0)).toBeNull();
	});
});

describe('those who lead are told', () => {
	it('nothing while 9, 6, 5, 4, 3, 1 turns are even enough', () => {
		expect(amber(by(9, 6, 5, 4, 3, 1), limits)).toBeNull();
	});

	it('whom to hear at 20, 3, 2, 1, 1, 1', () => {
		expect(amber(by(20, 3, 2, 1, 1, 1), limits)).toEqual({
			why: 'balance',
			balance: 0.57,
			loudest: 'p0',
			share: 0.71,
			quiet: ['p3', 'p4', 'p5']
		});
	});

	it('of one person above 40 %, even where the rest is balanced', () => {
		expect(amber(by(9, 4, 4, 3), limits)).toMatchObject({ why: 'share', loudest: 'p0', share: 0.45 });
	});

	it('nothing after the first few turns, nor where two talk evenly', () => {
		expect(amber(by(3, 0, 0), limits)).toBeNull();
		expect(amber(by(5, 5), limits)).toBeNull();
	});
});
