/** Where a meeting is: its phase, its clock, what is behind it. */
import type { Text } from '../block.ts';

export type AgendaPhase = {
	id: string;
	when: 'ahead' | 'live' | 'after';
	minutes: number | null;
	fixed: boolean;
	/** Facts that must hold before it opens, and what to say while they do not. */
	gates: { fact: string; is?: number | boolean | string; atLeast?: number; because: Text }[];
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

export type AgendaState = {
	now: { current?: Now };
	/** By run. */
	visits: Record<string, Visit>;
	/** Who has said "ready" in this run. */
	ready: Record<string, boolean>;
	/** The ready-check that is open: when it was asked. */
	check: { asked?: number };
};

export type AgendaRecord = {
	now: { current?: Now };
	visits: Record<string, Visit>;
	/** How many are ready, and of how many; only while a ready-check is open. */
	check: { count?: { ready: number; of: number; asked: number } };
};

/** Milliseconds left on a clock at `now`; negative when time is over; null without a clock. */
export function left(clock: Clock, now: number): number | null {
	if (clock.is === 'running') return clock.endsAt - now;
	return clock.is === 'paused' ? clock.left : null;
}
