import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { eventually } from '../../tests/support/eventually.ts';
import { CLOSE } from '../sync/hub.ts';
import { readerHere } from '../sync/reader.ts';
import { TestClient } from '../sync/testing/client.ts';
import { eraseFrom } from './erasure.ts';
import { ERASED } from './forgetting.ts';
import { fakeChance, hall, registry } from './testing.ts';
import { seasons } from './testing-programme.ts';
import { rosterOf } from './world.ts';

/** Both queues until they are empty. */
function exchange(client: TestClient): void {
	for (let round = 0; round < 4; round++) client.flushDown().flushUp();
}

/** All cells of all tables, with where they are. */
function cells(db: DatabaseSync): string[] {
	const tables = db.prepare("select name from sqlite_master where type = 'table'").all() as {
		name: string;
	}[];
	return tables.flatMap(({ name }) =>
		db
			.prepare(`select * from "${name}"`)
			.all()
			.flatMap((row) =>
				Object.entries(row).map(
					([column, value]) =>
						`${name}.${column}: ${value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value)}`
				)
			)
	);
}

it('L9: whoever has a co-written document open comes back with it, whoever has a record open drops it', async () => {
	const house = await hall();
	const { store, committer, hub, rooms, chance } = house;
	const { id, room, join, connect } = await house.open();
	await join('thomas');
	await room.show();
	const board = await connect('hedda', 'm1/board');
	const record = await connect('hedda', 'm1/record');
	const page = await connect('hedda', 'page');
	await eventually(() => expect(board.down.length).toBeGreaterThan(0));
	exchange(board);
	board.doc.getMap('notes').set('a', { text: 'stays', by: 'thomas' });
	exchange(board);
	await committer.drain();
	const who = { ids: ['thomas'], names: new Set(['THOMAS']) };
	await eraseFrom(room, who, { store, committer, hub, registry, now: () => chance.now() });
	expect([board.closes, record.closes, page.closes]).toEqual([[CLOSE.rewritten], [CLOSE.replaced], []]);
	// with the copy that it has; nothing of it comes back that is gone
	const again = await connect('hedda', 'm1/board');
	const later = new TestClient(hub, `${id}/m1/board`, { doc: board.doc });
	await eventually(() => expect(later.down.length).toBeGreaterThan(0));
	exchange(later);
	await committer.drain();
	exchange(again);
	expect(later.doc.getMap('notes').get('a')).toEqual({ text: 'stays', by: ERASED });
	expect(await store.documentsMentioning(id, ['thomas'])).toEqual([]);
	await rooms.close();
	await hub.close();
	await store.close();
});

it('V12: deletes what names the person and nobody could open any more, and goes on with the rest', async () => {
	const house = await hall();
	const { store, committer, hub, rooms, chance } = house;
	const { id, room, join, connect } = await house.open();
	await join('thomas');
	const [board, page] = [await connect('hedda', 'm1/board'), await connect('hedda', 'page')];
	await eventually(() => expect(Math.min(board.down.length, page.down.length)).toBeGreaterThan(0));
	for (const client of [board, page]) {
		exchange(client);
		client.doc.getMap('notes').set(client.doc.guid, { by: 'thomas' });
		exchange(client);
	}
	await committer.drain();
	const taken: string[] = [];
	const reader = {
		read: async (updates: readonly Uint8Array[]) => {
			const doc = (await readerHere.read(updates))!;
			if (!doc.getMap('notes').has(board.doc.guid)) return doc;
			taken.push('board');
			return null;
		}
	};
	const deps = { store, committer, hub, reader, registry, now: () => chance.now() };
	await eraseFrom(room, { ids: ['thomas'], names: new Set(['THOMAS']) }, deps);
	expect(taken).toEqual(['board']);
	expect([board.closes, page.closes]).toEqual([[CLOSE.gone], [CLOSE.rewritten]]);
	const left = (await store.documents(id)).map(({ document }) => document);
	expect(left).toContain(`${id}/page`);
	expect(left).not.toContain(`${id}/m1/board`);
	expect(await store.documentsMentioning(id, ['thomas'])).toEqual([]);
	await rooms.close();
	await hub.close();
	await store.close();
});

it('takes a person out of a programme: no room is opened anew, and neither keys nor titles name them', async () => {
	const database = new DatabaseSync(':memory:');
	const house = await hall(database, fakeChance(), { known: seasons });
	const { store, committer, hub, rooms, chance } = house;
	const season = await house.open({ format: 'tandem', preset: 'season', title: 'Spring' });
	for (const person of ['paula', 'peter', 'petra', 'pavel']) await season.join(person);
	await season.must('hedda', 'lots.draw');
	await rooms.settled();
	const before = await store.children(season.id);
	expect(before.map(({ key }) => key)).toContain('paula+peter');

	const who = { ids: ['paula'], names: new Set(['PAULA']) };
	const deps = { store, committer, hub, registry: seasons, now: () => chance.now() };
	for (const id of await store.roomsMentioning(who.ids)) await eraseFrom((await rooms.get(id))!, who, deps);
	await store.disown(who.ids, ERASED, [...who.names]);
	await rooms.settled();

	expect(cells(database).filter((cell) => /paula/i.test(cell))).toEqual([]);
	const after = await store.children(season.id);
	expect(after.map(({ room }) => room).sort()).toEqual(before.map(({ room }) => room).sort());
	const pair = (await rooms.get(before.find(({ key }) => key === 'paula+peter')!.room))!;
	expect(pair.world.row.title).toBe('– & PETER · Spring');
	expect(Object.values(rosterOf(pair.world).members)).toMatchObject([
		{ id: 'peter', owner: true, role: 'guide' }
	]);
	await season.must('hedda', 'rooms.send', { order: 'note', with: { text: 'it goes on' } });
	await rooms.settled();
	await rooms.close();
	await hub.close();
	await store.close();
});
