import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DATABASE } from './replace.ts';

/** Milliseconds that a writer waits for an operator's command that writes beside the server. */
export const BUSY_TIMEOUT = 5000;

/**
 * Opens (or creates) the embedded database in `dataDir`. One connection serves the whole process: log, rows and
 * identity. Its transactions must begin and end without awaiting in between, or others would slip into them.
 */
export function openDatabase(dataDir: string): DatabaseSync {
	// what people wrote is nobody else's on this machine
	mkdirSync(dataDir, { recursive: true, mode: 0o700 });
	const db = new DatabaseSync(join(dataDir, DATABASE));
	db.exec(`
		pragma journal_mode = wal;
		pragma synchronous = full;
		pragma foreign_keys = on;
		pragma busy_timeout = ${BUSY_TIMEOUT};
		pragma secure_delete = on;
	`);
	return db;
}
