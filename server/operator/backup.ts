/** A copy of everything that lasts, taken while the server runs. */
import {
	chmodSync,
	copyFileSync,
	existsSync,
	mkdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	writeFileSync
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DATABASE, SECRET, toDisk } from '../storage/replace.ts';
import { countsOf, describeFile, MANIFEST, type Manifest } from './manifest.ts';
import { Trouble } from './trouble.ts';

export interface Backup {
	folder: string;
	manifest: Manifest;
}

/**
 * Copies DATA_DIR into `target`: into a folder of that name, or where it is a folder already, into a new one in it.
 * Nothing is ever overwritten, and a backup that failed leaves nothing.
 */
export async function backUp(dataDir: string, target: string, now: number): Promise<Backup> {
	const source = join(dataDir, DATABASE);
	if (!existsSync(source)) throw new Trouble(`There is no '${source}': set DATA_DIR to the server's own.`);
	const at = new Date(now).toISOString();
	const folder = placeFor(resolve(target), at);
	const part = `${folder}.part`;
	try {
		mkdirSync(dirname(folder), { recursive: true });
		mkdirSync(part, { mode: 0o700 });
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new Trouble(`'${part}' cannot be made: ${reason}.`, { cause: error });
	}
	try {
		const copy = join(part, DATABASE);
		copyDatabase(source, copy);
		const files: Manifest['files'] = { [DATABASE]: await describeFile(copy) };
		const secret = join(dataDir, SECRET);
		if (existsSync(secret)) {
			copyFileSync(secret, join(part, SECRET));
			chmodSync(join(part, SECRET), 0o600);
			toDisk(join(part, SECRET));
			files[SECRET] = await describeFile(join(part, SECRET));
		}
		const manifest: Manifest = {
			is: 'peerloom-backup',
			version: versionOf(),
			at,
			counts: checkedCounts(copy),
			files
		};
		writeFileSync(join(part, MANIFEST), `${JSON.stringify(manifest, null, '\t')}\n`, { mode: 0o600 });
		toDisk(join(part, MANIFEST));
		toDisk(part);
		renameSync(part, folder);
		toDisk(dirname(folder));
		return { folder, manifest };
	} catch (error) {
		rmSync(part, { recursive: true, force: true });
		throw error;
	}
}

function placeFor(target: string, at: string): string {
	if (!existsSync(target)) return target;
	if (!statSync(target).isDirectory() || existsSync(join(target, MANIFEST)))
		throw new Trouble(`'${target}' exists already, and nothing is overwritten. Choose another name.`);
	const folder = join(target, `peerloom-${at.slice(0, 19).replaceAll(':', '-')}Z`);
	if (existsSync(folder)) throw new Trouble(`'${folder}' exists already. Try again in a second.`);
	return folder;
}

/**
 * One read transaction, so one moment, whatever is written meanwhile. SQLite's backup API would begin anew with
 * every write of the server's, and in a busy hour never end; and unlike it this leaves deleted pages behind.
 */
function copyDatabase(source: string, copy: string): void {
	const db = new DatabaseSync(source, { timeout: 10_000 });
	try {
		db.prepare('vacuum into ?').run(copy);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new Trouble(`'${basename(source)}' could not be copied: ${reason}.`, { cause: error });
	} finally {
		db.close();
	}
	chmodSync(copy, 0o600);
	toDisk(copy);
}

function checkedCounts(copy: string): Manifest['counts'] {
	const db = new DatabaseSync(copy, { readOnly: true });
	try {
		const wrong = db.prepare('pragma integrity_check(1)').get();
		if (wrong?.integrity_check !== 'ok')
			throw new Trouble('The copy is damaged, so the database is: run `npm run check-store`.');
		return countsOf(db);
	} finally {
		db.close();
	}
}

function versionOf(): string {
	const path = join(import.meta.dirname, '../../package.json');
	return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}
