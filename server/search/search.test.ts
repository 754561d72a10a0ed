import { DatabaseSync } from 'node:sqlite';
import * as fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { Tables } from '#lib/blocks/block.ts';
import { hall, fakeChance, meet, pad, registry, somebody } from '../rooms/testing.ts';
import { createIndexer } from './indexer.ts';
import { wordsOf } from './query.ts';
import { createSearch, partsOf } from './search.ts';

const known = {
	formats: { meet },
	blocks: {
		...registry.blocks,
		pad: {
			...pad,
			own: (state: Tables, person: string) => ({
				kept: Object.hasOwn(state.secrets!, person)
					? [{ id: `of-${person}`, text: state.secrets![person]! }]
					: []
			}),
			finds: {
				own: { kept: ['text'] },
				published: { notes: { texts: ['text'] } },
				written: (doc: Y.Doc) => [{ item: '', text: doc.getText('t').toJSON() }]
			}
		}
	}
};

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
	for (const close of open.splice(0)) await close();
});

async function library(database = new DatabaseSync(':memory:')) {
	const house = await hall(database, fakeChance(), { known, tick: 0 });
	const log = { error: (_: object, message: string) => void house.errors.push(message) };
	const indexer = createIndexer({ ...house, registry: known, log, breath: 0 });
	const search = createSearch({ search: house.store.search, rooms: house.rooms, registry: known });
	open.push(async () => {
		await indexer.close();
		await house.rooms.close();
	});
	return {
		house,
		indexer,
		async find(person: string, query: string, account = false) {
			await house.committer.drain();
			await indexer.settled();
			return search.find(somebody(person, account), query);
		}
	};
}

function written(document: string, text: string) {
	const doc = new Y.Doc();
	doc.getText('t').insert(0, text);
	return { document, update: Y.encodeStateAsUpdate(doc), person: 'tom', at: 1, cause: null };
}

const texts = (found: { parts: { text: string }[] }[]) =>
	found.map(({ parts }) => parts.map(({ text }) => text).join('')).sort();

it('finds what a person may read, by the beginnings of words, with and without umlauts', async () => {
	const { house, find } = await library();
	const room = await house.open();
	await room.join('tom');
	for (const text of ['Über die Größe der Straße', 'Kreditprüfung dauert', 'Café au lait'])
		await room.must('hedda', 'pad.add', { text });
	for (const query of ['über', 'UBER', 'ueber', 'größe', 'groesse', 'straße', 'strasse', 'stra gro'])
		expect(texts(await find('tom', query)), query).toEqual(['Über die Größe der Straße']);
	expect(texts(await find('tom', 'kreditpruef'))).toEqual(['Kreditprüfung dauert']);
	expect(texts(await find('tom', 'cafe'))).toEqual(['Café au lait']);
	expect(await find('tom', 'prüfung')).toEqual([]);
	expect(await find('tom', 'größe lait')).toEqual([]);
	const [hit] = await find('tom', 'gros');
	expect(hit).toMatchObject({ room: { id: room.id }, meeting: 1, current: true, instance: 'pad' });
	expect(hit!.parts.filter(({ hit }) => hit)).toEqual([{ text: 'Größe', hit: true }]);
});

it('finds nothing for whoever is not in the room, was removed from it, or whose role reads no such document', async () => {
	const { house, find } = await library();
	const room = await house.open();
	await room.join('tom');
	await room.must('hedda', 'pad.add', { text: 'A needle for all' });
	await house.committer.commit({ entries: [written(`${room.id}/page`, 'A needle for hosts.')] });
	expect(await find('hedda', 'needle')).toHaveLength(2);
	expect(texts(await find('tom', 'needle'))).toEqual(['A needle for all']);
	expect(await find('stranger', 'needle', true)).toEqual([]);
	await room.must('hedda', 'roster.remove', { person: 'tom' });
	expect(await find('tom', 'needle')).toEqual([]);
});

it('finds a side’s preparation once it is revealed, and never another person’s own document', async () => {
	const { house, find } = await library();
	const room = await house.open();
	await room.join('tom');
	await room.join('gus', 'guest');
	await house.committer.commit({
		entries: [
			written(`${room.id}/m1/side/for`, 'needle of the side'),
			written(`${room.id}/own/tom`, 'needle of tom alone')
		]
	});
	expect(texts(await find('tom', 'needle'))).toEqual(['needle of the side', 'needle of tom alone']);
	expect(await find('gus', 'needle')).toEqual([]);
	expect(await find('hedda', 'needle')).toEqual([]);
	await room.must('hedda', 'agenda.start', room.expects());
	await room.must('hedda', 'agenda.advance', room.expects());
	expect(texts(await find('gus', 'needle'))).toEqual(['needle of the side']);
	expect(texts(await find('hedda', 'needle'))).toEqual(['needle of the side']);
});

