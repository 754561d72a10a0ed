/** What people fill in: one entry each, or many; shown to the room, to a role, or as figures alone. */
import type { Text } from '../block.ts';
import { ONE_TEXT, type Entry, type FieldInput } from '../fields.ts';

/** What a format leaves out. The page reads the format's settings as they stand, so it needs these too. */
export const DEFAULTS = {
	fields: ONE_TEXT,
	per: 'one' as 'one' | 'many',
	/** Entries of one person at most, where there may be many. */
	most: 20,
	/** 'room': everybody · 'role': the roles in `to`, until it is shared · 'counts': figures alone, for ever. */
	show: 'room' as 'room' | 'role' | 'counts',
	to: [] as string[],
	/** 'hidden': shown only once the form is closed, shuffled, without author. */
	names: 'shown' as 'shown' | 'hidden',
	/** Entries at least before a figure is shown, or an entry whose author is hidden. */
	least: 3,
	/** Roles that are expected to fill it in; none named: everybody. */
	who: [] as string[],
	/**
	 * The choice field by which authors decide how far an entry goes: 'self' is theirs alone, 'programme' is read by
	 * whoever runs the room's programme as well, 'org' is found in all rooms, anything else stays in the room.
	 */
	audience: null as string | null,
	/** Roles whose people sign the entries of others and their own: an entry stands once all have. */
	signers: [] as string[],
	/** Its name stands above it, where several things share a stage. */
	titled: false,
	/** What has to hold before anybody fills it in, and what to say while it does not. */
	after: null as { fact: string; atLeast: number; because: Text } | null,
	/**
	 * A choice field whose answers are facts, `says/<role>`, for a programme to be told of: only where the role is one
	 * person's, and only words of the program.
	 */
	says: null as string | null,
	/**
	 * Where one person fills it in again and again: the choice field that says which time it is, in the order of its
	 * values. The scales are shown as they went, and the field `field` at `at` as the figure of all.
	 */
	course: null as { by: string; mirror?: { field: string; at: string } } | null,
	/**
	 * The ledger's kind. 'takeaway': what the room sees, for the digest of its people once the meeting has ended. The
	 * others: entries whose author gave them to 'org', only where names are shown.
	 */
	ledger: null as 'learning' | 'topic' | 'question' | 'takeaway' | null
};

export type FormSettings = Omit<typeof DEFAULTS, 'fields'> & { fields: FieldInput[] };

/**
 * An entry as the server keeps it. `unnamed`: written while names were hidden; whatever the room is set to later, nobody
 * is told whose it is.
 */
export type Filled = { id: string; person: string; entry: Entry; at: number; unnamed?: boolean };

/** An entry as others may see it. */
export type Shown = {
	id: string;
	entry: Entry;
	author: string | null;
	at: number | null;
	/** The author's: not everybody may read who is in the room, and a crowd's names are in no list. */
	name?: string;
};

/** How the answers to one field lie, once the form is closed. */
export type Figure = {
	field: string;
	/** How many answered. */
	count: number;
	/** Of a scale; null otherwise. */
	mean: number | null;
	/** How often each value was given; of a tick: `true` and `false`. */
	spread: Record<string, number>;
};

export type FormState = {
	entries: Record<string, Filled>;
	/** When it was closed, and whether what only a role saw is now the room's. */
	status: { now?: { closed: number | null; shared: boolean } };
	/** Written at the close: what is to stay without a name. */
	pooled: Record<string, Shown>;
	/** By `<entry>/<person>`: when it was signed. Gone when the entry changes. */
	signed: Record<string, number>;
};

export type FormProgress = {
	submitted: number;
	of: number;
	closed: number | null;
	shared: boolean;
	/** Closed with too few entries to show any. */
	withheld: boolean;
};

export type FormRecord = {
	progress: { now?: FormProgress };
	entries: Record<string, Shown>;
	figures: Record<string, Figure>;
	signed: Record<string, number>;
};

export const signature = (entry: string, person: string): string => `${entry}/${person}`;

/** `entries` and `figures`: for those whose role sees what the room does not see yet. */
export type FormOwn = { mine: Filled[]; entries: Shown[]; figures: Figure[] };
