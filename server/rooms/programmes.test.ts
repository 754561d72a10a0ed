import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it } from 'vitest';
import type { ProgrammeDesk, ProgrammeOwn } from '#lib/blocks/programme/model.ts';
import type { Tables } from '#lib/blocks/block.ts';
import { typed } from '#lib/blocks/testing.ts';
import { project } from './projection.ts';
import type { Room } from './room.ts';
import { fakeChance, hall, somebody } from './testing.ts';
import { seasons } from './testing-programme.ts';
import { memberOf, nowOf } from './world.ts';

type Hall = Awaited<ReturnType<typeof hall>>;
type Season = Awaited<ReturnType<Hall['open']>>;

const halls: Hall[] = [];
afterEach(async () => {
	for (const one of halls.splice(0)) await one.rooms.close();
});

async function open(pairs: number, database = new DatabaseSync(':memory:'), chance = fakeChance()) {
	const house = await hall(database, chance, { known: seasons });
	halls.push(house);
	const season = await house.open({ format: 'tandem', preset: 'season', title: 'Spring' });
	await Promise.all(Array.from({ length: 2 * pairs }, (_, n) => season.join(`p${n + 1}`)));
	return { house, season };
}

const desk = (room: Room) => typed<ProgrammeDesk>(project(room.world).desk.get('rooms'));
const record = (room: Room) => project(room.world).record.get('rooms') as Tables;
const own = (room: Room, person: string) => typed<ProgrammeOwn>(room.own(person).rooms);

async function childOf(house: Hall, season: Season, key = 'p1+p2'): Promise<Room> {
	const child = (await house.store.children(season.id)).find((one) => one.key === key);
	return (await house.rooms.get(child!.room))!;
}

/** The same data, as a server sees it that starts anew; the old one was not closed in order. */
async function restart(house: Hall): Promise<Hall> {
	const next = await hall(house.database, house.chance, { known: seasons });
	halls.push(next);
	return next;
}

