import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * State in the order in which its keys were first written, which is the order that rules see: with rowids, for a
 * table without them keeps to its key.
 */
const statements = [
	`create table ordered_state (
		room text not null,
		meeting integer not null,
		instance text not null,
		collection text not null,
		key text not null,
		value text not null,
		primary key (room, meeting, instance, collection, key)
	)`,
	`insert into ordered_state (room, meeting, instance, collection, key, value)
		select room, meeting, instance, collection, key, value from state
		order by room, meeting, instance, collection, key`,
	`drop table state`,
	`alter table ordered_state rename to state`
];

export const orderedState: Migration = {
	async up(db: Kysely<unknown>) {
		for (const statement of statements) await sql.raw(statement).execute(db);
	}
};
