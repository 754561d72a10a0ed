/** The room's clock, and what the server has to do by itself when its time has come. */
import type { Json } from '#lib/blocks/block.ts';
import type { Answer, Chance } from './batch.ts';
import { sceneOf, type World } from './world.ts';

/** Node runs a timer that is longer than this at once. */
const LONGEST_TIMER = 2 ** 31 - 1;
/** When to try again what was refused or could not be saved, in milliseconds. */
export const AGAIN = 2000;

export interface Due {
	/** Milliseconds since the epoch. */
	at: number;
	type: string;
	payload: Json;
}

/** What is due first of all blocks. */
export function nextDue(world: World): Due | null {
	let next: Due | null = null;
	for (const instance of world.instances.values()) {
		const due = instance.block.due?.(world.states.get(instance.name)!, sceneOf(world, instance));
		if (due && (next === null || due.at < next.at))
			next = { at: due.at, type: `${instance.name}.${due.verb}`, payload: due.payload };
	}
	return next;
}

interface TimetableParts {
	chance: Chance;
	/** Milliseconds by which the clock is put back at first: a demo begins long ago. */
	ago: number;
	world(): World;
	run(type: string, payload: Json): Promise<Answer>;
	failed(due: Due, answer: Answer): void;
}

export class Timetable {
	readonly #parts: TimetableParts;
	/** Milliseconds by which this room's clock is off; other than 0 only while a demo is being played. */
	#shift: number;
	#timer: NodeJS.Timeout | null = null;
	/** After a failure nothing is due before this. */
	#again = 0;
	/** What is due is being done, and is not due a second time meanwhile. */
	#doing = false;
	#closed = false;
	/** The server's, with this room's time. */
	readonly chance: Chance;

	constructor(parts: TimetableParts) {
		this.#parts = parts;
		this.#shift = -parts.ago;
		this.chance = { ...parts.chance, now: () => parts.chance.now() + this.#shift };
	}

	/** Nothing waits for its time. */
	get idle(): boolean {
		return this.#timer === null;
	}

	/** Sets the timer for what is due next; called whenever the world has changed. */
	arm(): void {
		if (this.#timer) clearTimeout(this.#timer);
		this.#timer = null;
		if (this.#doing || this.#closed) return;
		const next = nextDue(this.#parts.world());
		if (!next) return;
		const wait = Math.max(next.at, this.#again) - this.chance.now();
		this.#timer = setTimeout(() => this.#do(), Math.min(Math.max(0, wait), LONGEST_TIMER));
	}

	#do(): void {
		this.#timer = null;
		const due = nextDue(this.#parts.world());
		if (!due || due.at > this.chance.now()) return this.arm();
		this.#doing = true;
		void this.#parts.run(due.type, due.payload).then((answer) => {
			this.#doing = false;
			if (this.#closed) return;
			if (!answer.ok) {
				this.#parts.failed(due, answer);
				this.#again = this.chance.now() + AGAIN;
			}
			this.arm();
		});
	}

	/** Lets `ms` go by at once, in a demo; what the server has to do in between is done in its time. */
	async pass(ms: number): Promise<void> {
		const target = this.#shift + ms;
		for (;;) {
			const due = nextDue(this.#parts.world());
			const shift = due === null ? Infinity : this.#shift + due.at - this.chance.now();
			if (due === null || shift > target) break;
			this.#shift = Math.max(this.#shift, shift);
			const answer = await this.#parts.run(due.type, due.payload);
			if (!answer.ok) throw new Error(`${due.type} was refused: ${answer.error.message}`);
		}
		this.#shift = target;
		this.arm();
	}

	close(): void {
		this.#closed = true;
		if (this.#timer) clearTimeout(this.#timer);
	}
}
