/**
 * What the engine asks of a store. SQLite stands behind it (`sqlite.ts`); `store.contract.ts` is the suite that every
 * store passes. All calls are asynchronous, so that a database across the network can stand behind it as well.
 */
import type { Json, LedgerRow } from '#lib/blocks/block.ts';
import type { Matter } from '#lib/blocks/matter.ts';
import type { Why } from '#lib/blocks/refusal.ts';
import type { KeptReport, RoomWish } from '#lib/blocks/wish.ts';
import type { DigestStore } from './digest-store.ts';
import type { ReminderStore } from './reminder-store.ts';
import type { SearchStore } from './search-store.ts';
import type { WorkspaceStore } from './workspace-store.ts';

/** One update of one document, as the log keeps it. */
export interface Entry {
	/** `<room id>/<full name>`, for example `k3j9…/m3/board`. */
	document: string;
	/** The raw, validated Yjs update (V1). */
	update: Uint8Array;
	/** Who wrote it; null: the server. */
	person: string | null;
	/** Milliseconds since the epoch. */
	at: number;
	/** What caused it: a command's type ('agenda.advance'), or null for co-writing. */
	cause: string | null;
}

/** An entry with its place in the log. `seq` grows by one with each entry of the whole store. */
export interface Logged extends Entry {
	seq: number;
}

/** One key of one collection of a block's state. `meeting` is 0 for what belongs to the room. */
export interface StateRow {
	room: string;
	meeting: number;
	/** The instance's name. */
	instance: string;
	collection: string;
	key: string;
	value: Json;
}

/** Written, or with `value: undefined` removed. */
export interface StateChange extends Omit<StateRow, 'value'> {
	value: Json | undefined;
}

export interface LedgerEntry extends LedgerRow {
	room: string;
	instance: string;
	/** In which meeting it came up. */
	meeting: number;
	updated: number;
}

interface LedgerRemoval {
	room: string;
	instance: string;
	id: string;
}

/** What somebody gave to the whole workspace, with where it comes from. */
interface PublishedEntry extends LedgerEntry {
	from: { code: string; title: string; format: string };
}

/** What concerns a person, see `Block.matters`. */
export interface MatterEntry extends Matter {
	room: string;
	instance: string;
	/** Since when, ms since the epoch. */
	since: number;
}

export type MatterRemoval = Pick<MatterEntry, 'room' | 'instance' | 'id' | 'person'>;

export interface RoomRow {
	id: string;
	/** Six characters, upper case, without those that are easily mistaken. */
	code: string;
	/** Longer secret for the projector's link. */
	screen: string;
	title: string;
	format: string;
	preset: string | null;
	/** Joining, options, durations; `RoomSettings` of src/lib/formats/resolve.ts. */
	settings: { [key: string]: Json | undefined };
	state: 'open' | 'locked' | 'archived';
	/** The current meeting's number. */
	meeting: number;
	created: number;
	updated: number;
	/** Its people are invented: it counts nowhere, and nothing of it is told outside of it. */
	demo: boolean;
}

export interface MeetingRow {
	room: string;
	number: number;
	started: number | null;
	ended: number | null;
}

/** Who belongs to which room: what "my rooms" is read from. A projection of the roster. */
export interface MembershipChange {
	room: string;
	person: string;
	/** Null: no longer a member. */
	role: string | null;
	owner: boolean;
}

/** A command that was carried out; the same id again gets the same answer. */
export interface CommandRow {
	/** Empty: of no room, see once.ts. */
	room: string;
	/** The client's id. Unique together with the room and the person. */
	id: string;
	person: string;
	type: string;
	at: number;
	result: Json;
}

/** A room that another one, its programme, wants to exist. */
export interface ChildWish {
	parent: string;
	/** The parent's instance that wants it, and its name there. */
	instance: string;
	key: string;
	/** The id that it has or will have, given when it is first wished for. */
	room: string;
	wish: RoomWish;
}

/** What of a wish was carried out. */
export interface ChildDone {
	/** When the room was opened, ms since the epoch. */
	opened: number | null;
	/** Why it cannot be opened. */
	refused: Why | null;
	/** Who was let in (null) or turned away (why), by person. */
	people: { [person: string]: Why | null };
	/** Orders that were carried out (null) or refused (why), by id. */
	orders: { [id: string]: Why | null };
}

export interface Child extends ChildWish {
	done: ChildDone;
	/** What the room lets its programme know; null: nothing yet. */
	report: KeptReport | null;
	/** The room was deleted. */
	gone: boolean;
	/** As long as the room exists. */
	code: string | null;
}

