/** Dates with seats: who speaks, who signed up, who waits, how many came. */

/** Somebody's name as it stood; the record of a large room knows no other names of its audience. */
export type Credit = { id: string; name: string };

export type Talk = {
	/** Null: their data was deleted. */
	speaker: Credit | null;
	title: string;
	/** Three, or none yet. */
	takeaways: string[];
	exercise: string;
	links: string;
	/** They have said that the talk may be recorded. Without their word it is not. */
	recorded: boolean;
	/** They have not spoken in this room before. */
	first: boolean;
	/** They would like somebody at their side. */
	wantsHelp: boolean;
	helper: Credit | null;
};

/**
 * 'open': people sign up · 'closed': it begins, or has begun · 'held': over, and counted · 'cancelled': called off.
 */
type SlotState = 'open' | 'closed' | 'held' | 'cancelled';

/** How many had a seat, how many of them came, and how many came without one. */
export type Attendance = { signed: number; came: number; more: number };

export type Slot = {
	id: string;
	/** Milliseconds since the epoch. */
	starts: number;
	ends: number;
	/** Null: as many as like. */
	capacity: number | null;
	place: string;
	/** Dates that were opened together have the same. */
	series: string | null;
	is: SlotState;
	/** Why it was called off. */
	reason: string;
	/** The meeting in which it is held. */
	meeting: number | null;
	talk: Talk | null;
	attended: Attendance | null;
	/** Grows with each change that a calendar has to take over; and when that was. */
	revision: number;
	changed: number;
	/** Seats that are taken, and people who wait for one: counted along, since a room may hold thousands. */
	taken: number;
	waiting: number;
	/** The place in the order of signing up that the next one gets. */
	next: number;
};

/** 'guest': came without having signed up. */
export type Seat = {
	slot: string;
	person: string;
	is: 'seat' | 'waiting' | 'guest';
	/** In the order of signing up. */
	place: number;
	came: boolean;
};

/**
 * What somebody has to know of a date of theirs: 'up': a seat became free for them · 'moved', 'off', 'on': another time
 * or place, called off, takes place after all.
 */
export type Notice = {
	slot: string;
	person: string;
	what: 'up' | 'moved' | 'off' | 'on';
	at: number;
	seen: boolean;
};

/** Seats and who came are nobody's business but the person's own; once a date is over only the numbers are kept. */
export type SlotsState = {
	slots: Record<string, Slot>;
	/** By `<slot>/<person>`. */
	seats: Record<string, Seat>;
	/** By `<slot>/<person>`: the latest word on it. */
	notices: Record<string, Notice>;
	/** How often each has spoken here. */
	spoken: Record<string, number>;
};

export type ShownSlot = Omit<Slot, 'next' | 'attended' | 'series'> & {
	/** From its beginning on. */
	attended: Attendance | null;
};

/** Over all dates that were held. */
export type Figures = { held: number; signed: number; came: number; talks: number; first: number };

export type SlotsRecord = {
	slots: Record<string, ShownSlot>;
	figures: { now?: Figures };
};

export type OwnSeat = { is: Seat['is']; /** How many wait before me. */ ahead: number; came: boolean };

export type SlotsOwn = {
	/** By slot. */
	seats: Record<string, OwnSeat>;
	notices: Omit<Notice, 'person'>[];
	/** Has not spoken here yet. */
	first: boolean;
};

/** What a format leaves out. The page reads the format's settings as they stand, so it needs these too. */
export const DEFAULTS = {
	/** What the form for a new date begins with. */
	minutes: 45,
	capacity: null as number | null,
	/** Roles whose people are all expected, as in a group that meets; null: whoever likes signs up for a seat. */
	expects: null as string[] | null,
	/** Somebody takes a date to speak on it. */
	talks: true,
	/** Dates that may lie ahead at once. */
	most: 60,
	/** Roles that whoever speaks and whoever helps has from the beginning on; null: that of before. */
	speaker: null as string | null,
	helper: null as string | null
};

export type SlotsSettings = typeof DEFAULTS;

export const seatKey = (slot: string, person: string): string => `${slot}/${person}`;
