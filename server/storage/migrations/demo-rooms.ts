import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** A demo room's people are invented: it counts nowhere. Those from before: see 012. */
export const demoRooms: Migration = {
	async up(db: Kysely<unknown>) {
		await sql.raw('alter table room add column demo integer not null default 0').execute(db);
	}
};