describe('a programme', () => {
	it('opens a room for each pair, with its people in their roles and nobody else', async () => {
		const { house, season } = await open(2);
		await season.must('hedda', 'lots.draw');
		await house.rooms.settled();
		expect(record(season.room).counts).toEqual({
			now: { rooms: 2, opened: 2, refused: 0, gone: 0, held: 0 }
		});
		const child = await childOf(house, season);
		expect(child.world.row).toMatchObject({ title: 'P1 & P2 · Spring', format: 'tandem', preset: null });
		expect(child.programme).toBe(season.id);
		expect(memberOf(child.world, 'p1')).toMatchObject({ role: 'guide', owner: true });
		expect(memberOf(child.world, 'p2')).toMatchObject({ role: 'partner', owner: false });
		expect(memberOf(child.world, 'hedda')).toBeNull();
		const mine = await house.rooms.mine(somebody('p1'));
		expect(mine.map(({ room }) => room.title)).toContain('P1 & P2 · Spring');
	});

	it('that is a demo opens demo rooms, and no other does', async () => {
		const { house, season } = await open(1);
		const demo = await house.open({ format: 'tandem', preset: 'season' }, { ago: 0 });
		await Promise.all(['p1', 'p2'].map((id) => demo.join(id)));
		for (const one of [season, demo]) await one.must('hedda', 'lots.draw');
		await house.rooms.settled();
		const [child] = await house.store.children(demo.id);
		expect((await house.store.room(child!.room))?.demo).toBe(true);
		expect((await childOf(house, season)).world.row.demo).toBe(false);
	});

	it('is known to its rooms, also to those that were opened when they did not say so themselves', async () => {
		const { house, season } = await open(1);
		await season.must('hedda', 'lots.draw');
		await house.rooms.settled();
		const { id } = await childOf(house, season);
		house.database.exec(`update room set settings = json_remove(settings, '$.programme');
			delete from kysely_migration where name = '013-told-programmes'`);
		expect((await house.store.room(id))?.settings).not.toHaveProperty('programme');
		const next = await restart(house);
		const programmeOf = async (room: string) => (await next.rooms.get(room))?.world.settings.programme;
		expect(await Promise.all([id, season.id].map(programmeOf))).toEqual([true, false]);
	});

	it('shows everybody their own rooms, and those who run it no way into the others', async () => {
		const { house, season } = await open(2);
		await season.must('hedda', 'lots.draw');
		await house.rooms.settled();
		const { code } = (await childOf(house, season)).world.row;
		expect(own(season.room, 'p2').rooms).toMatchObject([{ key: 'p1+p2', role: 'partner', code }]);
		expect(own(season.room, 'hedda').rooms).toEqual([]);
		expect(JSON.stringify(desk(season.room))).not.toContain(code);
		const knock = await house.rooms.join(somebody('hedda', true), code, null);
		expect(knock).toMatchObject({ ok: true, value: { member: null, waiting: true } });
	});

	it('opens nothing if the command is refused that would have wished for it', async () => {
		const { house, season } = await open(1);
		house.fails.commit = true;
		expect(await season.run('hedda', 'lots.draw')).toMatchObject({ ok: false });
		house.fails.commit = false;
		await house.rooms.settled();
		expect(await house.store.children(season.id)).toEqual([]);
	});

	it('opens each room once, however often the event comes', async () => {
		const { house, season } = await open(1);
		await season.must('hedda', 'lots.draw');
		await season.must('hedda', 'lots.draw');
		await house.rooms.settled();
		await season.must('hedda', 'lots.draw');
		await house.rooms.settled();
		expect(await house.store.children(season.id)).toHaveLength(1);
		expect(await house.rooms.mine(somebody('p1'))).toHaveLength(2);
	});

	it('lets in whoever is added later, and shows nobody out', async () => {
		const { house, season } = await open(1);
		await season.must('hedda', 'lots.draw');
		await house.rooms.settled();
		await season.join('p9');
		await season.must('hedda', 'lots.add', { pair: 'p1+p2', person: 'p9' });
		await house.rooms.settled();
		const { world } = await childOf(house, season);
		expect(['p1', 'p2', 'p9'].map((id) => memberOf(world, id)?.role)).toEqual([
			'guide',
			'partner',
			'partner'
		]);
	});

	it('says which person it does not know, and which seat is taken', async () => {
		const { house, season } = await open(1);
		await season.must('hedda', 'lots.draw');
		await season.must('hedda', 'lots.add', { pair: 'p1+p2', person: 'nobody' });
		await house.rooms.settled();
		const { key } = desk(season.room).rooms['p1+p2']!;
		const [child] = await house.store.children(season.id);
		expect(key).toBe('p1+p2');
		expect(child!.done.people).toMatchObject({
			p1: null,
			p2: null,
			nobody: { message: expect.stringContaining('no such') }
		});
	});

	it('knows people of the directory who are not in its own room', async () => {
		const { house, season } = await open(1);
		house.people.set('far', { ...somebody('far', true), name: 'Far Away' });
		await season.must('hedda', 'lots.draw');
		await season.must('hedda', 'lots.add', { pair: 'p1+p2', person: 'far' });
		await house.rooms.settled();
		const { world } = await childOf(house, season);
		expect(memberOf(world, 'far')).toMatchObject({ name: 'Far Away', account: true, role: 'partner' });
	});

	it('hears where its rooms stand and the facts they declare, and nothing of what is said', async () => {
		const { house, season } = await open(1);
		await season.must('hedda', 'lots.draw');
		await season.must('hedda', 'rooms.send', { order: 'begin' });
		await house.rooms.settled();
		const child = await childOf(house, season);
		await child.command('p2', 'c', 'notes.add', { text: 'between the two of us' });
		await house.rooms.settled();
		const line = desk(season.room).rooms['p1+p2']!;
		expect(line.report).toMatchObject({
			held: 0,
			phase: { id: 'P1', status: 'live' },
			facts: { 'notes.notes': { value: 1, of: 2 } }
		});
		expect(JSON.stringify(project(season.room.world).desk.get('rooms'))).not.toContain('between');
		expect(await store(house, season.id)).not.toContain('between');
	});

	it('counts meetings that were held, and knows when a room is deleted and does not open it again', async () => {
		const { house, season } = await open(1);
		await season.must('hedda', 'lots.draw');
		await season.must('hedda', 'rooms.send', { order: 'begin' });
		await house.rooms.settled();
		const child = await childOf(house, season);
		await child.command('p1', 'end', 'agenda.end', { expects: nowOf(child.world)!.run });
		await house.rooms.settled();
		expect(record(season.room).counts).toMatchObject({ now: { held: 1 } });
		await house.rooms.remove(somebody('p1'), child.id);
		await season.must('hedda', 'lots.draw');
		await house.rooms.settled();
		expect(desk(season.room).rooms['p1+p2']!.is).toBe('gone');
		expect(record(season.room).counts).toMatchObject({ now: { opened: 0, gone: 1 } });
	});
});

