/** What others see of goals, what their owner alone does, and what outlives the meeting. */
import type { Facts, LedgerRow, Published } from '../block.ts';
import {
	historyOf,
	isReady,
	looksOf,
	nextLook,
	standingOf,
	type Goal,
	type GoalsOwn,
	type GoalsState,
	type Point,
	type Supported
} from './model.ts';
import type { GoalsScene, Settings } from './settings.ts';

const standing = (state: GoalsState): Goal[] =>
	Object.values(state.goals).filter((one) => one.state !== 'dropped');

/** Goals that all who read the record may see. */
const visible = (state: GoalsState): Goal[] => standing(state).filter((one) => one.visibility !== 'self');

function pointsOf(state: GoalsState, goals: readonly Goal[]): Point[] {
	const ids = new Set(goals.map((one) => one.id));
	return Object.values(state.points).filter((one) => ids.has(one.goal));
}

const byId = <T extends { id: string }>(items: readonly T[]): Record<string, T> =>
	Object.fromEntries(items.map((one) => [one.id, one]));

export function publish(state: GoalsState, { settings }: GoalsScene): Published {
	const goals = visible(state);
	return {
		record: {
			goals: byId(goals),
			points: byId(pointsOf(state, goals)),
			next: nextOf(state, goals, settings)
		}
	};
}

/** The day on which somebody should look again, by goal. */
function nextOf(state: GoalsState, goals: readonly Goal[], settings: Settings): Record<string, string> {
	const days = goals.flatMap((goal) => {
		const day = nextLook(goal, historyOf(state.points, goal.id), settings);
		return day === null ? [] : [[goal.id, day] as const];
	});
	return Object.fromEntries(days);
}

export function own(state: GoalsState, person: string, scene: GoalsScene): GoalsOwn {
	const goals = standing(state).filter((one) => one.visibility === 'self' && one.owner === person);
	const { to, supporters } = scene.settings;
	const told = to !== null && scene.people[person]?.role === to;
	const shared = standing(state).filter((one) => one.visibility === 'shared' && one.state !== 'left');
	return {
		goals,
		points: pointsOf(state, goals),
		shared: told ? shared.map(({ id, text }) => ({ id, text })) : [],
		...(supporters === 'workspace' && { supported: supportedBy(state, person, scene) })
	};
}

/** What somebody who supports goals, and may read no record, sees of them. */
function supportedBy(state: GoalsState, person: string, { people, settings }: GoalsScene): Supported {
	const goals = visible(state).filter(({ supporter }) => supporter === person);
	return {
		goals,
		points: pointsOf(state, goals),
		next: nextOf(state, goals, settings),
		owners: Object.fromEntries(goals.map(({ owner }) => [owner, people[owner]?.name ?? '']))
	};
}

/** Of goals that everybody in the room may see: what a gate asks for must not tell of the others. */
export function facts(state: GoalsState, scene: GoalsScene): Facts {
	const goals = visible(state);
	const open = goals.filter((one) => one.state === 'open');
	const history = (one: Goal) => historyOf(state.points, one.id);
	const looks = (one: Goal) => looksOf(history(one), scene.settings);
	const run = scene.phase?.run ?? null;
	return {
		open: open.length,
		met: goals.filter((one) => one.state === 'met').length,
		/** Open, met and let go. */
		all: goals.length,
		/** How often all that are open were looked at, of how often they are meant to be; of settled ones the most. */
		checkIns: Math.min(
			scene.settings.planned ?? Infinity,
			open.length > 0 ? Math.min(...open.map(looks)) : Math.max(0, ...goals.map(looks))
		),
		planned: scene.settings.planned,
		/** Kept, and with all that the format asks for. */
		ready: goals.filter((one) => one.state !== 'left' && isReady(one, history(one), scene.settings.needs))
			.length,
		/** Open ones that were not rated in this phase. */
		unrated: open.filter((one) => !history(one).some(({ kind, run: of }) => kind === 'rating' && of === run))
			.length
	};
}

/** Goals that somebody keeps to themselves are in no row that is found across rooms. */
export function ledger(state: GoalsState, scene: GoalsScene): LedgerRow[] {
	return visible(state).map((goal) => {
		const history = historyOf(state.points, goal.id);
		const { first, now } = standingOf(goal, history);
		return {
			id: goal.id,
			kind: 'goal' as const,
			person: goal.owner,
			state: goal.state,
			due: goal.by,
			text: goal.text,
			data: {
				first,
				now,
				target: goal.target,
				supporter: goal.supporter,
				next: nextLook(goal, history, scene.settings),
				visibility: goal.visibility
			}
		};
	});
}

/** Where goals belong to one meeting, the next one goes on with those that are open, and with their whole history. */
export function carry(state: GoalsState): GoalsState {
	const goals = Object.values(state.goals).filter((one) => one.state === 'open');
	return { goals: byId(goals), points: byId(pointsOf(state, goals)) };
}

export function forget(state: GoalsState, person: string): void {
	for (const [id, goal] of Object.entries(state.goals)) {
		if (goal.supporter === person) {
			goal.supporter = null;
			delete goal.supporterName;
		}
		if (goal.owner !== person) continue;
		delete state.goals[id];
	}
	for (const [id, point] of Object.entries(state.points))
		if (point.by === person || state.goals[point.goal] === undefined) delete state.points[id];
}
