import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it } from 'vitest';
import type { Json } from '#lib/blocks/block.ts';
import type { GoalsOwn, GoalsRecord } from '#lib/blocks/goals/model.ts';
import type { Profile } from '#lib/blocks/profile.ts';
import type { ProgrammeDesk } from '#lib/blocks/programme/model.ts';
import { DAY, HOUR, type ReviewsOwn } from '#lib/blocks/reviews/model.ts';
import { blocks } from '#lib/blocks/rules.ts';
import { typed } from '#lib/blocks/testing.ts';
import { peerReviewDemo } from '#lib/formats/demos/peer-review.ts';
import { formats } from '#lib/formats/index.ts';
import { openDemo, steps, type Hall } from '../../tests/support/demo-room.ts';
import { project } from './projection.ts';
import { planned } from './retention.ts';
import type { Room } from './room.ts';
import { fakeChance, hall, somebody } from './testing.ts';
import { factsOf, memberOf, nowOf } from './world.ts';

const halls: Hall[] = [];
afterEach(async () => {
	for (const one of halls.splice(0)) await one.rooms.close();
});

async function house(database = new DatabaseSync(':memory:'), chance = fakeChance()): Promise<Hall> {
	const made = await hall(database, chance, { known: { formats, blocks }, tick: 0 });
	halls.push(made);
	return made;
}

const own = (room: Room, key: string) => typed<ReviewsOwn>(room.own(`person-${key}`).reviews);
const record = (room: Room, name: string) => project(room.world).record.get(name)!;

/** The demo, up to the first step for which `until` holds; `until` sees the room after each. */
async function upTo(
	until: (room: Room, run: string | null) => boolean
): Promise<{ house: Hall; room: Room }> {
	const made = await house();
	const room = await openDemo(made, 'peer-review', peerReviewDemo);
	for await (const { step } of steps(made, room, peerReviewDemo))
		if (until(room, 'run' in step ? step.run : null)) return { house: made, room };
	return { house: made, room };
}
const phaseIs = (phase: string) => (room: Room) => nowOf(room.world)?.phase === phase;

