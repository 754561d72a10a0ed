import { systemClock, type Clock } from './clock.ts';
import { silent, type Log } from './log.ts';
import type { Observer } from './observer.ts';
import { Unavailable, type Logged, type Store, type Unit } from './store.ts';

/** The queue is full: the store is slower than what comes in. Nothing of the unit was written; try again later. */
export class Overloaded extends Error {
	override readonly name = 'Overloaded';
	constructor(pending: number) {
		super(`${pending} bytes wait to be saved. Nothing was written; try again in a moment.`);
	}
}

interface CommitterOptions {
	clock?: Clock;
	log?: Log;
	observer?: Pick<Observer, 'flushed'>;
	/**
	 * Milliseconds; all units that come in during one, from the first on, are written together. Under load it grows to
	 * twice that.
	 */
	tick?: number;
	/** Bytes that may wait at most. */
	limit?: number;
}

/** So many times what a flush costs is waited until the next, so that most of the time is left for other things. */
const BREATH = 6;

interface Waiting {
	unit: Unit;
	size: number;
	/** When it came in. */
	at: number;
	resolve: (seqs: number[]) => void;
	reject: (error: unknown) => void;
}

/**
 * The one place where anything becomes durable. Units queue up; the first after a quiet moment is written at once.
 * Otherwise a tick begins with the first that comes, so that nobody waits longer than one, and what comes in during it
 * goes into one transaction at its end. Listeners hear of entries only once they are durable, in the order of the log,
 * and before those who committed them go on.
 */
export class Committer {
	readonly #store: Pick<Store, 'commit'>;
	readonly #clock: Clock;
	readonly #log: Log;
	readonly #observer: Pick<Observer, 'flushed'>;
	readonly #tick: number;
	readonly #limit: number;
	readonly #listeners = new Set<(entries: Logged[]) => void>();
	#queue: Waiting[] = [];
	#pending = 0;
	#waiting = 0;
	#refused = 0;
	#lastFlush = -Infinity;
	/** When what the last flush wrote had been shown. */
	#shown = -Infinity;
	/** How long whoever comes first may wait, and for how long after the beginning of a flush it is not quiet, ms. */
	#pace: number;
	#flushing: Promise<void> | null = null;
	#callOff: (() => void) | null = null;

	constructor(store: Pick<Store, 'commit'>, options: CommitterOptions = {}) {
		this.#store = store;
		this.#clock = options.clock ?? systemClock;
		this.#log = options.log ?? silent;
		this.#observer = options.observer ?? {};
		// twice that and what a flush to hundreds costs stay below 40 ms, which nobody feels
		this.#tick = options.tick ?? 15;
		this.#pace = this.#tick;
		this.#limit = options.limit ?? 64 * 1024 * 1024;
	}

	/** Bytes that wait or are being written. */
	get pending(): number {
		return this.#pending;
	}

	/** Units that wait or are being written. */
	get waiting(): number {
		return this.#waiting;
	}

	/** Units that the store did not take, since the start. */
	get refused(): number {
		return this.#refused;
	}

	/** Resolves once the unit is durable and its entries were shown, with their seqs. Rejects if nothing was written. */
	commit(unit: Unit): Promise<number[]> {
		const size = sizeOf(unit);
		// a unit larger than the limit would otherwise never be written
		if (this.#pending > 0 && this.#pending + size > this.#limit) {
			return Promise.reject(new Overloaded(this.#pending));
		}
		this.#pending += size;
		this.#waiting++;
		const { promise, resolve, reject } = Promise.withResolvers<number[]>();
		this.#queue.push({ unit, size, at: this.#clock.now(), resolve, reject });
		this.#schedule();
		return promise;
	}

	/** Calls `listener` with what became durable; returns a function that ends that. */
	onCommitted(listener: (entries: Logged[]) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/**
	 * Resolves once everything that waits now is written or refused: false if the store refused any of it. Does not
	 * wait for the tick.
	 */
	async drain(): Promise<boolean> {
		const before = this.#refused;
		// one flush may be under way; the next takes all that waits now
		if (this.#flushing !== null) await this.#flushing;
		if (this.#flushing === null && this.#queue.length > 0) this.#start();
		if (this.#flushing !== null) await this.#flushing;
		return this.#refused === before;
	}

	#schedule(): void {
		if (this.#flushing !== null || this.#callOff !== null || this.#queue.length === 0) return;
		const { at } = this.#queue[0]!;
		// what is read right after a flush may have come at its beginning: nobody reads while it is being shown
		const first = at <= this.#shown + 1 ? this.#lastFlush : at;
		const wait = first + this.#pace - this.#clock.now();
		const quiet = at - this.#lastFlush >= this.#pace;
		// a clock that was set back must not stop the log
		if (quiet || wait <= 0 || wait > this.#pace) this.#start();
		else this.#callOff = this.#clock.after(wait, () => this.#start());
	}

	#start(): void {
		this.#callOff?.();
		this.#callOff = null;
		this.#lastFlush = this.#clock.now();
		const group = this.#queue;
		this.#queue = [];
		this.#flushing = this.#write(group).finally(() => {
			this.#flushing = null;
			// saving and showing to a thousand readers takes longer than to ten: then more goes out at once
			this.#shown = this.#clock.now();
			const cost = this.#shown - this.#lastFlush;
			this.#pace = Math.min(2 * this.#tick, Math.max(this.#tick, BREATH * cost));
			this.#schedule();
		});
	}

	async #write(group: Waiting[]): Promise<void> {
		try {
			await this.#writeTogether(group);
		} catch (error) {
			// a store that is locked or full lets each wait for its turn to fail, and the whole process with it
			if (group.length === 1 || error instanceof Unavailable) return this.#refuse(group, error);
			// one of them may be at fault: each alone, in order, so that it fails alone
			for (const waiting of group) {
				try {
					await this.#writeTogether([waiting]);
				} catch (error) {
					this.#refuse([waiting], error);
				}
			}
		}
	}

	/** Throws if the store refused; whatever happens after the commit does not. */
	async #writeTogether(group: Waiting[]): Promise<void> {
		const seqs = await this.#store.commit(group.map(({ unit }) => unit));
		const durable = this.#clock.now();
		this.#announce(group, seqs);
		this.#observer.flushed?.(
			group.map(({ at }) => at),
			durable,
			this.#clock.now()
		);
		this.#waiting -= group.length;
		for (const [i, { size, resolve }] of group.entries()) {
			this.#pending -= size;
			resolve(seqs[i] ?? []);
		}
	}

	#announce(group: Waiting[], seqs: number[][]): void {
		const entries = group.flatMap(({ unit }, i) =>
			(unit.entries ?? []).map((entry, j): Logged => ({ ...entry, seq: seqs[i]![j]! }))
		);
		if (entries.length === 0) return;
		for (const listener of this.#listeners) {
			try {
				listener(entries);
			} catch (error) {
				this.#log.error({ err: error }, 'a listener failed on committed entries');
			}
		}
	}

	#refuse(group: Waiting[], error: unknown): void {
		for (const { size, reject } of group) {
			this.#refused++;
			this.#waiting--;
			this.#pending -= size;
			reject(error);
		}
	}
}

/** Roughly what it holds in memory: rows count as a constant. */
function sizeOf(unit: Unit): number {
	const rows = (unit.state?.length ?? 0) + (unit.ledger?.length ?? 0) + (unit.commands?.length ?? 0);
	let size = 256 + 256 * rows;
	for (const { update } of unit.entries ?? []) size += update.byteLength;
	return size;
}
