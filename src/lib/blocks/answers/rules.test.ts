import { describe, expect, it } from 'vitest';
import { harness } from '../testing.ts';
import type { AnswersRecord, AnswersState } from './model.ts';
import { answers } from './rules.ts';
import { byDate } from './view.ts';

const ada = { id: 'ada', name: 'Ada' };
const greta = { id: 'greta', name: 'Greta' };
const entry = (id: string, more: object = {}) => ({
	...{ id, meeting: 1, text: `Question ${id}`, askers: [ada], unnamed: 0, votes: 1 },
	...{ how: 'live', answer: null, at: 1000, ...more }
});

const open = (settings = {}) => {
	const room = harness<AnswersRecord>(answers, settings, { ada: 'attendee', host: 'host' }, ['host']);
	const keep = (...entries: object[]) => room.must('server', 'keep', { entries } as never);
	const held = (meeting: number, title: string, starts: number) =>
		room.must('server', 'held', { meeting, title, starts });
	const pages = () =>
		byDate(room.record()).map(({ name, entries }) => [name.split(',')[0], entries.map(({ id }) => id)]);
	return Object.assign(room, { keep, held, pages });
};

describe('what was asked and answered', () => {
	it('stands under the date on which it was asked, the last one first, most wanted on top', () => {
		const room = open();
		room.held(1, 'Reading a P&L', Date.UTC(2026, 4, 7));
		room.keep(entry('one'), entry('two', { votes: 8 }));
		room.held(2, 'Pivot tables', Date.UTC(2026, 4, 14));
		expect(room.pages()).toEqual([['Reading a P&L', ['two', 'one']]]);
		room.keep(entry('three', { meeting: 2 }), entry('late', { meeting: 1, at: 5000 }));
		room.keep(entry('three', { meeting: 2 }));
		expect(room.pages()).toEqual([
			['Pivot tables', ['three']],
			['Reading a P&L', ['two', 'one', 'late']]
		]);
	});

	it('keeps no more than it may; the oldest go first', () => {
		const room = open({ most: 2 });
		room.keep(entry('a', { at: 1 }), entry('b', { at: 2, meeting: 2 }), entry('c', { at: 3, meeting: 2 }));
		expect(Object.keys(room.record().entries)).toEqual(['b', 'c']);
		expect(Object.keys(room.record().dates)).toEqual(['m2']);
	});

	it('is taken off the page, and whoever is erased leaves what was answered without their name', () => {
		const room = open();
		room.keep(entry('a', { answer: { text: 'In the portal.', by: greta } }), entry('b'));
		room.must('host', 'remove', { id: 'b' });
		expect(room.run('host', 'remove', { id: 'b' })).toMatchObject({ error: { code: 'gone' } });
		const state = structuredClone(room.state) as AnswersState;
		for (const { id } of [ada, greta]) answers.forget!(state, id, {});
		expect(state.entries.a).toMatchObject({ askers: [], answer: { text: 'In the portal.', by: null } });
		expect(JSON.stringify(state)).not.toMatch(/ada|greta/i);
	});
});
