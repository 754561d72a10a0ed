import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
	// what was deleted for good, when and by whom; never what was in it, nor whose it was
	`create table deletion (
		id integer primary key,
		at integer not null,
		what text not null,
		by text not null,
		room text,
		detail text not null
	)`,
	`create index deletion_at on deletion (at)`,
	// erasures that were asked for and are not finished: they go on after a crash
	`create table erasure (
		person text primary key,
		at integer not null,
		by text not null
	)`
];

export const deletions: Migration = {
	async up(db: Kysely<unknown>) {
		for (const statement of statements) await sql.raw(statement).execute(db);
	}
};
