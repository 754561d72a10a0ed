/** Time comes in from outside, so that tests hold it. */
export interface Clock {
	/** Milliseconds since the epoch. */
	now(): number;
	/** Runs `task` once in `ms` milliseconds; the function returned calls it off. */
	after(ms: number, task: () => void): () => void;
}

export const systemClock: Clock = {
	now: Date.now,
	after(ms, task) {
		const timer = setTimeout(task, ms);
		return () => clearTimeout(timer);
	}
};
