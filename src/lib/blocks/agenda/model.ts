/** Where a meeting is: its phase, its clock, what is behind it. */
import type { Text } from '../block.ts';

export type AgendaPhase = {
	id: string;
	when: 'ahead' | 'live' | 'after';
	minutes: number | null;
	fixed: boolean;
	/** Only the room's last meeting goes on to it. */
	closing?: boolean;
	/** Facts that must hold before it opens, and what to say while they do not. */
	gates: {
		fact: string;
		is?: number | boolean | string;
		atLeast?: number;
		/** Not asked of a meeting that leaves the phase out. */
		skippable?: boolean;
		because: Text;
	}[];
};

/** `live` and `after` together are "the meeting has begun". */
export type Status = 'ahead' | 'live' | 'after' | 'ended';

/** A clock that runs until `endsAt`, or stands with `left` milliseconds. Phases without minutes have none. */
export type Clock =
	| { is: 'none' }
	| { is: 'running'; endsAt: number; total: number }
	| { is: 'paused'; left: number; total: number; why: 'pause' | 'reflect' };

export type Now = {
	phase: string;
	/** Changes at every move; whoever moves the agenda names the run that they saw. */
	run: string;
	opened: number;
	status: Status;
	clock: Clock;
	/** When the meeting began and ended, ms since the epoch. */
	began: number | null;
	ended: number | null;
};

/** One visit to a phase; a phase that is repeated has several. */
export type Visit = { phase: string; opened: number; closed: number };

/** A meeting whose live part is over. */
type Held = { began: number; ended: number };

/** How far the room is with its meetings. */
export type Series = { planned: number | null; held: number; closed: number | null };

/** The same for who stands outside: with the dates, and nothing of what was said. */
type Told = Omit<Series, 'held'> & { held: Held[] };

export type AgendaOwn = { ready: boolean; told?: Told };

export type AgendaState = {
	now: { current?: Now };
	/** By run. */
	visits: Record<string, Visit>;
	/** Who has said "ready" in this run. */
	ready: Record<string, boolean>;
	/** The ready-check that is open: when it was asked. */
	check: { asked?: number };
	/** By meeting; kept from meeting to meeting. */
	held: Record<string, Held>;
	/** When a meeting went through its closing phase to the end. */
	series: { closed?: number };
};

export type AgendaRecord = {
	now: { current?: Now };
	visits: Record<string, Visit>;
	/** How many are ready, and of how many; only while a ready-check is open. */
	check: { count?: { ready: number; of: number; asked: number } };
	series: { now?: Series };
};

type Known = Pick<AgendaPhase, 'id' | 'when'>;
const ORDER: readonly Status[] = ['ahead', 'live', 'after', 'ended'];

/**
 * Where a meeting is among its format's phases. A phase that the format has no more, since a room stood in it, counts as
 * the last one of that part of the meeting; -1: before all of them.
 */
export function placeOf(phases: readonly Known[], { phase, status }: Pick<Now, 'phase' | 'status'>): number {
	const at = phases.findIndex(({ id }) => id === phase);
	const reached = ORDER.indexOf(status);
	return at >= 0 ? at : phases.findLastIndex(({ when }) => ORDER.indexOf(when) <= reached);
}

/** The same by a phase that the format has, whatever it was called when the room came to it. */
export function standing(phases: readonly Known[], now: Now): Now {
	const known = phases[placeOf(phases, now)];
	return known === undefined || known.id === now.phase ? now : { ...now, phase: known.id };
}

/** As many were held as were planned, the next has not begun, and nobody has closed the room's meetings. */
export const isComplete = ({ planned, held, closed }: Series, status: Status | undefined): boolean =>
	planned !== null && held >= planned && closed === null && status === 'ahead';

/** Milliseconds left on a clock at `now`; negative when time is over; null without a clock. */
export function left(clock: Clock, now: number): number | null {
	if (clock.is === 'running') return clock.endsAt - now;
	return clock.is === 'paused' ? clock.left : null;
}
