/**
 * What is made is made once, however often it is asked for: of a form that is sent again because its answer was lost,
 * the second gets what the first got. A command's id does the same within a room.
 */
import type { Json } from '#lib/blocks/block.ts';
import type { CommandRow, Store } from './store.ts';

export interface Asking {
	person: string;
	/** What is to be made: the same id means another thing elsewhere. */
	type: string;
	/** The asker's own; null: whoever asks again wants another one. */
	id: string | null;
}

interface Making<T> {
	/** It was made, and this was noted. */
	again(result: Json): Promise<T>;
	/** Makes it. `note` is written together with it, or right after; nothing is noted of what was refused. */
	first(note: (result: Json) => CommandRow[]): Promise<T>;
}

/** What a form's questions are asked with. */
export interface AskedBefore {
	once: Once;
	/** Makes what was noted durable. */
	note(rows: CommandRow[]): Promise<unknown>;
}

/** Of no room, and kept as long as the commands of rooms. */
const ROOM = '';

export class Once {
	readonly #parts: { store: Pick<Store, 'command'>; now(): number };
	/** What is being made at this moment. */
	readonly #making = new Map<string, Promise<unknown>>();

	constructor(parts: { store: Pick<Store, 'command'>; now(): number }) {
		this.#parts = parts;
	}

	/** What was noted; undefined: it was not made, or too long ago. */
	async noted({ person, type, id }: Asking): Promise<Json | undefined> {
		return id === null ? undefined : (await this.#parts.store.command(ROOM, person, `${type} ${id}`))?.result;
	}

	make<T>(asking: Asking, making: Making<T>): Promise<T> {
		const { person, type, id } = asking;
		if (id === null) return making.first(() => []);
		const key = JSON.stringify([person, type, id]);
		const under = this.#making.get(key) as Promise<T> | undefined; // of this type, as `type` says what is made
		if (under) return under;
		const made = this.#made(asking, making).finally(() => this.#making.delete(key));
		this.#making.set(key, made);
		return made;
	}

	async #made<T>(asking: Asking, { again, first }: Making<T>): Promise<T> {
		const known = await this.noted(asking);
		if (known !== undefined) return again(known);
		const { person, type, id } = asking;
		const at = this.#parts.now();
		return first((result) => [{ room: ROOM, person, id: `${type} ${id}`, type, at, result }]);
	}
}
