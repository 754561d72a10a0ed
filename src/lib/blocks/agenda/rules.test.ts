import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { harness } from '../testing.ts';
import {
	left,
	placeOf,
	type AgendaOwn,
	type AgendaPhase,
	type AgendaRecord,
	type AgendaState,
	type Now
} from './model.ts';
import { agenda } from './rules.ts';

const plain = { minutes: null, fixed: false, gates: [] };

const phases: AgendaPhase[] = [
	{ ...plain, id: 'P0', when: 'ahead' },
	{ ...plain, id: 'P1', when: 'live', minutes: 10 },
	{ ...plain, id: 'P2', when: 'live', minutes: 5, fixed: true },
	{
		...plain,
		id: 'P3',
		when: 'live',
		minutes: 15,
		gates: [{ fact: 'board.notes', atLeast: 2, because: { en: 'Write two notes first.' } }]
	},
	{
		...plain,
		id: 'P4',
		when: 'after',
		gates: [{ fact: 'actions.unreviewed', is: 0, because: { en: 'Review every action first.' } }]
	}
];

function meeting(of: AgendaPhase[] = phases) {
	const room = harness(agenda, { phases: of }, { hedda: 'host', tom: 'member', ida: 'member' });
	room.must('server', 'prepare');
	const now = (): Now => (room.state as AgendaState).now.current!;
	return {
		...room,
		state: () => room.state as AgendaState,
		now,
		/** A command of the host's who saw the run that is open. */
		host: (verb: string, payload = {}) => room.run('hedda', verb, { expects: now().run, ...payload }),
		pass: (minutes: number) => (room.clock.now += minutes * 60_000),
		open(notes = 2, unreviewed = 0) {
			room.others.board = { notes };
			room.others.actions = { unreviewed };
		}
	};
}

const refused = (code: string, field?: string) => ({
	ok: false,
	error: { code, message: expect.any(String), ...(field === undefined ? {} : { field }) }
});

describe('a phase that the format has no more', () => {
	/** It stood in that phase when the format lost it. */
	function gone(phase: AgendaPhase, at: number) {
		const room = meeting(phases.toSpliced(at, 0, phase));
		room.open();
		room.host('start');
		while (room.now().phase !== phase.id) {
			room.pass(10);
			expect(room.host('advance')).toMatchObject({ ok: true });
		}
		room.configure({ phases });
		return room;
	}
	const last: AgendaPhase = { ...plain, id: 'P9', when: 'after' };

	it('counts as the last of its part of the meeting', () => {
		const at = (status: Now['status']) => placeOf(phases, { phase: 'P9', status });
		expect(['ahead', 'live', 'after', 'ended'].map((status) => at(status as Now['status']))).toEqual([
			0, 3, 4, 4
		]);
		expect(placeOf(phases.slice(1), { phase: 'P9', status: 'ahead' })).toBe(-1);
		expect(placeOf(phases, { phase: 'P2', status: 'after' })).toBe(2);
	});

	it('is followed by what follows that one, and led back from', () => {
		const room = gone(last, 5);
		expect(room.host('advance')).toMatchObject(refused('no_phase', 'to'));
		expect(room.host('back')).toMatchObject({ ok: true });
		expect(room.now()).toMatchObject({ phase: 'P3', status: 'live' });
		expect(Object.values(room.state().visits).at(-1)).toMatchObject({ phase: 'P9' });
	});

	it('can be ended, and the meeting was held', () => {
		const room = gone(last, 5);
		expect(room.host('end')).toMatchObject({ ok: true });
		expect(room.now()).toMatchObject({ phase: 'P9', status: 'ended' });
		expect(Object.keys(room.state().held)).toHaveLength(1);
	});

	it('is followed by what comes after the live part, where it was live', () => {
		const room = gone({ ...last, id: 'P7', when: 'live' }, 4);
		expect(room.host('advance')).toMatchObject({ ok: true });
		expect(room.now()).toMatchObject({ phase: 'P4', status: 'after' });
	});
});

