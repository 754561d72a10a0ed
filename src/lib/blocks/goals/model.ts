/** What somebody wants to reach: a goal on a scale, its history, and the check-ins on the way. */

/** What a goal may say besides its words, its place on the scale and its day. */
export type Ask = 'area' | 'why' | 'sign' | 'measure' | 'supporter';
/** What a goal must have before it counts as ready. */
export type Need = Ask | 'scale' | 'by';

/** What a format leaves out. The page reads the format's settings as they stand, so it needs these too. */
export const DEFAULTS = {
	/** Whole numbers. */
	scale: { from: 0, to: 10 },
	asks: ['area', 'why', 'sign'] as Ask[],
	needs: ['scale'] as Need[],
	/** What a check-in taps: where it stands on the scale, or whether what was meant to happen did. */
	taps: 'scale' as 'scale' | 'progress',
	/** Days from one look at a goal to the next; null: nobody is waiting. */
	every: null as number | null,
	/** Looks at each goal after which nobody is asked any more; null: as long as it is open. */
	planned: null as number | null,
	/** The role outside the room's record that is told the titles which owners share, and nothing else. */
	to: null as string | null,
	/**
	 * Where whoever supports a goal comes from: 'room': somebody in it, whom all see · 'workspace': anybody, who is let
	 * in for this (by the event `supported`) and sees the goals they support. Who else is in the room stays unsaid.
	 */
	supporters: 'room' as 'room' | 'workspace',
	/** Open goals that one person may have at once. */
	most: 5
};

export type GoalsSettings = typeof DEFAULTS;

/** 'self': its owner alone · 'room': all who read the record · 'shared': its title also for the role `to`. */
export type Visibility = 'self' | 'room' | 'shared';

/** 'left': let go, and kept for what it taught; 'dropped': taken back, and shown nowhere. */
type GoalState = 'open' | 'met' | 'left' | 'dropped';

export type Goal = {
	id: string;
	owner: string;
	text: string;
	area: string;
	why: string;
	/** How others will notice that it is reached. */
	sign: string;
	/** What is counted. */
	measure: string;
	/** Somebody who helps, and may check in as well. */
	supporter: string | null;
	/** The supporter's name, where they need not be in the room. */
	supporterName?: string;
	target: number | null;
	/** 2026-09-30 */
	by: string | null;
	visibility: Visibility;
	state: GoalState;
	/** When it was set, ms since the epoch, and in which meeting. */
	at: number;
	meeting: number;
	/** When it was met or let go. */
	settled: number | null;
};

/** Of what was meant to happen until now. */
export type Progress = 'none' | 'some' | 'done';

export type Point = {
	id: string;
	goal: string;
	/** 'start': where it stood when it was set. */
	kind: 'start' | 'rating' | 'checkin';
	/** Null where only progress was tapped. */
	value: number | null;
	progress: Progress | null;
	/** The evidence for a rating, the note of a check-in. */
	said: string;
	by: string;
	at: number;
	meeting: number;
	/** The agenda's run in which it was rated: a second rating in it corrects the first. */
	run: string | null;
};

export type GoalsState = {
	goals: Record<string, Goal>;
	points: Record<string, Point>;
};

/** Goals that others may see, with their points, and the day on which somebody should look again, by goal. */
export type GoalsRecord = GoalsState & { next: Record<string, string> };

/** Goals of others, with their points, the days to look at them again, and the names of whose they are. */
export type Supported = {
	goals: Goal[];
	points: Point[];
	next: Record<string, string>;
	owners: Record<string, string>;
};

export type GoalsOwn = {
	/** Goals that I keep to myself, and their points. */
	goals: Goal[];
	points: Point[];
	/** Titles that their owners share with my role. */
	shared: { id: string; text: string }[];
	/** What I support, where those who do may stand outside the record. */
	supported?: Supported;
};

const DAY = 86_400_000;

/** The day of a moment, in UTC. */
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** A goal's points, oldest first. */
export function historyOf(points: Readonly<Record<string, Point>>, goal: string): Point[] {
	return Object.values(points)
		.filter((one) => one.goal === goal)
		.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

type Valued = Point & { value: number };

/** The points that stand on the scale. */
export const onScale = (history: readonly Point[]): Valued[] =>
	history.filter((one): one is Valued => one.value !== null);

export type Standing = {
	first: number | null;
	now: number | null;
	/** In the target's direction; null before there are two points. */
	gain: number | null;
	reached: boolean;
};

/** Where a goal stands: before, now, what was gained, and whether the target is reached. */
export function standingOf(goal: Pick<Goal, 'target'>, history: readonly Point[]): Standing {
	const values = onScale(history);
	const first = values[0]?.value ?? null;
	const now = values.at(-1)?.value ?? null;
	if (first === null || now === null) return { first, now, gain: null, reached: false };
	const { target } = goal;
	const up = target === null || target >= first;
	return {
		first,
		now,
		gain: values.length < 2 ? null : up ? now - first : first - now,
		reached: target !== null && (up ? now >= target : now <= target)
	};
}

export function isReady(goal: Goal, history: readonly Point[], needs: readonly Need[]): boolean {
	return needs.every((need) => {
		if (need === 'scale') return goal.target !== null && onScale(history).length > 0;
		return goal[need] !== null && goal[need] !== '';
	});
}

type Rhythm = Pick<GoalsSettings, 'every' | 'planned'>;

/** How often it was looked at. What its owner and whoever supports it say of the same month is one look. */
export function looksOf(history: readonly Point[], { every }: Pick<Rhythm, 'every'>): number {
	const apart = ((every ?? 2) / 2) * DAY;
	let [looks, last] = [0, -Infinity];
	for (const { kind, at } of history) {
		if (kind !== 'checkin' || at - last < apart) continue;
		looks += 1;
		last = at;
	}
	return looks;
}

/** When somebody should look at it again; null where nobody waits for it. */
export function nextLook(goal: Goal, history: readonly Point[], rhythm: Rhythm): string | null {
	const { every, planned } = rhythm;
	const last = history.at(-1);
	if (every === null || goal.state !== 'open' || last === undefined) return null;
	if (planned !== null && looksOf(history, rhythm) >= planned) return null;
	return dayOf(last.at + every * DAY);
}
