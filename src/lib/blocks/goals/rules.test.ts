import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import type { Json } from '../block.ts';
import type { Tables } from '../block.ts';
import { harness, typed } from '../testing.ts';
import { standingOf, historyOf, type GoalsOwn, type GoalsRecord } from './model.ts';
import { goals } from './rules.ts';

const PEOPLE = { nadia: 'coachee', ben: 'coach', tess: 'coach', sara: 'sponsor' };
const DAY = 86_400_000;

function room(settings: Json = {}) {
	const h = harness<GoalsRecord, Tables, GoalsOwn>(goals, settings, PEOPLE, ['coachee']);
	return {
		...h,
		get state() {
			return h.state;
		},
		add: (by: string, text: string, more: { [key: string]: Json } = {}) =>
			(h.must(by, 'add', { text, ...more }) as { id: string }).id,
		standing(id: string) {
			const { goals, points } = h.record();
			return standingOf(goals[id]!, historyOf(points, id));
		}
	};
}

const committee = {
	text: 'Present to the risk committee without reading slides',
	area: 'Presenting',
	why: 'They decide on my cases.',
	sign: 'Two questions answered without notes.',
	now: 3,
	target: 7,
	by: '2026-09-30'
};

describe('a goal', () => {
	it('keeps what it says, begins its history where it stands, and is found across rooms', () => {
		const h = room();
		const { id } = h.must('nadia', 'add', committee) as { id: string };
		const { now, ...said } = committee;
		expect(h.record().goals[id]).toMatchObject({
			...said,
			owner: 'nadia',
			state: 'open',
			visibility: 'room'
		});
		expect(Object.values(h.record().points)).toMatchObject([{ goal: id, kind: 'start', value: now }]);
		expect(h.ledger()).toMatchObject([
			{
				id,
				kind: 'goal',
				person: 'nadia',
				state: 'open',
				due: '2026-09-30',
				text: committee.text,
				data: { first: 3, now: 3, target: 7 }
			}
		]);
		expect(h.emitted).toMatchObject([{ event: 'added', data: { owner: 'nadia' } }]);
	});

	it.each([
		[{ text: '  ' }, 'invalid', 'text'],
		[{ text: 'x'.repeat(141) }, 'invalid', 'text'],
		[{ text: 7 }, 'invalid', 'text'],
		[{ text: 'a', by: '2026-02-30' }, 'invalid', 'by'],
		[{ text: 'a', now: 3.5 }, 'invalid', 'now'],
		[{ text: 'a', now: 11 }, 'off_scale', 'now'],
		[{ text: 'a', target: -1 }, 'off_scale', 'target'],
		[{ text: 'a', sign: 'x'.repeat(281) }, 'invalid', 'sign'],
		[{ text: 'a', supporter: 'gone' }, 'gone', 'supporter'],
		[{ text: 'a', supporter: 'nadia' }, 'oneself', 'supporter'],
		[{ text: 'a', visibility: 'all' }, 'invalid', 'visibility'],
		[{ text: 'a', visibility: 'shared' }, 'nobody', 'visibility']
	])('refuses %j', (payload, code, field) => {
		expect(room().run('nadia', 'add', payload)).toMatchObject({ error: { code, field } });
	});

	it('is changed by its owner alone', () => {
		const h = room({ to: 'sponsor' });
		const id = h.add('nadia', 'a', { now: 3 });
		for (const [verb, payload] of [
			['edit', { id, text: 'b' }],
			['show', { id, visibility: 'shared' }],
			['rate', { id, value: 9 }],
			['checkIn', { id, value: 9 }],
			['settle', { id, as: 'met' }],
			['drop', { id }]
		] as const)
			expect(h.run('ben', verb, payload)).toMatchObject({
				error: { code: 'not_yours', message: 'Only nadia can change this goal.' }
			});
		expect(h.run('ben', 'reopen', { id })).toMatchObject({ error: { code: 'gone' } });
		h.must('nadia', 'edit', { id, text: 'b', target: 8 });
		expect(h.record().goals[id]).toMatchObject({ text: 'b', target: 8, by: null });
	});

	it('moves its beginning until the scale has a history', () => {
		const h = room();
		const id = h.add('nadia', 'a', { target: 7 });
		h.must('nadia', 'edit', { id, now: 2 });
		h.must('nadia', 'edit', { id, now: 3 });
		expect(h.standing(id)).toEqual({ first: 3, now: 3, gain: null, reached: false });
		h.must('nadia', 'rate', { id, value: 4 });
		expect(h.run('nadia', 'edit', { id, now: 1 })).toMatchObject({
			error: { code: 'history', field: 'now' }
		});
		h.must('nadia', 'edit', { id, now: 3, text: 'b' });
		expect(h.standing(id).gain).toBe(1);
	});

	it('is one of a few', () => {
		const h = room({ most: 2 });
		h.add('nadia', 'a');
		const second = h.add('nadia', 'b');
		expect(h.run('nadia', 'add', { text: 'c' })).toMatchObject({ error: { code: 'enough' } });
		h.must('nadia', 'settle', { id: second, as: 'left' });
		expect(h.run('nadia', 'add', { text: 'c' }).ok).toBe(true);
	});

	it('is dropped and taken up again', () => {
		const h = room();
		const id = h.add('nadia', 'a', { now: 3 });
		h.must('nadia', 'drop', { id });
		expect(h.record()).toEqual({ goals: {}, points: {}, next: {} });
		expect(h.ledger()).toEqual([]);
		expect(h.run('nadia', 'rate', { id, value: 4 })).toMatchObject({ error: { code: 'gone', field: 'id' } });
		h.must('nadia', 'reopen', { id });
		expect(h.record().goals[id]?.state).toBe('open');
		expect(h.run('nadia', 'reopen', { id })).toMatchObject({ error: { code: 'open' } });
	});

	it('that is met or let go takes no more points, until it is taken up again', () => {
		const h = room();
		const id = h.add('nadia', 'a', { now: 3 });
		h.must('nadia', 'settle', { id, as: 'met' });
		h.must('nadia', 'settle', { id, as: 'met' });
		expect(h.emitted.filter(({ event }) => event === 'met')).toHaveLength(1);
		for (const verb of ['rate', 'checkIn'])
			expect(h.run('nadia', verb, { id, value: 4 })).toMatchObject({ error: { code: 'settled' } });
		h.must('nadia', 'reopen', { id });
		expect(h.run('nadia', 'rate', { id, value: 4 }).ok).toBe(true);
	});
});