describe('preparing and starting', () => {
	it('opens the first phase, ahead of the meeting and without a clock', () => {
		const { now } = meeting();
		expect(now()).toMatchObject({ phase: 'P0', status: 'ahead', clock: { is: 'none' }, began: null });
	});

	it('is ahead of the meeting even where the first phase is a live one', () => {
		const { now, host } = meeting(phases.slice(1));
		expect(now()).toMatchObject({ phase: 'P1', status: 'ahead', clock: { is: 'none' } });
		expect(host('start')).toMatchObject({ ok: true });
		expect(now()).toMatchObject({ phase: 'P1', status: 'live', clock: { is: 'running' } });
	});

	it('is prepared once', () => {
		expect(meeting().run('server', 'prepare')).toMatchObject(refused('here'));
	});

	it('says so where a format has no phases, or none that is live', () => {
		const empty = harness(agenda, {}, { hedda: 'host' });
		expect(empty.run('server', 'prepare')).toMatchObject(refused('no_phase'));
		expect(empty.run('hedda', 'advance', { expects: 'x' })).toMatchObject(refused('not_begun'));
		expect(meeting(phases.slice(0, 1)).host('start')).toMatchObject(refused('no_phase'));
	});

	it('starts at the first live phase, whose clock runs', () => {
		const { host, now, clock } = meeting();
		expect(host('start')).toMatchObject({ ok: true });
		expect(now()).toMatchObject({
			phase: 'P1',
			status: 'live',
			began: clock.now,
			clock: { is: 'running', endsAt: clock.now + 600_000, total: 600_000 }
		});
		expect(host('start')).toMatchObject(refused('begun'));
	});

	it('does not start through a closed gate', () => {
		const gated = phases.map((phase) => (phase.id === 'P1' ? { ...phase, gates: phases[3]!.gates } : phase));
		const { host, open } = meeting(gated);
		open(0);
		expect(host('start')).toMatchObject({
			ok: false,
			error: { code: 'gate', message: 'Write two notes first.' }
		});
		open(2);
		expect(host('start')).toMatchObject({ ok: true });
	});
});

describe('moving', () => {
	it.each(['start', 'advance', 'back', 'pause', 'resume', 'extend', 'end', 'ask', 'ready'])(
		'refuses "%s" of somebody who saw a run that has passed, and changes nothing',
		(verb) => {
			const { run, now, host, state } = meeting();
			const seen = now().run;
			host('start');
			const before = state();
			expect(run('hedda', verb, { expects: seen })).toMatchObject(refused('passed', 'expects'));
			expect(state()).toEqual(before);
		}
	);

	it('lets the first of two who click "next" at once move it, and not the second', () => {
		const { host, run, now } = meeting();
		host('start');
		const seen = now().run;
		expect(run('hedda', 'advance', { expects: seen })).toMatchObject({ ok: true });
		expect(run('tom', 'advance', { expects: seen })).toMatchObject(refused('passed'));
		expect(now().phase).toBe('P2');
	});

	it('goes on, back, and to a phase by name; each visit is kept', () => {
		const { host, now, state, pass } = meeting();
		host('start');
		pass(3);
		host('advance');
		pass(5);
		expect(host('back')).toMatchObject({ ok: true });
		expect(now()).toMatchObject({ phase: 'P1', clock: { is: 'running', total: 600_000 } });
		expect(host('advance', { to: 'P0' })).toMatchObject({ ok: true });
		expect(Object.values(state().visits).map(({ phase }) => phase)).toEqual(['P0', 'P1', 'P2', 'P1']);
		expect(Object.values(state().visits)[1]).toMatchObject({ closed: expect.any(Number) });
	});

	it('runs a phase that is repeated anew, with a run and a clock of its own', () => {
		const { host, now, pass, open } = meeting();
		open();
		host('start');
		host('advance');
		const first = now();
		pass(5);
		host('advance');
		host('back');
		expect(now().phase).toBe('P2');
		expect(now().run).not.toBe(first.run);
		expect(left(now().clock, now().opened)).toBe(5 * 60_000);
	});

	it('refuses to go beyond either end, to a phase of no such name, and to where it is', () => {
		const { host } = meeting();
		expect(host('back')).toMatchObject(refused('no_phase', 'to'));
		expect(host('advance', { to: 'P9' })).toMatchObject(refused('no_phase', 'to'));
		expect(host('advance', { to: 'P0' })).toMatchObject(refused('here', 'to'));
		const short = meeting(phases.slice(0, 2));
		short.host('start');
		expect(short.host('advance')).toMatchObject(refused('no_phase', 'to'));
	});

	it('neither leaves a fixed phase before its time, nor ends the meeting in it', () => {
		const { host, pass, open, now } = meeting();
		open();
		host('start');
		host('advance');
		pass(4);
		expect(host('advance')).toMatchObject({
			ok: false,
			error: { code: 'fixed', message: 'P2 runs its full time: up to 1 min more.' }
		});
		expect(host('end')).toMatchObject(refused('fixed'));
		pass(1);
		expect(host('advance')).toMatchObject({ ok: true });
		expect(now().phase).toBe('P3');
	});

	it('does not take a pause for time that a fixed phase has run', () => {
		const { host, pass } = meeting();
		host('start');
		host('advance');
		host('pause');
		pass(60);
		expect(host('advance')).toMatchObject(refused('fixed'));
	});

	it('skips no fixed phase, neither by name nor by ending', () => {
		const { host, open } = meeting();
		open();
		host('start');
		expect(host('advance', { to: 'P3' })).toMatchObject(refused('fixed', 'to'));
		expect(host('end')).toMatchObject(refused('fixed'));
	});

	it('asks every gate on the way, and none on the way back', () => {
		const { host, pass, open } = meeting();
		host('start');
		host('advance');
		pass(5);
		expect(host('advance')).toMatchObject(refused('gate'));
		open(2, 1);
		expect(host('advance', { to: 'P4' })).toMatchObject({
			ok: false,
			error: { code: 'gate', message: 'Review every action first.' }
		});
		expect(host('advance', { to: 'P3' })).toMatchObject({ ok: true });
		open(0, 1);
		expect(host('back')).toMatchObject({ ok: true });
	});
});

