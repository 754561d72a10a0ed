/** Feedback of several people for one: nominations, sealed drafts, a moderator's look, one batch at the release. */
import type { Text } from '../block.ts';

/** Where a review stands, in this order. */
export const STEPS = [
	'setup',
	'nominate',
	'approve',
	'write',
	'moderate',
	'release',
	'talk',
	'follow'
] as const;
export type Step = (typeof STEPS)[number];

/** Steps that come by date, and how many days the one before each lasts unless somebody says otherwise. */
export const DATED = ['approve', 'write', 'moderate', 'release', 'talk'] as const;
export type Dated = (typeof DATED)[number];
export const DAYS: Readonly<Record<Dated, number>> = {
	approve: 3,
	write: 3,
	moderate: 10,
	release: 4,
	talk: 1
};

/** Who has a place here besides those who review. */
export const SEATS = ['reviewee', 'manager', 'moderator'] as const;
export type Seat = (typeof SEATS)[number];

export type Rating = { name: string; text: Text };

/** What a format leaves out. The page reads the format's settings as they stand, so it needs these too. */
export const DEFAULTS = {
	/** Roles by place, and of whoever runs it and whoever is asked to write. */
	roles: {
		reviewee: 'reviewee',
		manager: 'manager',
		moderator: 'moderator',
		organiser: 'organiser',
		reviewer: 'reviewer'
	} as Record<Seat | 'organiser' | 'reviewer', string>,
	/** The phase of each step; those by date are opened by the event `reached` {phase}. */
	phases: {} as Partial<Record<Step, string>>,
	/** Reviewers that are wished for. */
	wanted: 5,
	/** People of one group at least, before their scores, and before their words are shown. */
	scores: 3,
	verbatim: 4,
	/** Reviews that one person writes in the rooms of one programme, before it is warned. */
	cap: 4,
	/** Hours by which the manager reads later. */
	later: 24,
	/** Comments of one reviewer. */
	most: 8,
	/** Days in which all comments should not lie. */
	recent: 60,
	ratings: [] as Rating[],
	groups: {} as Partial<Record<Group, Text>>
};
export type ReviewsSettings = typeof DEFAULTS;

/** What somebody is to the reviewee, by the directory: the same team or manager, reports to them, neither. */
export const GROUPS = ['peers', 'reports', 'others'] as const;
export type Group = (typeof GROUPS)[number];

export type Dates = Record<Dated, number>;

export type Brief = {
	purpose: string;
	/** Numbers are asked for, too. */
	scores: boolean;
	/** When each step begins, ms since the epoch; one whose time has come and could not begin waits at null. */
	dates: { [step in Dated]: number | null };
	/** From then on purpose and who sees what stay as they are; null: not begun. */
	begun: number | null;
};

export type Nomination = {
	id: string;
	person: string;
	name: string;
	group: Group;
	/** Why this person, as whoever named them says. */
	reason: string;
	by: 'reviewee' | 'manager';
	/** `asked`: may write. `swapped`: the manager took somebody else. */
	is: 'nominated' | 'asked' | 'declined' | 'swapped';
	/** Why it was swapped or declined. */
	why: string;
	/** Reviews that this person writes elsewhere in the programme, when it was looked at last. */
	load: number;
	at: number;
};

export type Kind = 'continue' | 'consider';

export type Words = {
	kind: Kind;
	situation: string;
	behaviour: string;
	impact: string;
	/** What could be done next time; may be empty. */
	next: string;
	/** May be empty. */
	project: string;
	/** 2026-03; when it happened. */
	month: string;
	/** May be shown under the author's name where there are too few for pooled words. */
	sign: boolean;
};

export type Comment = Words & {
	id: string;
	person: string;
	/** `back`: returned by the moderator, and with its author again. */
	is: 'draft' | 'in' | 'back';
	/** Why it was returned; null: it was not. Once only. */
	returned: string | null;
	at: number;
};

/** Of one reviewer. */
export type Review = { submitted: number | null; scores: { [rating: string]: number } };

/** Somebody who agreed to it; with the name, which the room does not know to say. */
type Signature = { person: string; name: string };