describe('the scale', () => {
	it('tells before, now and gain, whichever way the target lies', () => {
		const h = room();
		const up = h.add('nadia', 'a', { now: 3, target: 7 });
		const down = h.add('nadia', 'b', { now: 8, target: 2 });
		for (const [id, value] of [
			[up, 7],
			[down, 5]
		] as const)
			h.must('nadia', 'rate', { id, value, said: 'seen' });
		expect(h.standing(up)).toEqual({ first: 3, now: 7, gain: 4, reached: true });
		expect(h.standing(down)).toEqual({ first: 8, now: 5, gain: 3, reached: false });
	});

	it('is corrected within a phase and goes on in the next', () => {
		const h = room();
		const id = h.add('nadia', 'a', { now: 3 });
		expect(h.facts()).toMatchObject({ unrated: 1 });
		h.must('nadia', 'rate', { id, value: 5 });
		h.must('nadia', 'rate', { id, value: 4, said: 'looked up twice' });
		expect(h.facts()).toMatchObject({ unrated: 0 });
		expect(historyOf(h.record().points, id).map((one) => [one.value, one.said])).toEqual([
			[3, ''],
			[4, 'looked up twice']
		]);
		h.scene.phase = 'P8';
		expect(h.facts()).toMatchObject({ unrated: 1 });
		h.must('nadia', 'rate', { id, value: 7 });
		expect(historyOf(h.record().points, id).map((one) => one.value)).toEqual([3, 4, 7]);
		expect(h.run('nadia', 'rate', { id, value: 11 })).toMatchObject({ error: { code: 'off_scale' } });
	});

	it('gives a point of one’s own back, but not the beginning', () => {
		const h = room();
		const id = h.add('nadia', 'a', { now: 3 });
		const start = Object.keys(h.record().points)[0]!;
		const { point } = h.must('nadia', 'rate', { id, value: 5 }) as { point: string };
		expect(h.run('ben', 'retract', { point })).toMatchObject({ error: { code: 'gone' } });
		expect(h.run('nadia', 'retract', { point: start })).toMatchObject({ error: { code: 'gone' } });
		h.must('nadia', 'retract', { point });
		expect(h.standing(id)).toMatchObject({ now: 3, gain: null });
	});
});