describe('the clock', () => {
	it('stands in a pause, and says what for', () => {
		const { host, now, pass, clock } = meeting();
		host('start');
		pass(4);
		host('pause', { why: 'reflect' });
		expect(now().clock).toEqual({ is: 'paused', left: 360_000, total: 600_000, why: 'reflect' });
		expect(host('pause')).toMatchObject(refused('paused'));
		pass(30);
		expect(host('resume')).toMatchObject({ ok: true });
		expect(now().clock).toEqual({ is: 'running', endsAt: clock.now + 360_000, total: 600_000 });
		expect(host('resume')).toMatchObject(refused('running'));
	});

	it('is extended from its end, from now where that has passed, and while it stands', () => {
		const { host, now, pass, clock } = meeting();
		host('start');
		host('extend', { seconds: 60 });
		expect(left(now().clock, clock.now)).toBe(660_000);
		pass(20);
		host('extend');
		expect(left(now().clock, clock.now)).toBe(120_000);
		pass(5);
		host('pause');
		host('extend', { seconds: 30 });
		expect(left(now().clock, clock.now)).toBe(30_000);
	});

	it('takes two requests for more time, both of them', () => {
		const { run, now, host } = meeting();
		host('start');
		const { run: expects } = now();
		run('hedda', 'extend', { expects, seconds: 60 });
		run('tom', 'extend', { expects, seconds: 60 });
		expect(now().clock).toMatchObject({ total: 720_000 });
	});

	it.each([0, -5, 1.5, 3601, '60', null])('refuses %j seconds more', (seconds) => {
		const { host } = meeting();
		host('start');
		expect(host('extend', { seconds })).toMatchObject(refused('invalid', 'seconds'));
	});

	it('says so where a phase has none', () => {
		const { host } = meeting();
		for (const verb of ['pause', 'resume', 'extend']) expect(host(verb)).toMatchObject(refused('no_clock'));
	});
});

describe('the end', () => {
	it('cannot come before the beginning', () => {
		expect(meeting().host('end')).toMatchObject(refused('not_begun'));
	});

	it('stops the clock, keeps the last visit, and lets nothing follow', () => {
		const { host, now, pass, state, open } = meeting();
		open();
		host('start');
		host('advance');
		pass(5);
		host('advance');
		expect(host('end')).toMatchObject({ ok: true });
		expect(now()).toMatchObject({ status: 'ended', clock: { is: 'none' }, ended: expect.any(Number) });
		expect(Object.values(state().visits).at(-1)?.phase).toBe('P3');
		for (const verb of ['start', 'advance', 'back', 'extend', 'end', 'ask', 'ready'])
			expect(host(verb)).toMatchObject(refused('ended'));
	});

	it('says which phase was left', () => {
		const { host, emitted, pass, open } = meeting();
		open();
		host('start');
		host('advance');
		pass(5);
		host('advance');
		host('end');
		expect(emitted.at(-1)).toEqual({ event: 'ended', data: { phase: 'P3' } });
	});
});

