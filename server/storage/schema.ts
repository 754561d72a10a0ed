import type { Generated } from 'kysely';

/** The tables as Kysely sees them. Times are milliseconds since the epoch; JSON is text; booleans are 0 and 1. */
export interface Schema {
	document: DocumentTable;
	log: LogTable;
	snapshot: SnapshotTable;
	room: RoomTable;
	meeting: MeetingTable;
	state: StateTable;
	ledger: LedgerTable;
	member: MemberTable;
	command: CommandTable;
	child: ChildTable;
	person: PersonTable;
	person_user: { user: string; person: string };
}

interface DocumentTable {
	id: Generated<number>;
	name: string;
	room: string;
	/** Seq of the entry that replaced the history, where that happened; snapshots from before it are void. */
	squashed: number;
}

interface LogTable {
	seq: Generated<number>;
	document: number;
	at: number;
	person: string | null;
	cause: string | null;
	data: Uint8Array;
}

interface SnapshotTable {
	document: number;
	up_to: number;
	state: Uint8Array;
	known: Uint8Array | null;
	shape: Uint8Array | null;
}

interface RoomTable {
	id: string;
	code: string;
	screen: string;
	title: string;
	format: string;
	preset: string | null;
	settings: string;
	state: 'open' | 'locked' | 'archived';
	meeting: number;
	created: number;
	updated: number;
	demo: number;
}

interface MeetingTable {
	room: string;
	number: number;
	started: number | null;
	ended: number | null;
}

interface StateTable {
	room: string;
	meeting: number;
	instance: string;
	collection: string;
	key: string;
	value: string;
}

interface LedgerTable {
	room: string;
	instance: string;
	id: string;
	meeting: number;
	kind: string;
	person: string | null;
	state: string;
	due: string | null;
	text: string;
	data: string;
	updated: number;
}

interface MemberTable {
	room: string;
	person: string;
	role: string;
	owner: number;
}

interface CommandTable {
	room: string;
	person: string;
	id: string;
	type: string;
	at: number;
	result: string;
}

interface ChildTable {
	parent: string;
	instance: string;
	key: string;
	room: string;
	wish: string;
	done: string;
	report: string | null;
	gone: number;
	settled: number;
}

interface PersonTable {
	id: string;
	name: string;
	account: number;
	email: string | null;
	locale: string | null;
	created: number;
	administrator: Generated<number>;
}
