import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alikeIn } from './alike.ts';

const of = (...texts: string[]) => alikeIn(texts.map((text, index) => ({ id: `${index}`, text })));

describe('entries that say nearly the same', () => {
	it('are told by the words that all of them share', () => {
		expect(
			of(
				'We are a slow team.',
				'Our team is too slow for the brokers.',
				'A slow team without the right tools.',
				'My team is slow, and I cannot say why.',
				'We have no shared definition of a complete file.'
			)
		).toEqual([{ entries: ['0', '1', '2', '3'], of: 5, same: null, words: ['slow', 'team'] }]);
	});

	it('in German as well', () => {
		expect(
			of('Wir sind ein langsames Team', 'Unser Team ist langsam.', 'Es fehlt an Vertrauen.')
		).toMatchObject([{ entries: ['0', '1'], words: ['Team', 'langsam'] }]);
	});

	it('are quoted where they are the same, whatever case and punctuation', () => {
		expect(of('Trust!', 'trust', 'Money')).toEqual([
			{ entries: ['0', '1'], of: 3, same: 'Trust!', words: [] }
		]);
		expect(of('We are  a slow team', 'we are a slow team.')).toMatchObject([{ same: 'We are  a slow team' }]);
	});

	it('make one group each, the largest first', () => {
		const groups = of('slow team', 'a slow team', 'no shared list', 'the shared list', 'slow teams');
		expect(groups.map(({ entries }) => entries)).toEqual([
			['0', '1', '4'],
			['2', '3']
		]);
	});
});

describe('entries that do not', () => {
	it.each([
		['share one word alone', ['The team is slow.', 'The team is small.']],
		['share only small words', ['What is it that we have?', 'It is what we are.']],
		[
			'share little of a longer sentence',
			['Slow team.', 'A slow team waits for income documents that brokers upload twice every single week']
		],
		['are alone', ['We are a slow team.']],
		['say nothing', ['!!!', '???', '']]
	])('%s', (_, texts) => {
		expect(of(...texts)).toEqual([]);
	});

	it('are too long to tell', () => {
		const long = 'slow team '.repeat(40);
		expect(of(long, long)).toEqual([]);
	});
});

it('whatever people write, what is told of a group is true of each in it, and each is in one', () => {
	const word = fc.constantFrom(
		'slow',
		'team',
		'Teams',
		'files',
		'we',
		'are',
		'not',
		'a',
		'Öl',
		'__proto__',
		'🙂'
	);
	const text = fc.array(word, { maxLength: 7 }).map((words) => words.join(' '));
	fc.assert(
		fc.property(fc.array(text, { maxLength: 9 }), (texts) => {
			const groups = of(...texts);
			const all = groups.flatMap(({ entries }) => entries);
			expect(new Set(all).size).toBe(all.length);
			for (const { entries, of: total, same, words } of groups) {
				expect(total).toBe(texts.length);
				expect(entries.length).toBeGreaterThan(1);
				expect(same !== null || words.length > 1).toBe(true);
				for (const id of entries)
					for (const one of words)
						expect(texts[Number(id)]!.toLowerCase()).toContain(one.toLowerCase().replace(/s$/, ''));
			}
		})
	);
});