/** What was deleted for good: a note for the operator, that says neither what it was nor whose. */
export interface Deletion {
	at: number;
	/** 'room', 'person', 'retention' … */
	what: string;
	/** 'owner', 'themselves', 'operator' or 'retention'. */
	by: string;
	/** Where only a part of the room is gone; of a room that is gone nothing is kept. */
	room: string | null;
	/** How many of what. */
	detail: { [key: string]: number | string };
}

/** An erasure that was asked for. */
export interface Erasure {
	person: string;
	at: number;
	by: string;
}

/** What is written together or not at all. */
export interface Unit {
	entries?: Entry[];
	state?: StateChange[];
	ledger?: LedgerEntry[];
	unledger?: LedgerRemoval[];
	/** Inserted or replaced. */
	matters?: MatterEntry[];
	unmatters?: MatterRemoval[];
	/** Inserted or replaced. */
	room?: RoomRow;
	meetings?: MeetingRow[];
	members?: MembershipChange[];
	commands?: CommandRow[];
	/** Before all that follows, `to` takes the place of these people's ids in the keys of what the room wished for. */
	rekeyed?: { parent: string; people: readonly string[]; to: string }[];
	/** New, or in place of what was wished under the same key; the room of the first time stays. */
	wishes?: ChildWish[];
	/** How far the wish for this room has come; it waits on if another wish has taken its place meanwhile. */
	children?: { room: string; wish: RoomWish; done: ChildDone }[];
	reports?: { room: string; report: KeptReport }[];
	/** When a room has next to do something by itself, ms since the epoch; null: nothing. */
	due?: { room: string; at: number | null }[];
}

/** Everything of a document up to some entry. */
export interface Snapshot {
	/** As one update. */
	state: Uint8Array;
	/**
	 * Which structs and deletions it holds, as `Y.encodeSnapshot` writes it. Null: some of it waits for what is
	 * missing, or nobody looked; then it has to be read to find out.
	 */
	known: Uint8Array | null;
	/** How it is built, as `Shape` of server/sync writes it. Null, where nobody looked or something waits. */
	shape: Uint8Array | null;
}

export interface Loaded {
	/** Null where nothing was compacted yet. */
	snapshot: Snapshot | null;
	/** The updates after it, oldest first. */
	tail: Uint8Array[];
	/** Seq of the last entry that snapshot and tail hold; 0 for a document that was never written. */
	upTo: number;
}

export interface MyRoom {
	room: RoomRow;
	role: string;
	owner: boolean;
	members: number;
	/** The last time something was written in it, ms since the epoch. */
	touched: number;
}

/** The store as a whole cannot write: full, locked, broken. No unit is to blame, and each alone would fail as well. */
export class Unavailable extends Error {
	override readonly name = 'Unavailable';
	constructor(cause: unknown) {
		super(`The store cannot be written to: ${cause instanceof Error ? cause.message : String(cause)}`, {
			cause
		});
	}
}

export interface Store {
	/**
	 * Writes all units in one transaction and returns once it is durable: for each unit the seqs of its entries.
	 * Throws if nothing was written, Unavailable if no unit is to blame. A unit that violates a constraint fails the
	 * whole call: see `Committer`.
	 */
	commit(units: readonly Unit[]): Promise<number[][]>;

	load(document: string): Promise<Loaded>;
	/** Keeps the document's snapshot up to `upTo`. History stays. */
	compact(document: string, snapshot: Snapshot, upTo: number): Promise<void>;
	/**
	 * The document's history after `from` (exclusive), oldest first, at most `limit` entries, and fewer where they are
	 * large; none only where there are no more.
	 */
	history(document: string, from: number, limit: number): Promise<Logged[]>;
	/** Names of the documents that the room has, with the time of the last entry. */
	documents(room: string): Promise<{ document: string; entries: number; last: number }[]>;
	/**
	 * Real deletion: the history is replaced by what `rewrite` makes of the state, with nothing written in between,
	 * and the log notes when and by whom; null: the server.
	 */
	squash(
		document: string,
		rewrite: (loaded: Loaded) => Uint8Array,
		by: string | null,
		at: number
	): Promise<void>;
	/** Removes the document with all its history. */
	deleteDocument(document: string): Promise<void>;