describe('what a programme orders', () => {
	it('is carried out once in every room, also in those opened later if the format says so', async () => {
		const { house, season } = await open(2);
		await season.must('hedda', 'lots.draw');
		await season.must('hedda', 'rooms.send', { order: 'note', with: { text: 'Welcome' } });
		await season.must('hedda', 'rooms.send', { order: 'begin' });
		await house.rooms.settled();
		await season.join('p5');
		await season.join('p6');
		await season.must('hedda', 'lots.draw');
		await house.rooms.settled();
		const phases = await Promise.all(
			['p1+p2', 'p3+p4', 'p5+p6'].map(async (key) => {
				const { world } = await childOf(house, season, key);
				const { notes } = typed<{ notes: object }>(world.states.get('notes'));
				return [nowOf(world)!.phase, Object.keys(notes).length];
			})
		);
		expect(phases).toEqual([
			['P1', 1],
			['P1', 1],
			['P1', 0]
		]);
	});

	it('tells who refused it, and why', async () => {
		const { house, season } = await open(2);
		await season.must('hedda', 'lots.draw');
		await season.must('hedda', 'rooms.send', { order: 'note', to: 'p1+p2', with: { text: 'Hello' } });
		await season.must('hedda', 'rooms.send', { order: 'second' });
		await house.rooms.settled();
		const order = Object.values(desk(season.room).orders).find((one) => one.name === 'second')!;
		expect(order).toMatchObject({
			of: 2,
			done: 1,
			refused: { 'p3+p4': { message: 'Write something first.' } }
		});
	});

	it('is given again to those who refused it, and to nobody else', async () => {
		const { house, season } = await open(2);
		await season.must('hedda', 'lots.draw');
		await season.must('hedda', 'rooms.send', { order: 'note', to: 'p1+p2', with: { text: 'Hello' } });
		await season.must('hedda', 'rooms.send', { order: 'second' });
		await house.rooms.settled();
		const first = Object.values(desk(season.room).orders).find((one) => one.name === 'second')!;
		await season.must('hedda', 'rooms.send', { order: 'note', to: 'p3+p4', with: { text: 'Hello' } });
		await season.must('hedda', 'rooms.again', { order: first.id });
		await house.rooms.settled();
		const lines = Object.values(desk(season.room).orders).filter((one) => one.name === 'second');
		expect(lines).toMatchObject([
			{ id: first.id, of: 1, done: 1, refused: {} },
			{ of: 1, done: 1, refused: {} }
		]);
		for (const key of ['p1+p2', 'p3+p4'])
			expect(nowOf((await childOf(house, season, key)).world)!.phase).toBe('P2');
		for (const { id } of lines)
			expect(await season.run('hedda', 'rooms.again', { order: id })).toMatchObject({
				ok: false,
				error: { code: 'nothing' }
			});
		expect(await season.run('hedda', 'rooms.again', { order: 'x' })).toMatchObject({
			ok: false,
			error: { code: 'gone' }
		});
	});

	it('is nothing but what the format declares', async () => {
		const { house, season } = await open(1);
		await season.must('hedda', 'lots.draw');
		await house.rooms.settled();
		const send = (payload: object) => season.run('hedda', 'rooms.send', payload);
		expect(await send({ order: 'roster.remove' })).toMatchObject({ ok: false, error: { code: 'no_order' } });
		expect(await send({ order: 'constructor' })).toMatchObject({ ok: false, error: { code: 'no_order' } });
		expect(await send({ order: 'begin', to: 'p7+p8' })).toMatchObject({ ok: false, error: { code: 'gone' } });
		expect(await season.run('p1', 'rooms.send', { order: 'begin' })).toMatchObject({ ok: false });
		expect(await season.run('hedda', 'rooms.open', { key: 'mine', one: 'hedda' })).toMatchObject({
			ok: false
		});
		expect(await season.run('hedda', 'rooms.reported', { rooms: [] })).toMatchObject({ ok: false });
	});
});

describe('after a crash', () => {
	it('what was wished for is opened by the next start, and no room twice', async () => {
		const { house, season } = await open(30);
		await season.must('hedda', 'lots.draw');
		// The first rooms are there, the others not.
		while ((await house.store.children(season.id)).every(({ code }) => code === null))
			await new Promise((turn) => setImmediate(turn));
		house.fails.commit = true;
		const next = await restart(house);
		await next.rooms.settled();
		const children = await next.store.children(season.id);
		expect(children.filter(({ code }) => code !== null)).toHaveLength(30);
		expect(next.database.prepare('select count(*) as n from room').get()).toEqual({ n: 31 });
	});

	it('an order that was carried out is not carried out again', async () => {
		const { house, season } = await open(1);
		await season.must('hedda', 'lots.draw');
		await season.must('hedda', 'rooms.send', { order: 'note', with: { text: 'Once' } });
		await house.rooms.settled();
		house.database.exec('update child set settled = 0');
		const next = await restart(house);
		await next.rooms.settled();
		const [child] = await next.store.children(season.id);
		const { world } = (await next.rooms.get(child!.room))!;
		const { notes } = typed<{ notes: object }>(world.states.get('notes'));
		expect(Object.keys(notes)).toHaveLength(1);
	});

	it('the programme hears what its rooms reported meanwhile', async () => {
		const { house, season } = await open(1);
		await season.must('hedda', 'lots.draw');
		await house.rooms.settled();
		const child = await childOf(house, season);
		await child.run('agenda.lead', { to: 'P1' });
		const next = await restart(house);
		const again = (await next.rooms.get(season.id))!;
		await next.rooms.settled();
		expect(desk(again).rooms['p1+p2']!.report?.phase?.id).toBe('P1');
	});
});

it('200 rooms at once are opened while people go on working', async () => {
	const { house, season } = await open(200);
	await season.must('hedda', 'lots.draw');
	let answered = 0;
	const settled = house.rooms.settled();
	let done = false;
	void settled.then(() => (done = true));
	while (!done) {
		await season.must('hedda', 'room.rename', { title: `Spring ${++answered}` });
	}
	expect(record(season.room).counts).toMatchObject({ now: { rooms: 200, opened: 200 } });
	expect(answered).toBeGreaterThan(10);
});

async function store(house: Hall, room: string): Promise<string> {
	return JSON.stringify([await house.store.state(room, 1), await house.store.children(room)]);
}
