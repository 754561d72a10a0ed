import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { Kysely, SqliteDialect } from 'kysely';
import type { Schema } from './schema.ts';

/** Kysely over the given connection, which stays the caller's to close. */
export function kyselyOver(db: DatabaseSync): Kysely<Schema> {
	return new Kysely<Schema>({
		dialect: new SqliteDialect({
			database: {
				close() {},
				prepare(sql) {
					const statement = db.prepare(sql);
					return {
						reader: statement.columns().length > 0,
						all: (parameters) => statement.all(...(parameters as SQLInputValue[])),
						run: (parameters) => statement.run(...(parameters as SQLInputValue[])),
						iterate: (parameters) => statement.iterate(...(parameters as SQLInputValue[]))
					};
				}
			}
		})
	});
}
