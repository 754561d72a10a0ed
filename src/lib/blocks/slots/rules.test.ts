import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import type { Tables } from '../block.ts';
import { harness } from '../testing.ts';
import { holds } from './holds.ts';
import type { SlotsOwn, SlotsRecord, SlotsState } from './model.ts';
import { slots } from './rules.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const crowd = Array.from({ length: 12 }, (_, index) => `p${index}`);
const PEOPLE = {
	ines: 'host',
	greta: 'attendee',
	sam: 'helper',
	...Object.fromEntries(crowd.map((one) => [one, 'attendee']))
};
const TALK = { title: 'Reading a P&L in 20 minutes' };
const FULL = { ...TALK, takeaways: ['Margin before volume', 'One-offs', 'Cash ≠ profit'], exercise: 'Ask.' };

function room(settings = {}) {
	const h = harness<SlotsRecord, Tables, SlotsOwn>(
		slots,
		{ speaker: 'speaker', helper: 'helper', ...settings },
		PEOPLE
	);
	const open = (more = {}) =>
		(h.must('ines', 'open', { at: h.clock.now + DAY, ...more }) as { slots: string[] }).slots;
	return {
		...h,
		/** A spread copies what a getter says at that moment. */
		now: () => h.state as SlotsState,
		open: (more = {}) => open(more)[0]!,
		openAll: open,
		slot: (id: string) => h.record().slots[id]!,
		figures: () => h.record().figures.now!,
		mine: (person: string) => h.own(person),
		code: (by: string, verb: string, payload: object) => {
			const outcome = h.run(by, verb, payload as never);
			return outcome.ok ? null : [outcome.error.code, outcome.error.field];
		},
		wrong: () =>
			holds(h.state as SlotsState, { record: h.record(), desk: h.desk(), own: h.own, scene: h.whole() })
	};
}

describe('opening dates', () => {
	it('opens one, or a series with one command', () => {
		const h = room();
		const id = h.open({ capacity: 40, place: '  Canteen ' });
		expect(h.slot(id)).toMatchObject({ capacity: 40, place: 'Canteen', is: 'open', taken: 0 });
		expect(h.slot(id).ends - h.slot(id).starts).toBe(45 * 60_000);
		const many = h.openAll({
			at: h.clock.now + 2 * DAY,
			repeat: { every: 'week', times: 4 },
			zone: 'Europe/Berlin'
		});
		expect(many).toHaveLength(4);
	});

	it('refuses what has passed, what is too far, too many, twice at once, and zones that are none', () => {
		const h = room({ most: 3 });
		const { now } = h.clock;
		expect(h.code('ines', 'open', { at: now })).toEqual(['past', 'at']);
		expect(h.code('ines', 'open', { at: now + 900 * DAY })).toEqual(['far', 'at']);
		expect(h.code('ines', 'open', { at: 1e300 })).toEqual(['far', 'at']);
		expect(h.code('ines', 'open', { at: 'tomorrow' })?.[0]).toBe('invalid');
		expect(h.code('ines', 'open', { at: now + DAY, zone: 'Mars/Base' })).toEqual(['zone', 'zone']);
		expect(h.code('ines', 'open', { at: now + DAY, repeat: { every: 'week', times: 9 } })?.[0]).toBe(
			'enough'
		);
		h.open();
		expect(h.code('ines', 'open', { at: now + DAY })).toEqual(['twice', 'at']);
	});

	it('tells those who signed up when it is moved or called off, and when it takes place after all', () => {
		const h = room();
		const id = h.open({ capacity: 1 });
		h.must('greta', 'claim', { slot: id, ...TALK });
		h.must('p0', 'signUp', { slot: id });
		h.must('p1', 'signUp', { slot: id });
		const told = (person: string) => h.mine(person).notices.map(({ what }) => what);
		h.must('ines', 'change', { slot: id, at: h.clock.now + 2 * DAY });
		for (const person of ['p0', 'p1', 'greta']) expect(told(person)).toEqual(['moved']);
		h.must('ines', 'cancel', { slot: id, reason: 'Greta is ill.' });
		for (const person of ['p0', 'p1', 'greta']) expect(told(person)).toEqual(['off']);
		expect(h.code('p2', 'signUp', { slot: id })).toEqual(['off', 'slot']);
		h.must('p0', 'seen', { slots: [id] });
		expect(told('p0')).toEqual([]);
		h.must('ines', 'restore', { slot: id });
		expect(told('p0')).toEqual(['on']);
		expect(h.mine('p0').seats[id]?.is).toBe('seat');
		expect(h.slot(id).revision).toBe(4);
	});

	it('takes no seat away: fewer than are taken is refused, more lets those in who wait longest', () => {
		const h = room();
		const id = h.open({ capacity: 2 });
		for (const one of crowd.slice(0, 5)) h.must(one, 'signUp', { slot: id });
		expect(h.code('ines', 'change', { slot: id, capacity: 1 })).toEqual(['taken', 'capacity']);
		h.must('ines', 'change', { slot: id, capacity: 4 });
		expect(['p2', 'p3', 'p4'].map((one) => h.mine(one).seats[id]?.is)).toEqual(['seat', 'seat', 'waiting']);
		expect(h.mine('p2').notices.map(({ what }) => what)).toEqual(['up']);
		h.must('ines', 'change', { slot: id, capacity: null });
		expect(h.slot(id)).toMatchObject({ taken: 5, waiting: 0 });
	});
});

