import type { DatabaseSync } from 'node:sqlite';
import { sql, type Selectable } from 'kysely';
import { BUSY_TIMEOUT } from './database.ts';
import { kyselyOver } from './kysely.ts';
import { createSqliteDigest } from './sqlite-digest.ts';
import { migrate } from './migrations/index.ts';
import type { Schema } from './schema.ts';
import { SqliteErasure } from './sqlite-erasure.ts';
import { SqliteLog } from './sqlite-log.ts';
import { SqliteRows } from './sqlite-rows.ts';
import { createSqliteReminders } from './sqlite-reminders.ts';
import { createSqliteSearch } from './sqlite-search.ts';
import { createSqliteWorkspace } from './sqlite-workspace.ts';
import { Unavailable, type LedgerEntry, type RoomRow, type Store } from './store.ts';

/**
 * SQLite's primary codes where it is not the fault of what was to be written: busy, locked, no memory, read-only, I/O,
 * corrupt, full, cannot open, no database.
 */
const UNAVAILABLE = new Set([5, 6, 7, 8, 10, 11, 13, 14, 26]);

/**
 * The store in the embedded database. Migrates it first, unless a server has it open. `close` closes the connection for everybody who shares it.
 */
export async function createSqliteStore(db: DatabaseSync, { beside = false } = {}): Promise<Store> {
	const query = kyselyOver(db);
	if (!beside) await migrate(query);
	const log = new SqliteLog(db);
	const rows = new SqliteRows(db);
	const erasure = new SqliteErasure(db);

	function transaction<Result>(work: () => Result): Result {
		db.exec('begin immediate');
		let committed = false;
		try {
			const result = work();
			db.exec('commit');
			committed = true;
			return result;
		} finally {
			// a commit that failed half-way may have ended the transaction by itself
			if (!committed && db.isTransaction) db.exec('rollback');
			log.settle(committed);
		}
	}

	function shred(): boolean {
		// nobody here may wait for a backup that reads the file
		db.exec('pragma busy_timeout = 0');
		try {
			return db.prepare('pragma wal_checkpoint(truncate)').get()?.busy === 0;
		} catch {
			return false;
		} finally {
			db.exec(`pragma busy_timeout = ${BUSY_TIMEOUT}`);
		}
	}

	/** Kept in the file's head: the server may end before it is made anew. */
	let dirty = db.prepare('pragma user_version').get()?.user_version === 1;

	/** Something is deleted for good, in the transaction that is open. */
	function soil(): void {
		if (!dirty) db.exec('pragma user_version = 1');
		dirty = true;
	}

	const search = createSqliteSearch(db, transaction);

	return {
		async commit(units) {
			try {
				return transaction(() =>
					units.map((unit) => {
						rows.write(unit);
						return (unit.entries ?? []).map((entry) => log.append(entry));
					})
				);
			} catch (error) {
				throw isUnavailable(error) ? new Unavailable(error) : error;
			}
		},

		load: async (document) => log.load(document),
		compact: async (document, snapshot, upTo) => transaction(() => log.compact(document, snapshot, upTo)),
		history: async (document, from, limit) => log.history(document, from, limit),
		documents: (room) =>
			query
				.selectFrom('document')
				.innerJoin('log', 'log.document', 'document.id')
				.where('document.room', '=', room)
				.select((e) => [
					'document.name as document',
					e.fn.countAll<number>().as('entries'),
					e.fn.max('log.at').as('last')
				])
				.groupBy('document.id')
				.orderBy('document.name')
				.execute(),

		async squash(document, rewrite, by, at) {
			transaction(() => {
				soil();
				log.squash(document, rewrite(log.load(document)), by, at);
			});
			search.rewritten(document);
			shred();
		},
		async deleteDocument(document) {
			transaction(() => {
				soil();
				log.deleteDocument(document);
			});
			shred();
		},

		room: async (id) =>
			room(await query.selectFrom('room').selectAll().where('id', '=', id).executeTakeFirst()),
		roomByCode: async (code) =>
			room(await query.selectFrom('room').selectAll().where('code', '=', code).executeTakeFirst()),
		roomByScreen: async (screen) =>
			room(await query.selectFrom('room').selectAll().where('screen', '=', screen).executeTakeFirst()),
		meetings: (id) =>
			query.selectFrom('meeting').selectAll().where('room', '=', id).orderBy('number').execute(),
		state: async (id, meeting) => rows.state(id, meeting),

		async roomsOf(person) {
			const found = await query
				.selectFrom('member')
				.innerJoin('room', 'room.id', 'member.room')
				.where('member.person', '=', person)
				.selectAll('room')
				.select(['member.role', 'member.owner'])
				.select((e) => [
					e
						.selectFrom('member as other')
						.whereRef('other.room', '=', 'room.id')
						.select((o) => o.fn.countAll<number>().as('n'))
						.as('members'),
					// seqs grow with time, so each document's last entry is one step in its index
					sql<number | null>`(select max((select at from log where log.document = document.id
						order by seq desc limit 1)) from document where document.room = room.id)`.as('written')
				])
				.execute();
			return found
				.map(({ role, owner, members, written, ...row }) => ({
					room: roomRow(row),
					role,
					owner: owner === 1,
					members: members ?? 0,
					touched: Math.max(row.updated, written ?? 0)
				}))
				.sort((a, b) => b.touched - a.touched);
		},

		async membership(id, person) {
			const row = await query
				.selectFrom('member')
				.select(['role', 'owner'])
				.where('room', '=', id)
				.where('person', '=', person)
				.executeTakeFirst();
			return row === undefined ? null : { role: row.role, owner: row.owner === 1 };
		},

		ledger: async (id) =>
			(
				await query
					.selectFrom('ledger')
					.selectAll()
					.where('room', '=', id)
					.orderBy('instance')
					.orderBy('id')
					.execute()
			).map(ledgerEntry),
		ledgerOf: async (person) =>
			(
				await query
					.selectFrom('ledger')
					.selectAll()
					.where('person', '=', person)
					.orderBy('updated', 'desc')
					.orderBy('id')
					.execute()
			).map(ledgerEntry),

		published: async (limit) =>
			(
				await query
					.selectFrom('ledger')
					.innerJoin('room', 'room.id', 'ledger.room')
					.where('ledger.state', '=', 'shared')
					.where('room.demo', '=', 0)
					.selectAll('ledger')
					.select(['room.code', 'room.title', 'room.format'])
					.orderBy('ledger.updated', 'desc')
					.orderBy('ledger.id')
					.limit(limit)
					.execute()
			).map(({ code, title, format, ...row }) => ({
				...ledgerEntry(row),
				from: { code, title, format }
			})),
		matters: async (id) => rows.matters(id),
		mattersOf: async (person) => rows.mattersOf(person),
		command: async (id, person, command) => rows.command(id, person, command),
		async forgetCommands(before) {
			const { numDeletedRows } = await query
				.deleteFrom('command')
				.where('at', '<', before)
				.executeTakeFirst();
			return Number(numDeletedRows);
		},

		async deleteRoom(id) {
			transaction(() => {
				soil();
				log.deleteRoom(id);
				for (const table of [
					'state',
					'ledger',
					'matter',
					'member',
					'command',
					'meeting',
					'passage',
					'reminder',
					'due'
				]) {
					db.prepare(`delete from ${table} where room = ?`).run(id);
				}
				// that it was opened, see once.ts
				db.prepare("delete from command where room = '' and instr(result, ?)").run(id);
				db.prepare('delete from child where parent = ?').run(id);
				db.prepare('update child set gone = 1, settled = 1, report = null where room = ?').run(id);
				db.prepare('delete from room where id = ?').run(id);
			});
			shred();
		},

		children: async (parent) => rows.children(parent),
		childOf: async (id) => rows.childOf(id),
		unsettled: async (limit) => rows.unsettled(limit),
		roomsMentioning: (words) => erasure.roomsMentioning(words),
		documentsMentioning: async (id, words) => erasure.documentsMentioning(id, words),
		stateMentioning: async (id, words) => erasure.stateMentioning(id, words),
		changesBy: async (id, person) => erasure.changesBy(id, person),
		disown: async (people, to, names) =>
			transaction(() => {
				soil();
				erasure.disown(people, to, names);
			}),
		roomsDue: async (formats) =>
			(
				await query
					.selectFrom('room')
					.selectAll()
					.where((e) => e.or([e('state', '=', 'archived'), e('format', 'in', formats)]))
					.orderBy('id')
					.execute()
			).map(roomRow),
		alarms: async () => rows.alarms(),
		settleAlarm: async (id, at) => rows.settleAlarm(id, at),
		note: async (deletion) => erasure.note(deletion),
		deletions: async () => erasure.deletions(),
		forgetDeletions: async (before) => erasure.forgetDeletions(before),
		askErasure: async (asked) => erasure.ask(asked),
		erasures: async () => erasure.asked(),
		erased: async (person) => erasure.done(person),
		shred: async () => shred(),
		async remnants() {
			const { bytes } = db
				.prepare('select page_count * page_size as bytes from pragma_page_count, pragma_page_size')
				.get() as { bytes: number };
			return dirty ? bytes : 0;
		},
		async renew() {
			db.exec('vacuum');
			// somebody reads the old pages (a backup): next time
			if (!shred()) return;
			db.exec('pragma user_version = 0');
			dirty = false;
		},

		workspace: createSqliteWorkspace(db, transaction),
		search,
		reminders: createSqliteReminders(db, transaction),
		digest: createSqliteDigest(db),

		async healthy() {
			try {
				db.exec('begin immediate; rollback');
				return true;
			} catch {
				return false;
			}
		},
		async close() {
			if (db.isOpen) db.close();
		}
	};
}

function isUnavailable(error: unknown): boolean {
	const code = error instanceof Error && 'errcode' in error ? error.errcode : null;
	// the upper bits say more of the same
	return typeof code === 'number' && UNAVAILABLE.has(code & 0xff);
}

function roomRow(row: Selectable<Schema['room']>): RoomRow {
	return { ...row, settings: JSON.parse(row.settings) as RoomRow['settings'], demo: row.demo === 1 };
}

function room(row: Selectable<Schema['room']> | undefined): RoomRow | null {
	return row === undefined ? null : roomRow(row);
}

function ledgerEntry(row: Selectable<Schema['ledger']>): LedgerEntry {
	return {
		...row,
		kind: row.kind as LedgerEntry['kind'],
		data: JSON.parse(row.data) as LedgerEntry['data']
	};
}
