/** Backup, restore, the lock, checks, one person's data, as an operator meets them: processes of their own, beside a busy server. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PersonExport } from '../../server/persons/export.ts';
import { ask, guest, join as enter, must, type Guest } from '../support/api.ts';
import { load } from '../support/load.ts';
import { openRoom, type Opened } from '../support/opened.ts';
import { operate } from '../support/operator.ts';
import { startServer, type Server } from '../support/server.ts';
import { sync } from '../support/sync.ts';
import { until } from '../support/until.ts';

let server: Server;
let opened: Opened;
let people: Guest[];
let folder: string;
let backup: string;
/** What was acknowledged, or shown to another, before the backup began. */
let promised: { keys: string[]; topics: string[] };

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'peerloom-backup-'));
	backup = join(folder, 'one');
	server = await startServer({ env: { LIMITS: 'off' } });
	opened = await openRoom(server.origin);
	people = [opened.host];
	for (const name of ['Ida', 'Tom']) {
		const person = await guest(server.origin, name);
		await enter(person, opened.room.id);
		await must(opened.host, opened.room.id, 'roster.assign', { person: person.person.id, role: 'helper' });
		people.push(person);
	}
	const target = {
		origin: server.origin,
		room: opened.room.id,
		document: opened.notes,
		type: 'topics.submit',
		record: opened.record
	};
	const busy = load(target, people);
	busy.go();
	await until(() => busy.seen.size > 40 && busy.acknowledged.size > 10, 'the load runs');
	promised = { keys: [...busy.seen], topics: [...busy.acknowledged] };
	const { code, said } = await operate(server.dataDir, ['backup', backup]);
	expect(code, said).toBe(0);
	expect(busy.seen.size, 'people went on writing').toBeGreaterThan(promised.keys.length);
	busy.stop();
}, 60_000);
afterAll(async () => {
	await server?.close();
	rmSync(folder, { recursive: true, force: true });
});

/** What the server has, asked by somebody who brings nothing. */
async function kept(origin: string) {
	const notes = sync(origin, opened.room.id, opened.notes, opened.host.token);
	const record = sync(origin, opened.room.id, opened.record, opened.host.token);
	await Promise.all([notes.ready(), record.ready()]);
	const keys = new Set(notes.doc.getMap('notes').keys());
	const topics = [...record.doc.getMap<{ text?: string }>('topics').values()].map(({ text }) => text);
	notes.close();
	record.close();
	return { keys, topics };
}

describe('a backup of a busy server', () => {
	it('says what is in it, and lets nobody else on the machine read it', () => {
		const manifest = JSON.parse(readFileSync(join(backup, 'manifest.json'), 'utf8')) as {
			counts: { rooms: number; people: number; entries: number };
		};
		expect(manifest).toMatchObject({
			is: 'peerloom-backup',
			version: '0.1.0',
			counts: { rooms: 1, people: 3 }
		});
		expect(manifest.counts.entries).toBeGreaterThan(20);
		expect(readdirSync(backup).sort()).toEqual(['manifest.json', 'peerloom.db', 'secret']);
		for (const file of readdirSync(backup)) expect(statSync(join(backup, file)).mode & 0o077, file).toBe(0);
	});
});

describe('beside a busy server', () => {
	it('the store is checked, and all is well', async () => {
		const { code, said } = await operate(server.dataDir, ['check-store']);
		expect(said).toMatch(/1 rooms, \d+ documents, \d+ entries of the log: all is well/);
		expect(code).toBe(0);
	});

	it('a person is exported for reading and for programs', async () => {
		const ida = people[1]!.person;
		const target = join(folder, 'ida');
		const { code, said } = await operate(server.dataDir, ['person', 'export', ida.id, target]);
		expect(code, said).toBe(0);
		const all = JSON.parse(readFileSync(join(target, `peerloom-${ida.id}.json`), 'utf8')) as PersonExport;
		expect(all.profile).toMatchObject({ id: ida.id, name: 'Ida', account: false });
		expect(all.rooms[0]).toMatchObject({
			title: 'A room',
			role: 'helper',
			changes: [{ document: opened.notes }]
		});
		expect(readFileSync(join(target, `peerloom-${ida.id}.md`), 'utf8')).toMatch(
			/^# What Peerloom keeps of Ida\n/
		);
	});

	it('a person is erased by the server that runs, after it was said what that means', async () => {
		const ida = people[1]!;
		const asked = await operate(server.dataDir, ['person', 'erase', ida.person.id]);
		expect(asked).toMatchObject({
			code: 64,
			said: expect.stringMatching(/Erases Ida[\s\S]*Add --yes/) as string
		});
		const record = sync(server.origin, opened.room.id, opened.record, opened.host.token);
		await record.ready();
		const { code, said } = await operate(server.dataDir, ['person', 'erase', ida.person.id, '--yes']);
		expect(code, said).toBe(0);
		await until(() => record.closes.includes(4410), 'whoever has the record open is told to drop it');
		record.close();
		expect((await ask(server.origin, `/api/rooms/${opened.room.id}`, { token: ida.token })).status).toBe(401);
		const { topics } = await kept(server.origin);
		expect(topics.length).toBeGreaterThan(0);
		await must(opened.host, opened.room.id, 'topics.submit', { text: 'the room goes on' });
		expect((await kept(server.origin)).topics).toContain('the room goes on');
		expect((await operate(server.dataDir, ['check-store'])).said).toMatch(/all is well/);
	});
});

describe('a restore', () => {
	it('is refused while a server runs on the folder, and changes nothing', async () => {
		const { code, said } = await operate(server.dataDir, ['restore', backup]);
		expect([code, said]).toEqual([1, expect.stringMatching(/in use by another Peerloom process/)]);
		expect(readdirSync(server.dataDir).some((name) => name.startsWith('before-restore'))).toBe(false);
		expect((await fetch(`${server.origin}/readyz`)).ok).toBe(true);
	});

	it('into an empty folder brings everything back that was acknowledged before the backup began', async () => {
		const dataDir = join(folder, 'fresh');
		const { code, said } = await operate(dataDir, ['restore', backup]);
		expect(code, said).toBe(0);
		const restored = await startServer({ env: { DATA_DIR: dataDir } });
		try {
			const has = await kept(restored.origin);
			expect(promised.keys.filter((key) => !has.keys.has(key))).toEqual([]);
			expect(promised.topics.filter((text) => !has.topics.includes(text))).toEqual([]);
			// the secret came along: tokens and rooms are as they were, and the meeting goes on
			await must({ ...opened.host, origin: restored.origin }, opened.room.id, 'topics.submit', {
				text: 'on'
			});
		} finally {
			await restored.close();
		}
	});
});

describe('one process serves one DATA_DIR', () => {
	it('so a second one does not start, says why, and leaves the first alone', async () => {
		await expect(startServer({ env: { DATA_DIR: server.dataDir } })).rejects.toThrow(
			/code 78[\s\S]*Peerloom cannot start: .* is in use by another Peerloom process/
		);
		expect((await fetch(`${server.origin}/readyz`)).ok).toBe(true);
	});

	it('and kill -9 leaves no lock behind', async () => {
		await server.kill();
		expect(existsSync(join(server.dataDir, 'lock'))).toBe(true);
		await server.restart();
		expect((await kept(server.origin)).keys.size).toBeGreaterThan(0);
	});
});
