import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
	`create table document (
		id integer primary key,
		name text not null unique,
		room text not null,
		squashed integer not null default 0
	)`,
	`create index document_room on document (room)`,
	// autoincrement: a seq is never given twice, not even after the newest entries were deleted
	`create table log (
		seq integer primary key autoincrement,
		document integer not null references document (id),
		at integer not null,
		person text,
		cause text,
		data blob not null
	)`,
	`create index log_document on log (document, seq)`,
	`create table snapshot (
		document integer primary key references document (id),
		up_to integer not null,
		state blob not null
	)`,
	`create table room (
		id text primary key,
		code text not null unique,
		screen text not null unique,
		title text not null,
		format text not null,
		preset text,
		settings text not null,
		state text not null,
		meeting integer not null,
		created integer not null,
		updated integer not null
	)`,
	`create table meeting (
		room text not null,
		number integer not null,
		started integer,
		ended integer,
		primary key (room, number)
	) without rowid`,
	`create table state (
		room text not null,
		meeting integer not null,
		instance text not null,
		collection text not null,
		key text not null,
		value text not null,
		primary key (room, meeting, instance, collection, key)
	) without rowid`,
	`create table ledger (
		room text not null,
		instance text not null,
		id text not null,
		meeting integer not null,
		kind text not null,
		person text,
		state text not null,
		due text,
		text text not null,
		data text not null,
		updated integer not null,
		primary key (room, instance, id)
	) without rowid`,
	`create index ledger_person on ledger (person)`,
	`create table member (
		room text not null,
		person text not null,
		role text not null,
		owner integer not null,
		primary key (room, person)
	) without rowid`,
	`create index member_person on member (person)`,
	`create table command (
		room text not null,
		person text not null,
		id text not null,
		type text not null,
		at integer not null,
		result text not null,
		primary key (room, person, id)
	) without rowid`,
	`create index command_at on command (at)`,
	`create table person (
		id text primary key,
		name text not null,
		account integer not null,
		email text,
		locale text,
		created integer not null
	)`,
	`create table person_user (
		user text primary key,
		person text not null references person (id)
	)`,
	`create index person_user_person on person_user (person)`
];

export const initial: Migration = {
	async up(db: Kysely<unknown>) {
		for (const statement of statements) await sql.raw(statement).execute(db);
	}
};
