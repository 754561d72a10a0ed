import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
	`alter table person add column administrator integer not null default 0`,
	// whoever had an account first runs an installation from before there were administrators
	`update person set administrator = 1 where id =
		(select id from person where account = 1 order by created, id limit 1)`,
	`create index person_email on person (email) where account = 1`,
	`create table profile (
		person text primary key references person (id) on delete cascade,
		data text not null,
		updated integer not null
	) without rowid`,
	`create table invitation (
		id text primary key,
		token text not null unique,
		email text,
		person text references person (id) on delete cascade,
		by text not null,
		created integer not null,
		expires integer not null,
		most integer not null,
		used integer not null default 0,
		revoked integer
	) without rowid`,
	`create table setting (name text primary key, value text not null) without rowid`
];

/** People with accounts as the workspace knows them, who runs it, and who was asked to come. */
export const workspace: Migration = {
	async up(db: Kysely<unknown>) {
		for (const statement of statements) await sql.raw(statement).execute(db);
	}
};
