import { expect, it } from 'vitest';
import { harness } from '../testing.ts';
import { report } from './report.ts';
import { list } from './rules.ts';

const people = { sam: 'host', yusuf: 'crowd', nadia: 'crowd' };

function sections(
	settings: { [key: string]: string | boolean },
	play: (h: ReturnType<typeof harness>) => void
) {
	const h = harness(list, settings, people);
	play(h);
	return report(h.record(), {
		instance: 'questions',
		title: 'Questions',
		settings,
		people: h.people,
		name: (person) => person ?? 'Somebody',
		text: (text) => text.en,
		document: null,
		locale: 'en'
	});
}

const idOf = (result: unknown) => (result as { item: string }).item;

it('says nothing where nobody asked', () => {
	expect(sections({}, () => {})).toEqual([]);
});

it('tells questions with their answers, the unanswered last, and nothing that waits', () => {
	const [section] = sections({ moderation: true, anonymity: 'allowed' }, (h) => {
		const open = idOf(h.must('nadia', 'submit', { text: 'Open?', anonymous: true }));
		const done = idOf(h.must('yusuf', 'submit', { text: 'Done?' }));
		h.must('yusuf', 'submit', { text: 'Waits?' });
		for (const item of [open, done]) h.must('sam', 'approve', { item });
		h.must('nadia', 'vote', { item: done });
		h.must('sam', 'answer', { item: done, text: 'Yes.' });
	});
	expect(section?.entries).toMatchObject([
		{
			said: 'Done?',
			by: { name: 'yusuf' },
			reply: { said: 'Yes.', by: { name: 'sam' } },
			state: { is: 'good' },
			about: ['1 vote']
		},
		{ said: 'Open?', by: { name: 'Anonymous' }, state: { is: 'warn' } }
	]);
	expect(section?.note).toBe('3 asked, 1 answered, 0 dismissed');
});
