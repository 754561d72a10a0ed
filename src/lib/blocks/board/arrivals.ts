/** Gathers what others add, so that a screen reader hears of it once in a while and not at every note. */
import type { Note } from './model.ts';

const PAUSE = 4000;
/** Somebody who puts a note on the board writes in it right away: say it with its words. */
const SETTLE = 1500;

export function arrivals(tell: (notes: readonly Note[]) => void) {
	let waiting: Note[] = [];
	let timer: ReturnType<typeof setTimeout> | null = null;
	let told = -PAUSE;

	function flush() {
		timer = null;
		told = performance.now();
		const notes = waiting;
		waiting = [];
		tell(notes);
	}

	return {
		take(notes: readonly Note[]) {
			waiting.push(...notes);
			timer ??= setTimeout(flush, Math.max(SETTLE, told + PAUSE - performance.now()));
		},
		stop() {
			if (timer) clearTimeout(timer);
		}
	};
}