describe('signing up', () => {
	it('fills the seats, then the waiting list, in order; nobody twice', () => {
		const h = room();
		const id = h.open({ capacity: 2 });
		for (const one of [...crowd.slice(0, 4), 'p0', 'p2']) h.must(one, 'signUp', { slot: id });
		expect(h.slot(id)).toMatchObject({ taken: 2, waiting: 2 });
		expect(h.mine('p3').seats[id]).toMatchObject({ is: 'waiting', ahead: 1 });
	});

	it('gives a seat that is given up to who waits longest, and tells them', () => {
		const h = room();
		const id = h.open({ capacity: 1 });
		for (const one of crowd.slice(0, 3)) h.must(one, 'signUp', { slot: id });
		h.touched.clear();
		h.must('p0', 'giveUp', { slot: id });
		expect(h.mine('p1')).toMatchObject({ seats: { [id]: { is: 'seat' } }, notices: [{ what: 'up' }] });
		expect(h.mine('p2').seats[id]).toMatchObject({ is: 'waiting', ahead: 0 });
		expect([...h.touched].sort()).toEqual(['p1', 'p2']);
		expect(h.code('p0', 'giveUp', { slot: id })).toEqual(['no_seat', 'slot']);
		h.must('p0', 'signUp', { slot: id });
		expect(h.mine('p0').seats[id]).toMatchObject({ is: 'waiting', ahead: 1 });
	});

	it('closes at the beginning, by the clock or with the meeting', () => {
		const h = room();
		const id = h.open();
		expect(h.due()).toMatchObject({ at: h.slot(id).starts, verb: 'tick' });
		h.clock.now = h.slot(id).starts;
		h.must('server', 'tick');
		expect(h.slot(id).is).toBe('closed');
		expect(h.code('p0', 'signUp', { slot: id })).toEqual(['closed', 'slot']);
		expect(h.code('p0', 'signUp', { slot: 'nothing' })).toEqual(['gone', 'slot']);
		expect(h.code('p0', 'signUp', { slot: '__proto__' })).toEqual(['gone', 'slot']);
	});

	it('frees the seat of whoever leaves the room', () => {
		const h = room();
		const id = h.open({ capacity: 1 });
		h.must('p0', 'signUp', { slot: id });
		h.must('p1', 'signUp', { slot: id });
		h.must('p0', 'claim', { slot: id, ...TALK });
		h.must('server', 'leave', { person: 'p0' });
		expect(h.mine('p1').seats[id]?.is).toBe('seat');
		expect(h.slot(id).talk).toBeNull();
	});
});

