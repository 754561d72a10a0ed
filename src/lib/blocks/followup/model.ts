/**
 * What people took away to try, and weeks later whether they used it. It belongs to the room and not to a meeting: the
 * meeting that a thing was taken from is long over when it is asked about.
 */
import type { Entry, Field } from '../fields.ts';

/** What a format leaves out. The page reads the format's settings as they stand, so it needs these too. */
export const DEFAULTS = {
	/** So many days after it was taken somebody is asked. */
	days: 14,
	/** So many days the answers are open. */
	open: 14,
	/** Answers of one date at least before a figure or a word of them is shown. */
	least: 3,
	/** So many days after the close a date is but its figures: what was taken away, and what came of it, goes. */
	after: 90,
	/** So many of those dates stand by themselves; older ones are one sum. */
	dates: 26,
	/** So many words on what came of it at most; those of the oldest dates go first. */
	words: 300
};

export type FollowupSettings = typeof DEFAULTS;

/** What is asked. */
export const FIELDS: Field[] = [
	{
		name: 'used',
		kind: 'choice',
		required: true,
		text: { en: 'Did you use it?', de: 'Kam es zum Einsatz?' },
		values: [
			{ value: 'yes', text: { en: 'Yes', de: 'Ja' } },
			{ value: 'not-yet', text: { en: 'Not yet', de: 'Noch nicht' } }
		]
	},
	{
		name: 'what',
		kind: 'line',
		most: 200,
		required: false,
		checks: [],
		text: { en: 'What came of it', de: 'Was daraus wurde' }
	}
];

export const isUsed = (entry: Entry): boolean => entry.used === 'yes';

/** What was found out of one date, once its answers were closed: how many were asked, replied, and used it. */
export type Tally = { asked: number; replies: number; used: number };

/** Of dates that do not stand by themselves any more. */
export type Older = Tally & { dates: number };

/** 'ahead': nobody is asked yet · 'asking': answers come in · 'closed': they are counted, and it stays so. */
export type Round = {
	id: string;
	/** The meeting that was held on this date; one round each. */
	meeting: number;
	/** What it was about; empty where nobody has said. */
	title: string;
	/** When it was held, when people are asked, and until when (or when it was closed); ms since the epoch. */
	held: number;
	asks: number;
	closes: number;
	is: 'ahead' | 'asking' | 'closed';
	/** Null before it is closed, and for ever where too few have replied. */
	tally: Tally | null;
};

/** One person's thing to try, with their answer. Only its author reads it here. */
export type Try = {
	id: string;
	round: string;
	person: string;
	text: string;
	at: number;
	answer: { entry: Entry; at: number } | null;
};

/** What came of it, in the words of somebody whom nobody is told. */
type Word = { id: string; round: string; text: string; try: string };

export type FollowupState = {
	rounds: Record<string, Round>;
	tries: Record<string, Try>;
	/** Written at the close, in no order. */
	words: Record<string, Word>;
	older: { sum?: Older };
};

export type ShownRound = Round & {
	/** How many took something away, and how many of them have replied. */
	tries: number;
	replies: number;
};

export type FollowupRecord = {
	rounds: Record<string, ShownRound>;
	words: Record<string, Omit<Word, 'try'>>;
	/** Over all dates that may be shown, and those among them that do not stand by themselves any more. */
	figures: { now?: Tally; older?: Older };
};

export type FollowupOwn = { tries: Omit<Try, 'person'>[] };

export const roundKey = (meeting: number): string => `m${meeting}`;