it('finds what a room shows one person alone for that person, at that moment, and keeps no word of it', async () => {
	const database = new DatabaseSync(':memory:');
	const { house, find } = await library(database);
	const room = await house.open();
	await room.join('tom');
	await room.must('tom', 'pad.whisper', { text: 'A needle that Tom keeps' });
	expect(await find('tom', 'needle tom')).toMatchObject([
		{ room: { id: room.id }, meeting: null, current: true, instance: 'pad', item: 'of-tom', member: true }
	]);
	expect(await find('hedda', 'needle')).toEqual([]);
	expect(await find('stranger', 'needle', true)).toEqual([]);
	expect(database.prepare("select * from passage where text like '%needle%'").all()).toEqual([]);
	await room.must('hedda', 'roster.remove', { person: 'tom' });
	expect(await find('tom', 'needle')).toEqual([]);
});

it('leaves no byte of what was taken out, neither of a word nor of a room', async () => {
	const database = new DatabaseSync(':memory:');
	database.exec('pragma secure_delete = on');
	const { house, find } = await library(database);
	const room = await house.open();
	await room.must('hedda', 'pad.add', { text: 'quicksilver and mercury' });
	expect(await find('hedda', 'quicksilver')).toHaveLength(1);
	const { item } = (await find('hedda', 'mercury'))[0]!;
	await room.must('hedda', 'agenda.start', room.expects());
	await room.must('hedda', 'agenda.advance', room.expects());
	await room.must('hedda', 'pad.remove', { id: item });
	expect(await find('hedda', 'quicksilver')).toEqual([]);
	const words = () =>
		['passage', 'passage_words_data', 'passage_words_idx']
			.flatMap((table) => database.prepare(`select * from ${table}`).all())
			.flatMap((row) => Object.values(row))
			.map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value)))
			.join('\n');
	// FTS5 writes a word without the letters that it shares with the one before
	expect(words()).not.toMatch(/uicksilver|ercury/);
	await room.must('hedda', 'pad.add', { text: 'quicksilver again' });
	expect(await find('hedda', 'quicksilver')).toHaveLength(1);
	await house.rooms.destroy(room.id);
	expect(await find('hedda', 'quicksilver')).toEqual([]);
	expect(words()).not.toMatch(/uicksilver/);
});

it('drops what a rewritten document said, and takes in what it says now', async () => {
	const { house, find } = await library();
	const room = await house.open();
	await house.committer.commit({ entries: [written(`${room.id}/m1/board`, 'needle of somebody erased')] });
	expect(await find('hedda', 'erased')).toHaveLength(1);
	const after = written(`${room.id}/m1/board`, 'needle');
	await house.store.squash(after.document, () => after.update, null, 2);
	expect(await house.store.search.find({ person: 'hedda', account: true }, [['erased']], 9, 0)).toEqual([]);
	expect(await find('hedda', 'erased')).toEqual([]);
	expect(await find('hedda', 'needle')).toHaveLength(1);
});

it('goes on with what was written just before the server stopped', async () => {
	const database = new DatabaseSync(':memory:');
	const house = await hall(database, fakeChance(), { known, tick: 0 });
	const room = await house.open();
	await room.must('hedda', 'pad.add', { text: 'needle' });
	await house.rooms.close();
	const { find } = await library(database);
	expect(await find('hedda', 'needle')).toHaveLength(1);
});

it('shows something that was carried on once, where it lives now', async () => {
	const { house, find } = await library();
	const room = await house.open();
	await room.must('hedda', 'pad.add', { text: 'needle' });
	await find('hedda', 'needle');
	await room.must('hedda', 'agenda.start', room.expects());
	await room.must('hedda', 'agenda.end', room.expects());
	expect(await find('hedda', 'needle')).toMatchObject([{ meeting: 2, current: true }]);
});

it('takes whatever is typed', async () => {
	const { house, find } = await library();
	const room = await house.open();
	await room.must('hedda', 'pad.add', { text: 'plain words OR not' });
	for (const query of [
		'"',
		'""',
		'a" OR "b',
		'text:x',
		'*',
		'^a',
		'NEAR(a b)',
		'-x',
		'(',
		'\u0000',
		'   ',
		'%',
		"'",
		'😀'
	])
		await expect(find('hedda', query)).resolves.toBeInstanceOf(Array);
	expect(await find('hedda', 'plain OR')).toHaveLength(1);
	expect(await find('hedda', '')).toEqual([]);
	await fc.assert(
		fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (query) => {
			expect(await find('hedda', query)).toBeInstanceOf(Array);
			expect(wordsOf(query).length).toBeLessThanOrEqual(8);
		}),
		{ numRuns: 40, seed: 5 }
	);
});

it('marks only what the store has marked', () => {
	expect(partsOf('a \u0001b\u0002 c')).toEqual([
		{ text: 'a ', hit: false },
		{ text: 'b', hit: true },
		{ text: ' c', hit: false }
	]);
	expect(partsOf('\u0002a\u0001')).toEqual([{ text: 'a', hit: false }]);
});
