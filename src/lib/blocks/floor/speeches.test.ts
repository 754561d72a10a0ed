import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../block.ts';
import { harness, type Harness } from '../testing.ts';
import type { FloorRecord, ShownSpeech } from './model.ts';
import { floor } from './rules.ts';

const people = { ingrid: 'host', dev: 'pro', hana: 'pro', luis: 'con', mo: 'con' };
const sides = { for: ['pro'], against: ['con'] };
const opening = (role: string, seat: number) => ({ role, seat, seconds: 240, label: { en: 'Opening' } });
const openings: Json = {
	speeches: [opening('pro', 0), opening('con', 0), opening('pro', 1), opening('con', 1)]
};

function debate(more: { [key: string]: Json } = {}): Harness {
	const h = harness(floor, { mode: 'speeches', sides, counted: ['pro', 'con'], ...more }, people);
	Object.values(h.people).forEach((person, index) => (person.joined = index));
	h.must('server', 'schedule', openings);
	return h;
}

const record = (h: Harness) => h.record() as FloorRecord;
const list = (h: Harness): ShownSpeech[] =>
	Object.values(record(h).speeches)
		.filter((one) => one.set === record(h).now.set)
		.sort((a, b) => a.place - b.place);
const begin = (h: Harness) => {
	const expects = record(h).now.speech ?? null;
	return (h.must('ingrid', 'begin', { expects }) as { speech: string }).speech;
};
const code = (outcome: ReturnType<Harness['run']>) => (outcome.ok ? null : outcome.error.code);

/** The server does what is due until `ms` later. */
function pass(h: Harness, ms: number): void {
	const until = h.clock.now + ms;
	for (let due = h.due(); due && due.at <= until; due = h.due()) {
		h.clock.now = due.at;
		h.must('server', due.verb, due.payload);
	}
	h.clock.now = until;
}

describe('speeches', () => {
	it('find their speakers by role and seat, and their sides by role', () => {
		const h = debate();
		expect(list(h).map((one) => [one.person, one.side])).toEqual([
			['dev', 'for'],
			['luis', 'against'],
			['hana', 'for'],
			['mo', 'against']
		]);
	});

	it('are turns: one after the other, each with its length', () => {
		const h = debate();
		begin(h);
		pass(h, 200_000);
		begin(h);
		const [first, second] = list(h);
		expect(first!.delivery).toEqual({ is: 'done', person: 'dev', spoke: 200_000, cut: false });
		expect(second!.delivery).toMatchObject({ is: 'running', person: 'luis', endsAt: h.clock.now + 240_000 });
		expect(Object.values(record(h).turns).map((turn) => [turn.person, turn.ended])).toEqual([
			['dev', h.clock.now],
			['luis', null]
		]);
	});

	it('are ended by the server when the time is over', () => {
		const h = debate();
		begin(h);
		pass(h, 240_000);
		expect(list(h)[0]!.delivery).toEqual({ is: 'done', person: 'dev', spoke: 240_000, cut: true });
		expect(record(h).now).toEqual({ set: 'P1' });
		expect(h.due()).toBeNull();
	});

	it('run over where the format has no hard stop', () => {
		const h = debate({ hardStop: false });
		begin(h);
		expect(h.due()).toBeNull();
	});

	it('are given thirty seconds more, once', () => {
		const h = debate();
		const speech = begin(h);
		h.must('ingrid', 'grant', { speech });
		expect(code(h.run('ingrid', 'grant', { speech }))).toBe('granted');
		pass(h, 269_999);
		expect(list(h)[0]!.delivery.is).toBe('running');
		pass(h, 1);
		expect(list(h)[0]!.delivery).toMatchObject({ is: 'done', spoke: 270_000 });
	});

	it('are held without losing time', () => {
		const h = debate();
		const speech = begin(h);
		pass(h, 100_000);
		h.must('ingrid', 'hold', { speech });
		pass(h, 500_000);
		h.must('ingrid', 'grant', { speech });
		h.must('ingrid', 'resume', { speech });
		expect(list(h)[0]!.delivery).toMatchObject({ is: 'running', endsAt: h.clock.now + 170_000 });
	});

	it('open the gate when all are held', () => {
		const h = debate();
		expect(h.facts()).toMatchObject({ speeches: 4, speechesLeft: 4 });
		for (let i = 0; i < 4; i++) begin(h);
		pass(h, 240_000);
		expect(h.facts().speechesLeft).toBe(0);
		expect(h.emitted.at(-1)).toEqual({ event: 'finished', data: { set: 'P1' } });
	});

	it('keep what was spoken when the meeting goes back and forth, and other phases have their own', () => {
		const h = debate();
		begin(h);
		pass(h, 240_000);
		h.scene.phase = 'P5';
		h.must('server', 'schedule', { speeches: [{ role: 'con', seconds: 120 }] });
		expect(list(h)).toHaveLength(1);
		h.scene.phase = 'P1';
		h.must('server', 'schedule', openings);
		expect(list(h).map((one) => one.delivery.is)).toEqual(['done', 'ahead', 'ahead', 'ahead']);
	});

	it('refuse what is not theirs to do', () => {
		const h = debate();
		expect(code(h.run('ingrid', 'begin', { expects: 'old' }))).toBe('passed');
		const speech = begin(h);
		expect(code(h.run('ingrid', 'begin', { expects: null }))).toBe('passed');
		expect(code(h.run('ingrid', 'begin', { expects: speech, speech }))).toBe('held_already');
		expect(code(h.run('ingrid', 'resume', { speech }))).toBe('running');
		expect(code(h.run('ingrid', 'consult', { side: 'for' }))).toBe('no_bank');
		expect(code(h.run('ingrid', 'expire', { speech }))).toBe('forbidden');
		const turn = record(h).now.turn!;
		expect(code(h.run('dev', 'stop', { turn }))).toBe('speech');
		expect(code(h.run('dev', 'drop', { turn }))).toBe('speech');
		expect(code(h.run('ingrid', 'start', { expects: turn }))).toBe('speech');
		h.must('ingrid', 'hold', { speech });
		expect(code(h.run('ingrid', 'hold', { speech }))).toBe('held');
		h.must('ingrid', 'finish', { speech });
		expect(code(h.run('ingrid', 'finish', { speech }))).toBe('passed');
		expect(code(h.run('server', 'schedule', { speeches: [{ seconds: 60 }] }))).toBe('no_speaker');
		delete h.people.luis;
		delete h.people.mo;
		expect(code(h.run('ingrid', 'begin', { expects: null }))).toBe('empty_seat');
		h.must('server', 'schedule', { set: 'x', speeches: [{ person: 'dev', seconds: 60 }] });
		begin(h);
		pass(h, 60_000);
		expect(code(h.run('ingrid', 'begin', { expects: null }))).toBe('none_left');
	});
});

