import { expect, test } from 'vitest';
import type { Json, Tables } from '../block.ts';
import type { ReportContext } from '../report.ts';
import { harness } from '../testing.ts';
import { report } from './report.ts';
import { evidence } from './rules.ts';

const context: ReportContext = {
	instance: 'evidence',
	title: 'Evidence',
	settings: {},
	people: {},
	name: (person) => person ?? 'Somebody',
	text: ({ en }) => en,
	document: null,
	locale: 'en'
};

function debated(): Tables {
	const h = harness(evidence, { for: ['pro'], against: ['con'] }, { ingrid: 'host', dev: 'pro', mo: 'con' });
	const claim: Json = { id: 'faster', text: 'Faster.', order: 1, parent: null, author: 'dev', rebuts: [] };
	const card: Json = {
		id: 'pilot',
		claim: 'faster',
		quote: 'Pilot 9 min',
		source: 'Pilot log',
		link: '',
		standing: 'Dev ran it',
		date: '2026-02-12',
		kind: 'own-data',
		order: 1,
		author: 'dev',
		rebuts: []
	};
	const seen = { id: 'pilot', side: 'for', ref: 'F1', quote: 'Pilot 9 min', revision: 'r1' };
	h.must('ingrid', 'motion', { text: 'Use AI for letters.' });
	h.must('dev', 'lay', {
		claims: [claim, { ...claim, id: 'bare', text: 'No card.', order: 2 }],
		cards: [card]
	});
	const { challenge } = h.must('mo', 'challenge', {
		card: seen,
		kind: 'irrelevant',
		text: 'Leaves out complaints.'
	}) as { challenge: string };
	h.must('ingrid', 'rule', { challenge, ruling: 'stands-reworded' });
	h.must('dev', 'rate', { card: seen, strength: 4 });
	h.must('mo', 'rate', { card: seen, strength: 1 });
	const { statement } = h.must('mo', 'state', { text: 'It saves time.' }) as { statement: string };
	h.must('dev', 'fair', { statement });
	return h.record();
}

test('tells the motion, each side’s claims with their cards, the cases and how the evidence held', () => {
	const sections = report(debated(), context);
	expect(sections.map(({ name }) => name)).toEqual(['motion', 'evidence-for', 'cases', 'evidence-figures']);
	const [bare, pilot] = [sections[1]!.entries[2]!, sections[1]!.entries[1]!];
	expect(pilot).toMatchObject({
		said: '“Pilot 9 min”',
		state: { is: 'good', word: 'Stands, reworded' },
		about: [
			'F1',
			'Own data',
			'Feb 12, 2026',
			'Strength: for 4, against 1',
			'Challenged: irrelevant: Stands, reworded. mo: Leaves out complaints.'
		],
		fields: [
			{ label: 'Claim', value: 'Faster.' },
			{ label: 'Source', value: 'Pilot log · Dev ran it' }
		]
	});
	expect(bare).toMatchObject({ said: 'No card.', state: { is: 'warn' } });
	expect(sections[3]!.entries.map(({ about }) => about?.[0])).toEqual(['1 of 1', '1', '1 of 1']);
});

test('says nothing of a meeting that never had a motion', () => {
	expect(report({}, context)).toEqual([]);
});
