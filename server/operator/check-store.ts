/** Looks whether everything in the store is as the server expects it, and mends what can be mended without a loss. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { lockDataDir } from '../storage/lock.ts';
import type { Registry } from '../rooms/world.ts';
import { DATABASE } from '../storage/replace.ts';
import { isKnownMigration, newestMigration } from '../storage/migrations/index.ts';
import { checkDocuments } from './check-documents.ts';
import { checkRooms } from './check-rooms.ts';
import { Trouble } from './trouble.ts';

export interface Finding {
	/** 'error': something cannot be read or is lost. 'warning': it is in nobody's way. */
	is: 'error' | 'warning';
	/** 'document r/m1/board' … */
	where: string;
	what: string;
	/** Mends it, in a transaction; without it, nothing but a backup helps. */
	repair?: { how: string; run(db: DatabaseSync): void };
}

interface Checked {
	findings: Finding[];
	counts: { documents: number; entries: number; rooms: number };
	/** Of those that could be mended. */
	repaired: number;
}

export function checkStore(dataDir: string, registry: Registry, { repair }: { repair: boolean }): Checked {
	const path = join(dataDir, DATABASE);
	if (!existsSync(path)) throw new Trouble(`There is no '${path}': set DATA_DIR to the server's own.`);
	// looking does no harm beside a server; mending would
	const release = repair ? lockDataDir(dataDir) : () => {};
	const db = new DatabaseSync(path, { timeout: 10_000 });
	try {
		const first = look(db, registry);
		const mendable = first.findings.flatMap((finding) => finding.repair ?? []);
		if (!repair || mendable.length === 0) return { ...first, repaired: 0 };
		db.exec('begin immediate');
		for (const one of mendable) one.run(db);
		db.exec('commit');
		return { ...look(db, registry), repaired: mendable.length };
	} catch (error) {
		if (error instanceof Error && 'errcode' in error)
			throw new Trouble(`The database cannot be read: ${error.message}. Restore a backup.`, { cause: error });
		throw error;
	} finally {
		if (db.isTransaction) db.exec('rollback');
		db.close();
		release();
	}
}

/** In one read transaction: all of it at one moment, whatever a server writes meanwhile. */
function look(db: DatabaseSync, registry: Registry): Omit<Checked, 'repaired'> {
	db.exec('begin');
	try {
		const broken = checkFile(db);
		if (broken.length > 0) return { findings: broken, counts: { documents: 0, entries: 0, rooms: 0 } };
		const documents = checkDocuments(db);
		const rooms = checkRooms(db, registry);
		return {
			findings: [...checkVersion(db), ...documents.findings, ...rooms.findings],
			counts: { documents: documents.documents, entries: documents.entries, rooms: rooms.rooms }
		};
	} finally {
		db.exec('rollback');
	}
}

/** What SQLite says of its own file; nothing else makes sense before that. */
function checkFile(db: DatabaseSync): Finding[] {
	const lines = db.prepare('pragma integrity_check').all() as { integrity_check: string }[];
	const strays = db.prepare('pragma foreign_key_check').all() as { table: string; parent: string }[];
	return [
		...lines
			.filter(({ integrity_check: line }) => line !== 'ok')
			.map(({ integrity_check: what }): Finding => ({ is: 'error', where: 'database', what })),
		...strays.map(({ table, parent }): Finding => ({
			is: 'error',
			where: 'database',
			what: `a row of '${table}' belongs to a row of '${parent}' that is missing`
		}))
	];
}

function checkVersion(db: DatabaseSync): Finding[] {
	const names = (db.prepare('select name from kysely_migration').all() as { name: string }[]).map(
		({ name }) => name
	);
	const unknown = names.find((name) => !isKnownMigration(name));
	if (unknown !== undefined)
		return [
			{ is: 'error', where: 'database', what: `it is of a newer version (${unknown}) than this Peerloom` }
		];
	if (!names.includes(newestMigration))
		return [
			{
				is: 'warning',
				where: 'database',
				what: 'it is of an older version; the next start brings it up to date'
			}
		];
	return [];
}
