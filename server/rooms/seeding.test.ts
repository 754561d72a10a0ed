import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { fakeChance, hall, somebody } from './testing.ts';

type Hall = Awaited<ReturnType<typeof hall>>;

async function seeded(house: Hall, room: string, document: string) {
	const name = `${room}/${document}`;
	const doc = new Y.Doc();
	Y.applyUpdate(doc, await house.hub.read(name));
	return [doc.getText('t').toString(), (await house.store.history(name, 0, 10)).length];
}

/** All documents that any room has in the log. */
const documents = (database: DatabaseSync) =>
	database.prepare('select name from document order by name').all().length;

describe('seeding', () => {
	it('M2, M3: of a room that could not be written leaves nothing, and the next try seeds once', async () => {
		const database = new DatabaseSync(':memory:');
		const house = await hall(database);
		house.fails.commit = true;
		await expect(house.open()).rejects.toThrow();
		expect(documents(database)).toBe(0);
		house.fails.commit = false;
		const { id } = await house.open();
		expect(await seeded(house, id, 'm1/board')).toEqual(['hello', 1]);
		expect(await seeded(house, id, 'page')).toEqual(['welcome', 1]);
	});

	it('M3: of a room that was written when the process died is not done again by the next', async () => {
		const [database, chance] = [new DatabaseSync(':memory:'), fakeChance()];
		const { id } = await (await hall(database, chance)).open();
		for (let life = 0; life < 3; life++) {
			const house = await hall(database, chance);
			const here = await house.rooms.get(id);
			await here!.run('roster.enter', {
				...somebody(`p${life}`),
				role: 'guest',
				owner: false,
				admitted: true
			});
			expect(await seeded(house, id, 'm1/board')).toEqual(['hello', 1]);
			expect(await seeded(house, id, 'page')).toEqual(['welcome', 1]);
		}
	});

	it('M3: by two who make rooms and open them at the same time gives each room its own, once', async () => {
		const house = await hall();
		const rooms = await Promise.all([house.open(), house.open()]);
		await Promise.all(rooms.flatMap(({ id }) => [house.rooms.get(id), house.rooms.get(id)]));
		expect(new Set(rooms.map(({ id }) => id)).size).toBe(2);
		for (const { id } of rooms) {
			expect(await seeded(house, id, 'm1/board')).toEqual(['hello', 1]);
			expect(await seeded(house, id, 'page')).toEqual(['welcome', 1]);
		}
	});
});
