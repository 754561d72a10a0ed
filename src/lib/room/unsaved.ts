/**
 * Which of this device's changes to a document are durable: what the server has acknowledged, and nothing else. Told
 * what is changed here, what goes out over the present connection, and how many of its messages were acknowledged.
 */
export class Unsaved {
	/** Changes are counted from 1; how many there were, and up to which they are durable. */
	#made: number;
	#durable = 0;
	/** For each message of this connection that is not acknowledged yet: up to which change it makes all durable. */
	#out: number[] = [];
	#acknowledged = 0;
	/** The server's question for what it lacks was answered; until then messages stand on others that it may lack. */
	#answered = false;

	/** `before`: changes that an earlier page has left on this device. */
	constructor(before = 0) {
		this.#made = before;
	}

	get count(): number {
		return this.#made - this.#durable;
	}

	/** Something was changed here. */
	made(): void {
		this.#made++;
	}

	/** The server lacks something that nobody counted. */
	lacking(): void {
		if (this.count === 0) this.#made++;
	}

	/** A connection begins, on which nothing was sent yet. */
	opened(): void {
		this.#out = [];
		this.#acknowledged = 0;
		this.#answered = false;
	}

	/** A change went out, alone. */
	sent(): void {
		this.#out.push(this.#answered ? this.#made : this.#durable);
	}

	/** Everything that the server lacks went out. */
	answered(): void {
		this.#answered = true;
		this.#out.push(this.#made);
	}

	/** The first `count` messages of this connection are durable. */
	acknowledged(count: number): void {
		for (; this.#acknowledged < count && this.#out.length > 0; this.#acknowledged++)
			this.#durable = Math.max(this.#durable, this.#out.shift()!);
	}
}
