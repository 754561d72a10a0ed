import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../block.ts';
import { blankProfile, inReportingLine, type Profile } from '../profile.ts';
import { harness, typed } from '../testing.ts';
import type { PairingDesk, PairingOwn, PairingRecord, PairingState } from './model.ts';
import { pairing } from './rules.ts';

const week = (...days: number[]) => days.map((day) => ({ day, from: 540, to: 600 }));

const profile = (id: string, more: Partial<Profile> = {}): Profile => ({
	...{ ...blankProfile, id, name: id, hours: week(1, 2, 3), mentoring: { open: true, capacity: 1 } },
	...more
});

function room(seekers: string[], givers: string[], settings: Json = {}) {
	const roles = Object.fromEntries([
		['ada', 'administrator'],
		...seekers.map((one) => [one, 'mentee']),
		...givers.map((one) => [one, 'mentor'])
	]) as Record<string, string>;
	const h = harness<PairingRecord, PairingDesk, PairingOwn>(pairing, settings, roles, ['administrator']);
	return {
		...h,
		get state() {
			return typed<PairingState>(h.state);
		},
		raw: () => h.state,
		pairs: () =>
			Object.values(h.desk().pairs)
				.filter(({ is }) => is !== 'ended')
				.map(({ seeker, giver }) => `${seeker}–${giver}`)
				.sort()
	};
}

/** Everybody opts in with the same hours; nothing else. */
function plain(seekers: string[], givers: string[], settings: Json = {}) {
	const h = room(seekers, givers, settings);
	for (const one of [...seekers, ...givers]) h.must(one, 'join', { hours: week(1, 2, 3, 4, 5) });
	return h;
}

const error = (code: string) => ({ ok: false, error: { code } });

describe('whoever opts in', () => {
	it('is known by the directory where they say nothing, and by what they say where they do', () => {
		const h = room(['nia'], ['omar']);
		h.profiles.omar = profile('omar', {
			job: 'Analyst',
			team: 'Data',
			offers: ['SQL'],
			wants: ['Rust'],
			mentoring: { open: true, capacity: 7 }
		});
		h.must('omar', 'join', { team: 'Platform' });
		expect(h.own('omar').card).toMatchObject({
			job: 'Analyst',
			team: 'Platform',
			knows: ['Analyst'],
			skills: ['SQL'],
			capacity: 2
		});
		h.profiles.nia = profile('nia', { wants: ['SQL'], mentoring: { open: false, capacity: 5 } });
		h.must('nia', 'join', {});
		expect(h.own('nia').card).toMatchObject({ skills: ['SQL'], capacity: 1 });
	});

	it.each([
		['nia', {}, 'no_hours'],
		['nia', { hours: [{ day: 8, from: 0, to: 1 }] }, 'invalid'],
		['nia', { hours: [{ day: 1, from: 60, to: 60 }] }, 'invalid'],
		['mei', { hours: week(1), capacity: 3 }, 'too_many'],
		['mei', { hours: week(1), capacity: 0 }, 'invalid'],
		['mei', { hours: week(1), skills: Array.from({ length: 21 }, (_, i) => `skill ${i}`) }, 'invalid'],
		['ada', { hours: week(1) }, 'no_side']
	])('is told what is wrong: %s with %j', (by, payload, code) => {
		expect(room(['nia'], ['mei']).run(by, 'join', payload)).toMatchObject(error(code));
	});

	it('does not have an hour twice because they said it twice', () => {
		const h = room(['nia'], ['mei']);
		const hours = [
			{ day: 1, from: 540, to: 600 },
			{ day: 1, from: 550, to: 630 },
			{ day: 1, from: 630, to: 650 }
		];
		h.must('nia', 'join', { hours });
		expect(h.own('nia').card?.hours).toEqual([{ day: 1, from: 540, to: 650 }]);
	});

	it('steps back until they are paired', () => {
		const h = plain(['nia'], ['mei']);
		h.must('ada', 'propose');
		h.must('mei', 'withdraw');
		expect(h.pairs()).toEqual([]);
		expect(h.run('ada', 'propose')).toMatchObject(error('nobody'));
		h.must('mei', 'join', { hours: week(1, 2, 3) });
		h.must('ada', 'propose');
		h.must('ada', 'confirm');
		expect(h.run('nia', 'withdraw')).toMatchObject(error('paired'));
	});

	it('is seen by whoever runs it and by those whom they could meet, and counted for everybody', () => {
		const h = plain(['nia', 'jon'], ['mei']);
		expect(h.record().counts.now).toMatchObject({ seekers: 2, givers: 1, places: 1 });
		expect(JSON.stringify(h.record())).not.toMatch(/nia|jon|mei/);
		expect(h.own('nia').choices.map(({ id }) => id)).toEqual(['mei']);
		expect(h.own('mei').choices.map(({ id }) => id)).toEqual(['jon', 'nia']);
	});
});

