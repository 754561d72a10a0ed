import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
	// what people took along from a meeting, and which meetings ended when
	`create index ledger_takeaway on ledger (room, meeting) where kind = 'takeaway'`,
	`create index meeting_ended on meeting (ended) where ended is not null`,
	// "digest" is what groups took away; how often reminders are mailed has a name of its own
	`alter table reminding rename column digested to mailed`,
	`update reminding set data = replace(data, '"digest":', '"often":')`
];

export const digest: Migration = {
	async up(db: Kysely<unknown>) {
		for (const statement of statements) await sql.raw(statement).execute(db);
	}
};
