import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { CLOSE } from '../sync/hub.ts';
import { readTables } from './publication.ts';
import { hall } from './testing.ts';
import { nowOf } from './world.ts';

type Hall = Awaited<ReturnType<typeof hall>>;
type Open = Awaited<ReturnType<Hall['open']>>;

let house: Hall;
let here: Open;

beforeEach(async () => {
	house = await hall();
	here = await house.open();
	await here.join('tom');
});
afterEach(async () => {
	house.fails.commit = false;
	await house.rooms.close();
	await house.committer.drain();
});

const choose = (preset: string | null, of = here) =>
	of.must('hedda', 'room.configure', { settings: {}, preset });

async function document(name: string, of = house): Promise<Y.Doc> {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, await of.hub.read(`${here.id}/${name}`));
	return doc;
}
const text = async (name: string) => (await document(name)).getText('t').toString();
const published = async (instance: string) => readTables(await document('m1/record'), instance);
const texts = (instance: string, of = here) =>
	Object.values(of.room.world.states.get(instance)?.notes ?? {}).map(
		(note) => (note as { text: string }).text
	);

/** Somebody co-writes at the beginning of a document. */
async function write(name: string, words: string) {
	const doc = await document(name);
	const update = new Promise<Uint8Array>((done) => doc.once('update', done));
	doc.getText('t').insert(0, words);
	const entry = { document: `${here.id}/${name}`, update: await update, person: 'tom', at: 1, cause: null };
	await house.committer.commit({ entries: [entry] });
}

async function may(person: string, name: string) {
	const principal = here.room.principal(person)!;
	return here.room.access(principal, name);
}

async function hold() {
	await here.must('hedda', 'agenda.start', here.expects());
	await here.must('hedda', 'agenda.end', here.expects());
}

/** The same room after a restart. */
async function restarted() {
	await house.rooms.close();
	await house.committer.drain();
	house = await hall(house.database, house.chance);
	const room = (await house.rooms.get(here.id))!;
	let commands = 0;
	const must: Open['must'] = async (by, type, payload = {}) => {
		const answer = await room.command(by, `again${++commands}`, type, payload);
		if (!answer.ok) throw new Error(`${type}: ${answer.error.message}`);
		return answer.result;
	};
	here = { ...here, room, must };
}

describe('another method', () => {
	it('begins with its own phases, state and documents, in one unit with the change', async () => {
		const before = house.units.count;
		await choose('brief');
		expect(house.units.count).toBe(before + 1);
		expect(nowOf(here.room.world)).toMatchObject({ phase: 'B0', status: 'ahead' });
		expect(await text('m1/sheet')).toBe('a sheet');
		expect(await text('diary')).toBe('a diary');
		await here.must('tom', 'slip.add', { text: 'a slip' });
		expect(Object.values((await published('slip')).notes!)).toEqual([{ text: 'a slip', by: 'tom' }]);
		const [seed] = await house.store.history(`${here.id}/m1/sheet`, 0, 10);
		expect(seed).toMatchObject({ cause: 'room.configure', person: null });
	});

	it('leaves nothing behind when it cannot be saved, and works when it is asked for again', async () => {
		house.fails.commit = true;
		await expect(choose('brief')).rejects.toThrow('unsaved');
		house.fails.commit = false;
		expect(here.room.world.row.preset).toBeNull();
		expect(await text('m1/sheet')).toBe('');
		await choose('brief');
		expect(await text('m1/sheet')).toBe('a sheet');
	});

	it('tells the settings’ change to a state that was made from them', async () => {
		await choose('brief');
		expect(texts('pad')).toEqual(['50 → 9']);
	});

	it.each([false, true])(
		'seeds once, however often it is changed and changed back (restart: %s)',
		async (restart) => {
			await choose('brief');
			await write('m1/sheet', 'Tom wrote on ');
			await choose(null);
			if (restart) await restarted();
			await choose('brief');
			await choose(null);
			await choose('brief');
			expect(await text('m1/sheet')).toBe('Tom wrote on a sheet');
			expect(await text('diary')).toBe('a diary');
			expect(await text('m1/board')).toBe('hello');
		}
	);

	it.each([false, true])('changed back finds what was said in it (restart: %s)', async (restart) => {
		await choose('brief');
		await here.must('tom', 'slip.add', { text: 'a slip' });
		await here.must('tom', 'box.add', { text: 'in the box' });
		await choose(null);
		expect(await published('slip')).toEqual({});
		expect(await here.run('tom', 'slip.add', { text: 'x' })).toMatchObject({ error: { code: 'unknown' } });
		if (restart) await restarted();
		await choose('brief');
		expect(texts('slip')).toEqual(['a slip']);
		expect(texts('box')).toEqual(['in the box']);
		expect(Object.keys((await published('slip')).notes!)).toHaveLength(1);
	});

	it('keeps through a meeting of another what belongs to the room, not what belonged to the meeting', async () => {
		await choose('brief');
		await here.must('tom', 'slip.add', { text: 'a slip' });
		await here.must('tom', 'box.add', { text: 'in the box' });
		await choose(null);
		await hold();
		await choose('brief');
		expect(texts('slip')).toEqual([]);
		expect(texts('box')).toEqual(['in the box']);
		expect(await text('m2/sheet')).toBe('a sheet');
		expect(await text('diary')).toBe('a diary');
	});

	it('that is chosen together with a start comes first, and the start is told that its moment has passed', async () => {
		const [, start] = await Promise.all([
			here.run('hedda', 'room.configure', { settings: {}, preset: 'brief' }),
			here.run('hedda', 'agenda.start', here.expects())
		]);
		expect(start).toMatchObject({ error: { code: 'passed' } });
		await hold();
		expect(await text('m1/sheet')).toBe('a sheet');
		expect(await text('m2/sheet')).toBe('a sheet');
	});

	it('is not chosen during a meeting; the answer says when it can be', async () => {
		await here.must('hedda', 'agenda.start', here.expects());
		const answer = await here.run('hedda', 'room.configure', { settings: {}, preset: 'brief' });
		expect(answer).toMatchObject({ error: { code: 'begun', field: 'preset' } });
		expect(here.room.world.row.preset).toBeNull();
		await here.must('hedda', 'room.configure', { settings: { minutes: { P1: 7 } }, preset: null });
		await here.must('hedda', 'agenda.end', here.expects());
		await here.must('hedda', 'room.configure', { settings: {}, preset: 'brief' });
		expect(nowOf(here.room.world)).toMatchObject({ phase: 'B0' });
	});

	it('is not chosen in an archived room, nor by anybody but its owner', async () => {
		const payload = { settings: {}, preset: 'brief' };
		expect(await here.run('tom', 'room.configure', payload)).toMatchObject({ error: { code: 'forbidden' } });
		await here.must('hedda', 'room.archive', { archived: true });
		expect(await here.run('hedda', 'room.configure', payload)).toMatchObject({ error: { code: 'archived' } });
	});
});

