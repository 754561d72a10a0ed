/** Where large updates are read and cut: in a thread, where they hold up nobody. */
import { cut, type Cut } from './cut.ts';
import type { defaultLimits } from './limits.ts';
import { createThread } from './thread.ts';

export interface Cutter {
	cut(update: Uint8Array): Promise<Cut>;
	/** Gives up what is under way. */
	close(): Promise<void>;
}

export const cutHere = (limits: typeof defaultLimits): Cutter => ({
	cut: async (update) => cut(update, limits),
	close: async () => {}
});

/** With the limits that are the default. */
export function createCutter(): Cutter {
	const thread = createThread<Cut>(new URL('./cutter-thread.ts', import.meta.url), {
		failed: 'An update was not read.',
		late: 'An update was not read in time.',
		patience: 30_000
	});
	return {
		// a copy, for it moves to the thread
		cut: (update) => thread.ask(new Uint8Array(update)),
		close: () => thread.close()
	};
}
