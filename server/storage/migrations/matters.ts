import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
	// person '': everybody in the room
	`create table matter (
		room text not null,
		instance text not null,
		id text not null,
		person text not null,
		data text not null,
		since integer not null,
		primary key (room, instance, id, person)
	) without rowid`,
	`create index matter_person on matter (person) where person <> ''`,
	`create index matter_of_all on matter (room) where person = ''`
];

/** What of rooms concerns single people: what they promised, what waits for them, what comes up. */
export const matters: Migration = {
	async up(db: Kysely<unknown>) {
		for (const statement of statements) await sql.raw(statement).execute(db);
	}
};
