import { m } from '#lib/paraglide/messages.js';
import type { Problem } from './attempt.ts';

/** What went wrong and what to do, in the reader's language. */
export function wordsOf(problem: Problem): string {
	switch (problem.code) {
		case 'name-invalid':
			return m.account_problem_name();
		case 'email-invalid':
			return m.account_problem_email();
		case 'email-taken':
			return m.account_problem_taken();
		case 'password-short':
			return m.account_problem_short();
		case 'password-long':
			return m.account_problem_long();
		case 'wrong-password':
			return m.account_problem_wrong();
		case 'too-many':
			return m.account_problem_many({ minutes: Math.max(1, Math.ceil((problem.wait ?? 60) / 60)) });
		case 'account-ready':
			return m.account_problem_ready();
		case 'invited-only':
			return m.account_problem_invited();
		case 'unavailable':
			return m.account_problem_unavailable();
		case 'failed':
			return m.account_problem_failed();
	}
}

/** The words for one field of the form, or null. */
export function wordsFor(
	field: NonNullable<Problem['field']>,
	problem: Problem | null | undefined
): string | null {
	return problem?.field === field ? wordsOf(problem) : null;
}
