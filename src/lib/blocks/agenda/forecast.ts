/** What an overrun costs: when the meeting ends if everything that is to come takes its time. */
import { left, type Now } from './model.ts';

interface Forecast {
	/** ms since the epoch. */
	ends: number;
	/** Minutes later than it would have, had every phase kept to its own; negative: earlier. */
	late: number;
}

const MINUTE = 60_000;

/** Null where nothing can be said: before the meeting, after it, or where a phase to come has no length. */
export function forecast(
	now: Now,
	phases: readonly { id: string; when: 'ahead' | 'live' | 'after'; minutes: number | null }[],
	at: number
): Forecast | null {
	const live = phases.filter(({ when }) => when === 'live');
	const index = live.findIndex(({ id }) => id === now.phase);
	const rest = left(now.clock, at);
	if (now.status !== 'live' || now.began === null || index === -1 || rest === null) return null;
	const lengths = live.map(({ minutes }) => minutes);
	if (lengths.includes(null)) return null;
	const sum = (some: (number | null)[]) => some.reduce<number>((total, one) => total + (one ?? 0), 0);
	const ends = at + Math.max(0, rest) + sum(lengths.slice(index + 1)) * MINUTE;
	return { ends, late: Math.round((ends - now.began) / MINUTE) - sum(lengths) };
}
