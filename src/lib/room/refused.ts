/**
 * The server says in English, and precisely, why it refused. In another language its code says it more generally; a
 * gate's reason is the format's own, in every language that the format has.
 */
import type { Format } from '#lib/formats/format.ts';
import { m } from '#lib/paraglide/messages.js';
import { textIn } from './text.ts';

const words: Readonly<Record<string, () => string>> = {
	passed: m.refused_passed,
	not_open: m.refused_not_open,
	forbidden: m.refused_forbidden,
	not_member: m.refused_not_member,
	archived: m.refused_archived,
	unsaved: m.refused_unsaved,
	internal: m.refused_internal,
	too_fast: m.refused_too_fast,
	offline: m.refused_offline,
	unauthenticated: m.refused_unauthenticated,
	invalid: m.refused_invalid,
	gone: m.refused_gone,
	not_yours: m.refused_not_yours,
	revealed: m.refused_revealed,
	closed: m.refused_closed,
	full: m.refused_full,
	fixed: m.refused_fixed,
	last: m.refused_last,
	owner: m.refused_owner,
	role_full: m.refused_role_full,
	not_begun: m.refused_not_begun,
	begun: m.refused_begun,
	ended: m.refused_ended,
	here: m.refused_here,
	no_phase: m.refused_no_phase,
	too_few: m.refused_too_few,
	no_question: m.refused_no_question,
	too_long: m.refused_too_long,
	not_yet: m.refused_not_yet,
	removed: m.refused_removed,
	spent: m.refused_spent,
	past: m.refused_past,
	no_date: m.refused_no_date
};

export function refusedIn(format: Format, error: { code: string; message: string }): string {
	if (error.code === 'gate') {
		const gates = format.phases.flatMap(({ gate }) => gate ?? []);
		const gate = gates.find(({ because }) => because.en === error.message);
		if (gate) return textIn(gate.because);
	}
	return Object.hasOwn(words, error.code) ? words[error.code]!() : error.message;
}
