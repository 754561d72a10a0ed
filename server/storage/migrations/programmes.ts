import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
	`create table child (
		parent text not null,
		instance text not null,
		key text not null,
		room text not null unique,
		wish text not null,
		done text not null,
		report text,
		gone integer not null default 0,
		settled integer not null default 0,
		primary key (parent, instance, key)
	) without rowid`,
	`create index child_unsettled on child (settled) where settled = 0`
];

/** Rooms that another room, their programme, asked for. */
export const programmes: Migration = {
	async up(db: Kysely<unknown>) {
		for (const statement of statements) await sql.raw(statement).execute(db);
	}
};
