import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * What is chosen from a list is no word any more: all documents are taken into the search anew, after the next start.
 * And demo rooms from before it was written down are told by their people, who are invented: somebody is in it who was
 * never anybody here. Whoever is erased leaves their rooms first.
 */
export const lookedAtAgain: Migration = {
	async up(db: Kysely<unknown>) {
		await sql.raw('update document set indexed = 0').execute(db);
		await sql
			.raw(
				`update room set demo = 1 where demo = 0 and exists (
					select 1 from member where member.room = room.id
						and not exists (select 1 from person where person.id = member.person)
				)`
			)
			.execute(db);
	}
};
