import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { blocks } from '#lib/blocks/rules.ts';
import { demos } from '#lib/formats/demos/index.ts';
import { formats } from '#lib/formats/index.ts';
import { openDemo, steps } from '../tests/support/demo-room.ts';
import type { Seen } from '#lib/formats/demo.ts';
import type { Format } from '#lib/formats/format.ts';
import { createRetention, type RetentionJob } from './retention.ts';
import { planned } from './rooms/retention.ts';
import { hall, meet, registry } from './rooms/testing.ts';
import { openDatabase } from './storage/database.ts';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
const raw: Format = {
	...meet,
	retention: [
		{
			after: 'ended',
			days: 30,
			what: { instances: ['pad'], documents: ['board'] },
			text: { en: 'The raw notes' }
		},
		{ after: { fact: 'shelf.notes' }, days: 30, what: { instances: ['shelf'] }, text: { en: 'The shelf' } },
		{ after: 'archived', days: 90, what: 'room' }
	]
};

let dataDir: string;
let here: Awaited<ReturnType<typeof hall>>;
let job: RetentionJob;
let room: Awaited<ReturnType<typeof here.open>>;
const erased: string[] = [];
const errors: string[] = [];

beforeEach(async () => {
	dataDir = mkdtempSync(join(tmpdir(), 'peerloom-retention-'));
	const known = { ...registry, formats: { meet: raw } };
	here = await hall(openDatabase(dataDir), undefined, { known });
	const days = { commands: 1, guests: 20, archived: null, deletions: 100 };
	const identity = {
		sweepSessions: async () => 3,
		endedGuests: async (before: number) => (before > 0 ? ['a guest'] : [])
	};
	const persons = { erase: async (person: string) => void erased.push(person) };
	errors.length = 0;
	const log = { info: () => {}, error: (_: object, message: string) => void errors.push(message) };
	const now = () => here.chance.now();
	job = createRetention({ ...here, registry: known, identity, persons, days, now, log });
	room = await here.open();
	await room.join('tom');
	await write('a raw draft');
	await room.must('tom', 'pad.whisper', { text: 'a raw secret' });
	await room.must('hedda', 'agenda.start', room.expects());
	await room.must('hedda', 'agenda.end', room.expects());
	await room.must('tom', 'pad.whisper', { text: 'a later secret' });
});
afterEach(async () => {
	expect(errors).toEqual([]);
	await job.close();
	await here.rooms.close();
	await here.hub.close();
	await here.store.close();
	rmSync(dataDir, { recursive: true });
});

async function write(text: string): Promise<void> {
	const doc = new Y.Doc();
	doc.getText('t').insert(0, text);
	const update = Y.encodeStateAsUpdate(doc);
	const document = `${room.id}/m1/board`;
	await here.committer.commit({ entries: [{ document, update, person: 'tom', at: 1, cause: null }] });
}

const onDisk = (word: string) =>
	readdirSync(dataDir).some((file) => readFileSync(join(dataDir, file)).includes(word));
const pass = (days: number) => (here.chance.ahead += days * DAY);

