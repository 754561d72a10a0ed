import { mkdtempSync, rmSync, writeFileSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { hall, registry } from '../rooms/testing.ts';
import { openDatabase } from '../storage/database.ts';
import { compact } from '../sync/compact.ts';
import { checkStore } from './check-store.ts';

let dataDir: string;
let room: string;
let db: DatabaseSync;

/** A room in its second meeting, with notes that were written one by one. */
beforeEach(async () => {
	dataDir = mkdtempSync(join(tmpdir(), 'peerloom-check-'));
	const database = openDatabase(dataDir);
	const { open, committer, store, hub, rooms } = await hall(database);
	const { id, must, join: enter, expects } = await open();
	room = id;
	await enter('tom');
	await must('hedda', 'agenda.start', expects());
	await must('tom', 'pad.add', { text: 'a note' });
	await must('hedda', 'agenda.end', expects());
	const doc = new Y.Doc();
	const updates: Uint8Array[] = [];
	doc.on('update', (update: Uint8Array) => updates.push(update));
	for (const word of ['one ', 'two ', 'three ']) doc.getText('t').insert(0, word);
	const document = `${room}/m2/board`;
	const entries = updates.map((update) => ({ document, update, person: 'tom', at: 1, cause: null }));
	const seqs = await committer.commit({ entries });
	await store.compact(document, compact([(await store.load(document)).tail[0]!, ...updates]), seqs.at(-1)!);
	await rooms.close();
	await hub.close();
	await store.close();
	db = new DatabaseSync(join(dataDir, 'peerloom.db'));
});
afterEach(() => {
	if (db.isOpen) db.close();
	rmSync(dataDir, { recursive: true });
});

const check = (repair = false) => checkStore(dataDir, registry, { repair });
const said = (repair = false) => check(repair).findings.map(({ is, what }) => `${is}: ${what}`);
const boardId = () =>
	(db.prepare('select id from document where name = ?').get(`${room}/m2/board`) as { id: number }).id;

describe('a sound store', () => {
	it('has nothing to say, and is counted', () => {
		const { findings, counts } = check();
		expect(findings).toEqual([]);
		expect(counts).toMatchObject({ rooms: 1 });
		expect(counts.documents).toBeGreaterThan(3);
		expect(counts.entries).toBeGreaterThan(6);
	});
});

/** Damaged once, found, mended, and found sound again. */
describe('what can be mended without a loss', () => {
	it.each<[string, () => void, RegExp]>([
		[
			'a snapshot of garbage',
			() =>
				db
					.prepare('update snapshot set state = ? where document = ?')
					.run(new Uint8Array([9, 9, 9]), boardId()),
			/error: its snapshot is not a Yjs update/
		],
		[
			'a snapshot that lacks something',
			() =>
				db.prepare('update snapshot set state = ? where document = ?').run(new Uint8Array([0, 0]), boardId()),
			/error: its snapshot does not hold what its history says/
		],
		[
			'a snapshot of which too much is said',
			() =>
				db
					.prepare('update snapshot set known = ? where document = ?')
					.run(new Uint8Array([0, 1, 5, 9]), boardId()),
			/error: what its snapshot holds is noted wrongly beside it/
		],
		[
			'a snapshot that is built otherwise than is said',
			() =>
				db
					.prepare('update snapshot set shape = ? where document = ?')
					.run(new Uint8Array([1, 77, 0]), boardId()),
			/error: how its snapshot is built is noted wrongly beside it/
		],
		[
			'a snapshot from the future',
			() => db.prepare('update snapshot set up_to = 999999 where document = ?').run(boardId()),
			/error: its snapshot claims to hold entry 999999/
		],
		[
			'a membership that the roster does not know',
			() => db.prepare("insert into member values (?, 'eve', 'host', 1)").run(room),
			/error: its roster has 2 members/
		],
		[
			'a member that is not listed',
			() => db.prepare("delete from member where person = 'tom'").run(),
			/error: its roster has 2 members/
		],
		[
			'rows of a room that is gone',
			() => db.prepare("insert into command values ('gone', 'tom', 'c', 'pad.add', 1, 'null')").run(),
			/warning: 1 of its rows belong to rooms that do not exist/
		],
		[
			'a document of a room that is gone',
			() => db.prepare("insert into document (name, room) values ('gone/page', 'gone')").run(),
			/warning: its room 'gone' does not exist/
		],
		[
			'a log that would give a seq twice',
			() => db.prepare("update sqlite_sequence set seq = 1 where name = 'log'").run(),
			/error: it goes up to \d+, but the next entry would be 2/
		]
	])('%s', (_, damage, word) => {
		damage();
		expect(said()).toEqual([expect.stringMatching(word)]);
		expect(said(), 'looking changes nothing').toEqual([expect.stringMatching(word)]);
		db.close();
		expect(check(true)).toMatchObject({ findings: [], repaired: 1 });
		expect(said()).toEqual([]);
	});
});

describe('what only a backup mends', () => {
	it.each<[string, () => void, RegExp]>([
		[
			'an entry of garbage',
			() => db.prepare('update log set data = ? where document = ?').run(new Uint8Array([9, 9]), boardId()),
			/error: entry \d+ of its log is not a Yjs update/
		],
		[
			'state that is no JSON',
			() => db.prepare("update state set value = '{' where instance = 'pad' and meeting = 1").run(),
			/error: '.*pad.*' is not readable/
		],
		[
			'a room of a format that nobody knows',
			() => db.prepare("update room set format = 'chess'").run(),
			/error: its state cannot be read: .*"chess"/
		],
		[
			'a meeting that is missing',
			() => db.prepare('delete from meeting where number = 1').run(),
			/error: it is in meeting 2, but 1 are listed/
		],
		[
			'a name that no document has',
			() => db.prepare('update document set name = ? where id = ?').run(`${room}/../x`, boardId()),
			/error: its name is none that the server opens/
		]
	])('%s: it is said, and --repair leaves it alone', (_, damage, word) => {
		damage();
		const before = said();
		expect(
			before.some((line) => word.test(line)),
			before.join('\n')
		).toBe(true);
		db.close();
		expect(said(true)).toEqual(before);
	});

	it('a file with bytes overwritten', () => {
		db.exec('pragma wal_checkpoint(truncate)');
		db.close();
		const path = join(dataDir, 'peerloom.db');
		const bytes = readFileSync(path);
		bytes.fill(0xee, 4096 * 3, 4096 * 6);
		writeFileSync(path, bytes);
		let found: string[];
		try {
			found = said();
		} catch (error) {
			found = [String(error)];
		}
		expect(found.join('\n')).toMatch(/error|cannot be read/);
	});
});
