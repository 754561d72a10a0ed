import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * When each room has to do something by itself. 0: nobody looked yet. A version in which blocks do by themselves what
 * they did not before writes such rows again.
 */
const statements = [
	`create table due (room text primary key, at integer not null) without rowid`,
	`insert into due (room, at) select id, 0 from room`
];

export const dueRooms: Migration = {
	async up(db: Kysely<unknown>) {
		for (const statement of statements) await sql.raw(statement).execute(db);
	}
};
