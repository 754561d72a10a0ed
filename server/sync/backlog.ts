/** What has come and was not taken yet: all of it is in memory, so there is only so much: SPEC.md, V11. */
import { CLOSE, type CloseCode } from './close.ts';
import type { Limits } from './limits.ts';

interface Holder {
	readonly payer: string;
	close(code: CloseCode): void;
}

export class Backlog {
	readonly #limits: Pick<Limits, 'backlogOfPerson' | 'backlog'>;
	readonly #bytes = new Map<Holder, number>();
	readonly #people = new Map<string, number>();
	#all = 0;

	constructor(limits: Pick<Limits, 'backlogOfPerson' | 'backlog'>) {
		this.#limits = limits;
	}

	/** So many bytes of this connection wait now. Where that is too much somebody is closed: it may be another one. */
	set(holder: Holder, bytes: number): void {
		const change = bytes - (this.#bytes.get(holder) ?? 0);
		if (change === 0) return;
		note(this.#bytes, holder, bytes);
		const { payer } = holder;
		const theirs = (this.#people.get(payer) ?? 0) + change;
		note(this.#people, payer, theirs);
		this.#all += change;
		if (change < 0) return;
		if (theirs > this.#limits.backlogOfPerson) return holder.close(CLOSE.overloaded);
		if (this.#all > this.#limits.backlog) this.#heaviest()?.close(CLOSE.overloaded);
	}

	/** Of the person of whom most waits, the connection of which most does. */
	#heaviest(): Holder | undefined {
		const payer = mostIn(this.#people);
		return mostIn(new Map([...this.#bytes].filter(([holder]) => holder.payer === payer)));
	}
}

function note<Key>(counts: Map<Key, number>, key: Key, count: number): void {
	if (count > 0) counts.set(key, count);
	else counts.delete(key);
}

function mostIn<Key>(counts: ReadonlyMap<Key, number>): Key | undefined {
	let most: [Key, number] | undefined;
	for (const one of counts) if (most === undefined || one[1] > most[1]) most = one;
	return most?.[0];
}