describe('the points', () => {
	const wishes = {
		knows: ['case tool'],
		skills: ['SQL'],
		interests: ['chess', 'choir'],
		hours: week(1, 2, 3, 4, 5)
	};
	it('are of 100, with the reasons in order of their weight', () => {
		const h = room(['nia'], ['omar']);
		h.must('nia', 'join', { ...wishes, place: 'Leeds', languages: ['en'], team: 'Fraud' });
		h.must('omar', 'join', {
			...wishes,
			place: 'leeds',
			languages: ['EN', 'ar'],
			team: 'Data',
			knows: ['Case Tool', 'ledger']
		});
		h.must('ada', 'propose');
		const [pair] = Object.values(h.desk().pairs);
		expect(pair).toMatchObject({ score: 100, is: 'proposed' });
		expect(pair!.reasons.map(({ what, points }) => [what, points])).toEqual([
			['role', 35],
			['skills', 25],
			['hours', 15],
			['place', 10],
			['interests', 10],
			['network', 5]
		]);
		expect(pair!.reasons[0]!.words).toEqual(['case tool']);
		expect(pair!.reasons[2]!.hours).toBe(5);
	});

	it('follow the weights, which are 100 together', () => {
		const h = room(['nia'], ['omar']);
		for (const one of ['nia', 'omar']) h.must(one, 'join', { skills: ['SQL', one], hours: week(1, 2, 3) });
		const weights = { role: 0, skills: 80, hours: 20, place: 0, interests: 0, network: 0 };
		expect(h.run('ada', 'weigh', { weights: { ...weights, role: 1 } })).toMatchObject({
			error: { code: 'not_100', message: 'All together have to be 100 points; these are 101.' }
		});
		h.must('ada', 'weigh', { weights });
		h.must('ada', 'propose');
		// one of two skills, three of five hours
		expect(Object.values(h.desk().pairs)[0]?.score).toBe(40 + 12);
		expect(h.record().setup.weights).toEqual(weights);
	});

	it('count hours in each one’s own time zone', () => {
		const h = room(['nia'], ['omar', 'mei']);
		const morning = [1, 2, 3].map((day) => ({ day, from: 540, to: 660 }));
		h.must('nia', 'join', { hours: morning, timeZone: 'Europe/Berlin' });
		h.must('omar', 'join', { hours: morning, timeZone: 'America/New_York' });
		h.must('mei', 'join', { hours: morning, timeZone: 'Europe/London' });
		h.must('ada', 'propose');
		expect(h.pairs()).toEqual(['nia–mei']);
		expect(Object.values(h.desk().pairs)[0]!.reasons).toEqual([
			{ what: 'hours', points: 9, words: [], hours: 3 }
		]);
		expect(h.desk().unpaired.omar).toEqual({ of: 1, barriers: { hours: 1 }, taken: 0 });
	});
});

describe('somebody for whom there is nobody', () => {
	it('is told apart by what stands between', () => {
		const h = room(['nia', 'jon'], ['mei', 'omar', 'boss']);
		for (const one of ['nia', 'jon', 'mei', 'boss']) h.must(one, 'join', { hours: week(1, 2, 3) });
		h.must('omar', 'join', { hours: week(6, 7) });
		h.profiles.nia = profile('nia', { manager: 'lead' });
		h.profiles.lead = profile('lead', { manager: 'boss' });
		h.must('ada', 'forbid', { seeker: 'nia', giver: 'mei' });
		expect(h.must('ada', 'propose')).toEqual({ pairs: 1, total: 9, unpaired: 1 });
		expect(h.desk().unpaired.nia).toEqual({ of: 3, barriers: { line: 1, hours: 1, forbidden: 1 }, taken: 0 });
		expect(h.desk().run.now).toMatchObject({ proposed: 1, unpaired: 1, method: 'best' });
		expect(h.facts()).toMatchObject({ waiting: 2, proposed: 1 });
	});

	it('lost to others, where nothing stands between', () => {
		const h = plain(['nia', 'jon', 'eva'], ['mei'], { most: 2 });
		h.must('mei', 'join', { capacity: 2 });
		h.must('ada', 'propose');
		const [left] = Object.keys(h.desk().unpaired);
		expect(h.desk().unpaired[left!]).toEqual({ of: 1, barriers: {}, taken: 1 });
	});
});

