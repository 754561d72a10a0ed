import { expect, it } from 'vitest';
import { harness } from '../testing.ts';
import type { ListRecord } from './model.ts';
import { list } from './rules.ts';

const sorts = ['both', 'for', 'against'].map((value) => ({ value, text: { en: value } }));
const people = { ingrid: 'host', tom: 'crowd', ida: 'crowd', lena: 'crowd', max: 'crowd' };

/** Questions to these sides, each with fewer votes than the one before; who is next on stage, one after the other. */
function order(...to: string[]) {
	const h = harness<ListRecord>(list, { sorts, alternate: ['for', 'against'], voting: true }, people);
	const voters = ['tom', 'ida', 'lena', 'max'];
	to.forEach((sort, place) => {
		const { item } = h.must('ingrid', 'submit', { text: `${place} ${sort}`, sort }) as { item: string };
		for (const by of voters.slice(0, Math.max(0, 4 - place))) h.must(by, 'vote', { item, votes: 1 });
	});
	return {
		...h,
		next(): string | null {
			h.clock.now += 60_000;
			const stage = Object.values(h.record().items).find(({ status }) => status.is === 'stage');
			const { item } = h.must('ingrid', 'next', { expects: stage?.id ?? null }) as { item: string | null };
			return item === null ? null : h.record().items[item]!.text;
		}
	};
}

it('the stage alternates between sides, by votes within each, and what goes to both fits at any time', () => {
	const { next } = order('for', 'for', 'both', 'against', 'for');
	expect([next(), next(), next(), next(), next(), next()]).toEqual([
		'0 for',
		'2 both',
		'3 against',
		'1 for',
		'4 for',
		null
	]);
});

it('what was put first by hand is first, whatever its side', () => {
	const h = order('for', 'against', 'for');
	expect(h.next()).toBe('0 for');
	const last = Object.values(h.record().items).find(({ text }) => text === '2 for')!;
	h.must('ingrid', 'pin', { item: last.id, on: true });
	expect([h.next(), h.next()]).toEqual(['2 for', '1 against']);
});
