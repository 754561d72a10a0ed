import { describe, expect, it } from 'vitest';
import type { Json } from '#lib/blocks/block.ts';
import type { ContactsRecord } from '#lib/blocks/contacts/model.ts';
import { DAY } from '#lib/blocks/days.ts';
import type { FormOwn, FormRecord } from '#lib/blocks/form/model.ts';
import type { ListRecord } from '#lib/blocks/list/model.ts';
import type { MeetingsOwn, MeetingsRecord } from '#lib/blocks/meetings/model.ts';
import type { PairingDesk, PairingOwn } from '#lib/blocks/pairing/model.ts';
import { strongest } from '#lib/blocks/pairing/model.ts';
import type { PlanOwn, PlanRecord } from '#lib/blocks/plan/model.ts';
import type { ProgrammeDesk, ProgrammeOwn } from '#lib/blocks/programme/model.ts';
import type { TemplateDesk } from '#lib/blocks/template/model.ts';
import { typed } from '#lib/blocks/testing.ts';
import type { DemoStep } from '#lib/formats/demo.ts';
import { peerMentorCohortDemo } from '#lib/formats/demos/peer-mentor-cohort.ts';
import { peerMentorDemo } from '#lib/formats/demos/peer-mentor.ts';
import { formats } from '#lib/formats/index.ts';
import { peerMentor } from '#lib/formats/peer-mentor.ts';
import { formatFor } from '#lib/formats/sent.ts';
import { blocks } from '#lib/blocks/rules.ts';
import { openDemo, steps } from '../../tests/support/demo-room.ts';
import { ownOf, recordOf, type Rehearsal, rehearse } from '../../tests/support/rehearse.ts';
import { ledgerChanges } from './changes.ts';
import type { Person } from '../identity/person.ts';
import { reportOf } from './children.ts';
import { leftBy } from './leaving.ts';
import type { Room } from './room.ts';
import { fakeChance, hall } from './testing.ts';
import { meetingOf } from './past.ts';
import { appointmentsFor, project } from './projection.ts';
import { factsOf, nowOf } from './world.ts';

const play = (more: readonly DemoStep[] = [], upTo = peerMentorDemo.steps.length): Rehearsal =>
	rehearse(
		peerMentor,
		{ ...peerMentorDemo, steps: [...peerMentorDemo.steps.slice(0, upTo), ...more] },
		{ punctual: true }
	);
const does = (by: string, run: string, payload: Json = {}): DemoStep => ({ by, run, with: () => payload });
const days = (count: number): DemoStep => ({ wait: count * 24 * 60 });
/** The demo until, and without, the step that gives this to this command. */
const before = (run: string, holds: (step: string) => boolean): number => {
	const seen = { run: '', people: {}, results: {}, now: 0, record: () => ({}) };
	const at = peerMentorDemo.steps.findIndex((step) => {
		if (!('run' in step) || step.run !== run) return false;
		let payload = '';
		try {
			payload = JSON.stringify(step.with?.(seen) ?? {});
		} catch {
			// it refers to what was made before
		}
		return holds(payload);
	});
	expect(at).toBeGreaterThan(-1);
	return at;
};

const rows = (room: Rehearsal) => ledgerChanges(new Map(), room.world, 0).put;
const plan = (room: Rehearsal) => Object.values(recordOf<PlanRecord>(room, 'plan').items);
const phase = (room: Rehearsal) => factsOf(room.world).agenda?.phase;

