import { describe, expect, it } from 'vitest';
import { DAY, dayAt, plusDays } from '../days.ts';
import { harness } from '../testing.ts';
import { meetings } from './rules.ts';

const people = { nia: 'mentee', omar: 'mentor', mara: 'manager', ada: 'administrator' };
const settings = {
	planned: 9,
	keeper: 'mentor',
	above: 'administrator',
	told: ['manager', 'administrator']
};

function room() {
	const h = harness(meetings, settings, people, ['mentor']);
	const today = () => dayAt(h.clock.now);
	h.must('server', 'begin', { day: today() });
	return {
		...h,
		today,
		met: () => (h.must('omar', 'add', { day: today(), topics: 'The case tool' }) as { id: string }).id,
		/** The server does what is due, until so many days have passed. */
		pass(days: number) {
			const end = h.clock.now + days * DAY;
			for (let due = h.due(); due && due.at <= end; due = h.due()) {
				h.clock.now = Math.max(h.clock.now, due.at);
				h.must('server', due.verb, due.payload);
			}
			h.clock.now = end;
		}
	};
}

describe('a meeting', () => {
	it('is written down once it has taken place, and counted for those who are told', () => {
		const h = room();
		const id = h.met();
		expect(h.facts()).toMatchObject({ held: 1, planned: 9, complete: false });
		expect(h.own('mara')).toEqual({ told: { held: 1, planned: 9 }, nudge: null });
		expect(h.own('nia')).toEqual({ told: null, nudge: null });
		h.must('nia', 'edit', { id, next: 'Escalation' });
		h.must('nia', 'drop', { id });
		expect(h.facts()).toMatchObject({ held: 0 });
		expect(h.record().meetings).toEqual({});
		h.must('nia', 'restore', { id });
		expect(h.emitted[0]).toMatchObject({ event: 'held', data: { count: 1 } });
	});

	it.each([
		['add', { day: '2030-01-01', topics: 'a' }, 'ahead', 'day'],
		['add', { day: '2026-04-31', topics: 'a' }, 'invalid', 'day'],
		['add', { day: '2026-04-29', topics: ' ' }, 'invalid', 'topics'],
		['edit', { id: 'x', topics: 'a' }, 'gone', 'id'],
		['restore', { id: 'x' }, 'gone', 'id'],
		['set', { day: '2026-01-01' }, 'past', 'day'],
		['set', { day: '2028-01-01' }, 'past', 'day'],
		['set', {}, 'invalid', 'day'],
		['set', { at: Date.UTC(2026, 3, 30, 9) }, 'past', 'at'],
		['set', { at: 1e300 }, 'past', 'at'],
		['set', { at: Date.UTC(2026, 4, 14, 9), zone: '+02:00' }, 'zone', 'zone'],
		['set', { at: Date.UTC(2026, 4, 14, 9), minutes: 1 }, 'invalid', 'minutes'],
		['nudge', {}, 'not_yet', undefined]
	])('is refused: %s %j', (verb, payload, code, field) => {
		expect(room().run('omar', verb, payload)).toMatchObject({ error: { code, ...(field && { field }) } });
	});
});

describe('the next one, with an hour', () => {
	const nine = Date.UTC(2026, 4, 14, 9);
	const set = (at: number, more: object = {}) => ({ at, minutes: 45, place: 'Coffee bar', ...more });

	it('stands in the calendars of those who meet, and of nobody who is only told', () => {
		const h = room();
		h.must('omar', 'set', set(nine));
		expect(h.appointments()).toMatchObject([
			{ starts: nine, ends: nine + 45 * 60_000, place: 'Coffee bar', revision: 0, cancelled: false }
		]);
		expect(h.appointments()[0]!.people).toEqual({ taking: ['nia', 'omar'], waiting: [] });
		// said by the appointment, and not a second time
		expect(h.matters()).toEqual([]);
		expect(h.record()).toMatchObject({ coming: { now: { day: '2026-05-14' } } });
	});

	it('is of the day that it is where whoever sets it is', () => {
		const h = room();
		const late = Date.UTC(2026, 4, 14, 22, 30);
		h.must('omar', 'set', set(late, { zone: 'Europe/Berlin' }));
		expect(h.record()).toMatchObject({ coming: { now: { day: '2026-05-15' } } });
		h.must('omar', 'set', set(late, { zone: 'America/New_York' }));
		expect(h.record()).toMatchObject({ coming: { now: { day: '2026-05-14' } } });
		expect(h.appointments()).toHaveLength(1);
	});

	it('moves in calendars, goes out of them with its hour, and comes back as the same', () => {
		const h = room();
		h.must('omar', 'set', set(nine));
		const { id } = h.appointments()[0]!;
		h.must('nia', 'set', set(nine + DAY));
		h.must('nia', 'set', set(nine + DAY));
		expect(h.appointments()).toMatchObject([{ id, starts: nine + DAY, revision: 1 }]);
		h.must('nia', 'set', { day: '2026-05-20' });
		expect(h.appointments()).toMatchObject([{ id, revision: 2, cancelled: true }]);
		expect(h.record()).toMatchObject({ dates: {} });
		h.must('nia', 'set', set(nine));
		expect(h.appointments()).toMatchObject([{ id, revision: 3, cancelled: false }]);
		h.must('nia', 'set', { day: null });
		expect(h.appointments()).toMatchObject([{ id, revision: 4, cancelled: true }]);
	});

	it('stays where it was once it was held or has begun, and the next is another', () => {
		const h = room();
		h.must('omar', 'set', set(nine));
		h.clock.now = nine + 60_000;
		h.met();
		h.must('omar', 'set', set(nine + 7 * DAY));
		h.clock.now = nine + 8 * DAY;
		h.must('omar', 'set', set(nine + 14 * DAY));
		expect(h.appointments().map(({ starts, cancelled }) => [(starts - nine) / DAY, cancelled])).toEqual([
			[0, false],
			[7, false],
			[14, false]
		]);
		h.must('server', 'stop');
		expect(h.appointments().map(({ cancelled }) => cancelled)).toEqual([false, false, true]);
	});
});

