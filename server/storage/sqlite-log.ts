import type { DatabaseSync } from 'node:sqlite';
import type { Entry, Loaded, Logged, Snapshot } from './store.ts';

/** An update that changes nothing: no structs, no deletions. */
const NOTHING = new Uint8Array([0, 0]);

/** What is read of a history at once, in bytes: an entry may have megabytes. */
const PAGE = 4 * 1024 * 1024;

/**
 * The hot path of the SQLite store: log and snapshots, by prepared statements. All of it is synchronous; what
 * belongs into one transaction is called inside one by the store.
 */
export class SqliteLog {
	readonly #statements;
	/** Document names to their numbers. Only committed ones: a rollback must not leave a number behind. */
	readonly #numbers = new Map<string, number>();
	/** Those created in the transaction that is open. */
	#created = new Map<string, number>();

	constructor(db: DatabaseSync) {
		this.#statements = {
			number: db.prepare('select id, squashed from document where name = ?'),
			create: db.prepare('insert into document (name, room) values (?, ?)'),
			append: db.prepare('insert into log (document, at, person, cause, data) values (?, ?, ?, ?, ?)'),
			snapshot: db.prepare('select up_to, state, known, shape from snapshot where document = ?'),
			tail: db.prepare('select seq, data from log where document = ? and seq > ? order by seq'),
			keep: db.prepare(
				`insert into snapshot (document, up_to, state, known, shape) values (?, ?, ?, ?, ?)
				on conflict (document) do update
				set up_to = excluded.up_to, state = excluded.state, known = excluded.known, shape = excluded.shape
				where excluded.up_to >= snapshot.up_to`
			),
			history: db.prepare(
				'select seq, at, person, cause, data from log where document = ? and seq > ? order by seq limit ?'
			),
			dropSnapshot: db.prepare('delete from snapshot where document = ?'),
			dropHistory: db.prepare("delete from log where document = ? and (cause is null or cause <> 'squash')"),
			blankSquashes: db.prepare('update log set data = ? where document = ?'),
			squashed: db.prepare('update document set squashed = ? where id = ?'),
			dropLog: db.prepare('delete from log where document = ?'),
			dropPassages: db.prepare('delete from passage where document = ?'),
			dropDocument: db.prepare('delete from document where id = ?'),
			dropLogs: db.prepare('delete from log where document in (select id from document where room = ?)'),
			dropSnapshots: db.prepare(
				'delete from snapshot where document in (select id from document where room = ?)'
			),
			dropDocuments: db.prepare('delete from document where room = ?')
		};
	}

	append(entry: Entry): number {
		const { document, at, person, cause, update } = entry;
		const { lastInsertRowid } = this.#statements.append.run(
			this.#numberFor(document),
			at,
			person,
			cause,
			update
		);
		return Number(lastInsertRowid);
	}

	/** To be called after the transaction; `committed` says how it ended. */
	settle(committed: boolean): void {
		// names are short; the bound only keeps years of uptime from adding up
		if (this.#numbers.size > 50_000) this.#numbers.clear();
		if (committed) for (const [name, id] of this.#created) this.#numbers.set(name, id);
		if (this.#created.size > 0) this.#created = new Map();
	}

	load(document: string): Loaded {
		const found = this.#find(document);
		if (found === null) return { snapshot: null, tail: [], upTo: 0 };
		const kept = this.#statements.snapshot.get(found.id) as ({ up_to: number } & Snapshot) | undefined;
		const rows = this.#statements.tail.all(found.id, kept?.up_to ?? 0) as { seq: number; data: Uint8Array }[];
		return {
			snapshot: kept === undefined ? null : { state: kept.state, known: kept.known, shape: kept.shape },
			tail: rows.map((row) => row.data),
			upTo: rows.at(-1)?.seq ?? kept?.up_to ?? 0
		};
	}

	compact(document: string, { state, known, shape }: Snapshot, upTo: number): void {
		const found = this.#find(document);
		// loaded before the room was deleted or the history squashed: keeping it would bring back what was removed
		if (found === null || upTo === 0 || upTo < found.squashed) return;
		this.#statements.keep.run(found.id, upTo, state, known, shape);
	}

	history(document: string, from: number, limit: number): Logged[] {
		const found = this.#find(document);
		if (found === null) return [];
		const rows = this.#statements.history.iterate(found.id, from, limit) as Iterable<
			Omit<Logged, 'update' | 'document'> & { data: Uint8Array }
		>;
		const page: Logged[] = [];
		let room = PAGE;
		for (const { data, ...row } of rows) {
			page.push({ ...row, document, update: data });
			room -= data.byteLength;
			if (room <= 0) break;
		}
		return page;
	}

	squash(document: string, state: Uint8Array, by: string | null, at: number): void {
		const found = this.#find(document);
		if (found === null) return;
		this.#statements.dropSnapshot.run(found.id);
		// what is taken out can be found no more, and the rest is taken in anew
		this.#statements.dropPassages.run(found.id);
		this.#statements.dropHistory.run(found.id);
		// earlier squashes stay as notes of who and when
		this.#statements.blankSquashes.run(NOTHING, found.id);
		const seq = this.append({ document, update: state, person: by, at, cause: 'squash' });
		this.#statements.squashed.run(seq, found.id);
	}

	deleteDocument(document: string): void {
		const found = this.#find(document);
		if (found === null) return;
		this.#statements.dropSnapshot.run(found.id);
		this.#statements.dropLog.run(found.id);
		this.#statements.dropPassages.run(found.id);
		this.#statements.dropDocument.run(found.id);
		this.#numbers.delete(document);
	}

	deleteRoom(room: string): void {
		this.#statements.dropLogs.run(room);
		this.#statements.dropSnapshots.run(room);
		this.#statements.dropDocuments.run(room);
		for (const name of this.#numbers.keys()) if (roomOf(name) === room) this.#numbers.delete(name);
	}

	#find(document: string): { id: number; squashed: number } | null {
		const row = this.#statements.number.get(document) as { id: number; squashed: number } | undefined;
		return row ?? null;
	}

	#numberFor(document: string): number {
		const known = this.#numbers.get(document) ?? this.#created.get(document);
		if (known !== undefined) return known;
		const id =
			this.#find(document)?.id ??
			Number(this.#statements.create.run(document, roomOf(document)).lastInsertRowid);
		this.#created.set(document, id);
		return id;
	}
}

function roomOf(document: string): string {
	const slash = document.indexOf('/');
	return slash === -1 ? document : document.slice(0, slash);
}
