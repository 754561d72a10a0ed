/** Entries that nobody but their author sees until an event; then all of them at once. */
import type { Entry, FieldInput } from '../fields.ts';
import { ONE_TEXT } from '../fields.ts';

/** What a format leaves out. The page reads the format's settings as they stand, so it needs these too. */
export const DEFAULTS = {
	fields: ONE_TEXT,
	/** 'all': as soon as all who are expected have submitted · 'phase': a step of the format · 'date': at a day and hour. */
	reveal: 'phase' as 'all' | 'phase' | 'date',
	/** Entries at least before they may be revealed. */
	least: 0,
	/** 'hidden': shuffled, without author, for ever. */
	names: 'shown' as 'shown' | 'hidden',
	/** Roles that are expected to submit; none named: everybody. */
	who: [] as string[],
	per: 'one' as 'one' | 'many',
	/** Entries of one person at most, where there may be many. */
	most: 20,
	/** Whether authors may still change their entry after it was revealed. */
	editable: false,
	/** The role that is handed what `give` hands on, and that alone. */
	to: null as string | null,
	/** What the next meeting gets. */
	keep: [] as ('accepted' | 'sealed' | 'given')[]
};

export type SealSettings = Omit<typeof DEFAULTS, 'fields'> & { fields: FieldInput[] };

/** An entry as its author wrote it. Never published as it stands. */
export type Sealed = {
	id: string;
	person: string;
	round: number;
	entry: Entry;
	at: number;
	/** The id under which it was revealed. */
	shown: string | null;
	/** Handed to whoever holds the role `to`. */
	given: boolean;
	/** Written while names were hidden: whatever the room is set to later, nobody is told whose it is. */
	unnamed?: boolean;
};

/** An entry as everybody may see it. */
export type Revealed = {
	id: string;
	round: number;
	entry: Entry;
	/** Null where names are hidden. */
	author: string | null;
	/** Place in the round, drawn by lot. */
	order: number;
};

export type Round = {
	number: number;
	/** When all of it was revealed, ms since the epoch. */
	revealed: number | null;
	/** When it will be, where a date decides. */
	due: number | null;
};

export type Accepted = {
	id: string;
	round: number;
	meeting: number;
	text: string;
	author: string | null;
	/** Who accepted it, and when (ms since the epoch). */
	by: string;
	at: number;
};

/** Entries of a round that say nearly the same; told when the round is revealed. */
export type Alike = {
	round: number;
	/** Ids of those revealed, two at least. */
	entries: string[];
	/** How many there are in the round. */
	of: number;
	/** The sentence, where all of them are the same one. */
	same: string | null;
	/** Otherwise the telling words that all of them share, as the shortest writes them. */
	words: string[];
};

/** What is shown beside the accepted entry: the presenter's issue beside the problem. */
export type Beside = { text: string; by: string | null };

export type SealState = {
	round: { now?: Round };
	sealed: Record<string, Sealed>;
	revealed: Record<string, Revealed>;
	/** By round. */
	accepted: Record<string, Accepted>;
	/** Accepted in earlier meetings, by meeting and round. */
	earlier: Record<string, Accepted>;
	/** By round and place, the largest first. */
	alike: Record<string, Alike>;
	beside: { now?: Beside };
};

export type Progress = Round & { submitted: number; of: number };

export type SealRecord = {
	progress: { now?: Progress };
	revealed: Record<string, Revealed>;
	accepted: Record<string, Accepted>;
	earlier: Record<string, Accepted>;
	alike: Record<string, Alike>;
	beside: { now?: Beside };
};

/** What somebody handed to this person, who may not read the roster: so with the name. Null: has left the room. */
export type Given = { id: string; entry: Entry; name: string | null };

export type SealOwn = { mine: Sealed[]; given: Given[] };