describe('Nia and Omar', () => {
	const room = play();

	it('held nine meetings of nine, and met eleven of twelve people', () => {
		const { meetings, contacts } = factsOf(room.world);
		expect(meetings).toMatchObject({ held: 9, planned: 9, complete: true });
		expect(contacts).toEqual({ listed: 12, met: 11, wanted: 12 });
	});

	it('came through the phases on their days, and are in the close after day 90', () => {
		expect(phase(room)).toBe('P5');
		const visits = Object.values(
			recordOf<{ visits: Record<string, { phase: string; opened: number }> }>(room, 'agenda').visits
		);
		const day = (id: string) => {
			const first = visits.find((one) => one.phase === 'P1')!.opened;
			return Math.round((visits.find((one) => one.phase === id)!.opened - first) / DAY) + 1;
		};
		expect(['P1', 'P2', 'P3', 'P4'].map(day)).toEqual([1, 8, 31, 61]);
	});

	it('met Bea of legal on day 12', () => {
		const { contacts } = recordOf<ContactsRecord>(room, 'contacts');
		const bea = Object.values(contacts).find(({ name }) => name === 'Bea Lind')!;
		const { day } = recordOf<PlanRecord>(room, 'plan').begun.now!;
		expect((Date.parse(bea.met!) - Date.parse(day)) / DAY + 1).toBe(12);
		expect(bea).toMatchObject({ through: 'Omar', why: 'Legal: why we can’t tell the customer' });
	});

	it('at day 30: clarity 3 of 5, and what she was stuck on became an item of the plan', () => {
		const { entries } = recordOf<FormRecord>(room, 'pulse');
		const pulses = Object.values(entries).map(({ entry }) => [entry.day, entry.clarity]);
		expect(pulses).toEqual([
			['day7', 2],
			['day30', 3],
			['day60', 4],
			['day90', 5]
		]);
		const item = plan(room).find(({ text }) => text === 'two escalation routes');
		expect(item).toMatchObject({ owner: 'mentor', phase: 'P2', from: 'pulse', done: expect.any(Number) });
		expect(plan(room).filter(({ tag, done }) => tag !== null && done === null)).toEqual([]);
	});

	it('were quiet for ten days once: Omar was nudged at day 47, and then they met', () => {
		const quiet = before('meetings.add', (with_) => with_.includes('Where we were'));
		const at = play([], quiet);
		const { day } = recordOf<PlanRecord>(at, 'plan').begun.now!;
		const nudge = ownOf<MeetingsOwn>(at, 'omar', 'meetings').nudge!;
		expect(Math.floor((nudge.at - Date.parse(day)) / DAY) + 1).toBe(47);
		expect(nudge.days).toBe(10);
		expect(recordOf<MeetingsRecord>(at, 'meetings').nudges).toMatchObject({ mentor: { days: 10 } });
		expect(ownOf<MeetingsOwn>(at, 'ada', 'meetings').nudge).toBeNull();
		expect(ownOf<MeetingsOwn>(room, 'omar', 'meetings').nudge).toBeNull();
		const later = play([days(7)], quiet);
		expect(ownOf<MeetingsOwn>(later, 'ada', 'meetings').nudge).toMatchObject({ days: 17 });
		expect(reportOf(later.world).facts['meetings.silent']).toMatchObject({ value: 17 });
	});

	it('have each next meeting in their calendars, with hour and place, and nobody outside has', () => {
		const person = (short: string) => `person-${short}`;
		const dates = appointmentsFor(room.world, person('nia'));
		expect(dates.length).toBeGreaterThan(3);
		for (const date of dates) {
			expect(date).toMatchObject({ place: expect.stringContaining('Coffee'), cancelled: false });
			expect(date.people?.taking.toSorted()).toEqual(['nia', 'omar'].map(person));
		}
		for (const outside of ['mara', 'ada']) expect(appointmentsFor(room.world, person(outside))).toEqual([]);
	});

	it('published a question without her name, because she said so', () => {
		const { items } = recordOf<ListRecord>(room, 'questions');
		expect(Object.values(items)).toMatchObject([
			{ text: 'Which escalation route?', faq: expect.any(Number) }
		]);
		const [row] = rows(room).filter(({ kind }) => kind === 'question');
		expect(row).toMatchObject({ person: null, state: 'shared', text: 'Which escalation route?' });
		expect(JSON.stringify(row)).not.toMatch(/nia|omar/i);
		const unasked = play(
			[],
			before('questions.publish', () => true)
		);
		expect(rows(unasked).some(({ kind, state }) => kind === 'question' && state === 'shared')).toBe(false);
	});

	it('leave the plan better than they found it', () => {
		expect(rows(room).filter(({ kind }) => kind === 'learning')).toMatchObject([
			{ text: 'Both escalation routes on one page, in week one.' }
		]);
	});
});

