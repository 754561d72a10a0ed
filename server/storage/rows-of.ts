import type { SQLInputValue, StatementSync } from 'node:sqlite';

/** A query's rows, with their columns as its SQL names them: the one thing that `node:sqlite`'s types cannot know. */
export function rowsOf<Row>(
	query: StatementSync,
	...given: (SQLInputValue | Record<string, SQLInputValue>)[]
): Row[] {
	return query.all(...(given as SQLInputValue[])) as unknown as Row[]; // named parameters may come first
}
