import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it } from 'vitest';
import { openDatabase } from './database.ts';
import { kyselyOver } from './kysely.ts';
import { lookedAtAgain } from './migrations/looked-at-again.ts';
import { createSqliteStore } from './sqlite.ts';
import { storeContract } from './store.contract.ts';
import { Unavailable } from './store.ts';

let dir = '';

function fresh(): void {
	if (dir !== '') rmSync(dir, { recursive: true });
	dir = mkdtempSync(join(tmpdir(), 'peerloom-store-'));
}

const open = () => createSqliteStore(openDatabase(dir));

afterEach(() => {
	rmSync(dir, { recursive: true });
	dir = '';
});

describe('the SQLite store', () => {
	storeContract(open, async () => fresh());
});

describe('the SQLite file', () => {
	function onDisk(word: string): boolean {
		return readdirSync(dir).some((file) => readFileSync(join(dir, file)).includes(word));
	}

	it('syncs every commit to the disk', async () => {
		fresh();
		const db = openDatabase(dir);
		expect(db.prepare('pragma journal_mode').get()).toEqual({ journal_mode: 'wal' });
		expect(db.prepare('pragma synchronous').get()).toEqual({ synchronous: 2 });
		db.close();
	});

	it('from before demo rooms were told apart tells them by people whom nobody ever was, and reads all words anew', async () => {
		fresh();
		const store = await open();
		const names = ['demo', 'real', 'empty'];
		for (const [at, id] of names.entries())
			await store.commit([
				{
					room: {
						...{
							id,
							code: `AAAAA${at}`,
							screen: id,
							title: id,
							format: 'debate',
							preset: null,
							settings: {}
						},
						...{ state: 'open', meeting: 1, created: 1, updated: 1, demo: false }
					}
				}
			]);
		for (const [room, person] of [
			['demo', 'ada'],
			['demo', 'invented'],
			['real', 'ada']
		] as const)
			await store.commit([{ members: [{ room, person, role: 'chair', owner: false }] }]);
		await store.close();
		const db = openDatabase(dir);
		db.exec(`insert into person (id, name, account, email, locale, created) values ('ada', 'Ada', 1, null, null, 1);
			insert into document (name, room, indexed) values ('real/m1/record', 'real', 7)`);
		await lookedAtAgain.up(kyselyOver(db));
		const read = db.prepare('select max(indexed) as indexed from document').get();
		expect(read).toEqual({ indexed: 0 });
		db.close();
		const again = await open();
		expect(await Promise.all(names.map(async (id) => (await again.room(id))?.demo))).toEqual([
			true,
			false,
			false
		]);
		await again.close();
	});

	it('says that it is unavailable when another process holds it, and not when a unit is at fault', async () => {
		fresh();
		const db = openDatabase(dir);
		db.exec('pragma busy_timeout = 20');
		const store = await createSqliteStore(db);
		const command = { room: 'r', id: 'c', person: 'p', type: 't', at: 0, result: null };
		await store.commit([{ commands: [command] }]);
		const twice = store.commit([{ commands: [command] }]);
		await expect(twice).rejects.toThrow();
		await expect(twice).rejects.not.toBeInstanceOf(Unavailable);
		const other = new DatabaseSync(join(dir, 'peerloom.db'));
		other.exec('begin immediate');
		await expect(store.commit([{ commands: [{ ...command, id: 'd' }] }])).rejects.toBeInstanceOf(Unavailable);
		other.exec('rollback');
		await store.commit([{ commands: [{ ...command, id: 'd' }] }]);
		expect(await store.command('r', 'p', 'd')).not.toBeNull();
		other.close();
		await store.close();
	});

	it('holds no trace of what was squashed or of a deleted room', async () => {
		fresh();
		const store = await open();
		const entry = { person: null, at: 1, cause: null };
		await store.commit([
			{
				entries: [
					{ ...entry, document: 'r/a', update: new TextEncoder().encode('squashed-secret '.repeat(500)) },
					{ ...entry, document: 'r2/a', update: new TextEncoder().encode('deleted-secret '.repeat(500)) }
				]
			}
		]);
		expect(onDisk('squashed-secret')).toBe(true);
		expect(onDisk('deleted-secret')).toBe(true);
		await store.squash('r/a', () => new Uint8Array([0, 0]), 'ruth', 2);
		await store.deleteRoom('r2');
		expect(onDisk('squashed-secret')).toBe(false);
		expect(onDisk('deleted-secret')).toBe(false);
		await store.close();
	});
});
