import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';

const FILES = ['peerloom.db', 'peerloom.db-wal'];

/** What the disk held at a moment: as it is found by whoever starts after a crash right then. */
export interface Image {
	/** Between which statements, for messages. */
	at: string;
	dir: string;
}

/**
 * A database in a folder of its own that keeps an image of the disk before and after each statement while `watching`
 * is on. What a process has written is there after it was killed, so an image is what a kill would have left.
 */
export function crashingDatabase() {
	const root = mkdtempSync(join(tmpdir(), 'peerloom-crash-'));
	const dir = join(root, 'live');
	mkdirSync(dir);
	const images: Image[] = [];
	const control = { watching: false };

	function keep(at: string): void {
		if (!control.watching) return;
		const image = join(root, `${images.length}`);
		mkdirSync(image);
		for (const file of FILES) {
			if (existsSync(join(dir, file))) copyFileSync(join(dir, file), join(image, file));
		}
		images.push({ at, dir: image });
	}

	class Watched extends DatabaseSync {
		override exec(sql: string): void {
			keep(`before ${sql}`);
			super.exec(sql);
			keep(`after ${sql}`);
		}
		override prepare(sql: string): StatementSync {
			const statement = super.prepare(sql);
			const run = statement.run.bind(statement);
			// two overloads, and none of them takes what the other one gives
			statement.run = ((...parameters: Parameters<StatementSync['run']>) => {
				keep(`before ${sql}`);
				const result = run(...parameters);
				keep(`after ${sql}`);
				return result;
			}) as StatementSync['run'];
			return statement;
		}
	}

	const database = new Watched(join(dir, 'peerloom.db'));
	database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on');
	return { database, dir, images, control, remove: () => rmSync(root, { recursive: true, force: true }) };
}

/** The database as it is found there. */
export function found(dir: string): DatabaseSync {
	const database = new DatabaseSync(join(dir, 'peerloom.db'));
	database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on');
	return database;
}
