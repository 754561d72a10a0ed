/** Every room: does its state make a room, do its members stand where the roster says, what is left of others? */
import type { DatabaseSync } from 'node:sqlite';
import type { Json, Member } from '#lib/blocks/block.ts';
import { ownOf, project } from '../rooms/projection.ts';
import { furnish, rosterOf, statesOf, withStates, type Registry, type World } from '../rooms/world.ts';
import type { RoomRow, StateRow } from '../storage/store.ts';
import type { Finding } from './check-store.ts';
import { rowsOf } from '../storage/rows-of.ts';

export function checkRooms(db: DatabaseSync, registry: Registry): { findings: Finding[]; rooms: number } {
	const rows = rowsOf<RoomRow & { settings: string }>(db.prepare('select * from room order by id'));
	return {
		findings: [...orphans(db), ...unreadable(db), ...rows.flatMap((row) => checkRoom(db, row, registry))],
		rooms: rows.length
	};
}

/** Rows of rooms that do not exist. A week's digest, which has a row where it was mailed, is of no room. */
function orphans(db: DatabaseSync): Finding[] {
	return ['state', 'ledger', 'matter', 'reminder', 'passage', 'member', 'command', 'meeting', 'due'].flatMap(
		(table): Finding[] => {
			const stray = `from ${table} where room <> '' and room not in (select id from room)`;
			const { n } = db.prepare(`select count(*) as n ${stray}`).get() as { n: number };
			if (n === 0) return [];
			const what = `${n} of its rows belong to rooms that do not exist`;
			return [
				{
					is: 'warning',
					where: `table ${table}`,
					what,
					repair: { how: 'removes them', run: (db) => db.exec(`delete ${stray}`) }
				}
			];
		}
	);
}

/** Values that are no JSON, with the key that they are under. */
function unreadable(db: DatabaseSync): Finding[] {
	const of = (table: string, column: string, key: string) =>
		(
			db.prepare(`select ${key} as name from ${table} where not json_valid(${column})`).all() as {
				name: string;
			}[]
		).map(({ name }): Finding => ({
			is: 'error',
			where: `table ${table}`,
			what: `'${name}' is not readable`
		}));
	return [
		...of('state', 'value', `room || '/m' || meeting || '/' || instance || '.' || collection || '.' || key`),
		...of('ledger', 'data', `room || '/' || instance || '.' || id`),
		...of('matter', 'data', `room || '/' || instance || '.' || id`),
		...of('command', 'result', `room || '/' || id`),
		...of('room', 'settings', 'id')
	];
}

function checkRoom(db: DatabaseSync, row: RoomRow & { settings: string }, registry: Registry): Finding[] {
	const where = `room ${row.id}`;
	const findings: Finding[] = [];
	const meetings = db.prepare('select number from meeting where room = ? order by number').all(row.id);
	if (meetings.length !== row.meeting)
		findings.push({
			is: 'error',
			where,
			what: `it is in meeting ${row.meeting}, but ${meetings.length} are listed`
		});
	for (let meeting = 1; meeting <= row.meeting; meeting++) {
		const world = worldOf(db, row, meeting, registry);
		if (typeof world === 'string') {
			findings.push({ is: 'error', where: `${where}, meeting ${meeting}`, what: world });
			continue;
		}
		const failure = showing(world);
		if (failure) findings.push({ is: 'error', where: `${where}, meeting ${meeting}`, what: failure });
		if (meeting === row.meeting) findings.push(...checkMembers(db, row.id, world));
	}
	const strange = db
		.prepare('select distinct instance from state where room = ? order by instance')
		.all(row.id) as { instance: string }[];
	const known = new Set(instancesOf(row, registry));
	for (const { instance } of strange)
		if (known.size > 0 && !known.has(instance))
			findings.push({
				is: 'warning',
				where,
				what: `there is state of '${instance}', which its method does not use`
			});
	return findings;
}

/** The room in that meeting, or why there is none. */
function worldOf(
	db: DatabaseSync,
	row: RoomRow & { settings: string },
	meeting: number,
	registry: Registry
): World | string {
	try {
		const then: RoomRow = { ...row, settings: JSON.parse(row.settings) as RoomRow['settings'], meeting };
		const furnished = furnish(then, registry);
		const kept = db.prepare('select * from state where room = ? and meeting in (0, ?)');
		const rows = rowsOf<StateRow & { value: string }>(kept, row.id, meeting);
		const values = rows.map((one) => ({ ...one, value: JSON.parse(one.value) as Json }));
		return withStates({ row: then, ...furnished, states: statesOf(values, furnished) }, null);
	} catch (error) {
		return `its state cannot be read: ${reasonOf(error)}`;
	}
}

/** Why it cannot be shown; null: it can. */
function showing(world: World): string | null {
	try {
		project(world);
		for (const person of Object.keys(rosterOf(world).members)) ownOf(world, person);
		return null;
	} catch (error) {
		return `it cannot be shown: ${reasonOf(error)}`;
	}
}

/** "My rooms" is read from a table; the truth is the roster. */
function checkMembers(db: DatabaseSync, room: string, world: World): Finding[] {
	const query = db.prepare('select person, role, owner from member where room = ?');
	const rows = rowsOf<{ person: string; role: string; owner: number }>(query, room);
	const { members } = rosterOf(world);
	const said = (person: string, role: string, owner: boolean) => `${person} ${role} ${owner}`;
	const listed = new Set(rows.map(({ person, role, owner }) => said(person, role, owner === 1)));
	const actual = Object.values(members).map((member) => said(member.id, member.role, member.owner));
	if (listed.size === actual.length && actual.every((one) => listed.has(one))) return [];
	return [
		{
			is: 'error',
			where: `room ${room}`,
			what: `its roster has ${actual.length} members, but the list of memberships says otherwise`,
			repair: {
				how: 'makes the list from the roster',
				run: (db) => listAnew(db, room, Object.values(members))
			}
		}
	];
}

function listAnew(db: DatabaseSync, room: string, members: readonly Member[]): void {
	db.prepare('delete from member where room = ?').run(room);
	const insert = db.prepare('insert into member (room, person, role, owner) values (?, ?, ?, ?)');
	for (const { id, role, owner } of members) insert.run(room, id, role, owner ? 1 : 0);
}

function instancesOf(row: RoomRow & { settings: string }, { formats }: Registry): string[] {
	const format = formats[row.format];
	if (!format) return [];
	const presets = Object.values(format.presets ?? {});
	return [format, ...presets].flatMap(({ blocks }) => Object.keys(blocks ?? {}));
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