describe('speaking', () => {
	it('takes a date, once; others are told who has it', () => {
		const h = room();
		const id = h.open();
		h.must('greta', 'claim', { slot: id, ...TALK });
		expect(h.slot(id).talk).toMatchObject({ speaker: { id: 'greta' }, first: true, wantsHelp: true });
		expect(h.code('p0', 'claim', { slot: id, ...TALK })).toEqual(['claimed', 'slot']);
		expect(h.code('greta', 'claim', { slot: id, title: '   ' })?.[0]).toBe('invalid');
		expect(h.code('greta', 'claim', { slot: id, ...FULL, takeaways: ['one', 'two'] })).toEqual([
			'three',
			'takeaways'
		]);
		h.must('greta', 'claim', { slot: id, ...FULL });
		expect(h.slot(id).talk).toMatchObject({ takeaways: FULL.takeaways, first: true });
		expect(h.emitted.filter(({ event }) => event === 'claimed')).toHaveLength(1);
	});

	it('is recorded by the speaker’s word alone, which they may take back until it is over', () => {
		const h = room();
		const id = h.open();
		h.must('greta', 'claim', { slot: id, ...FULL });
		expect(h.slot(id).talk).toMatchObject({ recorded: false });
		for (const other of ['ines', 'sam', 'p0'])
			expect(h.code(other, 'claim', { slot: id, ...FULL, recorded: true })).toEqual(['claimed', 'slot']);
		h.must('greta', 'claim', { slot: id, ...TALK, recorded: true });
		h.must('greta', 'claim', { slot: id, ...FULL });
		expect(h.slot(id).talk).toMatchObject({ recorded: true });
		h.clock.now += DAY;
		h.must('server', 'begin');
		h.must('greta', 'claim', { slot: id, ...TALK, recorded: false });
		expect(h.slot(id).talk).toMatchObject({ recorded: false });
		h.must('greta', 'claim', { slot: id, ...TALK, recorded: true });
		h.must('greta', 'release', { slot: id });
		h.must('p0', 'claim', { slot: id, ...TALK });
		expect(h.slot(id).talk).toMatchObject({ recorded: false });
	});

	it('offers a helper to who speaks for the first time, and not the second', () => {
		const h = room();
		const id = h.open();
		expect(h.mine('greta').first).toBe(true);
		h.must('greta', 'claim', { slot: id, ...FULL });
		expect(h.code('greta', 'help', { slot: id })).toEqual(['oneself', 'slot']);
		h.must('sam', 'help', { slot: id });
		expect(h.code('p0', 'help', { slot: id })).toEqual(['helped', 'slot']);
		const other = h.open({ at: h.clock.now + 8 * DAY });
		expect(h.mine('greta').first).toBe(false);
		h.must('greta', 'claim', { slot: other, ...TALK });
		expect(h.slot(other).talk).toMatchObject({ first: false, wantsHelp: false });
	});

	it('gives the date back: by the speaker, or for them by those who moderate', () => {
		const h = room();
		const id = h.open();
		h.must('greta', 'claim', { slot: id, ...TALK });
		expect(h.code('p0', 'release', { slot: id })).toEqual(['not_yours', 'slot']);
		h.must('ines', 'release', { slot: id });
		expect(h.slot(id).talk).toBeNull();
		expect(h.mine('greta').first).toBe(true);
	});
});