/** A comment as it is released: no author but one who signed, no time, an id of its own. */
export type Pooled = Omit<Words, 'sign'> & {
	id: string;
	order: number;
	pool: string;
	signed: Signature | null;
};

export type Pool = {
	id: string;
	/** One, or those that were merged. */
	groups: Group[];
	/** People whose words are in it. */
	people: number;
	/** Words of all · only of those who signed · none. */
	shows: 'all' | 'signed' | 'none';
};

export type Mean = { rating: string; groups: Group[]; mean: number; count: number };

export type Batch = {
	at: number;
	/** When the manager got it; null: not yet. */
	manager: number | null;
	/** Who submitted in time for it. */
	reviews: number;
	pools: Pool[];
	means: Mean[];
};

export type ReviewsState = {
	brief: { now?: Brief };
	step: { now?: { is: Step; since: number } };
	/** What the reviewee would like to hear about. */
	question: { now?: { text: string } };
	nominations: Record<string, Nomination>;
	comments: Record<string, Comment>;
	/** By person. */
	reviews: Record<string, Review>;
	batch: { now?: Batch };
	pooled: Record<string, Pooled>;
	/** When the conversation began. */
	talk: { now?: { at: number } };
};

export type Counts = {
	nominated: number;
	/** Who may write: asked, and has not declined. */
	reviewers: number;
	declined: number;
	submitted: number;
	wanted: number;
};

export type Mirror = {
	/** Comments that nobody had to complete, of all. */
	complete: number;
	comments: number;
	/** Days from the release to the conversation. */
	delay: number | null;
};

/** What somebody has to do now, and until when; ms since the epoch. */
export type Todo = {
	what: 'brief' | 'nominate' | 'approve' | 'write' | 'revise' | 'moderate' | 'read' | 'talk';
	until: number | null;
};

/** Counts, dates, and how far it is: what everybody may know. */
export type Status = {
	step: Step;
	brief: Brief | null;
	counts: Counts;
	/** Too few for anybody's words: how many are missing. */
	short: number;
	released: number | null;
	/** When the manager reads, or has begun to. */
	manager: number | null;
	mirror: Mirror | null;
};

export type ReviewsRecord = { status: { now?: Status }; question: { now?: { text: string } } };

/** A candidate that the room knows and a directory may not: people who came in by the link. */
type Candidate = { id: string; name: string };

export type Mine = Omit<Comment, 'person'>;
type Unnamed = Words & { id: string; is: 'in' | 'back'; returned: boolean };
export type Delivered = Batch & { comments: Pooled[] };

export type ReviewsOwn = {
	/** What I am here. */
	as: Seat | 'organiser' | 'reviewer' | null;
	status: Status;
	/** Whom it is about. */
	reviewee: { id: string; name: string } | null;
	todo: Todo | null;
	seats?: { seat: Seat; name: string | null }[];
	candidates?: Candidate[];
	/** The reviewee's own say nothing of what became of them. */
	nominations?: (Omit<Nomination, 'at'> & { busy: boolean })[];
	review?: { reason: string; question: string; asked: boolean; comments: Mine[]; mine: Review | null };
	moderation?: Unnamed[];
	batch?: Delivered;
};

export const DAY = 86_400_000;
export const HOUR = 3_600_000;

export const isActive = (one: Pick<Nomination, 'is'>): boolean =>
	one.is === 'nominated' || one.is === 'asked';

/** '2026-03' of a moment, in UTC. */
export const monthOf = (at: number): string => new Date(at).toISOString().slice(0, 7);

/** When a month began, ms since the epoch; null: it is none. */
export function monthStart(month: string): number | null {
	if (!/^\d{4}-(?:0[1-9]|1[0-2])$/.test(month)) return null;
	return Date.parse(`${month}-01T00:00:00Z`);
}

/** Everything happened within the last `days`: memory is short, and a year is long. */
export function allRecent(comments: readonly { month: string }[], now: number, days: number): boolean {
	return comments.length > 0 && comments.every(({ month }) => (monthStart(month) ?? 0) >= now - days * DAY);
}
