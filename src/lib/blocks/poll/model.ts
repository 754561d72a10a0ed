/** Votes: what is asked, how far it is, and what came out. Ballots rest in the state and are nowhere else. */

/** Words of the format in its languages, or somebody's own (then `en` holds them as they are). */
export type Words = { en: string; de?: string };

export type Option = { id: string; text: Words };

export type Kind = 'choice' | 'roman' | 'scale';

/** A poll has one round, or two that are compared voter by voter. */
export type Round = 'once' | 'before' | 'after';

export type Turnout = { voted: number; of: number };

export type Stage =
	| { is: 'open'; round: Round; since: number; endsAt: number | null }
	| { is: 'closed'; round: Round }
	| { is: 'revealed' };

export type Poll = {
	id: string;
	kind: Kind;
	question: Words;
	/** Somebody in the room wrote question and options; otherwise they are the format's. */
	authored: boolean;
	/** What it is about, as the one who opened it names it: a topic's id. */
	about: string | null;
	options: Option[];
	paired: boolean;
	/** Ballots carry names in the result. */
	named: boolean;
	/** Totals are held back until the reveal; otherwise they can be watched. */
	sealed: boolean;
	opened: number;
	stage: Stage;
	/** Of the rounds that are closed. */
	turnout: { [round in Round]?: Turnout };
};

export type Totals = { [option: string]: number };

/** How the sides of a paired poll compare. */
export type Verdict =
	{ is: 'none' } | { is: 'draw'; why: 'even' | 'margin' } | { is: 'won'; option: string; margin: number };

export type Result =
	/** Too few ballots to show anything without showing who. */
	| { is: 'few'; ballots: number; least: number }
	| {
			is: 'single';
			ballots: number;
			totals: Totals;
			/** The one option with most votes. */
			leading: string | null;
			mean: number | null;
			/** Choice by person, where the poll is named. */
			by: { [person: string]: string } | null;
	  }
	| {
			is: 'paired';
			/** People who voted both times; nobody else counts. */
			pairs: number;
			before: Totals;
			after: Totals;
			/** Percentage points, to one decimal. */
			shift: Totals;
			verdict: Verdict;
			/** How many went from which option to which. */
			matrix: { [from: string]: Totals } | null;
			/** Pairs from which the matrix is shown. */
			matrixFrom: number;
	  };

export type PollState = {
	polls: Record<string, Poll>;
	current: { poll?: string };
	/** By `<poll>/<round>/<person>`: the option. Gone once the last round has closed. */
	ballots: Record<string, string>;
	/** Counted at the close; shown from the reveal on. */
	results: Record<string, Result>;
};

export type PollRecord = {
	polls: Record<string, Poll>;
	current: { poll?: string };
	/** Of the round that is open, by poll. */
	turnout: Record<string, Turnout>;
	/** Totals that can be watched while a poll that is not sealed is open. */
	live: Record<string, Totals>;
	results: Record<string, Result>;
};

/** My ballot while it can be changed. */
export type PollOwn = { poll: string; round: Round; choice: string } | null;

/** The three signs of a roman vote, in the order of the thumbs. */
export const ROMAN: readonly Option[] = [
	{ id: 'up', text: { en: 'Up', de: 'Hoch' } },
	{ id: 'side', text: { en: 'Side', de: 'Quer' } },
	{ id: 'down', text: { en: 'Down', de: 'Runter' } }
];

export function ballotKey(poll: string, round: Round, person: string): string {
	return `${poll}/${round}/${person}`;
}

/** The last round of a poll: with its close the ballots are counted and destroyed. */
export function lastRound(poll: Pick<Poll, 'paired'>): Round {
	return poll.paired ? 'after' : 'once';
}