describe('retention', () => {
	it('says before what will be deleted, and when', async () => {
		const plans = await job.planned(room.room.world);
		expect(plans).toMatchObject([{ meeting: 1, text: { en: 'The raw notes' } }]);
		expect(plans[0]!.at - here.chance.now()).toBeGreaterThan(29 * DAY);
		await room.must('hedda', 'room.archive', { archived: true });
		expect((await job.planned(room.room.world)).map(({ what }) => what)).toEqual([
			{ instances: ['pad'], documents: ['board'] },
			'room'
		]);
	});

	it('deletes nothing before its time', async () => {
		pass(29);
		expect(await job.run()).toMatchObject({ parts: 0, rooms: 0 });
		expect(onDisk('a raw secret') && onDisk('a raw draft')).toBe(true);
	});

	it('deletes what is due for good, out of rows and history, and leaves the rest', async () => {
		pass(31);
		const { parts } = await job.run();
		expect(parts).toBeGreaterThan(0);
		for (const word of ['a raw secret', 'a raw draft']) expect(onDisk(word), word).toBe(false);
		expect(onDisk('a later secret')).toBe(true);
		const record = new Y.Doc();
		Y.applyUpdate(record, await here.hub.read(`${room.id}/m1/record`));
		expect([...record.getMap('pad').keys()]).toEqual([]);
		expect([...record.getMap('roster').keys()].length).toBeGreaterThan(0);
		expect(await here.store.deletions()).toMatchObject(
			[
				{
					what: 'part',
					by: 'retention',
					room: room.id,
					at: here.chance.now(),
					detail: { meeting: 1, of: 'pad board' }
				}
			].map(({ at: _, ...rest }) => rest)
		);
		expect(await job.run()).toMatchObject({ parts: 0 });
		await room.must('tom', 'pad.add', { text: 'the room goes on' });
	});

	it('deletes an archived room when its time has come, and notes that, without a trace of which', async () => {
		await room.must('hedda', 'room.archive', { archived: true });
		pass(91);
		expect(await job.run()).toMatchObject({ rooms: 1 });
		expect(await here.store.room(room.id)).toBeNull();
		expect((await here.store.deletions()).at(-1)).toMatchObject({
			what: 'room',
			by: 'retention',
			room: null
		});
		for (const word of ['a raw secret', 'a later secret', 'a raw draft'])
			expect(onDisk(word), word).toBe(false);
	});

	it('deletes no room before those in it were told for two weeks, however long it is due', async () => {
		await room.must('hedda', 'room.archive', { archived: true });
		pass(91);
		await here.rooms.close();
		await here.hub.close();
		await here.store.close();
		// as an earlier version left it, which knew nothing of the rule
		const database = openDatabase(dataDir);
		database.exec('delete from matter');
		const days = { commands: 1, guests: null, archived: null, deletions: null };
		/** The server starts anew at the time that it is. */
		async function start() {
			await job.close();
			here = await hall(openDatabase(dataDir), here.chance, {
				known: { ...registry, formats: { meet: raw } }
			});
			job = createRetention({
				...{ ...here, registry: { ...registry, formats: { meet: raw } }, days },
				identity: { sweepSessions: async () => 0, endedGuests: async () => [] },
				persons: { erase: async () => {} },
				now: () => here.chance.now(),
				log: { info: () => {}, error: (_: object, message: string) => void errors.push(message) }
			});
		}
		async function stop() {
			await here.rooms.close();
			await here.hub.close();
			await here.store.close();
		}
		database.close();
		const day = (from: number) => new Date(from).toISOString().slice(0, 10);
		await start();
		const first = here.chance.now();
		expect(await job.run()).toMatchObject({ rooms: 0 });
		const [told] = (await here.store.mattersOf('tom')).filter(({ instance }) => instance === 'room');
		expect(told).toMatchObject({ kind: 'answer', when: { day: day(first), by: day(first + 14 * DAY) } });
		const plans = await job.planned((await here.rooms.get(room.id))!.world);
		expect(day(plans.find(({ what }) => what === 'room')!.at)).toBe(day(first + 14 * DAY));

		await stop();
		pass(13);
		await start();
		expect(await job.run()).toMatchObject({ rooms: 0 });
		expect((await here.store.mattersOf('tom')).find(({ instance }) => instance === 'room')).toEqual(told);

		await stop();
		pass(2);
		await start();
		expect(await job.run()).toMatchObject({ rooms: 1 });
		expect(await here.store.room(room.id)).toBeNull();
	});

	it('says nothing of a room that could not be deleted, and deletes it at the next run (C8)', async () => {
		await room.must('hedda', 'room.archive', { archived: true });
		pass(91);
		here.fails.deletion = true;
		for (const _ of [1, 2]) {
			expect(await job.run()).toMatchObject({ rooms: 0 });
			expect(errors.splice(0)).toEqual(['What is due of a room could not be deleted']);
			expect((await here.rooms.get(room.id))?.id).toBe(room.id);
			expect((await here.store.deletions()).filter(({ what }) => what === 'room')).toEqual([]);
		}
		here.fails.deletion = false;
		expect(await job.run()).toMatchObject({ rooms: 1 });
		expect(await here.store.room(room.id)).toBeNull();
		expect((await here.store.deletions()).filter(({ what }) => what === 'room')).toHaveLength(1);
	});

	it('forgets commands, sessions, guests and its own notes after the days that are set', async () => {
		await here.store.note({ at: here.chance.now(), what: 'room', by: 'owner', room: null, detail: {} });
		expect(await job.run()).toMatchObject({ commands: 0, deletions: 0 });
		pass(101);
		const ran = await job.run();
		expect(ran.commands).toBeGreaterThan(3);
		expect(ran).toMatchObject({ sessions: 3, guests: 1, deletions: 1 });
		expect(erased.at(-1)).toBe('a guest');
	});

	it('counts from a fact, where the format says so, and for archived rooms by the operator', () => {
		const { world } = room.room;
		const facts = planned(withShelf(1000), [], null);
		expect(facts.map(({ at, meeting }) => [at, meeting])).toEqual([[1000 + 30 * DAY, null]]);
		const archived = { ...world, row: { ...world.row, state: 'archived' as const, updated: 5 } };
		expect(planned({ ...archived, format: meet }, [], 10)).toEqual([
			{ at: 5 + 10 * DAY, meeting: null, what: 'room', text: null }
		]);
		expect(planned({ ...archived, format: meet }, [], null)).toEqual([]);
	});

	/** The pad's fact is how many notes there are; here it stands for a moment. */
	function withShelf(at: number) {
		const { world } = room.room;
		const shelf = world.instances.get('shelf')!;
		const block = { ...shelf.block, facts: () => ({ notes: at }) };
		return { ...world, instances: new Map(world.instances).set('shelf', { ...shelf, block }) };
	}
});

