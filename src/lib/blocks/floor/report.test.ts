import { describe, expect, it } from 'vitest';
import { harness } from '../testing.ts';
import { report } from './report.ts';
import { floor } from './rules.ts';

const settings = { mode: 'questions', tag: 'question', tags: true, counted: ['member'], answers: ['host'] };

/** What the record says of so many questions, each of them answered in a turn of its own, and statements. */
function ratioOf(questions: number, statements: number, given: object = settings) {
	const h = harness(floor, given as typeof settings, { ruth: 'host', tom: 'member' });
	const says = (tag: string) => {
		const { turn } = h.must('tom', 'start', { tag, expects: null }) as { turn: string };
		h.must('tom', 'stop', { turn });
	};
	for (let n = 0; n < questions; n++) {
		says('question');
		says('answer');
	}
	for (let n = 0; n < statements; n++) says('statement');
	const sections = report(h.record(), {
		instance: 'floor',
		title: 'Questions',
		settings: given,
		people: h.people,
		name: (person) => person ?? 'Somebody',
		text: (text) => text.en,
		document: null,
		locale: 'en'
	});
	return sections[0]!.entries.find(({ said }) => said.startsWith('Questions'));
}

describe('the mirror in the record', () => {
	it('counts questions, of questions and statements: answers are neither', () => {
		expect(ratioOf(9, 1)).toMatchObject({
			about: ['9 of 10 (0.9)'],
			state: { is: 'good', word: 'asking: at least 0.9' }
		});
	});

	it('says in a word where there was little asking, and takes no rounded figure for it', () => {
		expect(ratioOf(4, 1)).toMatchObject({ state: { is: 'warn', word: 'little asking: below 0.9' } });
		// 0.896 is shown as 0.9
		expect(ratioOf(43, 5)).toMatchObject({ about: ['43 of 48 (0.9)'], state: { is: 'warn' } });
	});

	it('says nothing of it where people are free to state what they like', () => {
		expect(ratioOf(1, 3, {})).toBeUndefined();
	});
});
