import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** A room that a programme opened says so itself; those that are older are told by the row that ties them to it. */
export const toldProgrammes: Migration = {
	async up(db: Kysely<unknown>) {
		await sql
			.raw(
				`update room set settings = json_set(settings, '$.programme', json('true'))
					where id in (select room from child)`
			)
			.execute(db);
	}
};
