import { expect, it } from 'vitest';
import { distinct } from './distinct.ts';

const room = {
	id: 'r1',
	code: 'ABC234',
	title: 'Lending Ops',
	format: 'meet',
	preset: null,
	demo: false,
	meeting: 3
};
const one = (text: string, more: object = {}) => ({
	...{ room, meeting: 3 as number | null, current: true, instance: 'notes', item: text },
	...{
		parts: [
			{ text: text.slice(0, 3), hit: true },
			{ text: text.slice(3), hit: false }
		]
	},
	...more
});
const texts = (found: { parts: { text: string }[] }[]) =>
	found.map(({ parts }) => parts.map(({ text }) => text).join(''));

it('what is only the title of a room that stands above is not told again', () => {
	const found = [one('Lending Ops'), one('Lending Ops waits for documents')];
	expect(texts(distinct(found, new Set(['Lending Ops'])))).toEqual(['Lending Ops waits for documents']);
	expect(distinct(found, new Set())).toHaveLength(2);
});

it('the same words in one part are told once for each meeting, and of what became of them where it lives', () => {
	const ids = (found: ReturnType<typeof one>[]) => distinct(found, new Set()).map(({ item }) => item);
	const [first, second] = [one('Ask the clients', { item: 'a' }), one('Ask the clients', { item: 'b' })];
	expect(ids([first, second])).toEqual(['a']);
	const idea = one('Ask the clients', { item: 'idea', instance: 'ideas', meeting: 2, current: false });
	expect(ids([idea, first])).toEqual(['a']);
	const last = one('Ask the clients', { item: 'last', meeting: 2, current: false });
	const elsewhere = one('Ask the clients', { item: 'else', instance: 'ideas', room: { ...room, id: 'r2' } });
	expect(ids([last, elsewhere, first])).toEqual(['last', 'else', 'a']);
});

it('two excerpts that go on may be of two things', () => {
	expect(
		distinct([one('Ask the …', { item: 'a' }), one('Ask the …', { item: 'b' })], new Set())
	).toHaveLength(2);
});
