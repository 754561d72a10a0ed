import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { eventually } from '../../tests/support/eventually.ts';
import { CLOSE } from '../sync/hub.ts';
import { readTables } from './publication.ts';
import { SCREEN } from './room.ts';
import { hall, somebody } from './testing.ts';
import { nowOf, rosterOf } from './world.ts';
import { soak } from '../sync/testing/soak.ts';

type Hall = Awaited<ReturnType<typeof hall>>;
type Open = Awaited<ReturnType<Hall['open']>>;

let house: Hall;
let here: Open;

beforeEach(async () => {
	house = await hall();
	here = await opened();
});
afterEach(async () => {
	house.fails.commit = house.fails.command = house.fails.deletion = false;
	await house.rooms.close();
	await house.committer.drain();
});

async function opened(): Promise<Open> {
	const made = await house.open();
	await made.join('tom');
	await made.join('ida');
	return made;
}

const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms));
const refused = (code: string) => ({ ok: false, error: { code, message: expect.any(String) } });

async function shown(name: string, instance = 'pad', of: Pick<Hall, 'hub'> = house) {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, await of.hub.read(`${here.id}/${name}`));
	return readTables(doc, instance);
}

const notes = (of = here) => Object.keys(of.room.world.states.get('pad')!.notes!).length;

async function started() {
	await here.must('hedda', 'agenda.start', here.expects());
}

async function end() {
	await started();
	await here.must('hedda', 'agenda.advance', here.expects());
	await here.must('hedda', 'agenda.end', here.expects());
}

describe('a command', () => {
	it('is acknowledged once it is durable and everybody is shown it', async () => {
		await here.must('tom', 'pad.add', { text: 'hello' });
		const rows = await house.store.state(here.id, 1);
		expect(rows.filter(({ collection }) => collection === 'notes')).toHaveLength(1);
		expect(Object.values((await shown('m1/record')).notes!)).toEqual([{ text: 'hello', by: 'tom' }]);
	});

	it('with the same id fifty times at once is carried out once, and answered alike', async () => {
		const answers = await Promise.all(
			Array.from({ length: 50 }, () => here.run('tom', 'pad.add', { text: 'once' }, 'same'))
		);
		expect(notes()).toBe(1);
		expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
		expect(await here.run('tom', 'pad.add', { text: 'once' }, 'same')).toEqual(answers[0]);
		expect(notes()).toBe(1);
	});

	it('with the same id of another person is another command', async () => {
		await here.run('tom', 'pad.add', { text: 'a' }, 'same');
		await here.run('ida', 'pad.add', { text: 'b' }, 'same');
		expect(notes()).toBe(2);
	});

	it('that was refused may come again under its id', async () => {
		const late = { expects: 'later' };
		expect(await here.run('hedda', 'agenda.start', late, 'same')).toMatchObject(refused('passed'));
		expect(await here.run('hedda', 'agenda.start', here.expects(), 'same')).toMatchObject({ ok: true });
	});

	it('follows another at once, however many promises lie in between', async () => {
		const deep = async (levels: number): Promise<unknown> =>
			levels === 0 ? here.run('tom', 'pad.whisper', { text: 'x' }) : await deep(levels - 1);
		for (let levels = 0; levels < 12; levels++) {
			await deep(levels);
			await deep(levels);
		}
	});

	it('of two who click "next" at once moves the meeting once', async () => {
		await here.must('hedda', 'roster.assign', { person: 'tom', role: 'host' });
		await started();
		const seen = here.expects();
		const answers = await Promise.all([
			here.run('hedda', 'agenda.advance', seen),
			here.run('tom', 'agenda.advance', seen)
		]);
		expect(answers[0]).toMatchObject({ ok: true });
		expect(answers[1]).toMatchObject(refused('passed'));
		expect(nowOf(here.room.world)!.phase).toBe('P2');
	});

	it('whose rule has a mistake says so, is reported, and the next one works', async () => {
		expect(await here.run('tom', 'pad.crash')).toMatchObject(refused('internal'));
		expect(house.errors).toEqual(['A rule failed']);
		expect(await here.run('tom', 'pad.add', { text: 'next' })).toMatchObject({ ok: true });
	});

	it('of somebody who is not in the room, or no longer, is refused', async () => {
		expect(await here.run('eve', 'pad.add', { text: 'x' })).toMatchObject(refused('not_member'));
		await here.must('hedda', 'roster.remove', { person: 'tom' });
		expect(await here.run('tom', 'pad.add', { text: 'x' })).toMatchObject(refused('not_member'));
		expect(notes()).toBe(0);
	});
});