describe('the day itself', () => {
	function lunch() {
		const h = room();
		const id = h.open({ capacity: 8 });
		h.must('greta', 'claim', { slot: id, ...FULL });
		h.must('sam', 'help', { slot: id });
		for (const one of crowd.slice(0, 10)) h.must(one, 'signUp', { slot: id });
		h.clock.now = h.slot(id).starts - 5 * 60_000;
		return { ...h, id };
	}

	it('holds the date whose time it is in the meeting that begins, and gives the speaker the role', () => {
		const h = lunch();
		h.must('server', 'begin');
		expect(h.slot(h.id)).toMatchObject({ is: 'closed', meeting: 1 });
		expect(h.emitted.filter(({ event }) => event !== 'claimed')).toEqual([
			{ event: 'speaks', data: { person: 'greta' } }
		]);
		h.must('server', 'begin');
		expect(h.facts()).toMatchObject({ on: true });
		expect(h.code('ines', 'cancel', { slot: h.id })).toEqual(['on', 'slot']);
	});

	it('takes a meeting at another time for no date', () => {
		const h = lunch();
		h.clock.now -= 13 * HOUR;
		h.must('server', 'begin');
		expect(h.slot(h.id)).toMatchObject({ is: 'open', meeting: null });
		expect(h.code('p0', 'arrive', {})).toEqual(['not_on', undefined]);
	});

	it('counts who came, by tap or by being there, once; and then forgets who it was', () => {
		const h = lunch();
		h.must('server', 'begin');
		for (const one of ['p0', 'p1', 'p1']) h.must(one, 'arrive');
		h.must('server', 'present', { meeting: 1, people: ['p1', 'p2', 'p9', 'p11', 'ines', 'nobody'] });
		expect(h.slot(h.id).attended).toEqual({ signed: 8, came: 3, more: 2 });
		h.must('server', 'finish');
		expect(h.slot(h.id)).toMatchObject({ is: 'held', attended: { signed: 8, came: 3, more: 2 } });
		expect(h.figures()).toEqual({ held: 1, signed: 8, came: 3, talks: 1, first: 1 });
		expect(h.now().seats).toEqual({});
		expect(h.mine('p0').seats).toEqual({});
		expect(h.code('p3', 'arrive', {})).toEqual(['not_on', undefined]);
		expect(h.due()).toBeNull();
	});

	it('of a date that no meeting was held for nobody counts anything', () => {
		const h = lunch();
		for (let once = 0; once < 2; once++) {
			h.clock.now = h.due()!.at;
			h.must('server', 'tick');
		}
		expect(h.slot(h.id)).toMatchObject({ is: 'held', attended: null });
		expect(h.now().seats).toEqual({});
	});

	it('relieves the speaker of last time when the next one begins', () => {
		const h = lunch();
		h.people.p5!.role = 'speaker';
		h.must('server', 'begin');
		expect(h.emitted).toContainEqual({ event: 'relieved', data: { person: 'p5' } });
	});

	it('forgets one person: the seat goes to the next, the talk that is to come is free', () => {
		const h = lunch();
		const state = structuredClone(h.now());
		slots.forget!(state, 'p0', {});
		slots.forget!(state, 'greta', {});
		expect(state.seats[`${h.id}/p8`]?.is).toBe('seat');
		expect(JSON.stringify(state)).not.toMatch(/"greta"|p0"/);
	});
});

describe('calendars', () => {
	it('know whose date it is, and every change that matters', () => {
		const h = room();
		const id = h.open({ capacity: 1, place: 'Canteen' });
		h.must('greta', 'claim', { slot: id, ...FULL });
		h.must('p0', 'signUp', { slot: id });
		h.must('p1', 'signUp', { slot: id });
		const one = () =>
			slots.appointments!(h.now(), { people: h.people, settings: { expects: null } } as never)[0]!;
		expect(one()).toMatchObject({ id, title: TALK.title, place: 'Canteen', revision: 1, cancelled: false });
		expect(one().people).toEqual({ taking: ['p0', 'greta'], waiting: ['p1'] });
		expect(one().about).toContain('– One-offs');
		h.must('ines', 'change', { slot: id, capacity: 3 });
		expect(one().revision).toBe(1);
		h.must('ines', 'change', { slot: id, place: 'Room 2' });
		h.must('ines', 'cancel', { slot: id });
		expect(one()).toMatchObject({ revision: 3, cancelled: true, place: 'Room 2' });
	});
});

it('of a group that meets, everybody in its roles is expected, and told when a meeting is moved', () => {
	const h = room({ expects: ['host', 'helper'], talks: false });
	const id = h.open();
	const at = { people: h.people, settings: { expects: ['host', 'helper'] } } as never;
	expect(slots.appointments!(h.now(), at)[0]!.people).toEqual({ taking: ['ines', 'sam'], waiting: [] });
	h.must('ines', 'change', { slot: id, place: 'Room 2' });
	expect(h.mine('sam').notices.map(({ what }) => what)).toEqual(['moved']);
	expect(h.mine('greta').notices).toEqual([]);
});

it('is told to those whom it concerns: a talk to prepare, a date without a speaker, what has changed', () => {
	const h = room();
	const id = h.open({ capacity: 1 });
	const of = (person: string) =>
		h.matters().flatMap((one) => (one.person === person ? [`${one.kind}: ${one.text.en}`] : []));
	expect(of('ines')).toEqual(['answer: Nobody speaks on the next free date yet']);
	h.must('greta', 'claim', { slot: id, ...TALK });
	h.must('p0', 'signUp', { slot: id });
	h.must('p1', 'signUp', { slot: id });
	expect(of('ines')).toEqual([]);
	expect(of('greta')).toEqual(['answer: Three takeaways and one exercise for your talk are missing']);
	h.must('greta', 'claim', { slot: id, ...FULL });
	h.must('p0', 'giveUp', { slot: id });
	expect(of('p1')).toEqual(['answer: A seat became free for you']);
	const news = h.matters().find(({ person }) => person === 'p1')!;
	h.must('p1', news.quick![0]!.verb, news.quick![0]!.payload);
	expect(h.matters()).toEqual([]);
});

it('whatever is done in whatever order, seats suffice, the line is kept and nobody is named', () => {
	const person = fc.constantFrom(...crowd.slice(0, 6), 'greta', 'ines');
	const step = fc.record({
		by: person,
		verb: fc.constantFrom(
			'signUp',
			'signUp',
			'signUp',
			'giveUp',
			'claim',
			'release',
			'help',
			'change',
			'cancel',
			'restore',
			'leave',
			'wait',
			'begin',
			'arrive',
			'finish'
		),
		which: fc.nat(2),
		size: fc.integer({ min: 1, max: 4 })
	});
	fc.assert(
		fc.property(fc.array(step, { minLength: 10, maxLength: 60 }), (steps) => {
			const h = room();
			const ids = [1, 2, 3].map((day) => h.open({ at: h.clock.now + day * DAY, capacity: 2 }));
			for (const { by, verb, which, size } of steps) {
				const slot = ids[which]!;
				if (verb === 'wait') {
					h.clock.now += size * 5 * HOUR;
					while ((h.due()?.at ?? Infinity) <= h.clock.now) h.must('server', 'tick');
				} else if (verb === 'leave') h.run('server', verb, { person: by });
				else if (verb === 'begin' || verb === 'finish') h.run('server', verb);
				else if (verb === 'change') h.run('ines', verb, { slot, capacity: size });
				else if (verb === 'claim') h.run(by, verb, { slot, ...TALK });
				else h.run(by, verb, { slot });
				expect(h.wrong()).toEqual([]);
			}
		}),
		{ numRuns: 60, seed: 12 }
	);
});
