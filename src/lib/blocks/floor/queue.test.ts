import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Hand } from './model.ts';
import { lineUp } from './queue.ts';

const sides = { for: ['pro'], against: ['con'] };
const base = { kinds: ['point-of-order', 'clarify', 'reply', 'new'], ranked: true, sides };
const nobody = { turns: new Map<string, number>(), side: null };

function hand(person: string, at: number, more: Partial<Hand> = {}): Hand {
	return { person, name: person, role: 'member', kind: 'new', at, placed: null, round: false, ...more };
}

const all = (...hands: Hand[]) => Object.fromEntries(hands.map((one) => [one.person, one]));
const read = (line: ReturnType<typeof lineUp>) => line.map((one) => `${one.person} ${one.reason}`);

describe('the line', () => {
	it('is in the order of raising', () => {
		const line = lineUp(all(hand('b', 2), hand('a', 1)), { ...base, policy: 'first-come' }, nobody);
		expect(read(line)).toEqual(['a first-come', 'b first-come']);
	});

	it('lets a point of order and a clarification go first, and says so', () => {
		const hands = all(
			hand('a', 1),
			hand('b', 2, { kind: 'clarify' }),
			hand('c', 3, { kind: 'point-of-order' })
		);
		expect(read(lineUp(hands, { ...base, policy: 'first-come' }, nobody))).toEqual([
			'c kind',
			'b kind',
			'a first-come'
		]);
		expect(lineUp(hands, { ...base, ranked: false, policy: 'first-come' }, nobody)[0]!.person).toBe('a');
	});

	it('lets those who have not spoken go first, and then those who spoke less', () => {
		const hands = all(hand('a', 1), hand('b', 2), hand('c', 3));
		const turns = new Map([
			['a', 3],
			['b', 1]
		]);
		expect(read(lineUp(hands, { ...base, policy: 'not-yet-spoken' }, { turns, side: null }))).toEqual([
			'c unspoken',
			'b fewer',
			'a first-come'
		]);
	});

	it('alternates between the sides, beginning with the one that did not speak last', () => {
		const hands = all(
			hand('p1', 1, { role: 'pro' }),
			hand('p2', 2, { role: 'pro' }),
			hand('c1', 3, { role: 'con' }),
			hand('c2', 4, { role: 'con' })
		);
		const settings = { ...base, policy: 'alternate' as const };
		expect(lineUp(hands, settings, nobody).map((one) => one.person)).toEqual(['p1', 'c1', 'p2', 'c2']);
		expect(read(lineUp(hands, settings, { turns: new Map(), side: 'for' }))).toEqual([
			'c1 side',
			'p1 first-come',
			'c2 side',
			'p2 first-come'
		]);
	});

	it('keeps the place that whoever leads gave', () => {
		const hands = all(hand('a', 1), hand('b', 2), hand('c', 3, { placed: 0 }));
		expect(read(lineUp(hands, { ...base, policy: 'first-come' }, nobody))).toEqual([
			'c placed',
			'a first-come',
			'b first-come'
		]);
	});

	it('lets a round be over before anybody has a second turn', () => {
		const hands = all(hand('again', 1), hand('a', 2, { round: true }), hand('b', 3, { round: true }));
		expect(read(lineUp(hands, { ...base, policy: 'first-come' }, nobody))).toEqual([
			'a round',
			'b round',
			'again first-come'
		]);
	});

	it('holds every hand once, whatever the policy', () => {
		const some = fc.array(
			fc.record({
				at: fc.nat(50),
				kind: fc.constantFrom(...base.kinds),
				role: fc.constantFrom('pro', 'con', 'member'),
				placed: fc.option(fc.nat(10), { freq: 4 }),
				round: fc.boolean()
			}),
			{ maxLength: 20 }
		);
		const policy = fc.constantFrom('first-come' as const, 'not-yet-spoken' as const, 'alternate' as const);
		fc.assert(
			fc.property(some, policy, fc.constantFrom(null, 'for', 'against'), (hands, policy, side) => {
				const given = all(...hands.map(({ at, ...more }, index) => hand(`p${index}`, at, more)));
				const line = lineUp(given, { ...base, policy }, { turns: new Map([['p0', 2]]), side });
				expect(line.map((one) => one.person).sort()).toEqual(Object.keys(given).sort());
				expect(line.map((one) => one.place)).toEqual(hands.map((_, index) => index));
			}),
			{ numRuns: 300 }
		);
	});
});
