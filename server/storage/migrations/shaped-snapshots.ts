import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Beside a snapshot stands how it is built, so that the first new type after a cold load does not read all of it. */
export const shapedSnapshots: Migration = {
	async up(db: Kysely<unknown>) {
		await sql.raw('alter table snapshot add column shape blob').execute(db);
	}
};
