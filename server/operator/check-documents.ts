/** Every document: does it load, is its snapshot what its history says, is anything left of rooms that are gone? */
import type { DatabaseSync } from 'node:sqlite';
import * as Y from 'yjs';
import { parseDocument } from '../rooms/access.ts';
import { rowsOf } from '../storage/rows-of.ts';
import type { Snapshot } from '../storage/store.ts';
import { merge } from '../sync/merge.ts';
import { Shape } from '../sync/shape.ts';
import type { Finding } from './check-store.ts';

interface Row {
	id: number;
	name: string;
	room: string;
	squashed: number;
	known: number;
}

export function checkDocuments(db: DatabaseSync): {
	findings: Finding[];
	documents: number;
	entries: number;
} {
	const rows = rowsOf<Row>(
		db.prepare(
			`select id, name, document.room, squashed,
				exists (select 1 from room where room.id = document.room) as known from document order by id`
		)
	);
	const findings = rows.flatMap((row) => checkDocument(db, row));
	const { entries } = db.prepare('select count(*) as entries from log').get() as { entries: number };
	const { last } = db.prepare('select coalesce(max(seq), 0) as last from log').get() as { last: number };
	const given = db.prepare("select seq from sqlite_sequence where name = 'log'").get() as
		{ seq: number } | undefined;
	if (last > (given?.seq ?? 0))
		findings.push({
			is: 'error',
			where: 'log',
			what: `it goes up to ${last}, but the next entry would be ${(given?.seq ?? 0) + 1}`,
			repair: {
				how: 'goes on after the last entry',
				run: (db) => {
					db.exec("delete from sqlite_sequence where name = 'log'");
					db.prepare("insert into sqlite_sequence (name, seq) values ('log', ?)").run(last);
				}
			}
		});
	return { findings, documents: rows.length, entries };
}

function checkDocument(db: DatabaseSync, { id, name, room, squashed, known }: Row): Finding[] {
	const where = `document ${name}`;
	if (known === 0)
		return [
			{
				is: 'warning',
				where,
				what: `its room '${room}' does not exist`,
				repair: { how: 'removes it', run: (db) => removeDocument(db, id) }
			}
		];
	const findings: Finding[] = [];
	if (!name.startsWith(`${room}/`) || parseDocument(name.slice(room.length + 1)) === null)
		findings.push({ is: 'error', where, what: 'its name is none that the server opens' });
	const log = db.prepare('select seq, data from log where document = ? order by seq').all(id) as {
		seq: number;
		data: Uint8Array;
	}[];
	const bad = log.filter(({ data }) => !decodes(data));
	for (const { seq } of bad)
		findings.push({ is: 'error', where, what: `entry ${seq} of its log is not a Yjs update` });
	if (squashed > 0 && !log.some(({ seq }) => seq === squashed))
		findings.push({
			is: 'error',
			where,
			what: `the entry ${squashed}, which replaced its history, is missing`
		});
	const snapshot = db
		.prepare('select up_to, state, known, shape from snapshot where document = ?')
		.get(id) as StoredSnapshot | undefined;
	const whole = bad.length === 0 && loads(log.map(({ data }) => data));
	if (bad.length === 0 && !whole)
		findings.push({ is: 'error', where, what: 'its log cannot be merged to a document' });
	const wrong = snapshot && wrongSnapshot(snapshot, log, whole);
	if (wrong)
		findings.push({
			is: 'error',
			where,
			what: wrong,
			...(whole && {
				repair: {
					how: 'drops the snapshot; the history has all of it',
					run: (db) => void db.prepare('delete from snapshot where document = ?').run(id)
				}
			})
		});
	return findings;
}

type StoredSnapshot = Snapshot & { up_to: number };

/** Why the snapshot is not the log up to its seq; null: it is. */
function wrongSnapshot(
	{ up_to: upTo, state, known, shape }: StoredSnapshot,
	log: readonly { seq: number; data: Uint8Array }[],
	whole: boolean
): string | null {
	if (!decodes(state)) return 'its snapshot is not a Yjs update';
	if (!loads([state, ...log.filter(({ seq }) => seq > upTo).map(({ data }) => data)]))
		return 'its snapshot cannot be merged with what came after it';
	const last = log.at(-1)?.seq ?? 0;
	if (upTo > last) return `its snapshot claims to hold entry ${upTo}, but the log ends with ${last}`;
	if (whole) {
		const before = merge(log.filter(({ seq }) => seq <= upTo).map(({ data }) => data));
		if (!sameState(before, state)) return 'its snapshot does not hold what its history says';
	}
	if (known !== null && !isKnown(state, known)) return 'what its snapshot holds is noted wrongly beside it';
	return shape === null || isShaped(state, shape)
		? null
		: 'how its snapshot is built is noted wrongly beside it';
}

/** Clients are asked only for what is beyond it: too much of it, and what they have would never be saved. */
function isKnown(state: Uint8Array, known: Uint8Array): boolean {
	const doc = new Y.Doc();
	try {
		Y.applyUpdate(doc, state);
		return Y.equalSnapshots(Y.snapshot(doc), Y.decodeSnapshot(known));
	} catch {
		return false;
	} finally {
		doc.destroy();
	}
}

/** With a wrong one updates would be refused that are none the worse, or taken that nobody could read. */
function isShaped(state: Uint8Array, shape: Uint8Array): boolean {
	return Buffer.compare(Shape.of(Y.decodeUpdate(state).structs).encode(), shape) === 0;
}

/** What counts is how far each client is known without a gap; how it is cut into structs may differ. */
function sameState(a: Uint8Array, b: Uint8Array): boolean {
	const [one, other] = [a, b].map((update) => Y.decodeStateVector(Y.encodeStateVectorFromUpdate(update)));
	if (!one || !other || one.size !== other.size) return false;
	return [...one].every(([client, clock]) => other.get(client) === clock);
}

function decodes(update: Uint8Array): boolean {
	try {
		Y.decodeUpdate(update);
		return true;
	} catch {
		return false;
	}
}

function loads(updates: readonly Uint8Array[]): boolean {
	const doc = new Y.Doc();
	try {
		Y.applyUpdate(doc, merge(updates));
		return true;
	} catch {
		return false;
	} finally {
		doc.destroy();
	}
}

function removeDocument(db: DatabaseSync, id: number): void {
	for (const sql of ['snapshot where document', 'log where document', 'document where id'])
		db.prepare(`delete from ${sql} = ?`).run(id);
}
