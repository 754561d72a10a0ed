import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import type { Person } from '../../../server/identity/person.ts';
import type { Outcome, Refused } from '../../../server/workspace/problem.ts';

/** Whoever has an account; others are led to sign in, and back. */
export function accountOf({ locals, url }: Pick<RequestEvent, 'locals' | 'url'>): Person {
	if (locals.person?.account) return locals.person;
	redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname + url.search)}`);
}

/** Whoever runs the workspace; to others it is closed. */
export function administratorOf(event: Pick<RequestEvent, 'locals' | 'url'>): Person {
	const person = accountOf(event);
	if (!person.administrator) error(403, m.workspace_admin_only());
	return person;
}

/** The value, or an error page. */
export function orError<T>(outcome: Outcome<T>): T {
	if (outcome.ok) return outcome.value;
	error(outcome.status, refusedWords(outcome));
}

export function refusedWords({ status, code }: Refused): string {
	if (code === 'last-administrator') return m.workspace_person_last();
	if (status === 404) return m.workspace_person_missing();
	return m.workspace_admin_only();
}
