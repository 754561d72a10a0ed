import { describe, expect, test } from 'vitest';
import { fateOf, marksOf, revisionOf, type Cases } from './marks.ts';
import type { Card, Challenge, Claim, RulingIs, Side } from './model.ts';

const claim = (side: Side, id: string, more: Partial<Claim> = {}): Claim => ({
	id,
	side,
	text: id,
	order: 1,
	parent: null,
	author: null,
	rebuts: [],
	...more
});
const card = (side: Side, id: string, claim: string | null, more: Partial<Card> = {}): Card => ({
	id,
	side,
	claim,
	quote: id,
	source: '',
	link: '',
	standing: '',
	date: '',
	kind: 'study',
	order: 1,
	author: null,
	rebuts: [],
	...more
});
const challenge = (of: Card, ruling: RulingIs | null, at = 1): Challenge => ({
	id: `${of.id}-${at}`,
	card: { id: of.id, side: of.side, ref: '', quote: of.quote, revision: '' },
	kind: 'outdated',
	text: '',
	by: 'mo',
	at,
	ruling: ruling && { is: ruling, note: '', by: null, at }
});

const cases: Cases = {
	for: {
		claims: [claim('for', 'faster'), claim('for', 'policy'), claim('for', 'sub', { parent: 'policy' })],
		cards: [card('for', 'pilot', 'faster'), card('for', 'calls', null)]
	},
	against: {
		claims: [claim('against', 'wrong', { rebuts: ['policy'] }), claim('against', 'who')],
		cards: [card('against', 'memo', 'wrong', { rebuts: ['pilot'] }), card('against', 'told', 'who')]
	}
};
const [pilot] = cases.for.cards as [Card];
const [memo] = cases.against.cards as [Card];

describe('marks', () => {
	test('number claims and cards in order', () => {
		const { refs } = marksOf(cases, []);
		expect(refs.get('for/sub')).toBe('2.1');
		expect(refs.get('for/calls')).toBe('F2');
		expect(refs.get('against/memo')).toBe('A1');
	});

	test('call a claim without a card unsupported, and one that a claim under it supports not', () => {
		expect(marksOf(cases, []).claims.get('for/policy')?.supported).toBe(false);
		const more = { ...cases, for: { ...cases.for, cards: [card('for', 'deep', 'sub')] } };
		expect(marksOf(more, []).claims.get('for/policy')?.supported).toBe(true);
	});

	test('call a claim unanswered that nobody of the other side rebutted', () => {
		const { claims, rebuttedBy } = marksOf(cases, []);
		expect(claims.get('for/faster')?.answered).toBe(true);
		expect(claims.get('for/policy')?.answered).toBe(true);
		expect(claims.get('for/sub')?.answered).toBe(false);
		expect(claims.get('against/who')?.answered).toBe(false);
		expect(rebuttedBy.get('for/pilot')).toEqual(['A1']);
		expect(rebuttedBy.get('for/policy')).toEqual(['A·1']);
	});

	test('let a card that fell neither support nor rebut', () => {
		const fell = marksOf(cases, [challenge(memo, 'falls')]);
		expect(fell.claims.get('against/wrong')?.supported).toBe(false);
		expect(fell.claims.get('for/faster')?.answered).toBe(false);
	});

	test('count a challenge as an answer', () => {
		expect(
			marksOf(cases, [challenge(cases.against.cards[1]!, null)]).claims.get('against/who')?.answered
		).toBe(true);
	});
});

describe('a card’s fate', () => {
	test('is its last ruling, unless a challenge waits', () => {
		expect(fateOf(pilot, [])).toBe('unchallenged');
		expect(fateOf(pilot, [challenge(memo, 'falls')])).toBe('unchallenged');
		expect(fateOf(pilot, [challenge(pilot, 'falls', 1), challenge(pilot, 'stands', 2)])).toBe('stands');
		expect(fateOf(pilot, [challenge(pilot, 'falls', 1), challenge(pilot, null, 2)])).toBe('challenged');
	});
});

const elsewhere = { order: 7, claim: null, rebuts: ['x'] };

test('a revision changes with a card’s words and not with its place', () => {
	expect(revisionOf({ ...pilot, ...elsewhere })).toBe(revisionOf(pilot));
	for (const field of ['quote', 'source', 'standing', 'date', 'link'] as const)
		expect(revisionOf({ ...pilot, [field]: 'other' })).not.toBe(revisionOf(pilot));
});