describe('a store that fails', () => {
	it('at the commit changes nothing, says so, and the next command works', async () => {
		await here.must('tom', 'pad.add', { text: 'before' });
		const world = here.room.world;
		house.fails.commit = true;
		expect(await here.run('tom', 'pad.add', { text: 'lost' }, 'mine')).toMatchObject(refused('unsaved'));
		expect(here.room.world).toBe(world);
		house.fails.commit = false;
		expect(await here.run('tom', 'pad.add', { text: 'lost' }, 'mine')).toMatchObject({ ok: true });
		const texts = Object.values((await shown('m1/record')).notes!) as { text: string }[];
		expect(texts.map(({ text }) => text).sort()).toEqual(['before', 'lost']);
	});

	it('at looking up a command’s id does the same', async () => {
		house.fails.command = true;
		expect(await here.run('tom', 'pad.add', { text: 'lost' })).toMatchObject(refused('unsaved'));
		house.fails.command = false;
		expect(await here.run('tom', 'pad.add', { text: 'kept' })).toMatchObject({ ok: true });
		expect(notes()).toBe(1);
	});

	it('does not hide why a command of the same batch was refused', async () => {
		house.fails.commit = true;
		const answers = await Promise.all([
			here.run('tom', 'pad.spoil'),
			here.run('tom', 'pad.add', { text: 'x' })
		]);
		expect(answers).toMatchObject([refused('spoilt'), refused('unsaved')]);
	});

	it('is shown late what it did not take of a storm', async () => {
		await here.must('tom', 'pad.add', { text: 'published now' });
		await here.must('tom', 'pad.hand', { up: true });
		house.fails.commit = true;
		await sleep(150);
		house.fails.commit = false;
		await eventually(async () => expect((await shown('m1/record')).hands).toEqual({ up: { count: 1 } }));
	});
});

describe('a storm', () => {
	it('is shown at most ten times a second, and in the end complete', async () => {
		const people = Array.from({ length: 200 }, (_, index) => `p${index}`);
		for (const person of people) await here.join(person);
		const before = (await house.store.history(`${here.id}/m1/record`, 0, 10_000)).length;
		const begun = performance.now();
		for (let index = 0; index < people.length; index += 10) {
			await Promise.all(
				people.slice(index, index + 10).map((one) => here.must(one, 'pad.hand', { up: true }))
			);
			await sleep(15);
		}
		const took = performance.now() - begun;
		await eventually(async () => expect((await shown('m1/record')).hands).toEqual({ up: { count: 200 } }));
		const entries = (await house.store.history(`${here.id}/m1/record`, 0, 10_000)).length - before;
		expect(entries).toBeLessThanOrEqual(took / 100 + 3);
		expect(Object.keys((await shown('m1/desk')).hands!)).toHaveLength(200);
	});

	it('is shown at once together with a command that does not wait', async () => {
		await here.must('tom', 'pad.hand', { up: true });
		await here.must('ida', 'pad.add', { text: 'now' });
		expect((await shown('m1/record')).hands).toEqual({ up: { count: 1 } });
	});

	it('is shown though the clock is set back', async () => {
		await here.must('tom', 'pad.add', { text: 'x' });
		house.chance.ahead = -3_600_000;
		await here.must('tom', 'pad.hand', { up: true });
		await eventually(async () => expect((await shown('m1/record')).hands).toEqual({ up: { count: 1 } }));
	});

	it('is shown before the room closes', async () => {
		await here.must('tom', 'pad.add', { text: 'x' });
		void here.run('tom', 'pad.hand', { up: true });
		await here.room.close();
		expect((await shown('m1/record')).hands).toEqual({ up: { count: 1 } });
	});
});