describe('silence', () => {
	it('nudges the mentor after 10 days, the administrator after 17, and nobody else hears of that', () => {
		const h = room();
		h.met();
		h.pass(9);
		expect(h.own('omar')).toMatchObject({ nudge: null });
		h.pass(1);
		expect(h.own('omar')).toMatchObject({ nudge: { days: 10, role: 'mentor' } });
		expect(h.own('ada')).toMatchObject({ nudge: null });
		expect(h.facts()).toMatchObject({ silent: 10 });
		h.pass(7);
		expect(h.own('ada')).toMatchObject({ nudge: { days: 17, role: 'administrator' } });
		expect(JSON.stringify(h.record())).not.toContain('administrator');
		expect(h.due()).toBeNull();
		h.met();
		expect(h.own('ada')).toMatchObject({ nudge: null });
		expect(h.facts()).toMatchObject({ silent: 0 });
		expect(h.emitted.filter(({ event }) => event === 'silent').map(({ data }) => data.days)).toEqual([
			10, 17
		]);
	});

	it('begins after the day that is set, and ends with any sign of the mentor', () => {
		const h = room();
		h.must('nia', 'set', { day: plusDays(h.today(), 6) });
		h.pass(16);
		expect(h.facts()).toMatchObject({ silent: 0 });
		h.pass(1);
		expect(h.facts()).toMatchObject({ silent: 10 });
		h.must('server', 'sign', { person: 'nia' });
		expect(h.facts()).toMatchObject({ silent: 10 });
		h.must('server', 'sign', { person: 'omar' });
		expect(h.facts()).toMatchObject({ silent: 0 });
	});

	it('is nobody’s business before the beginning, after the end, and once all were held', () => {
		const idle = harness(meetings, settings, people);
		expect(idle.due()).toBeNull();
		const h = room();
		for (let count = 0; count < 9; count++) h.met();
		expect(h.facts()).toMatchObject({ complete: true });
		expect(h.due()).toBeNull();
		const over = room();
		over.pass(12);
		over.must('server', 'stop');
		expect(over.own('omar')).toMatchObject({ nudge: null });
		expect(over.due()).toBeNull();
	});
});

describe('what concerns a person wherever they are', () => {
	const told = (h: ReturnType<typeof room>) =>
		h.matters().map(({ person, kind, when }) => [person, kind, when ?? null]);

	it('is the next meeting, for both, until it was held', () => {
		const h = room();
		const day = plusDays(h.today(), 3);
		h.must('omar', 'set', { day });
		expect(told(h)).toEqual([
			['nia', 'coming', { day }],
			['omar', 'coming', { day }]
		]);
		h.pass(3);
		h.met();
		expect(told(h)).toEqual([]);
		h.must('omar', 'set', { day: h.today() });
		h.must('omar', 'set', { day: null });
		expect(told(h)).toEqual([]);
	});

	it('is a silence, for each whom it was said to, and another one the next time', () => {
		const h = room();
		h.pass(10);
		expect(told(h)).toEqual([['omar', 'answer', null]]);
		const id = h.matters()[0]?.id;
		h.pass(7);
		expect(told(h).map(([person]) => person)).toEqual(['omar', 'ada']);
		h.met();
		expect(told(h)).toEqual([]);
		h.pass(10);
		expect(h.matters()[0]!.id).not.toBe(id);
	});
});
