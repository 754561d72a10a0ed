import type { Clock } from '../storage/clock.ts';

/** A bucket of tokens that fills up by `rate` a second to at most `burst`. */
export class Rate {
	readonly #clock: Pick<Clock, 'now'>;
	readonly #rate: number;
	readonly #burst: number;
	#tokens: number;
	#at: number;

	constructor(clock: Pick<Clock, 'now'>, rate: number, burst: number) {
		this.#clock = clock;
		this.#rate = rate;
		this.#burst = burst;
		this.#tokens = burst;
		this.#at = clock.now();
	}

	/** False if there is none left. What costs more than is left is paid off before the next. */
	take(cost = 1): boolean {
		// without this, Infinity minus Infinity would make it not a number
		if (this.#rate === Infinity) return true;
		const now = this.#clock.now();
		const passed = Math.max(0, now - this.#at);
		this.#at = now;
		this.#tokens = Math.min(this.#burst, this.#tokens + (passed / 1000) * this.#rate);
		if (this.#tokens < 1) return false;
		this.#tokens -= cost;
		return true;
	}

	/** Nothing was taken lately. */
	get isFull(): boolean {
		return this.#tokens + ((this.#clock.now() - this.#at) / 1000) * this.#rate >= this.#burst;
	}

	/** For what turned out to cost more than was taken. */
	charge(cost: number): void {
		if (this.#rate !== Infinity) this.#tokens -= cost;
	}
}