describe('the end of a meeting', () => {
	it('freezes its documents and opens those of the next, with what is carried over', async () => {
		await here.must('tom', 'pad.add', { text: 'kept' });
		const writer = await here.connect('tom', 'm1/board');
		await end();
		expect(here.room.world.row.meeting).toBe(2);
		expect(writer.connection.access).toBe('read');
		const tom = here.room.principal('tom')!;
		expect(await here.room.access(tom, 'm1/board')).toBe('read');
		expect(await here.room.access(tom, 'm2/board')).toBe('write');
		expect(Object.values((await shown('m2/record')).notes!)).toContainEqual({ text: 'kept', by: 'tom' });
		expect((await shown('m1/record', 'agenda')).now).toMatchObject({ current: { status: 'ended' } });
		expect((await shown('m2/record', 'agenda')).now).toMatchObject({ current: { status: 'ahead' } });
		expect(await house.store.meetings(here.id)).toMatchObject([
			{ number: 1, ended: expect.any(Number) },
			{ number: 2, started: null, ended: null }
		]);
	});

	it('leaves the record of the ended meeting as it was, whatever happens in the next', async () => {
		await end();
		const then = await shown('m1/record');
		await here.must('tom', 'pad.add', { text: 'in the second' });
		expect(await shown('m1/record')).toEqual(then);
	});

	it('tells those who are here which documents they have now', async () => {
		const tom = here.listen('tom');
		await end();
		const told = tom.heard.filter((one) => one.is === 'access').at(-1)!;
		expect(told.info.documents.map(({ name }) => name)).toEqual([
			'm2/record',
			'm2/board',
			'm2/paper',
			'm2/side/for',
			'own/tom'
		]);
	});

	it('lets a fact that an ended meeting reached open its documents still, also after a restart', async () => {
		await end();
		const guest = {
			is: 'member' as const,
			member: { ...rosterOf(here.room.world).members.ida!, role: 'guest' }
		};
		expect(await here.room.access(guest, 'm1/side/for')).toBe('read');
		expect(await here.room.access(guest, 'm2/side/for')).toBe('none');
		const again = await hall(house.database, house.chance);
		const room = (await again.rooms.get(here.id))!;
		expect(await room.access(guest, 'm1/side/for')).toBe('read');
		await again.rooms.close();
	});
});

describe('documents', () => {
	const text = async (name: string) => {
		const doc = new Y.Doc();
		Y.applyUpdate(doc, await house.hub.read(`${here.id}/${name}`));
		return doc.getText('t').toString();
	};

	it('are seeded once: the room’s with the room, a meeting’s with each meeting', async () => {
		expect([await text('m1/board'), await text('page')]).toEqual(['hello', 'welcome']);
		await end();
		expect([await text('m1/board'), await text('m2/board'), await text('page')]).toEqual([
			'hello',
			'hello',
			'welcome'
		]);
		const again = await hall(house.database, house.chance);
		await again.rooms.get(here.id);
		expect((await house.store.history(`${here.id}/page`, 0, 10)).length).toBe(1);
		await again.rooms.close();
	});

	it('close for whoever is removed, at once, and for nobody else', async () => {
		const [tom, ida] = [await here.connect('tom', 'm1/board'), await here.connect('ida', 'm1/board')];
		await here.must('hedda', 'roster.remove', { person: 'tom' });
		expect(tom.closes).toEqual([CLOSE.forbidden]);
		expect(ida.closes).toEqual([]);
	});

	it('close when a role no longer reads them, and become read-only when it no longer writes', async () => {
		await here.must('hedda', 'roster.assign', { person: 'tom', role: 'host' });
		const desk = await here.connect('tom', 'm1/desk');
		const board = await here.connect('tom', 'm1/board');
		await here.must('hedda', 'roster.assign', { person: 'tom', role: 'guest' });
		expect(desk.closes).toEqual([CLOSE.forbidden]);
		expect([board.closes, board.connection.access]).toEqual([[], 'read']);
	});

	it('follow the phase: written while it is open, read after', async () => {
		const board = await here.connect('tom', 'm1/board');
		await started();
		expect(board.connection.access).toBe('write');
		await here.must('hedda', 'agenda.advance', here.expects());
		expect(board.connection.access).toBe('read');
		await here.must('hedda', 'agenda.back', here.expects());
		expect(board.connection.access).toBe('write');
	});

	it('are read-only while the room is archived', async () => {
		const board = await here.connect('tom', 'm1/board');
		await here.must('hedda', 'room.archive', { archived: true });
		expect(board.connection.access).toBe('read');
	});

	it('of the projector stay open; it reads the record alone', async () => {
		const screen = await here.connect(SCREEN, 'm1/record');
		await end();
		expect(screen.closes).toEqual([]);
		await expect(here.connect(SCREEN, 'm1/desk')).rejects.toThrow();
	});
});