describe('the row of meetings', () => {
	const closing: AgendaPhase[] = [
		{ ...plain, id: 'P0', when: 'ahead' },
		{ ...plain, id: 'P1', when: 'live' },
		{ ...plain, id: 'P2', when: 'after', closing: true }
	];

	function row() {
		const people = { hedda: 'host', tom: 'member', sara: 'sponsor' };
		const room = harness(agenda, { phases: closing, planned: 2, told: ['sponsor'] }, people);
		room.must('server', 'prepare');
		const state = () => room.state as AgendaState;
		return {
			...room,
			host: (verb: string) => room.run('hedda', verb, { expects: state().now.current!.run }),
			pass: (minutes: number) => (room.clock.now += minutes * 60_000),
			series: () => (room.record() as AgendaRecord).series.now,
			told: (person: string) => (room.own(person) as AgendaOwn).told,
			next() {
				room.nextMeeting();
				room.must('server', 'prepare');
			}
		};
	}

	it('counts a meeting once its live part is over, and knows it in the next', () => {
		const room = row();
		room.host('start');
		room.pass(45);
		expect(room.series()).toEqual({ planned: 2, held: 0, closed: null });
		room.host('end');
		room.next();
		expect(room.series()).toMatchObject({ held: 1 });
		room.host('start');
		room.host('advance');
		expect(room.series()).toEqual({ planned: 2, held: 2, closed: null });
		expect(room.facts()).toMatchObject({ held: 2 });
		room.host('back');
		expect(room.series()).toMatchObject({ held: 1 });
	});

	it('asks whoever may close it once all were held, and is closed without another meeting', () => {
		const room = row();
		room.scene.may.close = ['hedda'];
		for (const _ of [1, 2]) {
			expect(room.matters()).toEqual([]);
			room.host('start');
			expect(room.host('close')).toMatchObject({ error: { code: 'begun' } });
			room.host('end');
			room.next();
		}
		expect(room.matters()).toMatchObject([{ person: 'hedda', kind: 'answer', id: 'close/2' }]);
		expect(room.host('close')).toMatchObject({ ok: true });
		expect(room.facts()).toMatchObject({ phase: 'P2', status: 'after', held: 2, closed: null });
		expect(room.matters()).toEqual([]);
		// not yet, after all
		room.host('back');
		expect(room.facts()).toMatchObject({ phase: 'P0', status: 'ahead', held: 2 });
		room.host('close');
		room.pass(3);
		room.host('end');
		expect(room.series()).toEqual({ planned: 2, held: 2, closed: room.clock.now });
		room.next();
		expect(room.matters()).toEqual([]);
	});

	it('is closed early as well, and has no close where there is no phase for it', () => {
		const room = row();
		room.host('close');
		room.host('end');
		expect(room.series()).toMatchObject({ held: 0, closed: room.clock.now });
		expect(meeting().host('close')).toMatchObject(refused('no_phase'));
	});

	it('is closed by the meeting that went through the closing phase, and opens again with another', () => {
		const room = row();
		room.host('start');
		room.host('advance');
		room.pass(5);
		room.host('end');
		expect(room.series()?.closed).toBe(room.clock.now);
		room.next();
		expect(room.series()?.closed).not.toBeNull();
		room.host('start');
		expect(room.series()?.closed).toBeNull();
	});

	it('tells the roles outside dates and number, and nothing of a phase', () => {
		const room = row();
		room.host('start');
		room.pass(45);
		expect(room.told('tom')).toBeUndefined();
		room.touched.clear();
		const began = room.clock.now - 45 * 60_000;
		room.host('end');
		expect(room.touched.has('sara') || room.touched.has('all')).toBe(true);
		expect(room.told('sara')).toEqual({
			planned: 2,
			held: [{ began, ended: room.clock.now }],
			closed: null
		});
		expect(JSON.stringify(room.own('sara'))).not.toContain('P1');
	});
});