describe('the time to prepare', () => {
	const withBank = () => debate({ bank: 240 });

	it('is taken in parts and ends by itself', () => {
		const h = withBank();
		h.must('dev', 'consult', { side: 'for' });
		pass(h, 60_000);
		h.must('dev', 'ready');
		expect(record(h).banks).toEqual({
			for: { is: 'resting', left: 180_000 },
			against: { is: 'resting', left: 240_000 }
		});
		h.must('dev', 'consult', { side: 'for' });
		pass(h, 200_000);
		expect(record(h).banks.for).toEqual({ is: 'resting', left: 0 });
		expect(code(h.run('dev', 'consult', { side: 'for' }))).toBe('spent');
	});

	it('ends when the next speech begins, and is not taken during one', () => {
		const h = withBank();
		h.must('luis', 'consult', { side: 'against' });
		expect(code(h.run('luis', 'consult', { side: 'against' }))).toBe('running');
		pass(h, 30_000);
		begin(h);
		expect(record(h).banks.against).toEqual({ is: 'resting', left: 210_000 });
		expect(code(h.run('luis', 'consult', { side: 'against' }))).toBe('speech');
		expect(code(h.run('luis', 'ready'))).toBe('resting');
	});
});

describe('any sequence of commands', () => {
	const verb = fc.constantFrom(
		'begin',
		'finish',
		'grant',
		'hold',
		'resume',
		'expire',
		'raise',
		'call',
		'start',
		'stop'
	);
	const steps = fc.array(fc.record({ verb, wait: fc.nat(200_000) }), {
		minLength: 10,
		maxLength: 60,
		size: 'max'
	});

	it('lets one person speak at a time, and no speech longer than it was given', () => {
		let done = 0;
		fc.assert(
			fc.property(steps, (all) => {
				const h = debate();
				for (const { verb, wait } of all) {
					const { now, queue } = record(h);
					const payloads: Record<string, Json> = {
						begin: { expects: now.speech ?? null },
						call: { person: Object.values(queue)[0]?.person ?? '' },
						start: { expects: now.turn ?? null },
						stop: { turn: now.turn ?? '' },
						raise: {}
					};
					const by = verb === 'raise' ? 'mo' : 'ingrid';
					if (
						h.run(verb === 'expire' ? 'server' : by, verb, payloads[verb] ?? { speech: now.speech ?? '' }).ok
					)
						done++;
					pass(h, wait);
					const after = record(h);
					expect(Object.values(after.turns).filter((turn) => turn.ended === null).length).toBe(
						after.now.turn ? 1 : 0
					);
					const active = list(h).filter((one) => one.delivery.is === 'running' || one.delivery.is === 'held');
					expect(active.map((one) => one.id)).toEqual(after.now.speech ? [after.now.speech] : []);
					for (const one of list(h))
						if (one.delivery.is === 'done') expect(one.delivery.spoke).toBeLessThanOrEqual(one.length);
				}
			}),
			{ numRuns: 150 }
		);
		expect(done).toBeGreaterThan(500);
	});
});

describe('other settings', () => {
	const banks = (h: Harness) => Object.entries(record(h).banks).map(([side, { is }]) => `${side} ${is}`);

	it('give each side its time to prepare, and take it away again', () => {
		const h = debate();
		expect(banks(h)).toEqual([]);
		h.configure({ mode: 'speeches', sides, bank: 240 });
		expect(banks(h)).toEqual(['for resting', 'against resting']);
		h.configure({ mode: 'speeches', sides, bank: 0 });
		expect(banks(h)).toEqual([]);
	});

	it('leave what a side has used, unless they are about its time', () => {
		const h = debate({ bank: 240 });
		h.must('dev', 'consult', { side: 'for' });
		pass(h, 60_000);
		h.configure({ mode: 'speeches', sides, bank: 300 });
		expect(banks(h)).toEqual(['for running', 'against resting']);
		h.must('dev', 'ready', {});
		h.configure({ mode: 'speeches', sides, bank: 300, hardStop: false });
		expect(record(h).banks.for).toMatchObject({ left: 180_000 });
	});
});
