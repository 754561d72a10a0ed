/** What the views of goals look at. */
import type { Handle } from '../block.ts';
import { m } from '#lib/paraglide/messages.js';
import { region } from '#lib/ui/region.ts';
import {
	DEFAULTS,
	historyOf,
	looksOf,
	standingOf,
	type Goal,
	type GoalsOwn,
	type GoalsRecord,
	type GoalsSettings,
	type Point,
	type Progress,
	type Standing
} from './model.ts';

export type GoalsHandle = Handle<GoalsRecord, null, GoalsOwn, Partial<GoalsSettings>>;

export interface Seen {
	settings: GoalsSettings;
	/** The room's and those that I keep to myself, oldest first. */
	open: Goal[];
	/** Met or let go, the last first. */
	settled: Goal[];
}

export function seen(handle: GoalsHandle): Seen {
	const { goals: supported = [] } = handle.own?.supported ?? {};
	const all = [
		...Object.values(handle.record.goals),
		...(handle.own?.goals ?? []),
		// of whoever stands outside the record
		...supported.filter(({ id }) => handle.record.goals[id] === undefined)
	];
	return {
		settings: settingsOf(handle),
		open: all.filter((one) => one.state === 'open').sort((a, b) => a.at - b.at),
		settled: all.filter((one) => one.state !== 'open').sort((a, b) => (b.settled ?? 0) - (a.settled ?? 0))
	};
}

export const settingsOf = (handle: GoalsHandle): GoalsSettings => ({ ...DEFAULTS, ...handle.settings });

export function historyIn(handle: GoalsHandle, goal: Goal): Point[] {
	const mine = [...(handle.own?.points ?? []), ...(handle.own?.supported?.points ?? [])];
	const own = Object.fromEntries(mine.map((one) => [one.id, one]));
	return historyOf({ ...handle.record.points, ...own }, goal.id);
}

export const standingIn = (handle: GoalsHandle, goal: Goal): Standing =>
	standingOf(goal, historyIn(handle, goal));

/** How often it was looked at, and of how many times; null: nobody has said how often. */
export function looksIn(handle: GoalsHandle, goal: Goal): { count: number; planned: number } | null {
	const settings = settingsOf(handle);
	if (settings.planned === null) return null;
	return { count: looksOf(historyIn(handle, goal), settings), planned: settings.planned };
}

export const nextIn = (handle: GoalsHandle, goal: Goal): string | null =>
	handle.record.next[goal.id] ?? handle.own?.supported?.next[goal.id] ?? null;

export const ownerIn = (handle: GoalsHandle, { owner }: Goal): string =>
	handle.own?.supported?.owners[owner] ?? handle.name(owner);

export const supporterIn = (handle: GoalsHandle, { supporter, supporterName }: Goal): string =>
	supporterName ?? handle.name(supporter);

export const isMine = (handle: GoalsHandle, goal: Goal): boolean => goal.owner === handle.me.id;

/** May I do this with this goal, in this phase? */
export function mayChange(handle: GoalsHandle, goal: Goal, verb: string): boolean {
	return !handle.frozen && handle.may(verb) && isMine(handle, goal);
}

export function mayCheckIn(handle: GoalsHandle, goal: Goal): boolean {
	const asked = isMine(handle, goal) || goal.supporter === handle.me.id;
	return !handle.frozen && goal.state === 'open' && handle.may('checkIn') && asked;
}

/** '2026-09-30' → '30 September' */
export function dayName(day: string): string {
	return new Intl.DateTimeFormat(region(), { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(
		new Date(`${day}T00:00:00Z`)
	);
}

/** A moment → '6 May' */
export function dayShort(at: number): string {
	return new Intl.DateTimeFormat(region(), { day: 'numeric', month: 'short' }).format(new Date(at));
}

/** 4 → '+4' */
export function signed(gain: number): string {
	return new Intl.NumberFormat(region(), { signDisplay: 'exceptZero' }).format(gain);
}

export const PROGRESS: Readonly<Record<Progress, () => string>> = {
	none: m.goals_progress_none,
	some: m.goals_progress_some,
	done: m.goals_progress_done
};

/** What a point says besides its words. */
export function valueOf(point: Point): string {
	if (point.value !== null) return String(point.value);
	return point.progress === null ? '' : PROGRESS[point.progress]();
}
