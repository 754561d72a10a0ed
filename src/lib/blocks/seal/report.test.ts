import { expect, it } from 'vitest';
import type { ReportContext } from '../report.ts';
import type { Revealed, SealRecord } from './model.ts';
import { report } from './report.ts';

const revealed = (id: string, order: number, text: string): Revealed => ({
	id,
	round: 1,
	entry: { text },
	author: id,
	order
});

const record: SealRecord = {
	progress: {},
	revealed: {
		tom: revealed('tom', 0, 'We are a slow team.'),
		aisha: revealed('aisha', 1, 'No shared definition.'),
		lena: revealed('lena', 2, 'My team is slow.')
	},
	accepted: {},
	earlier: {},
	alike: { '1-0': { round: 1, entries: ['tom', 'lena'], of: 3, same: null, words: ['slow', 'team'] } },
	beside: {}
};

const context: ReportContext = {
	instance: 'problem',
	title: 'The problem',
	settings: {},
	people: {},
	name: (person) => person ?? 'Somebody',
	text: ({ en }) => en,
	document: null,
	locale: 'en'
};

const said = '2 of 3 wrote “slow” and “team”';

it('says once of how many entries say nearly the same', () => {
	const [section] = report(record, context);
	expect(section!.note).toBe(said);
	expect(section!.entries.map(({ about }) => about)).toEqual([undefined, undefined, undefined]);
});

it('says it beside each entry where there were several rounds', () => {
	const again: Revealed = { ...revealed('ruth', 3, 'The brokers leave.'), round: 2 };
	const [section] = report({ ...record, revealed: { ...record.revealed, ruth: again } }, context);
	expect(section!.note).toBeUndefined();
	expect(section!.entries.map(({ by, about }) => [by, about])).toEqual([
		['tom', ['Round 1', said]],
		['aisha', ['Round 1']],
		['lena', ['Round 1', said]],
		['ruth', ['Round 2']]
	]);
});

it('says nothing of it in a record from before', () => {
	const { alike: _, ...before } = record;
	expect(report(before, context)[0]!.note).toBeUndefined();
});
