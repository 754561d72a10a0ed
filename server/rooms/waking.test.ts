import { afterEach, expect, it } from 'vitest';
import { until } from '../../tests/support/until.ts';
import { fakeChance, hall, registry } from './testing.ts';
import { createWaking, type Waking } from './waking.ts';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
	for (const one of opened.splice(0)) await one.close();
});

const DAY = 24 * 60 * 60_000;

/** A server with three rooms: one that has to ring in ten days, one that has nothing to do, and an archived one. */
async function before() {
	const house = await hall();
	const [rings, quiet, gone] = [await house.open(), await house.open(), await house.open()];
	const at = house.chance.now() + 10 * DAY;
	for (const room of [rings, gone]) await room.must('hedda', 'pad.wake', { at });
	await gone.must('hedda', 'room.archive', { archived: true });
	await house.rooms.close();
	await house.committer.drain();
	return { database: house.database, rings: rings.id, quiet: quiet.id };
}

async function after(database: Awaited<ReturnType<typeof before>>['database'], ahead: number) {
	const chance = fakeChance();
	chance.ahead = ahead;
	// ids of its own
	const id = chance.id;
	chance.id = () => `later-${id()}`;
	const house = await hall(database, chance);
	const errors: string[] = [];
	const waking: Waking = createWaking({
		...{ store: house.store, registry, rooms: house.rooms },
		log: { error: (_, message) => void errors.push(message) }
	});
	opened.push({
		close: async () => {
			await waking.close();
			await house.rooms.close();
		}
	});
	return { house, waking, errors };
}

const notes = async (house: Awaited<ReturnType<typeof hall>>, id: string) => {
	const room = (await house.rooms.get(id))!;
	const { notes } = room.world.states.get('pad') as { notes: Record<string, { text: string }> };
	return Object.values(notes).map(({ text }) => text);
};

it('opens after a start the rooms that have something to do, and what is late is done at once', async () => {
	const { database, rings } = await before();
	const { house, waking } = await after(database, 11 * DAY);
	expect(house.rooms.open).toBe(0);
	expect(await waking.run()).toBe(1);
	expect(house.rooms.open).toBe(1);
	const room = (await house.rooms.get(rings))!;
	await until(() => {
		const { notes } = room.world.states.get('pad') as { notes: Record<string, { text: string }> };
		return Object.values(notes).some(({ text }) => text === 'ring');
	}, 'the room rings');
});

it('does nothing before its time, and keeps the room whose time will come', async () => {
	const { database, rings } = await before();
	const { house, waking } = await after(database, DAY);
	expect(await waking.run()).toBe(1);
	expect(await notes(house, rings)).not.toContain('ring');
});

it('reads no room that has nothing to do', async () => {
	const { database } = await before();
	const { house, waking } = await after(database, DAY);
	const { room, state } = house.store;
	const read = new Set<string>();
	house.store.room = (id) => (read.add(id), room(id));
	house.store.state = (id, meeting) => (read.add(id), state(id, meeting));
	expect(await waking.run()).toBe(1);
	// the archived one is asked only whether it still is
	expect(read.size).toBe(2);
});

it('finds out of rooms from before they said so, once', async () => {
	const { database, rings } = await before();
	database.exec('delete from due; insert into due (room, at) select id, 0 from room');
	const { house, waking } = await after(database, DAY);
	expect(await waking.run()).toBe(1);
	expect(house.rooms.open).toBe(1);
	const known = (await house.store.alarms()).filter(({ at }) => at > 0);
	expect(known.map(({ room }) => room)).toEqual([rings]);
});

it('is told when a room has nothing to do any more', async () => {
	const house = await hall();
	opened.push(house.rooms);
	const room = await house.open();
	const at = house.chance.now() + DAY;
	await room.must('hedda', 'pad.wake', { at });
	expect(await house.store.alarms()).toEqual([{ room: room.id, at }]);
	await room.must('hedda', 'pad.wake', { at: house.chance.now() });
	await until(async () => (await house.store.alarms()).length === 0, 'the room has rung');
});

it('goes on past a room that cannot be read', async () => {
	const { database } = await before();
	database.exec('delete from due; insert into due (room, at) select id, 0 from room');
	const { house, waking, errors } = await after(database, DAY);
	const { state } = house.store;
	let calls = 0;
	house.store.state = (...key) => (++calls === 1 ? Promise.reject(new Error('broken')) : state(...key));
	await waking.run();
	expect(errors).toHaveLength(1);
	expect(calls).toBeGreaterThan(1);
});
