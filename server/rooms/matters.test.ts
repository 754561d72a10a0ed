import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { actions } from '#lib/blocks/actions/rules.ts';
import type { Format } from '#lib/formats/format.ts';
import { fakeChance, hall, meet, registry } from './testing.ts';

/** The format of the tests, with a list of promises. */
const set: Format = {
	...meet,
	name: 'set',
	blocks: {
		...meet.blocks,
		todo: { block: 'actions', scope: 'room', name: { en: 'Promises' } }
	},
	always: { ...meet.always, 'todo.*': '*' }
};
const known = { formats: { set }, blocks: { ...registry.blocks, actions } };

async function learning(database = new DatabaseSync(':memory:')) {
	const house = await hall(database, fakeChance(), { known });
	const room = await house.open({ format: 'set' });
	return { house, room };
}

const of = async (house: Awaited<ReturnType<typeof hall>>, person: string) =>
	(await house.store.mattersOf(person)).map(({ kind, said, room }) => ({ kind, said, room }));

it('follows each command, in the transaction that carries it out', async () => {
	const { house, room } = await learning();
	await room.join('tom', null);
	await room.must('tom', 'todo.add', { text: 'Ask three brokers', due: '2026-05-14' });
	expect(await of(house, 'tom')).toContainEqual({
		kind: 'promised',
		said: 'Ask three brokers',
		room: room.id
	});
	house.fails.commit = true;
	const { item } = (await house.store.mattersOf('tom')).find(({ kind }) => kind === 'promised')!;
	expect((await room.run('tom', 'todo.done', { id: item })).ok).toBe(false);
	house.fails.commit = false;
	expect(await of(house, 'tom')).toContainEqual({
		kind: 'promised',
		said: 'Ask three brokers',
		room: room.id
	});
	await room.must('tom', 'todo.done', { id: item });
	expect((await of(house, 'tom')).filter(({ kind }) => kind === 'promised')).toEqual([]);
});

it('tells everybody in the room that a meeting is on, and nobody who left it', async () => {
	const { house, room } = await learning();
	await room.join('tom', null);
	expect(await of(house, 'tom')).toEqual([]);
	await room.must('hedda', 'agenda.start', room.expects());
	expect((await of(house, 'tom')).map(({ kind }) => kind)).toContain('coming');
	await room.must('hedda', 'roster.remove', { person: 'tom' });
	expect(await of(house, 'tom')).toEqual([]);
	expect((await of(house, 'hedda')).map(({ kind }) => kind)).toContain('coming');
});

it('is gone with the room, and rests while it is archived', async () => {
	const { house, room } = await learning();
	await room.must('hedda', 'todo.add', { text: 'Ask three brokers', due: '2026-05-14' });
	await room.must('hedda', 'room.archive', { archived: true });
	expect(await of(house, 'hedda')).toEqual([]);
	await room.must('hedda', 'room.archive', { archived: false });
	expect(await of(house, 'hedda')).toHaveLength(1);
	await house.rooms.destroy(room.id);
	expect(await of(house, 'hedda')).toEqual([]);
});

it('is made anew of what an earlier version has kept, as soon as the room is opened', async () => {
	const database = new DatabaseSync(':memory:');
	const { house, room } = await learning(database);
	await room.must('hedda', 'todo.add', { text: 'Ask three brokers', due: '2026-05-14' });
	await house.rooms.close();
	database.exec('delete from matter');
	const again = await hall(database, fakeChance(), { known });
	await again.rooms.get(room.id);
	expect(await of(again, 'hedda')).toHaveLength(1);
});

it('says two weeks before that a room’s time is over, also of one that is archived, and not to who stands outside', async () => {
	const DAY = 24 * 60 * 60_000;
	const kept: Format = {
		...set,
		roles: { ...set.roles, guest: { name: { en: 'Guest' }, about: { en: '' }, outside: ['pad'] } },
		retention: [
			{ after: 'archived', days: 90, what: 'room' },
			{ after: 'ended', days: 365, what: 'room' }
		]
	};
	const house = await hall(undefined, fakeChance(), { known: { ...known, formats: { set: kept } } });
	const room = await house.open({ format: 'set' });
	await room.join('tom', null);
	await room.join('gus', 'guest');
	const due = async (person: string) =>
		(await house.store.mattersOf(person)).flatMap(({ instance, when, kind }) =>
			instance === 'room' && when && 'day' in when && kind === 'answer' ? [when.day] : []
		);
	const inDays = (days: number) => new Date(house.chance.now() + days * DAY).toISOString().slice(0, 10);
	expect(await due('tom')).toEqual([]);
	await room.must('hedda', 'agenda.start', room.expects());
	expect(await due('tom')).toEqual([]);
	await room.must('hedda', 'agenda.end', room.expects());
	expect(await due('tom')).toEqual([inDays(365 - 14)]);
	await room.must('hedda', 'agenda.start', room.expects());
	expect(await due('tom')).toEqual([]);
	await room.must('hedda', 'agenda.end', room.expects());
	await room.must('hedda', 'room.archive', { archived: true });
	expect(await due('tom')).toEqual([inDays(90 - 14)]);
	expect(await due('gus')).toEqual([]);
	await room.must('hedda', 'room.archive', { archived: false });
	expect(await due('tom')).toEqual([inDays(365 - 14)]);
});

it('tells the day on which the operator’s setting ends an archived room, where that comes first', async () => {
	const DAY = 24 * 60 * 60_000;
	const kept: Format = { ...set, retention: [{ after: 'archived', days: 90, what: 'room' }] };
	const house = await hall(undefined, fakeChance(), {
		known: { ...known, formats: { set: kept } },
		archivedDays: 30
	});
	const room = await house.open({ format: 'set' });
	await room.must('hedda', 'room.archive', { archived: true });
	const [told] = (await house.store.matters(room.id)).filter(({ instance }) => instance === 'room');
	const inDays = (days: number) => new Date(house.chance.now() + days * DAY).toISOString().slice(0, 10);
	expect(told).toMatchObject({ when: { day: inDays(30 - 14), by: inDays(30) } });
	const date = { dateStyle: 'long', timeZone: 'UTC' } as const;
	expect(told!.text.en).toContain(
		new Intl.DateTimeFormat('en-GB', date).format(house.chance.now() + 30 * DAY)
	);
});
