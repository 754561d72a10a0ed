import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	truncateSync,
	writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../storage/database.ts';
import { lockDataDir } from '../storage/lock.ts';
import { finishReplacement, settleDataDir, stageReplacement } from '../storage/replace.ts';
import { createSqliteStore } from '../storage/sqlite.ts';
import { backUp } from './backup.ts';
import { restore } from './restore.ts';

const NOW = Date.UTC(2026, 4, 14, 9, 15);
let folder: string;
let dataDir: string;
let fresh: string;
let backup: string;

beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), 'peerloom-backup-'));
	dataDir = join(folder, 'data');
	fresh = join(folder, 'fresh');
	backup = join(folder, 'backup');
	await write(dataDir, 'first');
	writeFileSync(join(dataDir, 'secret'), 'the first secret');
	await backUp(dataDir, backup, NOW);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A store with one entry in one document. */
async function write(dir: string, text: string): Promise<void> {
	const store = await createSqliteStore(openDatabase(dir));
	const update = new TextEncoder().encode(text);
	await store.commit([{ entries: [{ document: 'r/page', update, person: null, at: 1, cause: null }] }]);
	await store.close();
}

async function kept(dir: string): Promise<string[]> {
	const store = await createSqliteStore(openDatabase(dir));
	const { tail } = await store.load('r/page');
	await store.close();
	return tail.map((update) => new TextDecoder().decode(update));
}

const secretOf = (dir: string) => readFileSync(join(dir, 'secret'), 'utf8');

describe('a backup', () => {
	it('overwrites nothing, and makes a folder of its own in one that exists', async () => {
		await expect(backUp(dataDir, backup, NOW)).rejects.toThrow(/exists already, and nothing is overwritten/);
		await expect(backUp(dataDir, join(backup, 'secret'), NOW)).rejects.toThrow(/exists already/);
		const made = await backUp(dataDir, folder, NOW);
		expect(made.folder).toBe(join(folder, 'peerloom-2026-05-14T09-15-00Z'));
		await expect(backUp(dataDir, folder, NOW)).rejects.toThrow(/exists already/);
	});

	it('says what is wrong where there is no data or no room for it, and leaves nothing behind', async () => {
		await expect(backUp(join(folder, 'nowhere'), join(folder, 'two'), NOW)).rejects.toThrow(/There is no/);
		await expect(backUp(dataDir, join(dataDir, 'secret', 'two'), NOW)).rejects.toThrow(/cannot be made/);
		writeFileSync(join(dataDir, 'peerloom.db'), 'no database at all'.repeat(1000));
		await expect(backUp(dataDir, join(folder, 'two'), NOW)).rejects.toThrow(/could not be copied/);
		expect(readdirSync(folder).sort()).toEqual(['backup', 'data']);
	});
});

describe('a restore', () => {
	it('keeps aside what was there before, with its write-ahead file', async () => {
		await write(dataDir, 'second');
		writeFileSync(join(dataDir, 'secret'), 'the second secret');
		const { aside, manifest } = await restore(dataDir, join(backup, 'manifest.json'), NOW);
		expect(manifest.counts).toMatchObject({ documents: 1, entries: 1 });
		expect(aside).toBe(join(dataDir, 'before-restore-2026-05-14T09-15-00Z'));
		expect(await kept(dataDir)).toEqual(['first']);
		expect(secretOf(dataDir)).toBe('the first secret');
		expect(await kept(aside!)).toEqual(['first', 'second']);
		expect(secretOf(aside!)).toBe('the second secret');
	});

	it('waits for nobody: with a server on the folder it is refused, and nothing is touched', async () => {
		const release = lockDataDir(dataDir);
		await expect(restore(dataDir, backup, NOW)).rejects.toThrow(/in use by another Peerloom process/);
		release();
		expect(readdirSync(dataDir).sort()).toEqual(['lock', 'peerloom.db', 'secret']);
	});

	it('that was cut short at any step is finished by whoever comes next', async () => {
		await write(dataDir, 'second');
		const files = { database: join(backup, 'peerloom.db'), secret: join(backup, 'secret') };
		// each step is a rename; after how many of them the power goes
		for (let steps = 0; steps <= 5; steps++) {
			const dir = join(folder, `cut-${steps}`);
			mkdirSync(dir);
			for (const name of ['peerloom.db', 'peerloom.db-wal', 'peerloom.db-shm', 'secret'])
				writeFileSync(join(dir, name), `old ${name}`);
			stageReplacement(dir, files, 'aside');
			mkdirSync(join(dir, 'aside'));
			const moves = ['peerloom.db-wal', 'peerloom.db-shm', 'secret', 'replacement/secret', 'peerloom.db'];
			for (const name of moves.slice(0, steps)) {
				const to = name.startsWith('replacement/') ? join(dir, 'secret') : join(dir, 'aside', name);
				writeFileSync(to, readFileSync(join(dir, name)));
				rmSync(join(dir, name));
			}
			settleDataDir(dir);
			expect(readdirSync(dir).sort(), `after ${steps}`).toEqual(['aside', 'lock', 'peerloom.db', 'secret']);
			expect(await kept(dir)).toEqual(['first']);
			expect(secretOf(dir)).toBe('the first secret');
			for (const name of readdirSync(join(dir, 'aside')))
				expect(readFileSync(join(dir, 'aside', name), 'utf8')).toBe(`old ${name}`);
			expect(readdirSync(join(dir, 'aside'))).toHaveLength(4);
		}
	});

	it('that was cut short before it was decided never happened', async () => {
		mkdirSync(join(dataDir, 'replacement.part'));
		settleDataDir(dataDir);
		expect(await kept(dataDir)).toEqual(['first']);
		await restore(dataDir, backup, NOW);
		expect(existsSync(join(dataDir, 'replacement.part'))).toBe(false);
	});

	it('does not begin with a folder that is damaged itself', () => {
		mkdirSync(join(dataDir, 'replacement'));
		expect(() => finishReplacement(dataDir)).toThrow(/is damaged/);
	});

	it.each([
		['is cut', /damaged: 'peerloom.db'/, () => truncateSync(join(backup, 'peerloom.db'), 8192)],
		['has no database', /'peerloom.db' is missing/, () => rmSync(join(backup, 'peerloom.db'))],
		['has no manifest', /has no manifest.json/, () => rmSync(join(backup, 'manifest.json'))],
		[
			'has a broken manifest',
			/manifest.json' is damaged/,
			() => writeFileSync(join(backup, 'manifest.json'), '{')
		],
		['points elsewhere', /manifest.json' is damaged/, () => rename('peerloom.db', '../data/peerloom.db')],
		['is not there', /There is no/, () => rmSync(backup, { recursive: true })]
	])('of a backup that %s is refused with a clear word, and writes nothing', async (_, word, spoil) => {
		spoil();
		await expect(restore(fresh, backup, NOW)).rejects.toThrow(word);
		expect(existsSync(join(fresh, 'peerloom.db'))).toBe(false);
	});

	it('of a newer version is refused', async () => {
		const db = new DatabaseSync(join(dataDir, 'peerloom.db'));
		db.exec("insert into kysely_migration values ('999-tomorrow', '2027')");
		db.close();
		await backUp(dataDir, join(folder, 'newer'), NOW);
		await expect(restore(fresh, join(folder, 'newer'), NOW)).rejects.toThrow(
			/newer version \(999-tomorrow\)/
		);
	});
});

function rename(from: string, to: string): void {
	const path = join(backup, 'manifest.json');
	writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
}
