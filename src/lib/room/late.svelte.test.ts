import { afterEach, expect, it } from 'vitest';
import { keptKey } from './offline.ts';
import { putAway, saidIn, withLate } from './late.ts';

afterEach(() => localStorage.clear());

it('finds what somebody wrote, and no ids and choices', () => {
	const comment = {
		kind: 'consider',
		situation: 'Vendor call, 9 April',
		next: ' Next time pause. ',
		sign: true
	};
	expect(saidIn({ id: 'a1b2', comment, links: ['https://example.com', 'n7'] })).toBe(
		'Vendor call, 9 April\nNext time pause.\nhttps://example.com'
	);
	for (const nothing of [null, 7, 'open', {}, { to: 'P3' }]) expect(saidIn(nothing)).toBe('');
});

it('keeps what came too late until it is put away, once however often it was sent, and of its room alone', () => {
	withLate('r1', 'Write is over.', { text: 'One more thing' });
	withLate('r1', 'Write is over.', { text: 'One more thing' });
	withLate('r1', 'Write is over.', { text: 'And another' });
	expect(withLate('r1', '', null).map(({ words }) => words)).toEqual(['One more thing', 'And another']);
	expect(withLate('r2', '', null)).toEqual([]);
	putAway('r1', 'One more thing');
	expect(withLate('r1', '', null)).toEqual([{ words: 'And another', why: 'Write is over.' }]);
	putAway('r1', 'And another');
	expect(localStorage).toHaveLength(0);
});

it.each(['{', '7', '[7]', '[{"words":7}]'])('begins anew where %s is kept', (kept) => {
	localStorage.setItem(keptKey('r1', 'late'), kept);
	expect(withLate('r1', '', null)).toEqual([]);
});
