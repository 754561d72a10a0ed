/** What somebody has promised to do: owner, first step, due, evidence; and what became of it. */

/** What a format leaves out. The page reads the format's settings as they stand, so it needs these too. */
export const DEFAULTS = {
	/** Roles that may give an action to somebody else. */
	assigners: [] as string[],
	/** Roles that may change, tick and review the actions of others. */
	editors: [] as string[],
	/** Roles that may review for an owner who is not there. */
	reviewers: [] as string[],
	/** The role that sees the actions whose owners share them, and no others. */
	to: null as string | null,
	/** Whether every action needs a day. */
	dated: false,
	/** From so much confidence on, of 10, a step is small enough; null: nobody asks how sure somebody is. */
	sure: null as number | null
};

export type ActionsSettings = typeof DEFAULTS;

/** `partly` and `not` are answers of a review; such an action stays open and comes up again. */
export type Outcome = 'done' | 'partly' | 'not';
type ActionState = 'open' | Outcome | 'dropped';

export type Action = {
	id: string;
	owner: string;
	/** The first step. */
	text: string;
	/** 2026-05-14 */
	due: string | null;
	/** How others will see that it is done. */
	evidence: string;
	state: ActionState;
	learned: string;
	/** When it was made, ms since the epoch, and in which meeting. */
	at: number;
	meeting: number;
	/** When it was settled. */
	settled: number | null;
	/** Where it comes from, if it was no person that wrote it: the event's kind, as the format's wire says. */
	from: string | null;
	shared: boolean;
	/** Where the format asks for it. */
	will?: Will;
};

/** How sure somebody is of a step, and what could come in between. */
export type Will = {
	/** What could get in the way, and what is done about it. */
	obstacle: string;
	/** 0 to 10. */
	confidence: number | null;
	/** The step as it was, before it was made smaller. */
	shrunk: { text: string; confidence: number }[];
};

export type Review = {
	action: string;
	meeting: number;
	outcome: Outcome;
	learned: string;
	by: string;
	at: number;
};

export type ActionsState = {
	actions: Record<string, Action>;
	/** By `<meeting>-<action>`. */
	reviews: Record<string, Review>;
	/** What this meeting reviews, by action: the meeting, and the place in line. */
	line: Record<string, { meeting: number; order: number }>;
};

/** With the owner's name: a crowd's names are in no list of people. */
export type ActionsRecord = Omit<ActionsState, 'actions'> & {
	actions: Record<string, Action & { name?: string }>;
};

/** Shared by their owners with the role `to`, who may not read the roster: so with the owner's name. */
export type ActionsOwn = { shared: (Action & { name: string | null })[] };

export const isOpen = ({ state }: Action): boolean =>
	state === 'open' || state === 'partly' || state === 'not';

/** A step that is too large for whoever promised it. */
export const isUnsure = ({ will }: Action, sure: number | null): boolean =>
	sure !== null && will !== undefined && will.confidence !== null && will.confidence < sure;

export const reviewKey = (meeting: number, action: string): string => `${meeting}-${action}`;

/** The actions that a meeting reviews, in their order. */
export function inLine(state: Pick<ActionsState, 'actions' | 'line'>, meeting: number): Action[] {
	return Object.entries(state.line)
		.filter(([, place]) => place.meeting === meeting)
		.sort(([, a], [, b]) => a.order - b.order)
		.flatMap(([id]) => state.actions[id] ?? []);
}

/** Those of them that have no answer yet. */
export function unreviewed(state: ActionsState, meeting: number): Action[] {
	return inLine(state, meeting).filter(
		(action) => action.state !== 'dropped' && state.reviews[reviewKey(meeting, action.id)] === undefined
	);
}

/** How many meetings this action has been taken on into. */
export function carried(state: ActionsState, action: Action): number {
	return Object.values(state.reviews).filter((one) => one.action === action.id && one.outcome !== 'done')
		.length;
}
