import { describe, expect, it } from 'vitest';
import type { Tables } from '../block.ts';
import { harness } from '../testing.ts';
import type { Json } from '../block.ts';
import type { RoomNews, RoomReport } from '../wish.ts';
import type { ProgrammeDesk } from './model.ts';
import { programme } from './rules.ts';

const settings = {
	format: 'peer-mentor',
	title: '{mentee} with {mentor}, {topic}',
	roles: { mentee: 'mentee', mentor: 'mentor', manager: 'manager' },
	owner: 'mentee',
	orders: {
		close: { text: { en: 'Close' }, run: 'agenda.lead', payload: { to: 'P5' } },
		later: { text: { en: 'Later' }, run: 'agenda.lead', payload: { to: 'P1' }, later: true }
	}
};

const start = () =>
	harness<Tables, ProgrammeDesk>(programme, settings, {
		nia: 'mentee',
		mei: 'mentor',
		jon: 'mentee',
		ada: 'host'
	});

const report = (more: Partial<RoomReport> = {}): RoomReport => ({
	state: 'open',
	held: 0,
	phase: { id: 'P1', name: { en: 'Week 1' }, status: 'live', since: 1 },
	facts: {},
	...more
});

const news = (key: string, more: Partial<RoomNews> = {}): Json => ({
	key,
	room: { id: `room-${key}`, code: 'ABC234' },
	gone: false,
	refused: null,
	turnedAway: {},
	orders: {},
	report: report(),
	...more
});

describe('what it wishes for', () => {
	it('names people in their roles, and in the title by their names', () => {
		const room = start();
		room.must('server', 'open', { key: 'k', mentee: 'nia', mentor: ['mei'], topic: 'SQL' });
		expect(room.rooms()).toMatchObject([
			{
				key: 'k',
				format: 'peer-mentor',
				preset: null,
				title: 'nia with mei, SQL',
				owner: 'mentee',
				people: [
					{ person: 'nia', role: 'mentee' },
					{ person: 'mei', role: 'mentor' }
				],
				settings: { joining: 'approval' }
			}
		]);
	});

	it('gives a person who is named twice one role', () => {
		const room = start();
		room.must('server', 'open', { key: 'k', mentee: 'nia', mentor: 'mei', manager: 'mei' });
		expect(room.rooms()[0]!.people).toHaveLength(2);
	});

	it('adds people to a room that is there, and takes none away', () => {
		const room = start();
		room.must('server', 'open', { key: 'k', mentee: 'nia', mentor: 'mei' });
		room.must('server', 'open', { key: 'k', mentor: 'jon' });
		expect(room.rooms()[0]!.people.map(({ person }) => person)).toEqual(['nia', 'mei', 'jon']);
	});

	it.each([
		['nobody', { key: 'k' }],
		['nobody', { key: 'k', mentee: '', mentor: null }],
		['nobody', { key: 'k', somebody: 'nia' }],
		['invalid', { mentee: 'nia' }],
		['invalid', { key: '', mentee: 'nia' }],
		['invalid', { key: 'x'.repeat(81), mentee: 'nia' }]
	])('refuses a room without people or without a key (%s)', (code, payload) => {
		expect(start().run('server', 'open', payload)).toMatchObject({ ok: false, error: { code } });
	});

	it('cuts a title that is too long', () => {
		const room = start();
		room.must('server', 'open', { key: 'k', mentee: 'nia', topic: 'x'.repeat(300) });
		expect(room.rooms()[0]!.title).toHaveLength(140);
	});

	it('forgets a person in the title as well', () => {
		const room = start();
		room.must('server', 'open', { key: 'k', mentee: 'nia', mentor: 'mei', topic: 'SQL' });
		programme.forget!(structuredClone(room.state), 'nia', {});
		const state = structuredClone(room.state);
		programme.forget!(state, 'nia', {});
		expect(JSON.stringify(state)).not.toContain('nia');
	});
});