describe('whoever stands outside', () => {
	const room = play();
	const all = (person: string) =>
		JSON.stringify([...room.world.instances.keys()].map((name) => room.own(person, name)));

	it('is told figures: the manager of plan and meetings, and nothing that was said', () => {
		expect(ownOf<MeetingsOwn>(room, 'mara', 'meetings')).toEqual({
			told: { held: 9, planned: 9 },
			nudge: null
		});
		expect(ownOf<PlanOwn>(room, 'mara', 'plan').told).toMatchObject({ done: 18, of: 18 });
		for (const person of ['mara', 'ada'])
			expect(all(person)).not.toMatch(/escalation|case tool|Bea|clarity|Tipping/i);
		expect(all('mara')).not.toMatch(/good|yes/);
	});

	it('is the administrator alone, where it is about the fit', () => {
		const { entries } = ownOf<FormOwn>(room, 'ada', 'fit');
		expect(entries.map(({ name, entry }) => [name, entry.fit])).toEqual([
			['Nia Roberts', 'good'],
			['Omar Haddad', 'good']
		]);
		expect(ownOf<FormOwn>(room, 'omar', 'fit').entries).toEqual([]);
		expect(ownOf<FormOwn>(room, 'omar', 'onward').entries).toEqual([]);
		expect(ownOf<FormOwn>(room, 'ada', 'onward').entries).toMatchObject([{ entry: { mentor: 'yes' } }]);
		expect(JSON.stringify([room.published('fit'), room.published('onward')])).not.toMatch(/"good"|"yes"/);
	});

	it('hears in the programme numbers and words of the program', () => {
		const { facts } = reportOf(room.world);
		expect(
			Object.fromEntries(Object.entries(facts).map(([fact, { value, of }]) => [fact, [value, of]]))
		).toEqual({
			'plan.done': [18, 18],
			'meetings.held': [9, 9],
			'meetings.silent': [0, null],
			'fit.says/mentee': ['good', null],
			'fit.says/mentor': ['good', null]
		});
		expect(facts['fit.says/mentee']?.word).toEqual({ en: 'good', de: 'gut' });
	});
});

describe('the peer mentor format', () => {
	const start = before('plan.begin', () => true);
	const week = before('fit.submit', () => true);

	it('has its plan edited by the mentor, and ticked by whose it is', () => {
		for (const run of ['plan.add', 'plan.edit', 'plan.begin', 'questions.answer'])
			expect(
				() => play([does('nia', run, { id: 'x', text: 'a', item: 'x', day: '2026-05-04' })], week),
				run
			).toThrow(/may not do this/);
		for (const run of ['contacts.meet', 'questions.submit', 'questions.publish', 'pulse.submit', 'goals.add'])
			expect(() => play([does('omar', run)], week), run).toThrow(/may not do this/);
		for (const person of ['mara', 'ada'])
			for (const run of ['meetings.add', 'plan.tick', 'fit.submit', 'contacts.add'])
				expect(() => play([does(person, run)], week), run).toThrow(/may not do this/);
	});

	it('asks how it fits after the first meeting', () => {
		const fit = does('nia', 'fit.submit', { entry: { fit: 'bad' } });
		const first = before('fit.submit', () => true) - 2;
		expect(() => play([fit], first)).toThrow(/Meet once first/);
		expect(reportOf(play([fit], week).world).facts['fit.says/mentee']?.value).toBe('bad');
	});

	it('begins by itself on the first day, and is led on by hand as well', () => {
		expect(() =>
			play([{ by: 'omar', run: 'agenda.start', with: ({ run }) => ({ expects: run }) }], start)
		).toThrow(/Set the first day first/);
		expect(phase(play([days(9)], start + 1))).toBe('P0');
		expect(phase(play([days(11)], start + 1))).toBe('P1');
	});

	it('ends early without a nudge to anybody', () => {
		const room = play(
			[{ by: 'omar', run: 'agenda.end', with: ({ run }) => ({ expects: run }) }, days(120)],
			week
		);
		expect(room.world.row.meeting).toBe(2);
		expect(phase(room)).toBe('P0');
		expect(ownOf<MeetingsOwn>(room, 'ada', 'meetings').nudge).toBeNull();
		expect(rows(room).filter(({ kind, state }) => kind === 'action' && state === 'open')).toEqual([]);
		// the map of contacts is there for the next time
		expect(Object.keys(recordOf<ContactsRecord>(room, 'contacts').contacts)).toHaveLength(2);
	});
});