describe('what somebody writes in a document', () => {
	async function write(person: string, name: string, text: string) {
		const doc = new Y.Doc();
		doc.getText('t').insert(0, text);
		const entry = {
			document: `${here.id}/${name}`,
			update: Y.encodeStateAsUpdate(doc),
			person,
			at: 0,
			cause: null
		};
		await house.committer.commit({ entries: [entry] });
	}
	const written = (meeting = 1) =>
		house.store
			.state(here.id, meeting)
			.then((rows) =>
				Object.fromEntries(
					rows
						.filter((row) => row.instance === 'pad' && row.collection === 'written')
						.map(({ key, value }) => [key, value])
				)
			);

	it('is counted for whom the log names, where the format asks for it, also when it moves on at once', async () => {
		await started();
		await write('tom', 'm1/paper', 'twelve chars');
		await write('ida', 'm1/paper', 'four');
		await write('ida', 'm1/board', 'not counted');
		await here.must('hedda', 'agenda.advance', here.expects());
		expect(await written()).toEqual({ tom: 12, ida: 4 });
		await write('tom', 'm1/paper', 'last');
		await here.must('hedda', 'agenda.end', here.expects());
		expect(await written()).toEqual({ tom: 16, ida: 4 });
		expect(await written(2)).toEqual({});
	});

	it('is counted by itself after a while', async () => {
		await write('tom', 'm1/paper', 'twelve chars');
		await eventually(async () => expect(await written()).toEqual({ tom: 12 }));
	});

	it('for themselves goes on with the account that a guest becomes, and stays nowhere else', async () => {
		await write('tom', 'own/tom', 'dear diary');
		await here.room.run('roster.succeed', { from: 'tom', to: 'thomas', name: 'T', account: true });
		const read = async (name: string) => {
			const doc = new Y.Doc();
			Y.applyUpdate(doc, await house.hub.read(`${here.id}/${name}`));
			return doc.getText('t').toString();
		};
		expect(await read('own/thomas')).toBe('dear diary');
		await eventually(async () => expect(await read('own/tom')).toBe(''));
		const history = await house.store.history(`${here.id}/own/tom`, 0, 10);
		expect(Buffer.concat(history.map(({ update }) => update)).toString()).not.toContain('diary');
		expect(await here.room.access(here.room.principal('thomas')!, 'journal')).toBe('none');
	});
});

