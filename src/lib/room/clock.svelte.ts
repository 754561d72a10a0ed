/** The server's clock, as far as this device can know it. */
export class ServerClock {
	/** Milliseconds to add to this device's clock. */
	#offset = $state(0);
	#tick = $state(Date.now());
	#timer: ReturnType<typeof setInterval>;

	constructor() {
		this.#timer = setInterval(() => (this.#tick = Date.now()), 500);
	}

	/** Milliseconds since the epoch; reactive to the half second. */
	now(): number {
		return this.#tick + this.#offset;
	}

	/** This device's own clock; reactive to the half second. */
	here(): number {
		return this.#tick;
	}

	/** Asks `ask` (the server's time) a few times and believes the answer that took least. */
	async synchronise(ask: () => Promise<number>): Promise<void> {
		let best = Infinity;
		for (let i = 0; i < 4; i++) {
			const sent = Date.now();
			const theirs = await ask();
			const took = Date.now() - sent;
			if (took >= best) continue;
			best = took;
			this.#offset = theirs + took / 2 - Date.now();
		}
		this.#tick = Date.now();
	}

	stop(): void {
		clearInterval(this.#timer);
	}
}
