/** An entry of several fields while it is being written: kept on this device, so that neither a reload nor a cut loses it. */

type Fields = { [name: string]: string | boolean | number | null };

export class KeptEntry<Entry extends Fields> {
	readonly #draft: { value: string };
	#given: Entry;
	#entry = $state() as Entry;
	#onTheirWay = 0;
	/** As it stands now, for a form to bind to: what is written there is kept. */
	readonly now: Entry;

	/** `draft`: where it is kept, see `Handle.draft`. `given`: what it begins with. */
	constructor(draft: { value: string }, given: Entry) {
		this.#draft = draft;
		this.#given = given;
		this.#entry = { ...given, ...fieldsIn(draft.value, given) };
		this.now = this.#bound();
	}

	#bound(): Entry {
		const bound = {};
		for (const name of Object.keys(this.#given))
			Object.defineProperty(bound, name, {
				enumerable: true,
				get: () => this.#entry[name],
				set: (value: Entry[string]) => this.#set(name, value)
			});
		return bound as Entry; // it has each of the entry's fields
	}

	#set(name: keyof Entry, value: Entry[string]): void {
		// an input for numbers gives a number, or nothing, where the entry has words
		const worded = typeof this.#given[name] === 'string' ? String(value ?? '') : value;
		this.#entry[name] = worded as Entry[keyof Entry]; // what the field's own type let in
		this.#draft.value = JSON.stringify(this.#entry);
	}

	/** For a form: not what goes on being typed while it is on its way. */
	copy(): Entry {
		return $state.snapshot(this.#entry) as Entry;
	}

	/** `sent` has arrived: it begins anew, with what was typed meanwhile if anything was. */
	arrived(sent: Entry, next: Entry = this.#given): void {
		const more = Object.keys(sent).some((name) => sent[name] !== this.#entry[name]);
		if (!more) this.drop(next);
	}

	/** Sends a copy; see `arrived`. `next`: what it begins with once that was taken. */
	async send<A extends { ok: boolean }>(
		ask: (said: Entry) => Promise<A>,
		next?: (said: Entry) => Entry
	): Promise<A> {
		const said = this.copy();
		this.#onTheirWay++;
		try {
			const answer = await ask(said);
			if (answer.ok) this.arrived(said, next?.(said));
			return answer;
		} finally {
			this.#onTheirWay--;
		}
	}

	/** The form is left without sending: nothing is kept, but for what is on its way and may still be refused. */
	leave(then?: () => void): void {
		if (this.#onTheirWay === 0) this.drop();
		then?.();
	}

	drop(next: Entry = this.#given): void {
		this.#draft.value = '';
		this.#entry = { ...next };
	}
}

/** A number that is still open is null. */
const kindOf = (value: unknown): string => (value === null ? 'number' : typeof value);

/** Only fields that the form has, of the kind that it has them. */
function fieldsIn<Entry extends Fields>(draft: string, given: Entry): Partial<Entry> {
	try {
		const kept: unknown = JSON.parse(draft);
		if (typeof kept !== 'object' || kept === null) return {};
		return Object.fromEntries(
			Object.entries(kept).filter(([name, value]) => name in given && kindOf(value) === kindOf(given[name]))
		) as Partial<Entry>; // each was compared with the field it stands for
	} catch {
		return {};
	}
}
