/**
 * Puts another database and secret in the place of those in DATA_DIR. Several files cannot be exchanged at one stroke,
 * so all of them are laid out first; from the moment that the folder has its name the exchange is decided, and
 * whoever comes next finishes what a crash interrupted.
 */
import {
	closeSync,
	copyFileSync,
	existsSync,
	fsyncSync,
	mkdirSync,
	openSync,
	readdirSync,
	renameSync,
	rmSync
} from 'node:fs';
import { join } from 'node:path';
import { lockDataDir } from './lock.ts';

export const DATABASE = 'peerloom.db';
export const SECRET = 'secret';
/** What belongs to the database, and must never meet another one. */
const BESIDE = [`${DATABASE}-wal`, `${DATABASE}-shm`];

const STAGED = 'replacement';
const PREPARED = `${STAGED}.part`;
/** In the staged folder: where the old files go. */
const ASIDE = 'aside-';

/** Lays the files out in DATA_DIR; with the return it is decided. The caller holds the lock, and finishes it. */
export function stageReplacement(
	dataDir: string,
	files: { database: string; secret: string | null },
	aside: string
): void {
	const prepared = join(dataDir, PREPARED);
	rmSync(prepared, { recursive: true, force: true });
	mkdirSync(join(prepared, ASIDE + aside), { recursive: true, mode: 0o700 });
	copyFileSync(files.database, join(prepared, DATABASE));
	toDisk(join(prepared, DATABASE));
	if (files.secret !== null) {
		copyFileSync(files.secret, join(prepared, SECRET));
		toDisk(join(prepared, SECRET));
	}
	toDisk(prepared);
	renameSync(prepared, join(dataDir, STAGED));
	toDisk(dataDir);
}

export function isReplacementStaged(dataDir: string): boolean {
	return existsSync(join(dataDir, STAGED));
}

/** Finishes a replacement that is staged; where the old files are now. Any step of it may run twice. */
export function finishReplacement(dataDir: string): string {
	const staged = join(dataDir, STAGED);
	const aside = readdirSync(staged).find((name) => name.startsWith(ASIDE));
	if (aside === undefined) throw new Error(`'${staged}' is damaged: look into it and remove it.`);
	const keep = join(dataDir, aside.slice(ASIDE.length));
	mkdirSync(keep, { recursive: true, mode: 0o700 });
	// until the new database is in place, what lies beside is the old one's
	if (existsSync(join(staged, DATABASE))) {
		for (const name of BESIDE) move(join(dataDir, name), join(keep, name));
	}
	for (const name of [SECRET, DATABASE]) {
		if (!existsSync(join(staged, name))) continue;
		move(join(dataDir, name), join(keep, name));
		toDisk(keep);
		renameSync(join(staged, name), join(dataDir, name));
		toDisk(dataDir);
	}
	rmSync(staged, { recursive: true });
	toDisk(dataDir);
	return keep;
}

/** To be called before anything of DATA_DIR is read: finishes what a crash interrupted, if anything. */
export function settleDataDir(dataDir: string): void {
	if (!isReplacementStaged(dataDir)) return;
	const release = lockDataDir(dataDir);
	try {
		if (isReplacementStaged(dataDir)) finishReplacement(dataDir);
	} finally {
		release();
	}
}

function move(from: string, to: string): void {
	if (existsSync(from)) renameSync(from, to);
}

/** Waits until the file, or the folder's list of names, is on the disk. */
export function toDisk(path: string): void {
	const file = openSync(path, 'r');
	try {
		fsyncSync(file);
	} finally {
		closeSync(file);
	}
}
