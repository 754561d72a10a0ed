import type { Phase } from './format.ts';

/** A phase of a meeting's thread, and how long it is drawn: in minutes, or 1 for all. */
interface Length {
	readonly phase: Phase;
	readonly length: number;
}

/** The phases of the meeting itself; where it is but one step of a longer way, all steps of that way. */
export function threadOf({ phases }: { phases: readonly Phase[] }): Length[] {
	const live = phases.filter(({ when }) => when === 'live');
	return live.length > 1
		? live.map((phase) => ({ phase, length: phase.minutes ?? 1 }))
		: phases.map((phase) => ({ phase, length: 1 }));
}