describe('the ready-check', () => {
	it('counts who is ready, shows it while it is asked, and forgets it at the next phase', () => {
		const { host, run, now, record, own, clock, facts } = meeting();
		expect(record().check).toEqual({});
		host('ask');
		run('tom', 'ready', { expects: now().run });
		run('tom', 'ready', { expects: now().run });
		run('ida', 'ready', { expects: now().run });
		expect(record().check).toEqual({ count: { ready: 2, of: 3, asked: clock.now } });
		expect([own('tom'), own('hedda')]).toEqual([{ ready: true }, { ready: false }]);
		run('tom', 'ready', { expects: now().run, ready: false });
		expect(facts()).toMatchObject({ ready: 1, phase: 'P0', status: 'ahead' });
		host('start');
		expect(record().check).toEqual({});
		expect(facts()).toMatchObject({ ready: 0 });
	});

	it('shows how many, never who', () => {
		const { host, run, now, record } = meeting();
		host('ask');
		run('tom', 'ready', { expects: now().run });
		expect(JSON.stringify(record())).not.toContain('tom');
	});

	it('does not count those who are no longer in the room', () => {
		const { host, run, now, record, people } = meeting();
		host('ask');
		run('tom', 'ready', { expects: now().run });
		delete people.tom;
		expect(record().check).toMatchObject({ count: { ready: 0, of: 2 } });
	});
});

describe('repeating', () => {
	it('begins again at an earlier phase, or at the one that is open, and never goes ahead', () => {
		const { run, host, now } = meeting(phases.map((phase) => ({ ...phase, fixed: false, gates: [] })));
		const repeat = (from: string) => {
			expect(run('server', 'repeat', { from })).toMatchObject({ ok: true });
			return now();
		};
		expect(repeat('P1')).toMatchObject({ phase: 'P0', status: 'ahead' });
		host('start');
		expect(repeat('P2').phase).toBe('P1');
		host('advance');
		host('advance');
		const { run: before } = now();
		expect(repeat('P2')).toMatchObject({ phase: 'P2', clock: { is: 'running' } });
		expect(repeat('P2').run).not.toBe(before);
	});
});

describe('a gate that may be skipped', () => {
	it('is asked of whoever opens the phase, and not of a meeting that leaves it out', () => {
		const gated = phases.map((phase) => ({
			...phase,
			fixed: false,
			gates: phase.id === 'P3' ? phase.gates.map((gate) => ({ ...gate, skippable: true })) : []
		}));
		const { host } = meeting(gated);
		host('start');
		host('advance');
		expect(host('advance')).toMatchObject(refused('gate'));
		expect(host('advance', { to: 'P4' })).toMatchObject({ ok: true });
	});
});

describe('whatever is asked, in whatever order', () => {
	const verb = fc.constantFrom(
		'start',
		'advance',
		'back',
		'pause',
		'resume',
		'extend',
		'end',
		'ask',
		'ready',
		'P1',
		'P3',
		'P4'
	);
	const step = fc.record({
		verb,
		minutes: fc.double({ min: 0, max: 12, noNaN: true }),
		late: fc.boolean(),
		notes: fc.nat({ max: 3 })
	});

	it('one phase is open, its run is new, time stays within its total, and a fixed phase runs its time', () => {
		fc.assert(
			fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
				const { run, now, state, pass, open, clock } = meeting();
				const runs = new Set([now().run]);
				let gone = 'none';
				for (const { verb, minutes, late, notes } of steps) {
					pass(minutes);
					open(notes);
					const before = now();
					const expects = late ? gone : before.run;
					const outcome = /^P\d$/.test(verb)
						? run('hedda', 'advance', { expects, to: verb })
						: run('hedda', verb, { expects });
					const after = now();
					if (late || before.status === 'ended') expect(outcome.ok).toBe(false);
					if (!outcome.ok) expect(after).toEqual(before);
					expect(phases.map(({ id }) => id)).toContain(after.phase);
					const ms = left(after.clock, clock.now);
					if (ms !== null && after.clock.is !== 'none') expect(after.clock.total).toBeGreaterThanOrEqual(ms);
					if (after.run === before.run) continue;
					expect(runs.has(after.run)).toBe(false);
					runs.add(after.run);
					gone = before.run;
					expect(state().visits[before.run]).toMatchObject({ phase: before.phase, closed: after.opened });
					const forward = after.phase > before.phase;
					if (before.phase === 'P2' && forward && before.clock.is !== 'none')
						expect(left(before.clock, clock.now)).toBeLessThanOrEqual(0);
					if (before.phase < 'P2') expect(after.phase <= 'P2').toBe(true);
				}
			}),
			{ numRuns: 300 }
		);
	});
});
