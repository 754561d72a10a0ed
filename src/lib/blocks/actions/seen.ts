/** What the views of the actions look at. */
import type { Handle } from '../block.ts';
import {
	DEFAULTS,
	inLine,
	isOpen,
	reviewKey,
	unreviewed,
	type Action,
	type ActionsOwn,
	type ActionsRecord,
	type ActionsSettings,
	type Review
} from './model.ts';

export type ActionsHandle = Handle<ActionsRecord, null, ActionsOwn, Partial<ActionsSettings>>;

export interface Seen {
	settings: ActionsSettings;
	/** Open ones, and what was settled or reviewed in this meeting: oldest first. */
	current: Action[];
	/** Done before this meeting, the last first. */
	earlier: Action[];
	/** What this meeting reviews, and what of it has no answer yet. */
	line: Action[];
	waiting: Action[];
	/** Promised in this meeting. */
	fresh: Action[];
}

export function seen(handle: ActionsHandle): Seen {
	const { record, meeting } = handle;
	const all = Object.values(record.actions).sort((a, b) => a.at - b.at);
	const line = inLine(record, meeting);
	const isCurrent = (one: Action) => isOpen(one) || one.meeting === meeting || line.includes(one);
	return {
		settings: { ...DEFAULTS, ...handle.settings },
		current: all.filter(isCurrent),
		earlier: all.filter((one) => !isCurrent(one)).reverse(),
		line,
		waiting: unreviewed(record, meeting),
		fresh: all.filter((one) => one.meeting === meeting)
	};
}

export function answerOf(handle: ActionsHandle, action: Action): Review | null {
	return handle.record.reviews[reviewKey(handle.meeting, action.id)] ?? null;
}

export function ownerName(handle: ActionsHandle, { id, owner }: Action): string {
	return handle.record.actions[id]?.name ?? handle.name(owner);
}

export function isMine(handle: ActionsHandle, action: Action): boolean {
	return action.owner === handle.me.id;
}

/** May I change this one, in this phase? */
export function mayChange(handle: ActionsHandle, action: Action, verb: string): boolean {
	const { editors } = { ...DEFAULTS, ...handle.settings };
	return !handle.frozen && handle.may(verb) && (isMine(handle, action) || editors.includes(handle.me.role));
}

/** May I say what became of it? Others answer only for an owner who is not here. */
export function mayAnswer(handle: ActionsHandle, action: Action): boolean {
	if (!handle.may('review')) return false;
	const { editors, reviewers } = { ...DEFAULTS, ...handle.settings };
	if (isMine(handle, action) || editors.includes(handle.me.role)) return true;
	return reviewers.includes(handle.me.role) && !handle.here.has(action.owner);
}

export { day as dayOf } from '#lib/ui/day.ts';
