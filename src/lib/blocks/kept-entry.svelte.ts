/** An entry of several fields while it is being written: kept on this device, so that neither a reload nor a cut loses it. */

/** Null is a number that is not chosen yet. */
type Fields = { [name: string]: string | boolean | number | null };

export class KeptEntry<Entry extends Fields> {
	readonly #draft: { value: string };
	#given: Entry;
	#entry = $state() as Entry;
	#onTheirWay = 0;

	/** `draft`: where it is kept, see `Handle.draft`. `given`: what it begins with. */
	constructor(draft: { value: string }, given: Entry) {
		this.#draft = draft;
		this.#given = given;
		this.#entry = { ...given, ...fieldsIn(draft.value, given) };
	}

	/** As it stands now; reactive. */
	get now(): Readonly<Entry> {
		return this.#entry;
	}

	set<Name extends keyof Entry>(name: Name, value: Entry[Name]): void {
		this.#entry[name] = value;
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
	leave(): void {
		if (this.#onTheirWay === 0) this.drop();
	}

	drop(next: Entry = this.#given): void {
		this.#draft.value = '';
		this.#entry = { ...next };
	}
}

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

const kindOf = (value: unknown) => (value === null ? 'number' : typeof value);