describe('a cohort', () => {
	async function cohort() {
		const house = await hall(undefined, fakeChance(), { known: { formats, blocks }, tick: 0 });
		const room = await openDemo(house, 'peer-mentor', peerMentorCohortDemo);
		for await (const _ of steps(house, room, peerMentorCohortDemo));
		await house.rooms.settled();
		const run = async (by: string, type: string, payload: Json = {}) => {
			const answer = await room.command(
				`person-${by}`,
				`${by}-${type}-${JSON.stringify(payload)}`,
				type,
				payload
			);
			if (!answer.ok) throw new Error(answer.error.message);
			await house.rooms.settled();
			return answer.result;
		};
		const desk = <D>(name: string) => {
			const instance = room.world.instances.get(name)!;
			const seen = instance.block.publish(room.world.states.get(name)!, {
				...{ room: { id: room.id, title: '', format: '' }, meeting: 1, phase: null, people: {} },
				...{ settings: instance.settings, moderates: () => true, facilitates: () => true }
			});
			return typed<D>(seen.desk);
		};
		const own = <O>(person: string, name: string) => typed<O>(room.own(`person-${person}`)[name]);
		const close = async () => {
			await house.rooms.close();
			await house.committer.drain();
		};
		return { house, room, run, desk, own, close };
	}
	const short = (id: string) => id.replace('person-', '');

	it('is matched with 230 points where taking the best pair first makes 195', async () => {
		const { desk, own, close } = await cohort();
		const { pairs, run, rows } = desk<PairingDesk>('pairing');
		expect(
			Object.fromEntries(
				Object.entries(rows).map(([seeker, { scores }]) => [
					short(seeker),
					['mei', 'omar', 'sofia'].map((giver) => scores[`person-${giver}`])
				])
			)
		).toEqual({ nia: [90, 80, 30], jon: [85, 40, 35], eva: [60, 70, 65] });
		// in whatever order: some may have joined in the same millisecond
		expect(
			Object.fromEntries(
				Object.values(pairs).map(({ seeker, giver, is }) => [short(seeker), [short(giver), is]])
			)
		).toEqual({
			nia: ['omar', 'confirmed'],
			jon: ['mei', 'confirmed'],
			eva: ['sofia', 'confirmed']
		});
		expect(run.now).toMatchObject({ total: 230, proposed: 3, unpaired: 0, method: 'best' });
		const nia = Object.values(pairs).find(({ seeker }) => short(seeker) === 'nia')!;
		expect(strongest(nia.reasons).map(({ words, hours }) => words[0] ?? hours)).toEqual([
			'case tool',
			'SQL',
			5
		]);
		expect(own<PairingOwn>('nia', 'pairing').pairs).toMatchObject([{ name: 'Omar' }]);
		await close();
	});

	it('opens a room for each pair, in which the two are, and whoever runs it stands outside', async () => {
		const { house, desk, own, close } = await cohort();
		const lines = Object.values(desk<ProgrammeDesk>('rooms').rooms);
		expect(lines.map(({ title, is, people }) => [title, is, people]).sort()).toEqual([
			['Eva & Sofia', 'open', 3],
			['Jon & Mei', 'open', 3],
			['Nia & Omar', 'open', 3]
		]);
		const [mine] = own<ProgrammeOwn>('nia', 'rooms').rooms;
		expect(mine).toMatchObject({ role: 'mentee', code: expect.any(String) });
		const room = (await house.rooms.find(mine!.code!))!;
		expect(factsOf(room.world).roster).toMatchObject({ mentee: 1, mentor: 1, administrator: 1 });
		expect(room.world.format.roles.administrator?.outside).toContain('fit');
		await close();
	});

	it('hears that two do not fit, and offers a new pairing', async () => {
		const { house, room, run, desk, own, close } = await cohort();
		const { code } = own<ProgrammeOwn>('nia', 'rooms').rooms[0]!;
		const pair = (await house.rooms.find(code!))!;
		const does = async (by: string, type: string, payload: Json) => {
			const answer = await pair.command(`person-${by}`, `${by}-${type}`, type, payload);
			expect(answer, type).toMatchObject({ ok: true });
		};
		const today = new Date(pair.now).toISOString().slice(0, 10);
		await does('omar', 'plan.begin', { day: today });
		await pair.run('plan.reach', {});
		await does('omar', 'meetings.add', { day: today, topics: 'Who is who' });
		await does('nia', 'fit.submit', { entry: { fit: 'bad' } });
		await house.rooms.settled();
		const found = () =>
			Object.values(desk<PairingDesk>('pairing').pairs).filter(({ seeker }) => short(seeker) === 'nia');
		expect(found()).toMatchObject([{ fit: { seeker: 'bad', giver: null }, is: 'confirmed' }]);
		expect(factsOf(room.world).pairing).toMatchObject({ unfit: 1 });
		await run('ada', 'pairing.release', { pair: found()[0]!.id });
		expect(own<PairingOwn>('nia', 'pairing')).toMatchObject({ again: true, pairs: [] });
		await run('mei', 'pairing.join', { capacity: 2 });
		await run('ada', 'pairing.propose');
		await run('ada', 'pairing.confirm');
		expect(own<PairingOwn>('nia', 'pairing').pairs).toMatchObject([{ name: 'Mei' }]);
		expect(Object.values(desk<ProgrammeDesk>('rooms').rooms)).toHaveLength(4);
		await close();
	});

	it('has its next plans begin with what a pair would have had, once it ended and by whoever runs it', async () => {
		const { house, room, run, desk, own, close } = await cohort();
		const pair = (await house.rooms.find(own<ProgrammeOwn>('nia', 'rooms').rooms[0]!.code!))!;
		let n = 0;
		const does = async (by: string, type: string, payload: Json = {}) => {
			const answer = await pair.command(`person-${by}`, `${n++}`, type, payload);
			expect(answer, type).toMatchObject({ ok: true });
			await house.rooms.settled();
			return answer.ok ? (answer.result as { id: string }) : null;
		};
		const improves = (by: string, text: string, to: string, id?: string) =>
			does(by, 'improvements.submit', {
				entry: { text, phase: 'P1', owner: 'mentor', for: to },
				...(id && { id })
			});
		const suggested = () => Object.values(desk<TemplateDesk>('template').suggested);
		await does('omar', 'plan.begin', { day: new Date(pair.now).toISOString().slice(0, 10) });
		await pair.run('plan.reach', {});
		await does('nia', 'questions.submit', { text: 'Is it always this loud?' });
		await improves('nia', 'Our secret handshake', 'team');
		const given = await improves('nia', 'Both routes on one page', 'programme');
		const shown = await improves('omar', 'A tour of the vault', 'org');
		// while they are at it, they may think better of it
		expect(suggested()).toEqual([]);
		const phase = pair.published({ role: 'mentor' } as never).agenda as never as {
			now: { current: { run: string } };
		};
		await does('omar', 'agenda.end', { expects: phase.now.current.run });
		expect(suggested().map(({ entry, is }) => [entry, is])).toEqual([
			[{ text: 'Both routes on one page', phase: 'P1', owner: 'mentor' }, 'new'],
			[{ text: 'A tour of the vault', phase: 'P1', owner: 'mentor' }, 'new']
		]);
		// nothing else of the pair has left its room, and who said it has not either
		const everything = JSON.stringify([
			...[...room.world.states.values()],
			(await house.store.children(room.id)).map(({ report }) => report)
		]);
		expect(everything).not.toMatch(/handshake|loud/);
		expect(JSON.stringify(suggested())).not.toMatch(/nia|omar|person-/i);

		const [first, second] = suggested();
		for (const verb of ['adopt', 'dismiss', 'reopen'])
			await expect(run('omar', `template.${verb}`, { key: first!.key })).rejects.toThrow(/may not do this/);
		await run('ada', 'template.adopt', { key: first!.key });
		await run('ada', 'template.dismiss', { key: second!.key });
		const opened = async (key: string) => {
			await room.run('rooms.open', { key, mentee: 'person-jon', mentor: 'person-sofia' });
			await house.rooms.settled();
			const { code } = own<ProgrammeOwn>('sofia', 'rooms').rooms.at(-1)!;
			const next = (await house.rooms.find(code!))!;
			await next.command('person-sofia', 'day', 'plan.begin', { day: '2026-05-04' });
			const { items } = typed<PlanRecord>(next.published({ role: 'mentor' } as never).plan);
			return { next, items: Object.values(items).map(({ text, due }) => [text, due] as const) };
		};
		const { next, items } = await opened('next');
		expect(items).toHaveLength(17);
		expect(items).toContainEqual(['Both routes on one page', null]);
		expect(items).toContainEqual(['Badge, laptop and phone', '2026-05-04']);
		// and there it is looked after by whoever runs the programme, not in each room
		expect(next.world.format.phases.some(({ stage }) => stage.includes('template'))).toBe(false);
		expect([pair, next].map(({ world }) => world.instances.has('template'))).toEqual([false, false]);
		expect(room.world.format.phases.every(({ stage }) => stage.includes('template'))).toBe(true);

		await run('ada', 'template.reopen', { key: first!.key });
		expect((await opened('after')).items).toHaveLength(16);
		await does('nia', 'improvements.withdraw', { id: given!.id });
		expect(suggested().map(({ entry }) => entry.text)).toEqual(['A tour of the vault']);

		// they go on: what they add goes at the end of that, what they have given is changed or taken back at once
		const more = await improves('nia', 'A map of the house', 'programme');
		const kept = await improves('nia', 'Names of the plants', 'programme');
		await improves('omar', 'A tour of the cellar', 'org', shown!.id);
		expect(suggested().map(({ entry }) => entry.text)).toEqual(['A tour of the cellar']);
		await improves('nia', 'Only ours', 'team', kept!.id);
		expect(await pair.run('agenda.lead', { to: 'P5' })).toMatchObject({ ok: true });
		await does('omar', 'agenda.end', { expects: nowOf(pair.world)!.run });
		expect(suggested().map(({ entry }) => entry.text)).toEqual([
			'A tour of the cellar',
			'A map of the house'
		]);
		await improves('omar', 'For us', 'team', shown!.id);
		await improves('nia', 'Names of the plants', 'programme', kept!.id);
		expect(suggested().map(({ entry }) => entry.text)).toEqual(['A map of the house']);
		await does('nia', 'improvements.withdraw', { id: more!.id });
		expect(suggested()).toEqual([]);
		await close();
	});

	it('is run by whoever runs it, and nobody else', async () => {
		const { run, close } = await cohort();
		for (const type of ['weigh', 'propose', 'pin', 'forbid', 'confirm', 'release'])
			await expect(run('nia', `pairing.${type}`), type).rejects.toThrow(/may not do this/);
		await expect(run('ada', 'pairing.join')).rejects.toThrow(/may not do this/);
		await close();
	});
});

