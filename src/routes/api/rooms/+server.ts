import { json } from '@sveltejs/kit';
import { body, failed, noJson, shown, unauthenticated } from '#lib/api/answer.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ request, locals, url }) => {
	if (!locals.person) return unauthenticated();
	const input = await body(request);
	if (!input) return noJson();
	const made = await locals.app.open(locals.person, input);
	if (!made.ok) return failed(made.status, made.refusal);
	return json(shown(made.value, url.origin), { status: 201 });
};
