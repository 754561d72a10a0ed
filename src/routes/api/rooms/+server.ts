import { json } from '@sveltejs/kit';
import { body, noJson, notEntered, shown, unauthenticated } from '#lib/api/answer.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ request, locals, url, getClientAddress }) => {
	if (!locals.person) return unauthenticated();
	const input = await body(request);
	if (!input) return noJson();
	const made = await locals.app.open(locals.person, input, getClientAddress());
	if (!made.ok) return notEntered(made);
	return json(shown(made.value, url.origin), { status: 201 });
};