describe('a pair of no programme', () => {
	async function pairs() {
		const house = await hall(undefined, fakeChance(), { known: { formats, blocks }, tick: 0 });
		let n = 0;
		const does = (room: Room, by: string, type: string, payload: Json = {}) =>
			room.command(by, `${n++}`, type, payload);
		return {
			house,
			does,
			async made(id: string) {
				const person = { id, name: id, account: true } as Person;
				const room = await house.rooms.create(person, { title: 'Ninety days', format: 'peer-mentor' });
				if (!room.ok) throw new Error(room.refusal.message);
				return (await house.rooms.get(room.value.room.id))!;
			},
			async begun(room: Room, by: string) {
				await does(room, by, 'plan.begin', { day: '2026-05-04', language: 'de' });
				const { items } = typed<PlanRecord>(room.published({ role: 'mentor' } as never).plan);
				return Object.values(items).map(({ text }) => text);
			},
			suggested: (room: Room) =>
				Object.values(typed<TemplateDesk>(room.world.states.get('template')).suggested),
			async close() {
				await house.rooms.close();
				await house.committer.drain();
			}
		};
	}
	const improvement = (text: string, to: string) => ({ text, phase: 'P1', owner: 'mentor', for: to });

	it('leaves the improved plan to the mentor’s next room, and to nobody else’s', async () => {
		const { does, made, begun, suggested, close } = await pairs();
		const first = await made('omar');
		expect(await begun(first, 'omar')).toHaveLength(16);
		await does(first, 'omar', 'improvements.submit', { entry: improvement('Ein Rundgang', 'programme') });
		const key = suggested(first)[0]!.key;
		expect(await does(first, 'omar', 'template.adopt', { key })).toMatchObject({
			error: { code: 'not_open' }
		});
		await first.run('agenda.lead', { to: 'P5' });
		expect(await does(first, 'omar', 'template.adopt', { key })).toMatchObject({ ok: true });
		const second = await made('omar');
		expect(await begun(second, 'omar')).toEqual(
			expect.arrayContaining(['Ein Rundgang', 'Ausweis, Laptop und Telefon'])
		);
		// what is changed there begins where this one ended, also once the room's settings are others
		const settings = { joining: 'approval', begins: { 'plan.template': [] } };
		expect(await does(second, 'omar', 'room.configure', { settings })).toMatchObject({ ok: true });
		const third = await made('omar');
		for (const room of [second, third]) expect(leftBy(room.world)).toEqual({});
		expect(await begun(third, 'omar')).toHaveLength(17);
		expect(second.world.settings).toMatchObject({
			joining: 'approval',
			begins: { 'plan.template': expect.arrayContaining([expect.objectContaining({ text: 'Ein Rundgang' })]) }
		});
		expect(await begun(await made('mei'), 'mei')).toHaveLength(16);
		await close();
	});

	it('says what others wrote in none of its documents before it is in the plan, and shows it to no one outside', async () => {
		const { does, made, begun, suggested, close } = await pairs();
		const first = await made('omar');
		await begun(first, 'omar');
		await does(first, 'omar', 'improvements.submit', { entry: improvement('A needle', 'programme') });
		await first.run('agenda.lead', { to: 'P5' });
		await does(first, 'omar', 'template.adopt', { key: suggested(first)[0]!.key });
		const { world } = await made('omar');
		expect(JSON.stringify(world.format.blocks)).toContain('A needle');
		const { record } = project(world);
		expect(JSON.stringify([...record])).not.toContain('A needle');
		const readers = (instance: string) =>
			[...Object.keys(world.format.roles), null].filter((role) =>
				JSON.stringify(formatFor(world.format, role).blocks[instance]).includes('A needle')
			);
		expect([readers('plan'), readers('template')]).toEqual([['mentor', 'mentee'], ['mentor']]);
		// an earlier meeting has the format that it had
		const earlier = await meetingOf({ ...world.row, meeting: 2 }, 1, {
			store: { load: async () => ({ snapshot: null, tail: [], seq: 0 }), state: async () => [] } as never,
			registry: { formats, blocks }
		});
		expect(JSON.stringify(earlier.format.blocks)).toContain('A needle');
		await close();
	});

	it('suggests what somebody gave to the next ones, and nothing that is for the two of them', async () => {
		const { does, made, suggested, close } = await pairs();
		const room = await made('omar');
		const said = async (entry: Json, id?: string) => {
			const answer = await does(room, 'omar', 'improvements.submit', { entry, ...(id && { id }) });
			return answer.ok ? (answer.result as { id: string }).id : '';
		};
		const words = () => suggested(room).map(({ entry }) => entry.text);
		const ours = await said(improvement('Our secret handshake', 'team'));
		expect(words()).toEqual([]);
		await said(improvement('A handshake', 'programme'), ours);
		const all = await said(improvement('A tour of the vault', 'org'));
		expect(words()).toEqual(['A handshake', 'A tour of the vault']);
		// who thinks better of it has it back, whether it was looked at or not
		await room.run('template.dismiss', { key: all });
		for (const id of [ours, all]) await said(improvement('It stays with us', 'team'), id);
		expect(words()).toEqual([]);
		await said(improvement('A handshake', 'programme'), ours);
		await does(room, 'omar', 'improvements.withdraw', { id: ours });
		expect(words()).toEqual([]);
		await close();
	});
});
