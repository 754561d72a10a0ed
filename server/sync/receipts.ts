/**
 * A step 2 holds everything that its client has and the server lacked, so also what was refused before it. A piece is
 * of a message whose last part comes later, and only with that one counts.
 */
export type Receipt = 'update' | 'everything' | 'piece';

interface Waiting {
	is: Receipt | 'refused';
	durable: boolean;
}

/**
 * How many of a connection's messages that carried updates are durable, in the order in which they came: a message
 * never counts before those that came earlier, and none after one that was refused until everything was said again.
 */
export class Receipts {
	/** From the oldest that is not counted yet. */
	readonly #waiting: Waiting[] = [];
	#count = 0;
	/** Messages since one that was refused, it included. */
	#stopped = 0;

	get count(): number {
		return this.#count;
	}

	/** An update goes to the store. */
	expect(is: Receipt): void {
		this.#waiting.push({ is, durable: false });
	}

	/** The oldest that was expected is durable. */
	durable(): void {
		const oldest = this.#waiting.find(({ is, durable }) => is !== 'refused' && !durable);
		if (oldest !== undefined) oldest.durable = true;
		this.#settle();
	}

	/** A message all of which is durable already, or being made so. */
	nothingNew(is: Receipt): void {
		this.#waiting.push({ is, durable: true });
		this.#settle();
	}

	/** Nothing of a message is kept, and its connection stays. */
	refused(): void {
		this.#waiting.push({ is: 'refused', durable: false });
		this.#settle();
	}

	#settle(): void {
		for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
			if (next.is !== 'refused' && !next.durable) return;
			this.#waiting.shift();
			if (next.is === 'piece') continue;
			if (next.is === 'refused' || (this.#stopped > 0 && next.is === 'update')) {
				this.#stopped++;
			} else {
				this.#count += this.#stopped + 1;
				this.#stopped = 0;
			}
		}
	}
}
