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
		if (this.left < 1) return false;
		this.charge(cost);
		return true;
	}

	/** For what turned out to cost more than was taken. */
	charge(cost: number): void {
		if (this.#rate !== Infinity) this.#tokens = this.left - cost;
	}

	/** Less than nothing where something is still to be paid off. */
	get left(): number {
		// without this, Infinity minus Infinity would make it not a number
		if (this.#rate === Infinity) return Infinity;
		const now = this.#clock.now();
		const passed = Math.max(0, now - this.#at);
		this.#at = now;
		this.#tokens = Math.min(this.#burst, this.#tokens + (passed / 1000) * this.#rate);
		return this.#tokens;
	}

	/** Milliseconds until there is one. */
	get wait(): number {
		const { left } = this;
		return left >= 1 ? 0 : Math.ceil(((1 - left) / this.#rate) * 1000);
	}

	/** Nothing was taken lately. */
	get isFull(): boolean {
		return this.left >= this.#burst;
	}
}