	room(id: string): Promise<RoomRow | null>;
	roomByCode(code: string): Promise<RoomRow | null>;
	roomByScreen(screen: string): Promise<RoomRow | null>;
	meetings(room: string): Promise<MeetingRow[]>;
	/**
	 * State rows of the room itself (meeting 0) and of one meeting, in the order in which each key was first written:
	 * one that was removed and came back stands last.
	 */
	state(room: string, meeting: number): Promise<StateRow[]>;
	roomsOf(person: string): Promise<MyRoom[]>;
	membership(room: string, person: string): Promise<{ role: string; owner: boolean } | null>;
	ledger(room: string): Promise<LedgerEntry[]>;
	ledgerOf(person: string): Promise<LedgerEntry[]>;
	/** What authors gave to the whole workspace (`state` 'shared'), the latest first. */
	published(limit: number): Promise<PublishedEntry[]>;
	/** What of the room concerns people. */
	matters(room: string): Promise<MatterEntry[]>;
	/** What concerns the person in the rooms that they are a member of now, also what concerns all who are. */
	mattersOf(person: string): Promise<MatterEntry[]>;
	/** The answer to a command that was carried out, or null. */
	command(room: string, person: string, id: string): Promise<CommandRow | null>;
	/** Commands are kept for a day; removes what is older than `before`. */
	forgetCommands(before: number): Promise<number>;
	/** Removes the room with all its documents, history, rows and members; what it wished for stays, by itself. */
	deleteRoom(room: string): Promise<void>;

	/** The rooms that this one wished for, by instance and key. */
	children(parent: string): Promise<Child[]>;
	/** The wish that this room came from, or null. */
	childOf(room: string): Promise<Child | null>;
	/** Wishes that wait to be carried out, the first `limit`. */
	unsettled(limit: number): Promise<Child[]>;

	/** Rooms in which any of these ids stands, be it as an author, in a row or in a document's history. */
	roomsMentioning(words: readonly string[]): Promise<string[]>;
	/** The room's documents whose name, history or snapshot holds any of the words. */
	documentsMentioning(room: string, words: readonly string[]): Promise<string[]>;
	/** State rows of all meetings that hold any of the words, in their key or value. */
	stateMentioning(room: string, words: readonly string[]): Promise<StateRow[]>;
	/** How often the person wrote in which of the room's documents, and when first and last. */
	changesBy(
		room: string,
		person: string
	): Promise<{ document: string; times: number; first: number; last: number }[]>;
	/**
	 * Puts `to` in the place of these people as authors in the log and in what programmes wished for, and removes
	 * their memberships and commands. `names` become '–' in the titles of rooms that programmes wished for.
	 */
	disown(people: readonly string[], to: string, names: readonly string[]): Promise<void>;
	/** Rooms of these formats, and archived ones: those whose time to be deleted may have come. */
	roomsDue(formats: readonly string[]): Promise<RoomRow[]>;
	/** Rooms that have to do something by themselves, and those of which nobody knows (`at` 0). */
	alarms(): Promise<{ room: string; at: number }[]>;
	/** Says of a room of which nobody knew when something is due, unless the room said so itself meanwhile. */
	settleAlarm(room: string, at: number | null): Promise<void>;
	note(deletion: Deletion): Promise<void>;
	/** The oldest first. */
	deletions(): Promise<Deletion[]>;
	forgetDeletions(before: number): Promise<number>;
	/** Remembers an erasure until it is done, so that a crash does not end it. */
	askErasure(erasure: Erasure): Promise<void>;
	erasures(): Promise<Erasure[]>;
	erased(person: string): Promise<void>;
	/**
	 * What was deleted must not linger in files beside the database either. False: somebody is reading (a backup),
	 * so that it has to be done again.
	 */
	shred(): Promise<boolean>;
	/**
	 * Bytes of the file, if something was deleted since it was last made anew; otherwise 0. Deleted rows are
	 * overwritten at once, but where their neighbours were moved, copies of them may be left in unused space.
	 */
	remnants(): Promise<number>;
	/** Makes the file anew, without unused space. Nothing else happens meanwhile: one to two seconds for 100 MB. */
	renew(): Promise<void>;
	/** People with accounts, administrators, invitations, settings. */
	readonly workspace: WorkspaceStore;
	/** Words that somebody wrote, found across rooms. */
	readonly search: SearchStore;
	/** Of what people were reminded, and how they want to be. */
	readonly reminders: ReminderStore;
	/** What was taken away from meetings that have ended. */
	readonly digest: DigestStore;

	/** True if the store answers and can write. */
	healthy(): Promise<boolean>;
	close(): Promise<void>;
}
