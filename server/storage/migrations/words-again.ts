import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What is chosen from a list is no word any more: all documents are taken into the search anew, after the next start. */
export const wordsAgain: Migration = {
	async up(db: Kysely<unknown>) {
		await sql.raw('update document set indexed = 0').execute(db);
	}
};
