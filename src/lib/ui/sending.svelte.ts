/** A form's way to ask for something: one question at a time, and what was refused beside the field to blame. */
import { focusInvalid } from './invalid.ts';

interface Problem {
	message: string;
	/** A path to what is to blame: 'text', 'entry.title', 'takeaways.0'. */
	field?: string;
}
type Refused = { ok: false; error: Problem };
type Answer = { ok: true } | Refused;
/** An answer that is asked for, or one that is known beforehand. */
type Asking<A extends Answer> = () => A | Refused | Promise<A | Refused>;
type Taken<A extends Answer> = Extract<A, { ok: true }>;

/** What is not even asked, because it is clear what is wrong. */
export const refused = (message: string): Refused => ({ ok: false, error: { message } });

export class Sending<Field extends string = string> {
	/** Something is on its way. */
	busy = $state(false);
	/** By field, in the reader's language. */
	errors = $state<Partial<Record<Field, string>>>({});
	readonly #fields: () => readonly Field[];

	/** `fields`: what can be to blame, the first of them where the answer names none of these. */
	constructor(fields: readonly Field[] | (() => readonly Field[]) = []) {
		this.#fields = typeof fields === 'function' ? fields : () => fields;
	}

	/** Of a form with one field. */
	get error(): string | null {
		return Object.values<string | undefined>(this.errors).find((one) => one !== undefined) ?? null;
	}

	/** What was taken; null if it was refused, or while something else is on its way. What was typed stays either way. */
	async send<A extends Answer>(ask: Asking<A>): Promise<Taken<A> | null> {
		if (this.busy) return null;
		this.busy = true;
		try {
			const answer = await ask();
			this.errors = answer.ok ? {} : this.#blamed(answer.error);
			return answer.ok ? (answer as Taken<A>) : null; // a union's branch, which a generic does not narrow to
		} finally {
			this.busy = false;
		}
	}

	/** For `onsubmit`: sends, and goes on with `taken`, or puts the focus where something has to be said otherwise. */
	on<A extends Answer>(ask: Asking<A>, taken?: (answer: Taken<A>) => void) {
		return async (event: SubmitEvent): Promise<void> => {
			event.preventDefault();
			const form = event.currentTarget;
			if (this.busy) return;
			const answer = await this.send(ask);
			if (answer) return taken?.(answer);
			await focusInvalid(form);
		};
	}

	/** The field is filled in otherwise: what was said of it holds no more. */
	forget(field: Field): void {
		delete this.errors[field];
	}

	#blamed({ message, field = '' }: Problem): Partial<Record<Field, string>> {
		const fields = this.#fields();
		const named = fields.find((one) => field.split('.').includes(one)) ?? fields[0];
		return named === undefined ? {} : ({ [named]: message } as Partial<Record<Field, string>>);
	}
}
