import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Json } from '#lib/blocks/block.ts';
import type { Report } from '#lib/blocks/report.ts';
import type { Format } from '#lib/formats/format.ts';
import { carriedOver } from './carried.ts';
import { collectMinutes, tablesOf } from './collect.ts';
import { defaultMeeting } from './which.ts';

const format: Format = {
	name: 'tea',
	text: { en: 'Tea' },
	about: { en: 'Tea.' },
	people: { en: 'Some' },
	least: 1,
	most: 9,
	length: { en: '5 min' },
	roles: {
		host: { name: { en: 'Host' }, about: { en: '' } },
		crowd: { name: { en: 'Guest' }, about: { en: '' }, crowd: true }
	},
	host: 'host',
	guest: 'crowd',
	blocks: {
		agenda: { block: 'agenda', scope: 'meeting', name: { en: 'Phases' } },
		roster: { block: 'roster', scope: 'room', name: { en: 'People' } },
		notes: { block: 'notes', scope: 'meeting', name: { en: 'Notes' }, document: 'board' },
		choice: { block: 'choice', scope: 'meeting', name: { en: 'Choice' } }
	},
	documents: { board: { scope: 'meeting', read: '*', write: '*' } },
	phases: [
		{ id: 'P0', name: { en: 'Before' }, about: { en: '' }, when: 'ahead', minutes: null, stage: [], may: {} },
		{ id: 'P1', name: { en: 'Pour' }, about: { en: '' }, when: 'live', minutes: 2, stage: [], may: {} },
		{ id: 'P2', name: { en: 'Drink' }, about: { en: '' }, when: 'live', minutes: 3, stage: [], may: {} }
	],
	always: {},
	panel: []
};

const member = (id: string, name: string) => ({
	id,
	name,
	role: 'host',
	joined: 1,
	account: true,
	owner: false,
	team: null
});

function record(tables: Record<string, Record<string, Json>>): Y.Doc {
	const doc = new Y.Doc();
	for (const [instance, entries] of Object.entries(tables))
		for (const [path, value] of Object.entries(entries)) doc.getMap<Json>(instance).set(path, value);
	return doc;
}

const notes: Report = (tables, { name, document, title }) => [
	{
		name: 'notes',
		heading: title,
		kind: 'list',
		entries: Object.values(tables.items ?? {}).map((item) => {
			const { text, by } = item as { text: string; by: string };
			return {
				said: text,
				by: by === 'passer-by' ? { name: 'Grete' } : by,
				about: [name(by)],
				state: { is: 'warn' as const, word: document ? 'open' : 'gone' }
			};
		})
	}
];

const choice: Report = (tables, { title }) => [
	{
		name: 'choice',
		heading: title,
		kind: 'decision',
		entries: Object.values(tables.chosen ?? {}).map((text) => ({ said: String(text), by: null }))
	}
];

const now = (status: string) => ({
	phase: 'P2',
	run: 'r2',
	opened: 2000,
	status,
	clock: { is: 'none' },
	began: 1000,
	ended: status === 'ended' ? 9000 : null
});

function minutesOf(status: string, documents = new Map<string, Y.Doc>(), of = format) {
	return collectMinutes({
		room: { title: 'Tea at four', code: 'ABC234' },
		meeting: 2,
		format: of,
		record: record({
			agenda: {
				'now/current': now(status),
				'visits/r1': { phase: 'P1', opened: 1000, closed: 2000 },
				'visits/r0': { phase: 'P0', opened: 0, closed: 1000 },
				...(status === 'ended' ? { 'visits/r2': { phase: 'P2', opened: 2000, closed: 9000 } } : {})
			},
			roster: {
				'members/new-id': member('new-id', 'Ada'),
				'former/old-id': 'new-id',
				'counts/crowd': 40,
				'counts/host': 1
			},
			notes: {
				'items/a': { text: 'More milk', by: 'old-id' },
				'items/b/c': { text: 'Less', by: 'nobody' },
				'items/d': { text: 'None', by: 'passer-by' }
			},
			choice: { 'chosen/x': 'Assam' }
		}),
		documents,
		reports: { notes, choice },
		locale: 'en'
	});
}

describe('minutes of a meeting', () => {
	test('what was decided comes first, and blocks without a report are left out', () => {
		expect(minutesOf('ended').sections.map(({ instance }) => instance)).toEqual(['choice', 'notes']);
	});

	test('a guest who became an account is named, and so is who is known by a name alone; somebody unknown is not', () => {
		const [, section] = minutesOf('ended').sections;
		expect(section?.entries.map(({ by }) => by)).toEqual(['Ada', 'Somebody', 'Grete']);
		expect(section?.entries[0]?.about).toEqual(['Ada']);
	});

	test('phases ahead of the meeting are no chapters, and the open one has no end', () => {
		expect(minutesOf('live').chapters).toEqual([
			{ phase: 'P1', name: 'Pour', opened: 1000, closed: 2000 },
			{ phase: 'P2', name: 'Drink', opened: 2000, closed: null }
		]);
		expect(minutesOf('ended').chapters.map(({ closed }) => closed)).toEqual([2000, 9000]);
	});

	test('a phase that the format has no more was a part of the meeting all the same', () => {
		const [first] = format.phases;
		const chapters = minutesOf('ended', new Map(), { ...format, phases: first ? [first] : [] }).chapters;
		expect(chapters.map(({ phase, name }) => [phase, name])).toEqual([
			['P1', 'P1'],
			['P2', 'P2']
		]);
	});

	test('people in a crowd are counted, the others named', () => {
		const { people, crowd } = minutesOf('ended');
		expect(people).toEqual([{ name: 'Ada', role: 'Host' }]);
		expect(crowd).toBe(40);
	});

	test('a report gets its document only where the reader may see it', () => {
		expect(minutesOf('ended').sections[1]?.entries[0]?.state?.word).toBe('gone');
		expect(minutesOf('ended', new Map([['board', new Y.Doc()]])).sections[1]?.entries[0]?.state?.word).toBe(
			'open'
		);
	});

	test('what is still open is carried over', () => {
		expect(carriedOver(minutesOf('ended'))).toEqual([{ is: 'open', heading: 'Notes', count: 3 }]);
	});
});

test('a collection that nothing was published in reads as an empty one', () => {
	expect(tablesOf(new Y.Doc(), 'agenda').now).toEqual({});
});

test('without a wish the last meeting that has ended is read, else the current one', () => {
	const meeting = (number: number, ended: number | null) => ({ room: 'r', number, started: 1, ended });
	expect(defaultMeeting([meeting(1, 5), meeting(2, 9), meeting(3, null)], 3)).toBe(2);
	expect(defaultMeeting([meeting(1, null)], 1)).toBe(1);
});
