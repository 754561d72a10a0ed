/**
 * Claims and cards for and against a motion.
 *
 * Each side writes in a document of its own (`side/for`, `side/against`), which nobody else may open before the
 * reveal. In it:
 *
 *   claims: Y.Map<id, Y.Map{ text: Y.Text, order: number, parent: id | null, author: person, rebuts: Y.Map<id, true> }>
 *   cards:  Y.Map<id, Y.Map{ claim: id | null, quote: Y.Text, source, link, standing, date, kind: string,
 *                            order: number, author: person, rebuts: Y.Map<id, true> }>
 *
 * A side is not written down: it is the document's. `parent` and `claim` name a claim of the same document,
 * `rebuts` claims and cards of the other one. Rules never read these documents: a side *lays* what it has written
 * on the table, and from there the record, the projector and the audience have it.
 */

export const SIDES = ['for', 'against'] as const;
export type Side = (typeof SIDES)[number];

export const otherSide = (side: Side): Side => (side === 'for' ? 'against' : 'for');

export const CARD_KINDS = ['own-data', 'study', 'expert', 'anecdote'] as const;
export type CardKind = (typeof CARD_KINDS)[number];

export const CHALLENGE_KINDS = ['unsupported', 'outdated', 'irrelevant'] as const;
export type ChallengeKind = (typeof CHALLENGE_KINDS)[number];

export const RULINGS = ['stands', 'stands-reworded', 'falls'] as const;
export type RulingIs = (typeof RULINGS)[number];

/** Strength goes from 0, "says nothing about it", to this, "settles it". */
export const STRONGEST = 4;

/** Characters, unless said otherwise. */
export const LIMITS = {
	motion: 300,
	definitions: 1000,
	claim: 300,
	quote: 1000,
	source: 300,
	link: 500,
	standing: 200,
	challenge: 300,
	note: 300,
	statement: 1500,
	/** Claims, and cards, that one side can lay on the table. */
	items: 200,
	/** What one claim or card can rebut. */
	rebuts: 20,
	library: 500
};

export type Claim = {
	id: string;
	side: Side;
	text: string;
	order: number;
	parent: string | null;
	author: string | null;
	rebuts: string[];
};

export type Card = {
	id: string;
	side: Side;
	claim: string | null;
	/** Verbatim, without the marks around it. */
	quote: string;
	source: string;
	/** http or https, or empty. */
	link: string;
	/** Who says it and what they gain by it. */
	standing: string;
	/** '2026', '2026-03' or '2026-03-12', or empty. */
	date: string;
	kind: CardKind;
	order: number;
	author: string | null;
	rebuts: string[];
};

/** One side's claims and cards, in order. */
export type Case = { claims: Claim[]; cards: Card[] };

type Motion = { text: string; definitions: string; by: string; at: number };

/** A card as somebody saw it when they challenged or rated it: the record is whole without the document. */
export type Quoted = { id: string; side: Side; ref: string; quote: string; revision: string };

type Ruling = { is: RulingIs; note: string; by: string | null; at: number };

export type Challenge = {
	id: string;
	card: Quoted;
	kind: ChallengeKind;
	text: string;
	by: string;
	at: number;
	ruling: Ruling | null;
};

/** One person's rating; never published as such. */
export type Rating = { side: Side; strength: number; revision: string };

export type SideStrength = { mean: number; count: number };

/** What both sides think of a card, once both have rated it. */
type Strength = { card: Quoted; for: SideStrength; against: SideStrength };

/** How many of the two sides' speakers have rated these words of a card. */
export type Progress = { revision: string; rated: number; of: number };

/** One side's best case as the other side states it. */
export type Statement = {
	id: string;
	/** Whose case it is; said by the other side. */
	case: Side;
	text: string;
	/** 1 for the first. */
	try: number;
	by: string;
	at: number;
	verdict: { fair: boolean; note: string; by: string | null; at: number } | null;
};

/** A card that survived, with the words of the claim it stood for, for later meetings. */
export type KeptCard = Pick<
	Card,
	'id' | 'side' | 'quote' | 'source' | 'link' | 'standing' | 'date' | 'kind'
> & {
	claim: string;
	motion: string;
	meeting: number;
};

export type EvidenceState = {
	motion: { current?: Motion };
	/** What the sides laid on the table, by `<side>/<id>`. */
	claims: Record<string, Claim>;
	cards: Record<string, Card>;
	challenges: Record<string, Challenge>;
	/** By `<card>/<person>`. */
	ratings: Record<string, Rating>;
	/** By card: the words of it that were rated last. */
	rated: Record<string, Quoted>;
	/** By card, from when both sides have rated. */
	strengths: Record<string, Strength>;
	statements: Record<string, Statement>;
	library: Record<string, KeptCard>;
};

export type EvidenceRecord = Omit<EvidenceState, 'ratings' | 'rated'> & {
	/** By card: ratings that are still blind. */
	progress: Record<string, Progress>;
};

/** Own ratings, by card. */
export type EvidenceOwn = { ratings: Record<string, Rating> };
