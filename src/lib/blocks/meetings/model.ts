/** The meetings of a pair, or of a few, over some weeks: what was talked about, when next; and how long it is quiet. */

/** What a format leaves out. The page reads the format's settings as they stand, so it needs these too. */
export const DEFAULTS = {
	/** Roles that meet, and have a date in their calendars; null: whoever may write one down. */
	expects: null as string[] | null,
	/** How long one is meant to take. */
	minutes: 60,
	/** How many there are meant to be. */
	planned: null as number | null,
	/** The role that keeps it going, and who hears when nothing came of that. */
	keeper: null as string | null,
	above: null as string | null,
	/** Silent days until each of them is nudged. */
	patience: 10,
	longer: 17,
	/** Roles outside the record that are told how many were held. */
	told: [] as string[]
};

export type MeetingsSettings = typeof DEFAULTS;

export type Meeting = {
	id: string;
	/** ISO date. */
	day: string;
	topics: string;
	/** What comes up next time. */
	next: string;
	by: string;
	at: number;
	dropped: boolean;
};

/** The next one: its day, and its date where an hour was agreed as well. */
export type Coming = { day: string; at: number; date?: string };

/** A day with an hour, as calendars have it. Those that were held or called off stay: calendars ask for them again. */
export type Appointed = {
	id: string;
	/** Milliseconds since the epoch. */
	starts: number;
	ends: number;
	place: string;
	/** Grows with each change that a calendar has to take over; and when that was. */
	revision: number;
	changed: number;
	off: boolean;
};

/** Somebody is asked to see to it: whose role, since when it is quiet, and when they were nudged; ms since the epoch. */
export type Nudge = { role: string; since: number; days: number; at: number };

type Watch = { since: number };

export type MeetingsState = {
	meetings: Record<string, Meeting>;
	coming: { now?: Coming };
	dates: Record<string, Appointed>;
	/** From when on it is quiet; nothing: it has not begun, or has ended. */
	watch: { now?: Watch };
	/** By role. */
	nudges: Record<string, Nudge>;
};

export type MeetingsRecord = Pick<MeetingsState, 'meetings' | 'coming'> & {
	/** That of the next one. */
	dates: Record<string, Appointed>;
	/** The keeper's alone: who stands above hears it by themselves. */
	nudges: Record<string, Nudge>;
};

export type MeetingsOwn = {
	told: { held: number; planned: number | null } | null;
	/** What this person is asked to see to. */
	nudge: Nudge | null;
};