describe('documents that the new method lacks', () => {
	it('of an ended meeting stay as they were, with that meeting’s own readers', async () => {
		await choose('brief');
		const sheet = await may('tom', 'm1/sheet');
		await hold();
		await choose(null);
		expect([sheet, await may('tom', 'm1/sheet')]).toEqual(['write', 'read']);
		await here.join('uma', 'guest');
		// P1 was reached in that meeting, which reveals the side's document to everybody.
		expect(await may('uma', 'm1/side/brief')).toBe('read');
		await restarted();
		expect(await may('uma', 'm1/side/brief')).toBe('read');
		expect((await here.room.formatOf(1)).phases.map(({ id }) => id)).toEqual(['B0', 'P1']);
	});

	it('of this meeting and of the room stay readable for those who had to do with them, and for nobody else', async () => {
		await choose('brief');
		const tom = await here.connect('tom', 'm1/sheet');
		const side = await here.connect('tom', 'm1/side/brief');
		await choose(null);
		await here.must('hedda', 'agenda.start', here.expects());
		expect(nowOf(here.room.world)!.phase).toBe('P1');
		expect([await may('tom', 'm1/sheet'), await may('hedda', 'm1/sheet')]).toEqual(['read', 'read']);
		expect([await may('hedda', 'diary'), await may('tom', 'diary')]).toEqual(['read', 'none']);
		// Both methods have a P1; that this one has come to its own reveals nothing of the other.
		expect([await may('tom', 'm1/side/brief'), await may('hedda', 'm1/side/brief')]).toEqual([
			'read',
			'none'
		]);
		tom.flushUp().doc.getText('t').insert(0, 'late ');
		tom.flushUp().flushDown();
		await house.committer.drain();
		expect([...tom.closes, ...side.closes]).toEqual([]);
		expect(tom.denials).toHaveLength(1);
		expect(await text('m1/sheet')).toBe('a sheet');
	});

	it('are offered to nobody any more, and are closed for those who lose the role that reads them', async () => {
		const offered = () => here.room.info('tom').documents.map(({ name }) => name);
		await choose('brief');
		const tom = await here.connect('tom', 'm1/side/brief');
		expect(offered()).toContain('m1/side/brief');
		await choose(null);
		expect(offered()).not.toContain('m1/side/brief');
		expect(tom.closes).toEqual([]);
		await here.must('hedda', 'roster.assign', { person: 'tom', role: 'guest' });
		expect(tom.closes).toEqual([CLOSE.forbidden]);
	});
});
