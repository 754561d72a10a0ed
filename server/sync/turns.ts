/** Whose messages are taken when: SPEC.md, V6 and V9. */
import type { Clock } from '../storage/clock.ts';
import { Rate } from './rate.ts';

/**
 * How many milliseconds of a second are for taking messages, how many at once, and how many are made up for
 * afterwards. In the others what came is saved and shown, and everything else goes on that this process does.
 */
const SHARE = { each: 500, atOnce: 8, owed: 8 };

/** One socket, some messages of which wait. */
export interface Sender {
	/** What its person may make the server do. */
	readonly work: Rate;
	/** Takes the next, and asks to wait again if there are more. */
	next(): void;
}

/**
 * Messages are taken as they come, as long as little comes. Otherwise those wait for their turn whose persons have made
 * the least work lately; and who has made too much, until that is paid off.
 */
export class Turns {
	readonly #clock: Clock;
	readonly #share: Rate;
	readonly #ready = new Set<Sender>();
	/** Those who have made too much work, and how to call off that they are heard again. */
	readonly #later = new Map<Sender, () => void>();
	#callOff: (() => void) | null = null;

	constructor(clock: Clock) {
		this.#clock = clock;
		this.#share = new Rate(clock, SHARE.each, SHARE.atOnce);
	}

	/** Whether a message may be taken as it comes. */
	isFree(work: Rate): boolean {
		return this.#ready.size === 0 && this.#share.left >= 1 && work.left >= 1;
	}

	/** Takes a message. */
	spend(work: () => void): void {
		const begun = this.#clock.now();
		work();
		// a clock may be set back
		const took = Math.max(0, this.#clock.now() - begun);
		// whoever comes after one that took long waits no longer for that: they are the first
		this.#share.charge(Math.min(took, this.#share.left + SHARE.owed));
	}

	wait(sender: Sender): void {
		const { wait } = sender.work;
		if (wait === 0) {
			this.#ready.add(sender);
			this.#callOff ??= this.#clock.after(this.#share.wait, () => this.#turn());
			return;
		}
		const again = () => {
			this.#later.delete(sender);
			this.wait(sender);
		};
		this.#later.get(sender)?.();
		this.#later.set(sender, this.#clock.after(wait, again));
	}

	leave(sender: Sender): void {
		this.#ready.delete(sender);
		this.#later.get(sender)?.();
		this.#later.delete(sender);
		if (this.#ready.size > 0) return;
		this.#callOff?.();
		this.#callOff = null;
	}

	#turn(): void {
		this.#callOff = null;
		while (this.#ready.size > 0) {
			const line = this.#line();
			for (const [place, next] of line.entries()) {
				const isFirst = () => next.work.left >= (line[place + 1]?.work.left ?? -Infinity);
				do {
					const { wait } = this.#share;
					if (wait > 0) {
						this.#callOff ??= this.#clock.after(wait, () => this.#turn());
						return;
					}
					if (this.#ready.delete(next)) this.spend(() => next.next());
				} while (this.#ready.has(next) && isFirst());
			}
		}
	}

	/** One sender of each person, in the order in which they come. Made once for many: there may be thousands. */
	#line(): Sender[] {
		const first = new Map<Rate, Sender>();
		for (const sender of this.#ready) if (!first.has(sender.work)) first.set(sender.work, sender);
		return [...first]
			.map(([work, sender]) => ({ left: work.left, sender }))
			.sort((a, b) => b.left - a.left)
			.map(({ sender }) => sender);
	}
}
