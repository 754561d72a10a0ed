/** Puts a backup in the place of what DATA_DIR holds. */
import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { lockDataDir } from '../storage/lock.ts';
import { isKnownMigration } from '../storage/migrations/index.ts';
import {
	DATABASE,
	finishReplacement,
	isReplacementStaged,
	SECRET,
	stageReplacement
} from '../storage/replace.ts';
import { MANIFEST, readManifest, type Manifest } from './manifest.ts';
import { Trouble } from './trouble.ts';

export interface Restored {
	manifest: Manifest;
	/** Where the previous data is now; null: there was none. */
	aside: string | null;
}

/** `from`: a backup's folder, or its manifest. Checks everything before anything is touched. */
export async function restore(dataDir: string, from: string, now: number): Promise<Restored> {
	const path = resolve(from);
	if (!existsSync(path)) throw new Trouble(`There is no '${path}'.`);
	const folder = !statSync(path).isDirectory() && basename(path) === MANIFEST ? dirname(path) : path;
	const manifest = await readManifest(folder);
	const database = join(folder, DATABASE);
	if (!manifest.files[DATABASE]) throw new Trouble(`The backup is incomplete: it has no '${DATABASE}'.`);
	checkDatabase(database);

	const release = lockDataDir(dataDir);
	try {
		if (isReplacementStaged(dataDir)) finishReplacement(dataDir);
		const before = existsSync(join(dataDir, DATABASE));
		const secret = manifest.files[SECRET] ? join(folder, SECRET) : null;
		const stamp = new Date(now).toISOString().slice(0, 19).replaceAll(':', '-');
		stageReplacement(dataDir, { database, secret }, `before-restore-${stamp}Z`);
		const aside = finishReplacement(dataDir);
		return { manifest, aside: before ? aside : null };
	} finally {
		release();
	}
}

function checkDatabase(path: string): void {
	const db = new DatabaseSync(path, { readOnly: true });
	try {
		const wrong = db.prepare('pragma integrity_check(1)').get();
		if (wrong?.integrity_check !== 'ok') throw new Trouble('The database in the backup is damaged.');
		const names = db.prepare('select name from kysely_migration').all() as { name: string }[];
		const unknown = names.find(({ name }) => !isKnownMigration(name));
		if (unknown)
			throw new Trouble(
				`The backup was made by a newer version (${unknown.name}). Install that version, then restore.`
			);
	} finally {
		db.close();
	}
}