describe('a check-in', () => {
	it('of coaching is two taps on how far it went, and no point of the scale', () => {
		const h = room({ taps: 'progress' });
		const id = h.add('nadia', 'a', { now: 3 });
		expect(h.run('nadia', 'checkIn', { id, value: 4 })).toMatchObject({ error: { field: 'progress' } });
		h.must('nadia', 'checkIn', { id, progress: 'some', said: 'One done, less awful.' });
		expect(historyOf(h.record().points, id).at(-1)).toMatchObject({ kind: 'checkin', progress: 'some' });
		expect(h.standing(id).now).toBe(3);
	});

	it('of a review counts on the scale, month after month, by the owner or the supporter', () => {
		const h = room({ asks: ['measure', 'supporter'], needs: ['measure', 'supporter'], every: 30 });
		const id = h.add('nadia', 'In vendor calls the owner speaks first', {
			measure: 'Vendor calls out of ten',
			supporter: 'tess',
			target: 8
		});
		expect(h.facts()).toMatchObject({ ready: 1 });
		for (const [by, value] of [
			['nadia', 4],
			['tess', 7],
			['nadia', 9]
		] as const) {
			h.must(by, 'checkIn', { id, value });
			h.clock.now += 30 * DAY;
		}
		expect(h.run('ben', 'checkIn', { id, value: 1 })).toMatchObject({ error: { code: 'not_yours' } });
		expect(historyOf(h.record().points, id).map((one) => one.value)).toEqual([4, 7, 9]);
		expect(h.standing(id)).toEqual({ first: 4, now: 9, gain: 5, reached: true });
		expect(h.record().next[id]).toBe('2026-07-29');
		expect(h.ledger()[0]?.data).toMatchObject({ next: '2026-07-29', supporter: 'tess' });
	});

	it('is asked for as often as was planned, and what two say of the same month is one', () => {
		const h = room({ every: 30, planned: 3 });
		const id = h.add('nadia', 'In vendor calls the owner speaks first', { supporter: 'tess', now: 2 });
		const looks = () => h.matters().filter((one) => one.id.startsWith('look/'));
		expect(h.facts()).toMatchObject({ checkIns: 0, planned: 3 });
		for (const [index, value] of [4, 7, 9].entries()) {
			expect(looks()).toHaveLength(1);
			h.must('tess', 'checkIn', { id, value });
			h.clock.now += 3 * DAY;
			h.must('nadia', 'checkIn', { id, value });
			expect(h.facts()).toMatchObject({ checkIns: index + 1 });
			h.clock.now += 27 * DAY;
		}
		expect(looks()).toEqual([]);
		expect(h.matters().filter((one) => one.id.startsWith('support/'))).toEqual([]);
		expect(h.record().next).toEqual({});
		h.must('nadia', 'checkIn', { id, value: 10 });
		expect(h.facts()).toMatchObject({ checkIns: 3 });
		// of several goals, as often as each was looked at; of settled ones as often as they were
		const other = h.add('nadia', 'Leaves room', { now: 1 });
		expect(h.facts()).toMatchObject({ checkIns: 0 });
		h.must('nadia', 'settle', { id: other, as: 'left' });
		h.must('nadia', 'settle', { id, as: 'met' });
		expect(h.facts()).toMatchObject({ checkIns: 3 });
	});

	it('once more on the same day corrects the first', () => {
		const h = room();
		const id = h.add('nadia', 'a');
		h.must('nadia', 'checkIn', { id, value: 4 });
		h.must('nadia', 'checkIn', { id, value: 5 });
		expect(historyOf(h.record().points, id)).toHaveLength(1);
		h.clock.now += DAY;
		h.must('nadia', 'checkIn', { id, value: 6 });
		expect(historyOf(h.record().points, id)).toHaveLength(2);
	});
});

describe('the fact “ready”', () => {
	it('asks for all that the format needs', () => {
		const h = room({ needs: ['scale', 'sign'] });
		const id = h.add('nadia', 'a');
		expect(h.facts()).toMatchObject({ open: 1, ready: 0 });
		h.must('nadia', 'edit', { id, now: 3, target: 7 });
		expect(h.facts()).toMatchObject({ ready: 0 });
		h.must('nadia', 'edit', { id, sign: 'Two questions answered without notes.' });
		expect(h.facts()).toMatchObject({ ready: 1 });
	});
});

describe('who sees a goal', () => {
	it('its owner alone, if they keep it: it is in no record, ledger, fact, event or answer', () => {
		const h = room({ to: 'sponsor' });
		const id = h.add('nadia', 'secret wish', { visibility: 'self', now: 3, target: 7 });
		h.must('nadia', 'rate', { id, value: 4, said: 'secret sign' });
		h.must('nadia', 'checkIn', { id, value: 5, said: 'secret note' });
		h.must('nadia', 'settle', { id, as: 'met' });
		const others = [h.record(), h.own('ben'), h.own('sara'), h.ledger(), h.facts(), h.emitted];
		expect(JSON.stringify(others)).not.toMatch(/secret|"met":1|"open":1/);
		expect(h.own('nadia')).toMatchObject({ goals: [{ id }], points: [{}, {}, {}] });
		for (const verb of ['edit', 'drop', 'rate', 'settle'])
			expect(h.run('ben', verb, { id, value: 1, as: 'met' })).toMatchObject({ error: { code: 'gone' } });
	});

	it('the role outside is told titles that are shared, and nothing else', () => {
		const h = room({ to: 'sponsor' });
		const id = h.add('nadia', 'Present freely', { sign: 'sign', why: 'why', now: 3, target: 7 });
		h.add('nadia', 'kept');
		expect(h.own('sara').shared).toEqual([]);
		h.must('nadia', 'show', { id, visibility: 'shared' });
		expect(h.touched.has('sara')).toBe(true);
		expect(h.own('sara')).toEqual({ goals: [], points: [], shared: [{ id, text: 'Present freely' }] });
		expect(h.own('ben').shared).toEqual([]);
		h.must('nadia', 'show', { id, visibility: 'room' });
		expect(h.own('sara').shared).toEqual([]);
	});
});

