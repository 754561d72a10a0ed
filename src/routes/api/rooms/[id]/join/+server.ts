import { json } from '@sveltejs/kit';
import { body, notEntered, shown, unauthenticated } from '#lib/api/answer.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ params, request, locals, url, getClientAddress }) => {
	if (!locals.person) return unauthenticated();
	const input = await body(request);
	const role = typeof input?.role === 'string' ? input.role : null;
	const result = await locals.app.enter(locals.person, params.id, role, getClientAddress());
	if (!result.ok) return notEntered(result);
	return json(shown(result.value, url.origin), { status: result.value.waiting ? 202 : 200 });
};
