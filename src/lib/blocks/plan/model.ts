/** A plan over some weeks: phases that begin on their days, and in each what somebody is to do until when. */
import type { Text } from '../block.ts';

/** An item that every plan begins with. */
type TemplateItem = {
	phase: string;
	/** Words of the format's are told in the language of whoever begins; what people wrote stands as it is. */
	text: Text | string;
	/** A role. */
	owner: string;
	/** Due on this day; the first day is 1. Without it, at no day. */
	day?: number;
	/** Names it for events that tick it; items with the same group stand together. */
	tag?: string;
	group?: string;
};

/** What a format leaves out. The page reads the format's settings as they stand, so it needs these too. */
export const DEFAULTS = {
	/** With the day on which each begins. */
	phases: [] as { id: string; from: number }[],
	template: [] as TemplateItem[],
	/** What groups of the template are called. */
	groups: {} as Record<string, Text>,
	/** Roles that change the plan; whose an item is ticks it. */
	editors: [] as string[],
	/** Who has to see to what somebody is stuck on, and within how many days. */
	helper: null as string | null,
	helpDays: 7,
	/** Roles outside the record that are told how far the plan is. */
	told: [] as string[]
};

export type PlanSettings = typeof DEFAULTS;

export type Item = {
	id: string;
	phase: string;
	text: string;
	/** A role: whoever has it. */
	owner: string;
	/** ISO date. */
	due: string | null;
	/** When it was ticked, ms since the epoch. */
	done: number | null;
	tag: string | null;
	group: string | null;
	/** 'template', 'person', or the instance whose event made it. */
	from: string;
	dropped: boolean;
	at: number;
};

type Begun = { day: string; at: number };

export type PlanState = {
	items: Record<string, Item>;
	begun: { now?: Begun };
	/** Phases whose day has come. */
	reached: Record<string, number>;
	/** What it was for has ended. */
	closed: { now?: number };
};

export type PlanRecord = { items: Record<string, Item>; begun: { now?: Begun } };

export type Progress = { done: number; of: number; day: string | null };

export type PlanOwn = { told: Progress | null };

/** In the order in which it is to be done. */
export function inOrder(items: readonly Item[]): Item[] {
	return [...items].sort((a, b) => (a.due ?? '9').localeCompare(b.due ?? '9') || a.at - b.at);
}