it('the next meeting goes on with what is open, and with its whole history', () => {
	const h = room();
	const open = h.add('nadia', 'open', { now: 3 });
	const met = h.add('nadia', 'met', { now: 3 });
	h.must('nadia', 'rate', { id: open, value: 4 });
	h.must('nadia', 'settle', { id: met, as: 'met' });
	h.nextMeeting('meeting');
	expect(Object.keys(h.record().goals)).toEqual([open]);
	expect(historyOf(h.record().points, open).map((one) => one.value)).toEqual([3, 4]);
});

it('forgets a person: their goals, their words on others’ goals, and that they support somebody', () => {
	const h = room();
	const gone = h.add('nadia', 'theirs', { now: 3 });
	const kept = h.add('ben', 'kept', { supporter: 'nadia', now: 1 });
	h.must('nadia', 'checkIn', { id: kept, value: 5, said: 'theirs' });
	const state = structuredClone(h.state);
	goals.forget!(state, 'nadia', {});
	expect(JSON.stringify(state)).not.toMatch(/nadia|theirs/);
	expect(Object.keys(state.goals!)).toEqual([kept]);
	expect(state.goals![gone]).toBeUndefined();
});

describe('whatever is asked, in whatever order', () => {
	const verb = fc.constantFrom(
		'add',
		'edit',
		'show',
		'rate',
		'checkIn',
		'settle',
		'drop',
		'reopen',
		'retract'
	);
	const asked = fc.record({
		by: fc.constantFrom('nadia', 'ben', 'sara'),
		verb,
		goal: fc.nat({ max: 3 }),
		value: fc.integer({ min: -2, max: 12 }),
		to: fc.constantFrom('self', 'room', 'shared'),
		as: fc.constantFrom('met', 'left'),
		wait: fc.boolean()
	});

	it('a goal is its owner’s, a point lies on the scale, and what is kept is nowhere but with its owner', () => {
		let runs = 0;
		fc.assert(
			fc.property(fc.array(asked, { minLength: 5, maxLength: 40 }), (steps) => {
				runs++;
				const h = room({ to: 'sponsor', most: 3 });
				const made: string[] = [];
				for (const { by, verb, goal, value, to, as, wait } of steps) {
					const id = made[goal] ?? 'none';
					const before = JSON.stringify(h.state);
					const of = h.state.goals![id] as { owner: string } | undefined;
					const points = Object.keys(h.state.points!);
					const answer = h.run(by, verb, {
						id,
						...(verb === 'add' || verb === 'edit' ? { text: `of ${by}` } : {}),
						value,
						said: `said by ${by}`,
						visibility: to,
						as,
						point: points[goal] ?? 'none'
					});
					if (answer.ok && verb === 'add') made.push((answer.result as { id: string }).id);
					if (!answer.ok || (of && of.owner !== by && verb !== 'add' && verb !== 'retract'))
						expect(JSON.stringify(h.state)).toBe(before);
					if (wait) h.clock.now += DAY;
				}
				const state = typed<GoalsRecord>(h.state);
				for (const goal of Object.values(state.goals)) expect(goal.text).toBe(`of ${goal.owner}`);
				for (const point of Object.values(state.points)) {
					expect(point.value).toBeGreaterThanOrEqual(0);
					expect(point.value).toBeLessThanOrEqual(10);
					expect(state.goals[point.goal]?.owner).toBe(point.by);
				}
				const shown = JSON.stringify([h.record(), h.own('ben'), h.own('sara'), h.ledger()]);
				for (const goal of Object.values(state.goals))
					if (goal.visibility === 'self' && goal.owner === 'nadia') expect(shown).not.toContain(goal.id);
				const titles = Object.values(state.goals)
					.filter((one) => one.visibility === 'shared' && (one.state === 'open' || one.state === 'met'))
					.map(({ id, text }) => ({ id, text }));
				expect(h.own('sara').shared).toEqual(titles);
				expect(h.facts().open).toBe(
					Object.values(h.record().goals).filter((one) => one.state === 'open').length
				);
			}),
			{ numRuns: 150 }
		);
		expect(runs).toBe(150);
	});
});
