/**
 * Who meets whom: some seek (a mentee), some give (a mentor, for several at once). Both opt in with a card; hard
 * constraints say who cannot meet, soft criteria how well two would fit, and whoever runs it confirms.
 */
import type { Span } from '../profile.ts';

export const CRITERIA = ['role', 'skills', 'hours', 'place', 'interests', 'network'] as const;
export type Criterion = (typeof CRITERIA)[number];

/** Points of 100. */
export type Weights = Record<Criterion, number>;

/** What a format leaves out. The page reads the format's settings as they stand, so it needs these too. */
export const DEFAULTS = {
	seekers: 'mentee',
	givers: 'mentor',
	/** So many each gives to at once, at most. */
	most: 2,
	/** Hours a week that two have to share, and from how many on there are plenty. */
	least: 3,
	plenty: 5,
	weights: { role: 35, skills: 25, hours: 15, place: 10, interests: 10, network: 5 } as Weights
};

export type PairingSettings = typeof DEFAULTS;

export type Side = 'seeks' | 'gives';

/** What somebody opted in with. What they left out was taken from the directory, once. */
export type Card = {
	side: Side;
	job: string;
	team: string;
	place: string;
	languages: string[];
	timeZone: string | null;
	hours: Span[];
	/** What their role works with: tools, customers, rules. Whoever seeks says what they have to learn. */
	knows: string[];
	/** Wanted by those who seek, offered by those who give. */
	skills: string[];
	interests: string[];
	/** How many at once; 1 for those who seek. */
	capacity: number;
	at: number;
};

/** Why two should meet: the criterion, its points, and what of it they share: words, or hours. */
export type Reason = { what: Criterion; points: number; words: string[]; hours: number | null };

export type Comparison = { score: number; reasons: Reason[] };

/** Why two cannot meet. */
export type Barrier = 'line' | 'hours' | 'forbidden' | 'full';

export const FITS = ['good', 'undecided', 'bad'] as const;
export type Fit = (typeof FITS)[number];

export type Pair = Comparison & {
	id: string;
	seeker: string;
	giver: string;
	is: 'proposed' | 'confirmed' | 'ended';
	pinned: boolean;
	at: number;
	/** What each has said of it after their first meeting. */
	fit: { seeker: Fit | null; giver: Fit | null };
};

type Ruling = { seeker: string; giver: string; is: 'pinned' | 'forbidden' };

/** Of so many on the other side each barrier stands between them and this person; `taken`: others fitted better. */
export type Unpaired = { of: number; barriers: Partial<Record<Barrier, number>>; taken: number };

/** How well the best of the other side would fit, as it was at the last run. */
export type Row = { scores: Record<string, number> };

export type Method = 'best' | 'stable';

type Run = {
	method: Method;
	at: number;
	/** Points of all the pairs that it proposed. */
	total: number;
	proposed: number;
	unpaired: number;
};

export type PairingState = {
	cards: Record<string, Card>;
	/** By person: those of the other side that they would like, the best first. */
	ranks: Record<string, { order: string[] }>;
	/** By `<seeker>/<giver>`. */
	rulings: Record<string, Ruling>;
	pairs: Record<string, Pair>;
	unpaired: Record<string, Unpaired>;
	rows: Record<string, Row>;
	setup: { weights?: Weights };
	run: { now?: Run };
};

export type Counts = {
	seekers: number;
	givers: number;
	/** How many those who give have room for in all. */
	places: number;
	proposed: number;
	confirmed: number;
};

/** Everybody is told how many there are and by what it is decided; who meets whom is theirs. */
export type PairingRecord = { counts: { now: Counts }; setup: { weights: Weights } };

export type PairingDesk = Pick<PairingState, 'cards' | 'rulings' | 'pairs' | 'unpaired' | 'rows' | 'run'> & {
	ranked: Record<string, number>;
};

export type Choice = { id: string; name: string; job: string; team: string; skills: string[] };

export type PairingOwn = {
	card: Card | null;
	/** Confirmed. */
	pairs: { id: string; with: string; name: string; reasons: Reason[] }[];
	/** The other side, to be ranked by this person. */
	choices: Choice[];
	ranked: string[];
	/** Had a partner, and is to get another. */
	again: boolean;
};

export const rulingKey = (seeker: string, giver: string): string => `${seeker}/${giver}`;

/** The reasons that are said first. */
export const strongest = (reasons: readonly Reason[]): Reason[] => reasons.slice(0, 3);
