/** A room that is asked for again, because the first answer was lost on the way. */
import { describe, expect, it } from 'vitest';
import type { RoomInfo } from './room.ts';
import type { Found } from './rooms.ts';
import { fakeChance, hall, somebody } from './testing.ts';

const ada = somebody('ada', true);
const wish = (id: unknown) => ({ id, title: 'Rota', format: 'meet' });

function idOf(made: Found<RoomInfo>): string {
	if (!made.ok) throw new Error(made.refusal.message);
	return made.value.room.id;
}

describe('a room that is asked for again under the same id', () => {
	it('is the one that was opened, also when both come at once', async () => {
		const { rooms } = await hall();
		const [first, meanwhile] = await Promise.all([
			rooms.create(ada, wish('x')),
			rooms.create(ada, wish('x'))
		]);
		const later = await rooms.create(ada, wish('x'));
		expect(new Set([first, meanwhile, later].map(idOf)).size).toBe(1);
		expect(later).toMatchObject({ value: { member: { role: 'host', owner: true } } });
		expect(await rooms.mine(ada)).toHaveLength(1);
	});

	it('is another room for another person', async () => {
		const { rooms } = await hall();
		const first = idOf(await rooms.create(ada, wish('x')));
		expect(idOf(await rooms.create(somebody('ben'), wish('x')))).not.toBe(first);
	});

	it('is another room under another id, and each time without one', async () => {
		const { rooms } = await hall();
		for (const id of ['x', 'y', null, null, undefined]) idOf(await rooms.create(ada, wish(id)));
		expect(await rooms.mine(ada)).toHaveLength(5);
	});

	it('is the one that was opened, after a restart', async () => {
		const before = await hall();
		const first = idOf(await before.rooms.create(ada, wish('x')));
		const after = await hall(before.database, fakeChance());
		expect(idOf(await after.rooms.create(ada, wish('x')))).toBe(first);
	});

	it('is opened when the first could not be saved, or was refused', async () => {
		const { rooms, fails } = await hall();
		fails.commit = true;
		await expect(rooms.create(ada, wish('x'))).rejects.toThrow();
		fails.commit = false;
		expect(await rooms.create(ada, { ...wish('x'), title: '' })).toMatchObject({ ok: false, status: 422 });
		idOf(await rooms.create(ada, wish('x')));
		expect(await rooms.mine(ada)).toHaveLength(1);
	});

	it('leaves nothing of a room that was deleted', async () => {
		const { rooms, database } = await hall();
		const first = idOf(await rooms.create(ada, wish('x')));
		await rooms.remove(ada, first);
		expect(database.prepare('select * from command').all()).toEqual([]);
		expect(idOf(await rooms.create(ada, wish('x')))).not.toBe(first);
	});

	it.each(['', 'x'.repeat(65), 7, {}])('says so where the id is %j', async (id) => {
		const { rooms } = await hall();
		expect(await rooms.create(ada, wish(id))).toMatchObject({
			ok: false,
			status: 422,
			refusal: { code: 'invalid', field: 'id' }
		});
	});
});
