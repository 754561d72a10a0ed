import type { Clock } from '../clock.ts';

/** A clock that stands still until a test moves it; timers run in order, on the way. */
export function fakeClock(start = 1_700_000_000_000): Clock & {
	advance(ms: number): void;
	set(now: number): void;
	/** Forgets all timers: whoever set them is no more. */
	clear(): void;
	/** Timers that wait. */
	readonly waiting: number;
} {
	let now = start;
	const timers = new Set<{ at: number; task: () => void }>();
	return {
		now: () => now,
		after(ms, task) {
			const timer = { at: now + ms, task };
			timers.add(timer);
			return () => timers.delete(timer);
		},
		advance(ms) {
			const end = now + ms;
			for (;;) {
				const [next] = [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
				if (next === undefined) break;
				timers.delete(next);
				now = Math.max(now, next.at);
				next.task();
			}
			now = end;
		},
		set(to) {
			now = to;
		},
		clear() {
			timers.clear();
		},
		get waiting() {
			return timers.size;
		}
	};
}