describe('what is told to one person', () => {
	it('reaches that person alone', async () => {
		const [tom, ida] = [here.listen('tom'), here.listen('ida')];
		const before = ida.own().length;
		await here.must('tom', 'pad.whisper', { text: 'the secret' });
		expect(tom.own().at(-1)).toMatchObject({ pad: { secret: 'the secret' } });
		expect(ida.own()).toHaveLength(before);
		expect(JSON.stringify(ida.heard)).not.toContain('the secret');
	});

	it('reaches whom the command concerns, on all their devices', async () => {
		const [one, two, ida] = [here.listen('tom'), here.listen('tom'), here.listen('ida')];
		await here.must('hedda', 'pad.whisperTo', { person: 'tom', text: 'for you' });
		for (const device of [one, two])
			expect(device.own().at(-1)).toMatchObject({ pad: { secret: 'for you' } });
		expect(JSON.stringify(ida.heard)).not.toContain('for you');
	});

	it('never reaches somebody outside, who hears only whether they may come in', async () => {
		const approval = await house.open({ settings: { joining: 'approval' } });
		await approval.join('uma');
		const uma = approval.listen('uma');
		await approval.must('hedda', 'pad.whisperTo', { person: 'uma', text: 'for you' });
		await approval.must('hedda', 'pad.add', { text: 'inside' });
		expect(uma.heard.map(({ is }) => is)).toEqual(['access']);
		expect(JSON.stringify(uma.heard)).not.toMatch(/for you|inside|m1\//);
		await approval.must('hedda', 'roster.admit', { person: 'uma' });
		expect(uma.heard.some((one) => one.is === 'access' && one.info.member !== null)).toBe(true);
		expect(uma.own()).toHaveLength(1);
	});

	it('says so to whoever is removed', async () => {
		const tom = here.listen('tom');
		await here.must('hedda', 'roster.remove', { person: 'tom' });
		expect(tom.heard.at(-1)).toEqual({ is: 'gone', code: 'removed' });
		const before = tom.heard.length;
		await here.must('ida', 'pad.add', { text: 'among us' });
		expect(tom.heard).toHaveLength(before);
	});

	it('names those who are here, without those who are a crowd', async () => {
		await here.join('uma', 'guest');
		const tom = here.listen('tom');
		here.listen('uma');
		await eventually(() =>
			expect(tom.heard.at(-1)).toMatchObject({ is: 'presence', count: 2, here: ['tom'] })
		);
		expect(tom.heard.at(-1)).toMatchObject({ facilitatorsAwaySince: expect.any(Number) });
		here.listen('hedda');
		await eventually(() => expect(tom.heard.at(-1)).toMatchObject({ facilitatorsAwaySince: null }));
	});

	it('gives the projector’s link only to those who moderate', () => {
		expect(here.room.info('hedda').screen).toEqual(expect.any(String));
		for (const person of ['tom', 'eve']) expect(here.room.info(person).screen).toBeNull();
	});
});

describe('what the server does by itself', () => {
	it('happens in its time', async () => {
		await here.must('tom', 'pad.wake', { at: Date.now() + 1000 });
		expect(notes()).toBe(0);
		await eventually(() => expect(notes()).toBe(1));
		expect(house.errors).toEqual([]);
	});

	it('happens once, however much comes up while it is on its way', async () => {
		const texts = Array.from({ length: 40 }, (_, n) => `note ${n}`);
		await here.must('tom', 'pad.wake', { at: Date.now() + 20 });
		for (const text of texts) {
			void here.run('tom', 'pad.add', { text });
			await sleep(1);
		}
		await eventually(() => expect(notes()).toBe(texts.length + 1));
		await sleep(20);
		expect([notes(), house.errors]).toEqual([texts.length + 1, []]);
	});

	it('happens after a restart, if its time passed while nothing ran', async () => {
		const at = Date.now() + 500;
		await here.must('tom', 'pad.wake', { at });
		await house.rooms.close();
		await sleep(at - Date.now() + 20);
		const again = await hall(house.database, house.chance);
		const room = (await again.rooms.get(here.id))!;
		await eventually(() => expect(Object.keys(room.world.states.get('pad')!.notes!)).toHaveLength(1));
		await again.rooms.close();
	});

	it('waits longer than a timer of Node’s can, without being early', async () => {
		await here.must('tom', 'pad.wake', { at: Date.now() + 60 * 24 * 3_600_000 });
		await sleep(50);
		expect([notes(), house.errors]).toEqual([0, []]);
	});

	it('is tried again now and then, not without a pause, when it is refused', async () => {
		await here.must('tom', 'pad.jam');
		await sleep(300);
		expect(house.errors).toEqual(['A timer was refused']);
		expect(await here.run('tom', 'pad.add', { text: 'still works' })).toMatchObject({ ok: true });
	});

	it('is tried again when it could not be saved', async () => {
		await here.must('tom', 'pad.wake', { at: Date.now() + 500 });
		house.fails.commit = true;
		await eventually(() => expect(house.errors).toContain('A timer was refused'));
		house.fails.commit = false;
		await eventually(() => expect(notes()).toBe(1));
	});
});

describe('the door', () => {
	const status = (answer: Awaited<ReturnType<Open['join']>>) =>
		answer.ok ? 200 : [answer.status, answer.refusal.code];

	it('is open to whoever has the code, in whatever way it is written', async () => {
		const { code } = here;
		for (const written of [code, code.toLowerCase(), ` ${code.slice(0, 3)}-${code.slice(3)} `])
			expect((await house.rooms.join(somebody(`by ${written}`), written, null)).ok).toBe(true);
		for (const wrong of ['ZZZZZZ', '', 'x'.repeat(5000), '../..', '%00', '__proto__'])
			expect(status(await house.rooms.join(somebody('eve'), wrong, null))).toEqual([404, 'not_found']);
	});

	it('is shut while the room is locked or archived, but not to those who are in', async () => {
		await here.must('hedda', 'room.lock', { locked: true });
		expect(status(await here.join('eve'))).toEqual([403, 'locked']);
		expect(status(await here.join('tom'))).toBe(200);
		await here.must('hedda', 'room.archive', { archived: true });
		expect(status(await here.join('eve'))).toEqual([403, 'archived']);
		expect(status(await here.join('tom'))).toBe(200);
	});

	it('asks for an account, or for the host’s word, where the room says so', async () => {
		const accounts = await house.open({ settings: { joining: 'accounts' } });
		expect(status(await accounts.join('guest'))).toEqual([403, 'accounts_only']);
		expect(status(await accounts.join('known', null, true))).toBe(200);
		const approval = await house.open({ settings: { joining: 'approval' } });
		expect(await approval.join('uma')).toMatchObject({ ok: true, value: { waiting: true, documents: [] } });
		expect(approval.room.principal('uma')).toBeNull();
	});

	it('gives no role that the host gives', async () => {
		for (const role of ['host', 'nothing', 'constructor', '__proto__'])
			expect(status(await here.join('eve', role))).toEqual([403, 'role_not_open']);
		expect((await here.join('eve', 'guest')).ok).toBe(true);
	});

	it('closes when the room is full', async () => {
		const small = await house.open({ settings: { capacity: 2 } });
		expect(status(await small.join('tom'))).toBe(200);
		expect(status(await small.join('ida'))).toEqual([403, 'full']);
	});

	it('lets a hundred come at once, each once', async () => {
		const people = Array.from({ length: 100 }, (_, index) => `p${index}`);
		await Promise.all([...people, ...people].map((one) => here.join(one)));
		expect(Object.keys(rosterOf(here.room.world).members)).toHaveLength(103);
	});
});

describe('deleting a room', () => {
	it('is the owner’s alone; then nothing of it is left, and those who are here are told', async () => {
		const tom = here.listen('tom');
		const board = await here.connect('tom', 'm1/board');
		expect((await house.rooms.remove(somebody('tom'), here.id)).ok).toBe(false);
		expect((await house.rooms.remove(somebody('hedda'), here.id)).ok).toBe(true);
		expect(tom.heard.at(-1)).toEqual({ is: 'gone', code: 'deleted' });
		expect(board.closes).toEqual([CLOSE.overloaded]);
		expect(await house.rooms.find(here.code)).toBeNull();
		expect(await here.run('hedda', 'pad.add', { text: 'x' })).toMatchObject(refused('unsaved'));
		expect(await house.store.documents(here.id)).toEqual([]);
		expect(await house.store.state(here.id, 1)).toEqual([]);
	});

	it('that fails leaves the room as it was, says so, and can be tried again (C8)', async () => {
		await here.must('tom', 'pad.add', { text: 'still here' });
		const tom = here.listen('tom');
		const board = await here.connect('tom', 'm1/board');
		house.fails.deletion = true;
		const kept = await house.rooms.remove(somebody('hedda'), here.id);
		expect(kept).toMatchObject({ ok: false, status: 503, refusal: { code: 'unsaved' } });
		// nobody was told that it is gone: they come back
		expect(tom.heard.at(-1)).toEqual({ is: 'again' });
		expect(tom.heard).not.toContainEqual({ is: 'gone', code: 'deleted' });
		expect(board.closes).toEqual([CLOSE.overloaded]);
		await expect(house.rooms.destroy(here.id)).rejects.toThrow('busy');
		const room = await house.rooms.find(here.code);
		expect(room?.id).toBe(here.id);
		expect(await room!.command('tom', 'again', 'pad.add', { text: 'and more' })).toMatchObject({ ok: true });
		expect(Object.values((await shown('m1/record')).notes!)).toHaveLength(2);
		house.fails.deletion = false;
		expect(await house.rooms.remove(somebody('hedda'), here.id)).toMatchObject({ ok: true });
		expect(await house.rooms.find(here.code)).toBeNull();
		expect(await house.rooms.destroy(here.id)).toBe(false);
	});

	it('happens once, however many ask for it; who asks for the room meanwhile is told how it ended (C8)', async () => {
		const all = () => [
			house.rooms.destroy(here.id).catch(() => 'failed'),
			house.rooms.destroy(here.id).catch(() => 'failed'),
			house.rooms.get(here.id).then((room) => room?.id ?? null)
		];
		house.fails.deletion = true;
		expect((await Promise.all(all())).slice(0, 2)).toEqual(['failed', 'failed']);
		house.fails.deletion = false;
		expect((await Promise.all(all())).slice(0, 2)).toEqual([true, true]);
		const deleting = house.rooms.destroy(here.id);
		expect([await house.rooms.get(here.id), await deleting]).toEqual([null, false]);
	});
});

describe('a room from the store', () => {
	const people = ['hedda', 'tom', 'ida'];
	const step = fc.record({
		by: fc.constantFrom(...people),
		type: fc.constantFrom(
			'pad.add',
			'pad.whisper',
			'pad.hand',
			'pad.spoil',
			'agenda.start',
			'agenda.advance',
			'agenda.back',
			'agenda.pause',
			'agenda.end',
			'agenda.ready',
			'roster.assign',
			'roster.remove',
			'shelf.add',
			'room.rename',
			'room.archive',
			'room.configure',
			'slip.add',
			'enter'
		),
		text: fc.constantFrom('a', 'b', '__proto__', '<b>ü</b>'),
		flag: fc.boolean(),
		person: fc.constantFrom(...people, 'uma'),
		role: fc.constantFrom('host', 'member', 'guest'),
		preset: fc.constantFrom(null, 'brief')
	});

	it(
		'is the same world, with the same books and the same documents, whatever was done',
		async () => {
			await fc.assert(
				fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
					const mine = await hall();
					const open = await mine.open();
					await open.join('tom');
					await open.join('ida');
					for (const { by, type, text, flag, person, role, preset } of steps) {
						if (type === 'enter') await open.join(person);
						else
							await open.run(by, type, {
								...open.expects(),
								text,
								up: flag,
								archived: flag,
								title: text,
								person,
								role,
								preset,
								settings: {}
							});
					}
					await mine.rooms.close();
					await mine.committer.drain();
					const again = await hall(mine.database, mine.chance);
					const room = (await again.rooms.get(open.id))!;
					const { row, states } = open.room.world;
					expect(room.world.row).toEqual(row);
					for (const [name, state] of states)
						if (
							room.world.instances.has(name) ||
							Object.values(state).some((rows) => Object.keys(rows).length)
						)
							expect(room.world.states.get(name), name).toEqual(state);
					for (const name of ['record', 'desk']) {
						const doc = new Y.Doc();
						Y.applyUpdate(doc, await again.hub.read(`${open.id}/m${row.meeting}/${name}`));
						const pad = states.get('pad')!;
						const up = Object.keys(pad.hands!).length;
						const expected =
							name === 'record' ? { notes: pad.notes!, hands: { up: { count: up } } } : { hands: pad.hands! };
						const full = Object.entries(expected).filter(([, entries]) => Object.keys(entries).length > 0);
						expect(readTables(doc, 'pad')).toEqual(Object.fromEntries(full));
					}
					const books = await again.store.ledger(open.id);
					for (const id of Object.keys(states.get('pad')!.notes!))
						expect(books.filter((entry) => entry.id === id && entry.instance === 'pad')).toHaveLength(1);
					for (const member of Object.values(rosterOf(room.world).members))
						expect(await again.store.membership(open.id, member.id)).toEqual({
							role: member.role,
							owner: member.owner
						});
					await again.rooms.close();
				}),
				{ numRuns: soak(24) }
			);
		},
		soak(60_000)
	);
});
