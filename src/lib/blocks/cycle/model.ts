/** Who takes part in a round that is the same for all, and when its steps are; locked once it has started. */

/** What a format leaves out. The page reads the format's settings as they stand, so it needs these too. */
export const DEFAULTS = {
	/** The steps that have a date, and how many days after the one before it each begins. */
	steps: [] as CycleStep[],
	/** Fewer people than this, and it is said that there may be too few to choose from. */
	few: 5,
	/** People at most. */
	most: 500
};

type CycleStep = { name: string; days: number; text: { en: string; de?: string } };
export type CycleSettings = typeof DEFAULTS;

export type Setup = {
	purpose: string;
	scores: boolean;
	/** By step. */
	days: Record<string, number>;
	/** ms since the epoch; null: not yet. */
	started: number | null;
	/** By step, ms since the epoch; once it has started. */
	dates: Record<string, number>;
};

export type Part = { person: string; name: string };

export type Enrolled = {
	person: string;
	name: string;
	team: string | null;
	manager: Part | null;
	/** Given out at the start. */
	moderator: Part | null;
};

export type CycleState = {
	setup: { now?: Setup };
	/** By person. */
	enrolled: Record<string, Enrolled>;
	moderators: Record<string, Part>;
};

/** What stands in the way of a start. */
export type Obstacle = 'purpose' | 'nobody' | 'managers' | 'moderators';

export type Overview = {
	setup: Setup;
	enrolled: number;
	/** People of whom nobody knows to whom they report. */
	unmanaged: number;
	few: boolean;
	obstacles: Obstacle[];
};

export type CycleRecord = { overview: { now?: Overview } };
export type CycleDesk = { enrolled: Record<string, Enrolled>; moderators: Record<string, Part> };
