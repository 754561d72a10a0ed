/** A refusal of an entry in the reader's language; what has no translation stays as the server said it. */
import { m } from '#lib/paraglide/messages.js';
import type { Failure } from './refusal.ts';

const WORDS: Readonly<Record<string, () => string>> = {
	required: m.form_error_required,
	empty: m.form_error_empty,
	too_long: m.form_error_too_long,
	no_choice: m.form_error_no_choice,
	off_scale: m.form_error_no_choice,
	no_date: m.form_error_no_date,
	revealed: m.form_error_revealed,
	closed: m.form_error_closed,
	enough: m.form_error_enough,
	cap: m.form_error_enough
};

/** As an answer that a form shows (`Sending`). */
export function inWords(error: Failure): { ok: false; error: Failure } {
	return { ok: false, error: { ...error, message: WORDS[error.code]?.() ?? error.message } };
}