describe('Oskar, cycle H1', () => {
	it('five are nominated, one is swapped, one declines, and four are left', async () => {
		const { room } = await upTo((_, run) => run === 'reviews.decline');
		expect(own(room, 'birgit').nominations!.map(({ name, is }) => `${name}: ${is}`)).toEqual([
			'Tess Novak: asked',
			'Jonas Wirth: asked',
			'Leila Haddad: asked',
			'Piotr Zielinski: declined',
			'Mina Park: swapped',
			'Rafael Costa: asked'
		]);
		const seen = JSON.stringify([own(room, 'oskar'), [...project(room.world).record.values()]]);
		expect(seen).not.toContain('Rafael');
		expect(own(room, 'oskar').status.counts).toMatchObject({ reviewers: 4, declined: 1 });
	});

	it('nobody who reviews stands in the record, is counted in it, or is said to be here', async () => {
		const { room } = await upTo((_, run) => run === 'reviews.submit');
		const { members, counts, former } = record(room, 'roster');
		expect(Object.values(members!).map((one) => (one as { role: string }).role)).not.toContain('reviewer');
		expect(counts).not.toHaveProperty('reviewer');
		expect(former).toEqual({});
		const heard: { is: string; count?: number; here?: string[] }[] = [];
		room.listen({ person: 'person-oskar', hear: (message) => void heard.push(message as never) });
		room.listen({ person: 'person-tess', hear: () => {} });
		await expect.poll(() => heard.filter(({ is }) => is === 'presence').at(-1)?.count).toBe(1);
	});

	it('the conversation has a date, in the calendars of the two alone, and nobody else may set one', async () => {
		const { house, room } = await upTo((_, run) => run === 'dates.open');
		for (const key of ['oskar', 'birgit'])
			expect(room.appointments(`person-${key}`)).toMatchObject([{ place: expect.stringContaining('2.14') }]);
		for (const key of ['tess', 'jonas', 'femi', 'ines']) {
			expect(room.appointments(`person-${key}`), key).toEqual([]);
			const mine = await house.store.mattersOf(`person-${key}`);
			expect(mine.filter(({ instance }) => instance === 'dates')).toEqual([]);
			const at = room.now + DAY;
			const answer = await room.command(`person-${key}`, `${key}-opens`, 'dates.open', { at });
			expect(answer).toMatchObject({ ok: false, error: { code: 'forbidden' } });
		}
		expect(JSON.stringify(record(room, 'dates'))).not.toMatch(/person-/);
		const due = await house.store.mattersOf('person-oskar');
		expect(due.find(({ instance }) => instance === 'dates')).toMatchObject({ kind: 'coming' });
	});

	it('shows nothing until the release; then all four, shuffled, and the manager a day later', async () => {
		const { house, room } = await upTo(phaseIs('P5'));
		const all = own(room, 'oskar').batch!;
		expect(all.comments.map(({ situation }) => situation).sort()).toEqual([
			'Handover of the flood files, 22 April',
			'Monday stand-ups since the winter',
			'Storm backlog, in March',
			'Tender for the loss adjusters, in January',
			'Vendor call, 9 April'
		]);
		expect(all.pools).toMatchObject([{ people: 4, shows: 'all' }]);
		expect(all.means).toMatchObject([{ rating: 'shares', count: 4, mean: 4.5 }]);
		expect(JSON.stringify(all)).not.toMatch(/person-|abrasive|"at":\d+,"person/);
		expect(own(room, 'birgit').batch).toBeUndefined();
		expect(own(room, 'femi').moderation).toEqual([]);
		await room.pass(24 * HOUR - 60_000);
		expect(own(room, 'birgit').batch).toBeUndefined();
		await room.pass(60_000);
		expect(own(room, 'birgit').batch?.comments).toHaveLength(5);
		expect(house.errors).toEqual([]);
	});

	it('is not talked about before both have read it', async () => {
		const { room } = await upTo(phaseIs('P5'));
		const start = () =>
			room.command('person-oskar', crypto.randomUUID(), 'agenda.start', { expects: nowOf(room.world)!.run });
		expect(await start()).toMatchObject({ ok: false, error: { message: expect.stringMatching(/24 hours/) } });
		await room.pass(24 * HOUR);
		expect(await start()).toMatchObject({ ok: true });
	});

	it('ends with themes, a goal of 2 to 9 that somebody outside supports, and figures for the group', async () => {
		const { room } = await upTo(() => false);
		const { goals, points } = typed<GoalsRecord>(record(room, 'goals'));
		const [goal] = Object.values(goals);
		expect(goal).toMatchObject({ state: 'met', supporterName: 'Tess Novak', target: 8 });
		const values = Object.values(points).filter(({ kind }) => kind === 'checkin');
		expect(values.map(({ value }) => value)).toEqual([4, 7, 9]);
		const tess = typed<GoalsOwn>(room.own('person-tess').goals);
		expect(tess.supported?.goals.map(({ text }) => text)).toEqual([goal!.text]);
		expect(tess.supported?.owners).toEqual({ 'person-oskar': 'Oskar Lindgren' });
		expect(typed<GoalsOwn>(room.own('person-jonas').goals).supported?.goals).toEqual([]);
		expect(own(room, 'oskar').status.mirror).toEqual({ complete: 4, comments: 5, delay: 1 });
		expect(factsOf(room.world)).toMatchObject({ goals: { checkIns: 3, planned: 3, met: 1, all: 1 } });
		expect(Object.keys(record(room, 'themes').entries!)).toHaveLength(2);
	});

	it('loses the words a year after the release, and keeps themes and goals', async () => {
		const { room } = await upTo(() => false);
		const released = own(room, 'oskar').status.released!;
		const [plan] = planned(room.world, [], null);
		expect(plan).toMatchObject({ at: released + 365 * DAY, what: { instances: ['reviews', 'self'] } });
		await room.reset(['reviews', 'self']);
		expect(JSON.stringify([...room.world.states.values()])).not.toContain('Vendor call, 9 April');
		expect(Object.keys(record(room, 'themes').entries!)).toHaveLength(2);
		expect(Object.keys(record(room, 'goals').goals!)).toHaveLength(1);
		expect(planned(room.world, [], null)).toEqual([]);
	});

	it('has a moderator and an organiser who are told counts, and a record that is closed to them', async () => {
		const { room } = await upTo(phaseIs('P7'));
		for (const key of ['femi', 'ines', 'jonas']) {
			const member = memberOf(room.world, `person-${key}`)!;
			expect(room.published(member)).toEqual({});
			const principal = room.principal(member.id)!;
			for (const name of ['m1/record', 'm1/desk', 'm1/page'])
				expect(await room.access(principal, name)).toBe('none');
		}
		expect(own(room, 'ines')).toMatchObject({
			as: 'organiser',
			status: { counts: { submitted: 4, reviewers: 4 } }
		});
	});

	it('goes on by its dates after a restart, too', async () => {
		const chance = fakeChance();
		const first = await house(undefined, chance);
		const demo = {
			...peerReviewDemo,
			steps: peerReviewDemo.steps.filter((step) => !('wait' in step)).slice(0, 7)
		};
		const room = await openDemo(first, 'peer-review', demo);
		for await (const taken of steps(first, room, demo)) void taken;
		expect(nowOf(room.world)?.phase).toBe('P1');
		await first.rooms.close();
		chance.ahead += 3 * DAY + HOUR;
		const next = await house(first.database, chance);
		const again = (await next.rooms.get(room.id))!;
		await expect.poll(() => nowOf(again.world)?.phase, { timeout: 10_000 }).toBe('P2');
	});
});

const profile = (id: string, manager: string | null, team = 'Claims'): Profile => ({
	...{
		id,
		name: `Name ${id}`,
		job: null,
		team,
		manager,
		place: null,
		languages: [],
		timeZone: null,
		hours: []
	},
	...{ interests: [], offers: [], wants: [], mentoring: { open: false, capacity: 0 } }
});

/** A workspace of people who report to one of a few, and a cycle in it that hedda runs. */
async function cycle(people: number) {
	const made = await house();
	const add = (id: string, manager: string | null, team?: string) => {
		made.profiles.set(id, profile(id, manager, team));
		made.people.set(id, { ...somebody(id, true), name: `Name ${id}` });
	};
	for (const id of ['femi', 'fay']) add(id, null, 'People');
	const bosses = Math.max(1, Math.ceil(people / 20));
	for (let n = 0; n < bosses; n++) add(`boss${n}`, null);
	for (let n = 0; n < people; n++) add(`p${n}`, `boss${n % bosses}`);
	const room = await made.open({ format: 'peer-review', preset: 'cycle', title: 'H1' });
	const all = Array.from({ length: people }, (_, n) => `p${n}`);
	return {
		made,
		room,
		all,
		async start() {
			await room.must('hedda', 'cycle.describe', { purpose: 'To learn from the first half of the year' });
			await room.must('hedda', 'cycle.enrol', { people: all.map((person) => ({ person })) });
			for (const person of ['femi', 'fay']) await room.must('hedda', 'cycle.moderate', { person });
			await room.must('hedda', 'cycle.start');
			await made.rooms.settled();
		},
		async of(person: string): Promise<Room> {
			const child = (await made.store.children(room.id)).find(({ key }) => key === person);
			return (await made.rooms.get(child!.room))!;
		}
	};
}

let commands = 0;
const ask = (room: Room, by: string, type: string, payload: Json = {}) =>
	room.command(by, `ask-${++commands}`, type, payload);
const must = async (room: Room, by: string, type: string, payload: Json = {}) => {
	const answer = await ask(room, by, type, payload);
	if (!answer.ok) throw new Error(`${type}: ${answer.error.code}, ${answer.error.message}`);
	return answer.result;
};

describe('a cycle', () => {
	it('opens a room for each of 200 with their manager and a moderator outside their line, and nobody else', async () => {
		const { made, room, start, of } = await cycle(200);
		await start();
		const desk = typed<ProgrammeDesk>(project(room.room.world).desk.get('rooms'));
		const lines = Object.values(desk.rooms);
		expect(lines).toHaveLength(200);
		expect(lines.every(({ is, turnedAway }) => is === 'open' && turnedAway.length === 0)).toBe(true);
		expect(lines.every(({ report }) => report?.phase?.id === 'P1')).toBe(true);
		const p7 = await of('p7');
		expect(p7.world.row.title).toBe('Name p7 · H1');
		expect(['p7', 'boss7', 'hedda'].map((id) => memberOf(p7.world, id)?.role)).toEqual([
			'reviewee',
			'manager',
			undefined
		]);
		const readers = await Promise.all(
			Array.from({ length: 10 }, async (_, n) => {
				const { world } = await of(`p${n}`);
				return ['femi', 'fay'].find((id) => memberOf(world, id)?.role === 'moderator');
			})
		);
		expect(new Set(readers)).toEqual(new Set(['femi', 'fay']));
		expect(made.errors).toEqual([]);
		expect(nowOf(room.room.world)?.phase).toBe('C1');
	}, 120_000);

	it('is locked once started, and starts only with people, managers and somebody who moderates', async () => {
		const { room, start, made } = await cycle(2);
		const say = async (type: string, payload: object = {}, by = 'hedda') => {
			const answer = await room.run(by, type, payload);
			return answer.ok ? 'ok' : answer.error.code;
		};
		expect(await say('cycle.start')).toBe('purpose');
		await room.must('hedda', 'cycle.describe', { purpose: 'To learn', days: { approve: 5 } });
		expect(await say('cycle.describe', { purpose: 'To learn', days: { dance: 5 } })).toBe('no_step');
		expect(await say('cycle.describe', { purpose: 'To learn', days: { approve: 0 } })).toBe('invalid');
		expect(await say('cycle.start')).toBe('nobody');
		expect(await say('cycle.enrol', { people: [] })).toBe('invalid');
		expect(await say('cycle.enrol', { people: [{ person: 'stranger' }] })).toBe('outside');
		expect(await say('cycle.enrol', { people: [{ person: 'p0', manager: 'p0' }] })).toBe('oneself');
		expect(await say('cycle.enrol', { people: [{ person: 'p0', manager: 'femi' }] })).toBe('no_manager');
		expect(await say('cycle.enrol', { people: [{ person: 'boss0' }] })).toBe('ok');
		expect(await say('cycle.start')).toBe('managers');
		expect(await say('cycle.withdraw', { person: 'boss0' })).toBe('ok');
		expect(await say('cycle.withdraw', { person: 'boss0' })).toBe('gone');
		expect(await say('cycle.enrol', { people: [{ person: 'p0' }] })).toBe('ok');
		expect(await say('cycle.start')).toBe('moderators');
		expect(await say('cycle.moderate', { person: 'boss0' })).toBe('ok');
		expect(await say('cycle.start')).toBe('no_moderator');
		expect(await say('cycle.postpone', { days: 2 })).toBe('not_open');
		expect(await say('agenda.start', room.expects())).toBe('forbidden');
		await start();
		for (const [type, payload] of [
			['describe', { purpose: 'Something else' }],
			['enrol', { people: [{ person: 'p1' }] }],
			['withdraw', { person: 'p0' }],
			['moderate', { person: 'fay' }],
			['start', {}]
		] as const)
			expect([type, await say(`cycle.${type}`, payload)]).toEqual([type, 'not_open']);
		await room.join('guest');
		expect(await say('cycle.postpone', { days: 2 }, 'guest')).toBe('forbidden');
		expect(made.errors).toEqual([]);
	});

	it('lets those who are asked in by the directory, and warns whoever asks somebody for a fifth review', async () => {
		const { start, of } = await cycle(6);
		await start();
		const rooms = await Promise.all([0, 1, 2, 3, 4].map((n) => of(`p${n}`)));
		for (const [n, room] of rooms.entries())
			await must(room, `p${n}`, 'reviews.nominate', { person: 'p5', reason: 'We work together' });
		for (const room of rooms) await room.pass(3 * DAY);
		const idIn = (room: Room) => typed<ReviewsOwn>(room.own('boss0').reviews).nominations![0]!.id;
		for (const room of rooms.slice(0, 4)) {
			await must(room, 'boss0', 'reviews.approve', { id: idIn(room) });
			expect(memberOf(room.world, 'p5')).toMatchObject({ role: 'reviewer', name: 'Name p5', account: true });
		}
		const fifth = rooms[4]!;
		const full = await ask(fifth, 'boss0', 'reviews.approve', { id: idIn(fifth) });
		expect(full).toMatchObject({
			ok: false,
			error: { code: 'busy', message: expect.stringMatching(/4 reviews/) }
		});
		await must(fifth, 'boss0', 'reviews.approve', { id: idIn(fifth), despite: true });
	});

	it('is told counts and states of its rooms, and who reviews whom nowhere', async () => {
		const { made, room, start, of } = await cycle(2);
		await start();
		const p0 = await of('p0');
		await must(p0, 'p0', 'reviews.nominate', { person: 'p1', reason: 'Sits next to me' });
		await p0.pass(6 * DAY);
		await must(p0, 'p1', 'reviews.write', {
			comment: {
				...{ kind: 'continue', situation: 'The audit in spring', behaviour: 'you asked first' },
				...{ impact: 'we lost no day', month: new Date(p0.now).toISOString().slice(0, 7) }
			}
		});
		await must(p0, 'p1', 'reviews.submit');
		await made.rooms.settled();
		const { desk, record } = project(room.room.world);
		const told = JSON.stringify([[...desk], [...record], await made.store.state(room.id, 1)]);
		expect(told).toContain(
			'"reviews.submitted":{"name":{"en":"Submitted","de":"Eingereicht"},"value":1,"of":1}'
		);
		expect(told).toMatch(
			/"reviews.short":\{"name":[^}]*\},"value":3,"of":null,"warn":\{"en":"The manager can ask/
		);
		expect(told).not.toMatch(/audit|asked first|Sits next|"load"/);
		expect((await made.store.childOf(p0.id))?.report?.load).toEqual({ p1: 1 });
	});

	it('puts all dates off in all its rooms', async () => {
		const { made, room, start, of } = await cycle(2);
		await start();
		const before = factsOf((await of('p1')).world);
		const due = typed<ReviewsOwn>((await of('p1')).own('p1').reviews).status.brief!.dates;
		await room.must('hedda', 'cycle.postpone', { days: 7 });
		await made.rooms.settled();
		const now = typed<ReviewsOwn>((await of('p1')).own('p1').reviews).status.brief!.dates;
		expect(now.release! - due.release!).toBe(7 * DAY);
		expect(factsOf((await of('p1')).world).agenda).toEqual(before.agenda);
	});
});
