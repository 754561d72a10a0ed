import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * Opens (or creates) the embedded database in `dataDir`. One connection serves the whole process: log, rows and
 * identity. Its transactions must begin and end without awaiting in between, or others would slip into them.
 */
export function openDatabase(dataDir: string): DatabaseSync {
	// what people wrote is nobody else's on this machine
	mkdirSync(dataDir, { recursive: true, mode: 0o700 });
	const db = new DatabaseSync(join(dataDir, 'peerloom.db'));
	db.exec(`
		pragma journal_mode = wal;
		pragma synchronous = full;
		pragma foreign_keys = on;
		pragma busy_timeout = 5000;
		pragma secure_delete = on;
	`);
	return db;
}