describe('orders', () => {
	it('stand in the order in which they were given, for the rooms there were', () => {
		const room = start();
		room.must('server', 'open', { key: 'a', mentee: 'nia' });
		room.must('ada', 'send', { order: 'later' });
		room.must('ada', 'send', { order: 'close', to: 'a' });
		room.must('server', 'open', { key: 'b', mentee: 'jon' });
		const orders = Object.fromEntries(
			room.rooms().map(({ key, orders }) => [key, orders.map(({ payload }) => payload)])
		);
		expect(orders).toEqual({ a: [{ to: 'P1' }, { to: 'P5' }], b: [{ to: 'P1' }] });
	});

	it.each([
		['no_order', { order: 'delete' }],
		['no_order', { order: '__proto__' }],
		['no_rooms', { order: 'close' }],
		['gone', { order: 'later', to: 'nowhere' }],
		['invalid', { order: 7 }],
		['invalid', { order: 'later', with: { deep: { er: 1 } } }]
	])('are refused where there is none, or nobody to get it (%s)', (code, payload) => {
		expect(start().run('ada', 'send', payload as Json)).toMatchObject({ ok: false, error: { code } });
	});
});

describe('what it hears', () => {
	it('is shown to those who run it, and counted', () => {
		const room = start();
		room.must('server', 'open', { key: 'a', mentee: 'nia' });
		room.must('server', 'open', { key: 'b', mentee: 'jon' });
		const facts = { 'plan.done': { name: { en: 'Done' }, value: 3, of: 4 } };
		room.must('server', 'reported', {
			rooms: [
				news('a', { report: report({ held: 2, facts }), turnedAway: { mei: 'No seat.' } }),
				news('b', { room: null, refused: 'No such preset.', report: null }),
				news('elsewhere')
			]
		});
		expect(room.record().counts).toEqual({ now: { rooms: 2, opened: 1, refused: 1, gone: 0, held: 2 } });
		expect(room.facts()).toMatchObject({ held: 2, 'phase/P1': 1, 'plan/done': 3, 'plan/done/of': 4 });
		const { rooms } = room.desk();
		expect(rooms.a).toMatchObject({ is: 'open', report: { held: 2 } });
		expect(rooms.b).toMatchObject({ is: 'refused', refused: 'No such preset.' });
		expect(rooms.elsewhere).toBeUndefined();
		expect(room.emitted.filter(({ event }) => event === 'opened')).toHaveLength(1);
	});

	it('changes nothing if it is the same', () => {
		const room = start();
		room.must('server', 'open', { key: 'a', mentee: 'nia' });
		room.must('server', 'reported', { rooms: [news('a')] });
		const before = room.state;
		room.must('server', 'reported', { rooms: [news('a')] });
		expect(room.state).toBe(before);
	});
});

it('says what people in a room gave to whoever runs it, and what they took back, each once and shown nobody here', () => {
	const h = start();
	h.must('server', 'open', { key: 'p1', mentee: 'nia', mentor: 'mei' });
	const tell = (handed?: object) =>
		h.must('server', 'reported', { rooms: [news('p1', { handed } as object)] });
	const heard = () => h.emitted.splice(0).filter(({ event }) => event === 'handed' || event === 'tookBack');
	const [first, second] = [{ text: 'Say it early' }, { text: 'One page', key: 'made up' }];
	tell({ 'tips/a': first, 'tips/b': second });
	expect(heard()).toEqual([
		{ event: 'handed', data: { ...first, key: 'p1/tips/a' } },
		{ event: 'handed', data: { text: 'One page', key: 'p1/tips/b' } }
	]);
	tell({ 'tips/a': first, 'tips/b': { text: 'Two pages' } });
	expect(heard()).toEqual([{ event: 'handed', data: { text: 'Two pages', key: 'p1/tips/b' } }]);
	expect(JSON.stringify([h.record(), h.desk(), h.own('nia')])).not.toContain('Say it early');
	tell();
	expect(heard().map(({ data }) => data.key)).toEqual(['p1/tips/a', 'p1/tips/b']);
});

it('says what a room lets it know, for formats to wire, once for each change', () => {
	const h = start();
	h.must('server', 'open', { key: 'p1', mentee: 'nia', mentor: 'mei' });
	const facts = { 'fit.says/mentee': { name: { en: 'Fit' }, value: 'bad', of: null } };
	const told = news('p1', { report: report({ held: 1, facts }) });
	h.must('server', 'reported', { rooms: [told] });
	h.must('server', 'reported', { rooms: [told] });
	expect(h.emitted.filter(({ event }) => event === 'told')).toEqual([
		{ event: 'told', data: { key: 'p1', held: 1, 'fit.says/mentee': 'bad' } }
	]);
});