describe('whoever runs it', () => {
	it('pins a pair, and what cannot be is refused with the reason', () => {
		const h = plain(['nia', 'jon'], ['mei', 'omar']);
		h.must('ada', 'pin', { seeker: 'nia', giver: 'omar' });
		h.must('ada', 'propose');
		expect(h.pairs()).toEqual(['jon–mei', 'nia–omar']);
		expect(Object.values(h.desk().pairs).find(({ seeker }) => seeker === 'nia')?.pinned).toBe(true);
		h.must('ada', 'pin', { seeker: 'nia', giver: 'mei' });
		h.must('ada', 'propose');
		expect(h.pairs()).toEqual(['jon–omar', 'nia–mei']);
		h.profiles.jon = profile('jon', { manager: 'mei' });
		expect(h.run('ada', 'pin', { seeker: 'jon', giver: 'mei' })).toMatchObject(error('line'));
		h.must('ada', 'forbid', { seeker: 'jon', giver: 'omar' });
		expect(h.run('ada', 'pin', { seeker: 'jon', giver: 'omar' })).toMatchObject(error('forbidden'));
		h.must('ada', 'pin', { seeker: 'nia', giver: 'mei', on: false });
		expect(h.run('ada', 'pin', { seeker: 'nia', giver: 'nobody' })).toMatchObject(error('gone'));
		expect(h.run('ada', 'pin', { seeker: 'mei', giver: 'nia' })).toMatchObject(error('gone'));
	});

	it('confirms, once, and says who goes into the room', () => {
		const h = plain(['nia'], ['mei']);
		h.profiles.nia = profile('nia', { manager: 'boss' });
		h.must('ada', 'propose');
		const [id] = Object.keys(h.desk().pairs);
		expect(h.own('nia').pairs).toEqual([]);
		expect(h.must('ada', 'confirm', { pair: id! })).toEqual({ confirmed: 1 });
		expect(h.emitted.at(-1)).toEqual({
			event: 'paired',
			data: { key: id, seeker: 'nia', giver: 'mei', manager: 'boss', by: 'ada' }
		});
		expect(h.run('ada', 'confirm')).toMatchObject(error('gone'));
		expect(h.own('nia').pairs).toMatchObject([{ with: 'mei', name: 'mei' }]);
		expect(h.run('ada', 'propose')).toMatchObject(error('nobody'));
		expect(h.run('ada', 'forbid', { seeker: 'nia', giver: 'mei' })).toMatchObject(error('paired'));
	});

	it('cannot confirm what the directory rules out by now', () => {
		const h = plain(['nia'], ['mei']);
		h.must('ada', 'propose');
		h.profiles.mei = profile('mei', { manager: 'nia' });
		expect(h.run('ada', 'confirm')).toMatchObject(error('line'));
		expect(h.own('nia').pairs).toEqual([]);
	});

	it('hears how it fits, and offers a new pairing', () => {
		const h = plain(['nia'], ['mei', 'omar']);
		h.must('ada', 'pin', { seeker: 'nia', giver: 'mei' });
		h.must('ada', 'propose');
		h.must('ada', 'confirm');
		const [id] = Object.keys(h.desk().pairs);
		h.must('server', 'heard', { key: id!, seeker: null, giver: 'good' });
		expect(h.facts()).toMatchObject({ unfit: 0 });
		h.must('server', 'heard', { key: id!, seeker: 'bad', giver: 'good' });
		h.must('server', 'heard', { key: id!, seeker: 'bad', giver: 'good' });
		expect(h.desk().pairs[id!]!.fit).toEqual({ seeker: 'bad', giver: 'good' });
		expect(h.emitted.filter(({ event }) => event === 'unfit')).toHaveLength(1);
		expect(h.facts()).toMatchObject({ unfit: 1 });
		for (const verb of ['release', 'confirm']) h.scene.may[verb] = ['ada'];
		expect(h.matters()).toMatchObject([{ person: 'ada', text: { en: 'Pairs that do not fit: 1' } }]);
		expect(JSON.stringify([h.record(), h.own('nia'), h.own('mei')])).not.toContain('bad');
		h.must('ada', 'release', { pair: id! });
		expect(h.own('nia').again).toBe(true);
		h.must('ada', 'propose');
		expect(h.pairs()).toEqual(['nia–omar']);
		h.must('server', 'heard', { key: 'unknown', seeker: 'bad' });
	});
});

