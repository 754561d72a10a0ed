/** A phase as a stitch of the thread. `gone`: how much of the running phase is over, 0 to 1. */
export interface Stitch {
	readonly label: string;
	readonly minutes: number;
	readonly state: 'done' | 'now' | 'next';
	readonly gone?: number;
}

/** Stitches of the same state for a format's card (`done`) or an empty state (`next`). */
export function plainThread(minutes: readonly number[], state: 'done' | 'next'): Stitch[] {
	return minutes.map((length) => ({ label: '', minutes: length, state }));
}
