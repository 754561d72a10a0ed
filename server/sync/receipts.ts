/**
 * How many of a connection's messages that carried updates are durable, in the order in which they came: a message
 * never counts before those that came earlier.
 */
export class Receipts {
	/** Per update that is being committed: for how many messages it stands. */
	readonly #waiting: number[] = [];
	#count = 0;

	get count(): number {
		return this.#count;
	}

	/** An update goes to the store. */
	expect(): void {
		this.#waiting.push(1);
	}

	/** The oldest that was expected is durable. */
	durable(): void {
		this.#count += this.#waiting.shift() ?? 0;
	}

	/** A message all of which is durable already, or being made so: true if it counts at once. */
	nothingNew(): boolean {
		const last = this.#waiting.length - 1;
		if (last < 0) this.#count++;
		else this.#waiting[last]!++;
		return last < 0;
	}
}
