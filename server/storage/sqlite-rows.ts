import type { DatabaseSync } from 'node:sqlite';
import type { Json } from '#lib/blocks/block.ts';
import type { Child, CommandRow, MatterEntry, StateRow, Unit } from './store.ts';
import { rowsOf } from './rows-of.ts';

type ChildTexts = Omit<Child, 'wish' | 'done' | 'report' | 'gone'> & {
	wish: string;
	done: string;
	report: string | null;
	gone: number;
};

export type MatterTexts = {
	room: string;
	instance: string;
	id: string;
	person: string;
	data: string;
	since: number;
};

const matterColumns = 'matter.room, matter.instance, matter.id, matter.person, matter.data, matter.since';

const childColumns = `c.parent, c.instance, c.key, c.room, c.wish, c.done, c.report, c.gone, r.code
	from child c left join room r on r.id = c.room`;

const nothingDone = JSON.stringify({ opened: null, refused: null, people: {}, orders: {} });

/** The rows of a unit, written by prepared statements inside the store's transaction. */
export class SqliteRows {
	readonly #statements;

	constructor(db: DatabaseSync) {
		this.#statements = {
			setState: db.prepare(
				`insert into state (room, meeting, instance, collection, key, value) values (?, ?, ?, ?, ?, ?)
				on conflict do update set value = excluded.value`
			),
			dropState: db.prepare(
				'delete from state where room = ? and meeting = ? and instance = ? and collection = ? and key = ?'
			),
			state: db.prepare(
				`select room, meeting, instance, collection, key, value from state
				where room = ? and meeting in (0, ?) order by rowid`
			),
			setLedger: db.prepare(
				`insert or replace into ledger
				(room, instance, id, meeting, kind, person, state, due, text, data, updated)
				values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
			),
			dropLedger: db.prepare('delete from ledger where room = ? and instance = ? and id = ?'),
			setMatter: db.prepare(
				`insert or replace into matter (room, instance, id, person, data, since, kind, due)
				values (?, ?, ?, ?, ?, ?, ?, ?)`
			),
			dropMatter: db.prepare('delete from matter where room = ? and instance = ? and id = ? and person = ?'),
			matters: db.prepare(
				'select room, instance, id, person, data, since from matter where room = ? order by instance, id, person'
			),
			mattersOf: db.prepare(
				`select ${matterColumns} from matter join member on member.room = matter.room and member.person = :person
				where matter.person = :person
				union all
				select ${matterColumns} from member join matter on matter.room = member.room and matter.person = ''
				where member.person = :person`
			),
			// an upsert and no replace, so that another room's code or screen is a violation and not its end
			setRoom: db.prepare(
				`insert into room
				(id, code, screen, title, format, preset, settings, state, meeting, created, updated, demo)
				values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
				on conflict (id) do update set code = excluded.code, screen = excluded.screen, title = excluded.title,
				format = excluded.format, preset = excluded.preset, settings = excluded.settings,
				state = excluded.state, meeting = excluded.meeting, created = excluded.created,
				updated = excluded.updated`
			),
			setMeeting: db.prepare(
				'insert or replace into meeting (room, number, started, ended) values (?, ?, ?, ?)'
			),
			setMember: db.prepare('insert or replace into member (room, person, role, owner) values (?, ?, ?, ?)'),
			dropMember: db.prepare('delete from member where room = ? and person = ?'),
			addCommand: db.prepare(
				'insert into command (room, person, id, type, at, result) values (?, ?, ?, ?, ?, ?)'
			),
			command: db.prepare(
				'select room, person, id, type, at, result from command where room = ? and person = ? and id = ?'
			),
			setWish: db.prepare(
				`insert into child (parent, instance, key, room, wish, done) values (?, ?, ?, ?, ?, ?)
				on conflict (parent, instance, key) do update set wish = excluded.wish, settled = gone`
			),
			rekey: db.prepare('update child set key = replace(key, ?, ?) where parent = ? and instr(key, ?)'),
			setDone: db.prepare('update child set done = ?, settled = (wish = ?) where room = ?'),
			setReport: db.prepare('update child set report = ? where room = ?'),
			children: db.prepare(`select ${childColumns} where c.parent = ? order by c.instance, c.key`),
			childOf: db.prepare(`select ${childColumns} where c.room = ?`),
			setDue: db.prepare(
				'insert into due (room, at) values (?, ?) on conflict (room) do update set at = excluded.at'
			),
			dropDue: db.prepare('delete from due where room = ?'),
			alarms: db.prepare('select room, at from due order by at, room'),
			settleAlarm: db.prepare('update due set at = ? where room = ? and at = 0'),
			settleNothing: db.prepare('delete from due where room = ? and at = 0'),
			unsettled: db.prepare(`select ${childColumns} where c.settled = 0 and c.gone = 0 limit ?`)
		};
	}

	write(unit: Unit): void {
		const s = this.#statements;
		for (const row of unit.state ?? []) {
			const key = [row.room, row.meeting, row.instance, row.collection, row.key] as const;
			if (row.value === undefined) s.dropState.run(...key);
			else s.setState.run(...key, JSON.stringify(row.value));
		}
		for (const row of unit.unledger ?? []) s.dropLedger.run(row.room, row.instance, row.id);
		for (const row of unit.ledger ?? []) {
			const { room, instance, id, meeting, kind, person, state, due, text, data, updated } = row;
			s.setLedger.run(
				room,
				instance,
				id,
				meeting,
				kind,
				person,
				state,
				due,
				text,
				JSON.stringify(data),
				updated
			);
		}
		for (const row of unit.unmatters ?? []) {
			s.dropMatter.run(row.room, row.instance, row.id, row.person ?? '');
		}
		for (const { room, instance, id, person, since, ...data } of unit.matters ?? []) {
			const { when, kind } = data;
			const due = when === null ? null : 'at' in when ? when.at : Date.parse(`${when.day}T00:00:00Z`);
			s.setMatter.run(room, instance, id, person ?? '', JSON.stringify(data), since, kind, due);
		}
		if (unit.room !== undefined) {
			const { id, code, screen, title, format, preset, settings, state, meeting, created, updated, demo } =
				unit.room;
			const json = JSON.stringify(settings);
			const made = [created, updated, demo ? 1 : 0];
			s.setRoom.run(id, code, screen, title, format, preset, json, state, meeting, ...made);
		}
		for (const { room, number, started, ended } of unit.meetings ?? []) {
			s.setMeeting.run(room, number, started, ended);
		}
		for (const { room, person, role, owner } of unit.members ?? []) {
			if (role === null) s.dropMember.run(room, person);
			else s.setMember.run(room, person, role, owner ? 1 : 0);
		}
		for (const { room, person, id, type, at, result } of unit.commands ?? []) {
			s.addCommand.run(room, person, id, type, at, JSON.stringify(result));
		}
		for (const { parent, people, to } of unit.rekeyed ?? []) {
			for (const person of people) s.rekey.run(person, to, parent, person);
		}
		for (const { parent, instance, key, room, wish } of unit.wishes ?? []) {
			s.setWish.run(parent, instance, key, room, JSON.stringify(wish), nothingDone);
		}
		for (const { room, wish, done } of unit.children ?? []) {
			s.setDone.run(JSON.stringify(done), JSON.stringify(wish), room);
		}
		for (const { room, report } of unit.reports ?? []) s.setReport.run(JSON.stringify(report), room);
		for (const { room, at } of unit.due ?? []) {
			if (at === null) s.dropDue.run(room);
			else s.setDue.run(room, at);
		}
	}

	children(parent: string): Child[] {
		return (this.#statements.children.all(parent) as ChildTexts[]).map(child);
	}

	childOf(room: string): Child | null {
		const row = this.#statements.childOf.get(room) as ChildTexts | undefined;
		return row === undefined ? null : child(row);
	}

	unsettled(limit: number): Child[] {
		return (this.#statements.unsettled.all(limit) as ChildTexts[]).map(child);
	}

	alarms(): { room: string; at: number }[] {
		return this.#statements.alarms.all() as { room: string; at: number }[];
	}

	settleAlarm(room: string, at: number | null): void {
		if (at === null) this.#statements.settleNothing.run(room);
		else this.#statements.settleAlarm.run(at, room);
	}

	matters(room: string): MatterEntry[] {
		return rowsOf<MatterTexts>(this.#statements.matters, room).map(matter);
	}

	mattersOf(person: string): MatterEntry[] {
		return rowsOf<MatterTexts>(this.#statements.mattersOf, { person }).map(matter);
	}

	state(room: string, meeting: number): StateRow[] {
		const rows = rowsOf<StateRow & { value: string }>(this.#statements.state, room, meeting);
		return rows.map((row) => ({ ...row, value: JSON.parse(row.value) as Json }));
	}

	command(room: string, person: string, id: string): CommandRow | null {
		const row = this.#statements.command.get(room, person, id) as
			(CommandRow & { result: string }) | undefined;
		return row === undefined ? null : { ...row, result: JSON.parse(row.result) as Json };
	}
}

/** As the table holds it. */
export function matter({ person, data, ...row }: MatterTexts): MatterEntry {
	const rest = JSON.parse(data) as Omit<MatterEntry, keyof MatterTexts>;
	return { ...rest, ...row, person: person || null };
}

function child(row: ChildTexts): Child {
	return {
		...row,
		wish: JSON.parse(row.wish) as Child['wish'],
		done: JSON.parse(row.done) as Child['done'],
		report: row.report === null ? null : (JSON.parse(row.report) as Child['report']),
		gone: row.gone === 1
	};
}
