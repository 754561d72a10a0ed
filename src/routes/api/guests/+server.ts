import { json } from '@sveltejs/kit';
import { visitOf } from '#lib/identity/visit.ts';
import { attempt } from '#lib/identity/attempt.ts';
import { setCookies } from '#lib/identity/set-cookies.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
	const body: unknown = await event.request.json().catch(() => null);
	const name = typeof body === 'object' && body !== null && 'name' in body ? body.name : undefined;
	const made = await attempt(() => event.locals.app.identity.guest(name, visitOf(event)));
	if (!made.ok) {
		const { code, message, field, status, wait } = made.problem;
		const headers = wait === null ? undefined : { 'retry-after': String(wait) };
		return json({ ok: false, error: { code, message, ...(field && { field }) } }, { status, headers });
	}
	const { token, person, setCookie } = made.value;
	setCookies(event.cookies, setCookie);
	return json({ token, person: { id: person.id, name: person.name } }, { status: 201 });
};