describe('what the formats promise', () => {
	it.each([
		{
			name: 'coaching',
			days: 90,
			gone: ['I rehearse the slides', 'What do you do in that minute', 'looks at the door', 'two-minute'],
			stays: []
		},
		{
			name: 'peer-review',
			days: 365,
			gone: ['you answered for Tess', 'nobody reworked files'],
			stays: ['In vendor calls']
		}
	])(
		'$name: after $days days nothing of it is left but what was agreed',
		async ({ name, days, gone, stays }) => {
			const folder = mkdtempSync(join(tmpdir(), 'peerloom-promise-'));
			const known = { formats, blocks };
			const house = await hall(openDatabase(folder), undefined, { known, tick: 0 });
			const log: object[] = [];
			const job = createRetention({
				...{ ...house, registry: known, now: () => house.chance.now() },
				identity: { sweepSessions: async () => 0, endedGuests: async () => [] },
				persons: { erase: async () => {} },
				days: { commands: 1, guests: null, archived: null, deletions: null },
				log: { info: (fields) => void log.push(fields), error: (fields) => expect(fields).toBeNull() }
			});
			const demo = demos[name]!;
			const ends = {
				by: demo.people[0]!.key,
				run: 'agenda.end',
				with: ({ run }: Seen) => ({ expects: run })
			};
			const whole = name === 'coaching' ? { ...demo, steps: [...demo.steps, ends] } : demo;
			const played = await openDemo(house, name, whole);
			for await (const _ of steps(house, played, whole));
			await played.show();
			const found = (word: string) =>
				readdirSync(folder).some((file) => readFileSync(join(folder, file)).includes(word));
			const said = gone.filter(found);
			expect(said.length).toBeGreaterThan(1);
			const [first] = await job.planned(played.world);
			const since = (first?.at ?? 0) - days * DAY;
			expect(since).toBeLessThanOrEqual(house.chance.now());
			house.chance.ahead += first!.at - HOUR - house.chance.now();
			await job.run();
			expect(said.filter(found)).toEqual(said);
			house.chance.ahead += 2 * HOUR;
			await job.run();
			expect(gone.filter(found)).toEqual([]);
			expect(stays.filter(found)).toEqual(stays);
			expect(log.at(-1)).toMatchObject(name === 'coaching' ? { rooms: 1 } : { rooms: 0 });
			expect((await house.store.deletions()).at(-1)).toMatchObject({ by: 'retention' });
			await job.close();
			await house.rooms.close();
			await house.hub.close();
			await house.store.close();
			rmSync(folder, { recursive: true });
		}
	);
});

it.each(Object.values(formats).filter(({ retention }) => retention))(
	'$name deletes only what it has',
	({ retention = [], blocks, documents }) => {
		for (const { what, after, text } of retention) {
			if (typeof after === 'object') expect(Object.keys(blocks)).toContain(after.fact.split('.')[0]);
			if (what === 'room') continue;
			expect(text?.en).toBeTruthy();
			for (const one of what.instances ?? []) expect(Object.keys(blocks)).toContain(one);
			for (const one of what.documents ?? []) expect(Object.keys(documents)).toContain(one);
		}
	}
);
