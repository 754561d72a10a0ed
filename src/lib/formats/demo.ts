/** A demo room is a meeting that really takes place: commands of invented people, decided by the same rules. */
import type * as Y from 'yjs';
import type { Json, Tables } from '#lib/blocks/block.ts';

/** What a step may refer to. */
export interface Seen {
	/** The agenda's current run, for `expects`. */
	run: string;
	/** Ids of the people, by their key. */
	people: Readonly<Record<string, string>>;
	/** Results of earlier steps, by their `as`. */
	results: Readonly<Record<string, Json>>;
	/** The demo's clock, ms since the epoch. */
	now: number;
	/** What everybody in the room sees of an instance: ids that the server gave, of a poll that a phase opened. */
	record(instance: string): Tables;
}

export type DemoStep =
	/** Somebody commands. `as` keeps the result. */
	| { by: string; run: string; with?: (seen: Seen) => Json; as?: string }
	/** Somebody writes in a co-written document (short name). */
	| { by: string; write: string; change: (doc: Y.Doc, seen: Seen) => void }
	/** Here whoever opens the demo comes in, and it is theirs. What follows shows in tests how the meeting went on. */
	| { opens: true }
	/** Minutes pass. The demo opens now, so that it began as long ago as all its waits until then. */
	| { wait: number };

export interface DemoPerson {
	key: string;
	name: string;
	role: string;
	team?: string;
	/** Where the room gives out this role by itself: the command of the first person that does, with `person` besides. */
	seated?: { run: string; with: { [key: string]: Json } };
}

export interface Demo {
	title: string;
	preset?: string;
	settings?: { [key: string]: Json };
	/** The first one opens the room. `me`: whoever opens the demo gets this person's place at the end. */
	people: readonly DemoPerson[];
	me: string;
	steps: readonly DemoStep[];
}

/** Moves the agenda on, as a step. */
export function advance(by: string, to?: string): DemoStep {
	return {
		by,
		run: 'agenda.advance',
		with: ({ run }) => (to === undefined ? { expects: run } : { expects: run, to })
	};
}

/** Starts, ends … the meeting, as a step. */
export const moves = (by: string, verb: string): DemoStep => ({
	by,
	run: `agenda.${verb}`,
	with: ({ run }) => ({ expects: run })
});

/** What can be told beforehand. */
export const does = (
	by: string,
	run: string,
	payload: { [key: string]: Json } = {},
	as?: string
): DemoStep => ({
	...{ by, run, with: () => payload },
	...(as === undefined ? {} : { as })
});

/** Something done with what the step `made` made. */
export const onMade = (
	by: string,
	run: string,
	made: string,
	payload: { [key: string]: Json } = {}
): DemoStep => ({ by, run, with: (seen) => ({ id: madeIn(seen, made), ...payload }) });

/** The id that an earlier step gave. */
export function madeIn({ results }: Pick<Seen, 'results'>, step: string, field = 'id'): string {
	const result = results[step];
	const id = typeof result === 'object' && result !== null && !Array.isArray(result) ? result[field] : null;
	if (typeof id !== 'string') throw new Error(`The demo's step "${step}" gave no ${field}.`);
	return id;
}

/** For `wait`. */
export const DAY = 24 * 60;

/** The day so many days after the demo's now, as 2026-05-14. */
export const dayIn = (now: number, days: number): string =>
	new Date(now + days * DAY * 60_000).toISOString().slice(0, 10);
