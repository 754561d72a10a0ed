import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Beside a snapshot stands what it holds, so that opening a document does not read all of it to find out. */
export const knownSnapshots: Migration = {
	async up(db: Kysely<unknown>) {
		await sql.raw('alter table snapshot add column known blob').execute(db);
	}
};