describe('where both sides rank', () => {
	it('follows what they wish, and asks everybody first', () => {
		const h = plain(['nia', 'jon'], ['mei', 'omar']);
		expect(h.run('ada', 'propose', { method: 'stable' })).toMatchObject(error('unranked'));
		h.must('nia', 'rank', { order: ['omar', 'mei'] });
		h.must('jon', 'rank', { order: ['omar'] });
		h.must('mei', 'rank', { order: ['nia', 'jon'] });
		h.must('omar', 'rank', { order: ['jon', 'nia'] });
		h.must('ada', 'propose', { method: 'stable' });
		expect(h.pairs()).toEqual(['jon–omar', 'nia–mei']);
		expect(JSON.stringify([h.desk(), h.record()])).not.toContain('"order"');
		for (const order of [['jon'], ['omar', 'omar'], ['nobody']])
			expect(h.run('nia', 'rank', { order })).toMatchObject({ ok: false, error: { field: 'order' } });
	});
});

it('takes out a person with everything that names them', () => {
	const h = plain(['nia', 'jon'], ['mei', 'omar']);
	h.must('jon', 'rank', { order: ['mei', 'omar'] });
	h.must('ada', 'pin', { seeker: 'nia', giver: 'mei' });
	h.must('ada', 'propose');
	h.must('ada', 'confirm');
	const state = structuredClone(h.raw());
	pairing.forget!(state, 'mei', {});
	expect(JSON.stringify(state)).not.toContain('mei');
});

describe('whatever is done', () => {
	const PEOPLE = { seekers: ['s0', 's1', 's2', 's3'], givers: ['g0', 'g1', 'g2'] };
	const anyone = [...PEOPLE.seekers, ...PEOPLE.givers];
	const card = fc.record({
		hours: fc.subarray([1, 2, 3, 4, 5, 6], { minLength: 1 }).map((days) => week(...days)),
		knows: fc.subarray(['a', 'b', 'c']),
		skills: fc.subarray(['x', 'y', 'z']),
		capacity: fc.integer({ min: 1, max: 2 })
	});
	const step = fc.record({
		verb: fc.constantFrom('pin', 'forbid', 'propose', 'propose', 'confirm', 'release', 'withdraw', 'join'),
		seeker: fc.constantFrom(...PEOPLE.seekers),
		giver: fc.constantFrom(...PEOPLE.givers),
		on: fc.boolean(),
		card
	});

	it('no hard constraint is ever broken', () => {
		let paired = 0;
		fc.assert(
			fc.property(
				fc.array(card, { minLength: 7, maxLength: 7 }),
				fc.array(fc.option(fc.constantFrom(...anyone)), { minLength: 7, maxLength: 7 }),
				fc.array(step, { maxLength: 20 }),
				(cards, managers, steps) => {
					const h = room(PEOPLE.seekers, PEOPLE.givers);
					anyone.forEach((one, index) => {
						h.profiles[one] = profile(one, { manager: managers[index] === one ? null : managers[index]! });
						h.must(one, 'join', cards[index] as Json);
					});
					for (const { verb, seeker, giver, on, card } of [...steps, { ...steps[0], verb: 'propose' }]) {
						const [pair] = Object.values(h.state.pairs).filter(({ is }) => is === 'confirmed');
						const by = verb === 'withdraw' || verb === 'join' ? (on ? seeker! : giver!) : 'ada';
						const payload =
							verb === 'join'
								? card!
								: { seeker, giver, on, ...(pair && verb === 'release' && { pair: pair.id }) };
						h.run(by ?? 'ada', verb, (verb === 'propose' || verb === 'confirm' ? {} : payload) as Json);
						for (const one of Object.values(h.state.pairs)) {
							if (one.is === 'ended') continue;
							const [a, b] = [h.state.cards[one.seeker]!, h.state.cards[one.giver]!];
							expect(a.side).toBe('seeks');
							expect(b.side).toBe('gives');
							expect(inReportingLine(one.seeker, one.giver, (id) => h.profiles[id] ?? null)).toBe(false);
							if (one.is === 'confirmed') continue;
							paired++;
							const days = new Set(a.hours.map(({ day }) => day));
							expect(b.hours.filter(({ day }) => days.has(day)).length).toBeGreaterThanOrEqual(3);
							expect(h.state.rulings[`${one.seeker}/${one.giver}`]?.is).not.toBe('forbidden');
						}
						for (const giver of PEOPLE.givers) {
							const count = Object.values(h.state.pairs).filter(
								(one) => one.giver === giver && one.is === 'confirmed'
							).length;
							expect(count).toBeLessThanOrEqual(2);
						}
					}
				}
			),
			{ numRuns: 120 }
		);
		expect(paired).toBeGreaterThan(50);
	});
});
