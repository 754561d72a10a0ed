/** Who speaks, who wants to, and who has: hands, turns, and speeches against a clock. */

/** Words of the format in its languages. */
export type Words = { en: string; de?: string };

export type Hand = {
	person: string;
	name: string;
	role: string;
	/** One of the setting `kinds`. */
	kind: string;
	at: number;
	/** Given a place by whoever leads, counted from 0; otherwise the policy decides. */
	placed: number | null;
	/** Belongs to a round in which everybody has one turn or passes. */
	round: boolean;
};

/** Why somebody stands where they stand. */
export type Reason = 'placed' | 'round' | 'kind' | 'unspoken' | 'fewer' | 'side' | 'first-come';

export type Place = { person: string; name: string; kind: string; at: number; place: number; reason: Reason };

export type Tag = 'question' | 'answer' | 'statement';

export type Answer = {
	by: string;
	/** Null: answered aloud. */
	text: string | null;
	at: number;
};

export type Turn = {
	id: string;
	person: string;
	name: string;
	role: string;
	tag: Tag;
	/** What was written; null: spoken. */
	text: string | null;
	answer: Answer | null;
	/** Of a written question: whom it was put to. Missing in rows from before this was kept. */
	to?: string[];
	/** The speech it is, if it is one. */
	speech: string | null;
	began: number;
	/** Null: goes on. */
	ended: number | null;
	/** Had while nothing carried a name: whatever the room is set to later, nobody is told whose it was. */
	unnamed?: boolean;
};

/** Whose speech it is: one person, or whoever sits there when it begins (`seat` in the order of joining, from 0). */
export type Speaker = { is: 'person'; person: string } | { is: 'seat'; role: string; seat: number };

type Delivery =
	| { is: 'ahead' }
	| { is: 'running'; person: string; began: number; endsAt: number }
	| { is: 'held'; person: string; began: number; left: number }
	/** `spoke`: milliseconds. `cut`: the clock ended it. */
	| { is: 'done'; person: string; spoke: number; cut: boolean };

export type Speech = {
	id: string;
	/** Speeches of one phase belong together. */
	set: string;
	place: number;
	speaker: Speaker;
	side: string | null;
	label: Words | null;
	seconds: number;
	/** How many times it was given more. */
	grants: number;
	/** With what was granted, ms. */
	length: number;
	delivery: Delivery;
};

/** Time that a side may take to prepare, ms. */
type Bank = { is: 'resting'; left: number } | { is: 'running'; endsAt: number; total: number };

/** A question kept for later: its author's alone until it is released. */
export type Jotted = {
	id: string;
	person: string;
	name: string;
	text: string;
	released: boolean;
	/** Whom it was meant for, and their answer once it is released. */
	to?: string[];
	answer?: Answer | null;
};

/** A question that nobody put or answered in a meeting before. It is carried on until it has its answer. */
export type Carried = {
	id: string;
	text: string;
	by: string | null;
	name: string | null;
	/** Whom it was put to or meant for; nobody in particular: everybody. Missing in rows from before this was kept. */
	to?: string[];
	was: 'unasked' | 'unanswered';
	answer?: Answer | null;
};

/** Somebody in the inner circle of a fishbowl. */
type Seated = { person: string; name: string; since: number };

export type FloorState = {
	hands: Record<string, Hand>;
	seated: Record<string, Seated>;
	turns: Record<string, Turn>;
	now: { turn?: string; speech?: string; set?: string };
	speeches: Record<string, Speech>;
	banks: Record<string, Bank>;
	/** Who has been asked to speak and has not yet. */
	invited: Record<string, { at: number }>;
	jotted: Record<string, Jotted>;
	carried: Record<string, Carried>;
};

/** How we talk, as a mirror for the group. */
export type Figures = {
	/** J: 1 is even, 0 is one person alone; null before anybody spoke. */
	balance: number | null;
	turns: number;
	/** How many could have spoken. */
	people: number;
	questions: number;
	statements: number;
	/** Questions of questions and statements; null without either. */
	ratio: number | null;
};

/** A speech as it is shown: with the person who will give it, where the seat is taken. */
export type ShownSpeech = Speech & { person: string | null };

export type FloorRecord = {
	queue: Record<string, Place>;
	seated: Record<string, Seated>;
	turns: Record<string, Turn>;
	now: FloorState['now'];
	/** Of all sets; `now.set` is the current one. */
	speeches: Record<string, ShownSpeech>;
	banks: Record<string, Bank>;
	figures: { group?: Figures };
	/** Questions that were prepared and not asked, once they are released. */
	unasked: Record<string, Carried>;
	carried: Record<string, Carried>;
};

export type Share = { person: string; turns: number; share: number; invited: boolean };

/** Why those who lead should listen for somebody else. */
export type Amber = {
	why: 'balance' | 'share';
	balance: number;
	/** Who has most of the turns, and how much of them. */
	loudest: string;
	share: number;
	/** Who has least. */
	quiet: string[];
};

export type FloorDesk = {
	shares: Record<string, Share>;
	amber: { now?: Amber };
};

export type FloorOwn = {
	invited: boolean;
	jotted: { id: string; text: string }[];
};

/** A written question that nobody answered. */
export function isUnanswered(turn: Turn): boolean {
	return turn.tag === 'question' && turn.text !== null && turn.answer === null;
}
