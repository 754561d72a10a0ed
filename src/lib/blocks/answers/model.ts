/** What was asked and answered in a room, date after date: it stays when the meetings are over. */

/** Somebody's name as it stood; the record of a large room knows no other names of its audience. */
export type Credit = { id: string; name: string };

/** What a format leaves out. The page reads the format's settings as they stand, so it needs these too. */
export const DEFAULTS = {
	/**
	 * So many are kept; every meeting's record holds all of them. The oldest go first, and stay in the record of the
	 * meeting in which they were answered.
	 */
	most: 300
};

export type AnswersSettings = typeof DEFAULTS;

export type Entry = {
	id: string;
	/** The meeting in which it was asked. */
	meeting: number;
	text: string;
	/** Those who signed; the author first. */
	askers: Credit[];
	/** How many asked it without a name. */
	unnamed: number;
	votes: number;
	how: 'live' | 'writing';
	/** In writing; null: it was answered aloud. `by` null: their data was deleted. */
	answer: { text: string; by: Credit | null } | null;
	/** When it was answered, ms since the epoch. */
	at: number;
};

/** A meeting by the date on which it was held, with what it was about where somebody has said so. */
type HeldDate = { meeting: number; title: string; at: number };

export type AnswersState = {
	entries: Record<string, Entry>;
	/** By `m<meeting>`. */
	dates: Record<string, HeldDate>;
};

export type AnswersRecord = AnswersState;

export const dateKey = (meeting: number): string => `m${meeting}`;
