/** While a meeting is on, tells the block that the format names who is connected to its room, each once. */
import type { Json } from '#lib/blocks/block.ts';
import type { Answer } from './batch.ts';
import { nowOf, type World } from './world.ts';

interface RollCallParts {
	world(): World;
	run(type: string, payload: Json): Promise<Answer>;
	failed(answer: Answer): void;
}

export class RollCall {
	readonly #parts: RollCallParts;
	#meeting = 0;
	/** Those of this meeting who were told of; after a restart the block hears of them again. */
	readonly #told = new Set<string>();

	constructor(parts: RollCallParts) {
		this.#parts = parts;
	}

	/** `here`: the members who are connected now. */
	call(here: ReadonlySet<string>): void {
		const world = this.#parts.world();
		const type = world.format.present;
		if (type === undefined || world.row.state === 'archived' || nowOf(world)?.status !== 'live') return;
		const { meeting } = world.row;
		if (this.#meeting !== meeting) this.#told.clear();
		this.#meeting = meeting;
		const people = [...here].filter((person) => !this.#told.has(person));
		if (people.length === 0) return;
		for (const person of people) this.#told.add(person);
		void this.#parts.run(type, { meeting, people }).then((answer) => {
			if (answer.ok) return;
			// with whoever comes or goes next it is said again
			for (const person of people) this.#told.delete(person);
			this.#parts.failed(answer);
		});
	}
}
