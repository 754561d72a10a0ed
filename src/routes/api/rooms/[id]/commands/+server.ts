import { json } from '@sveltejs/kit';
import { body, failed, noJson, statusOf, tooFast, unauthenticated } from '#lib/api/answer.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ params, request, locals }) => {
	if (!locals.person) return unauthenticated();
	const input = await body(request);
	if (!input) return noJson();
	const { id = crypto.randomUUID(), type, payload = {} } = input;
	if (typeof id !== 'string' || id.length === 0 || id.length > 64)
		return failed(422, { code: 'invalid', message: 'id is a text of at most 64 characters.', field: 'id' });
	if (typeof type !== 'string' || !/^[a-zA-Z]+\.[a-zA-Z]+$/.test(type))
		return failed(422, { code: 'invalid', message: 'type is like "agenda.advance".', field: 'type' });
	const wait = await locals.app.commands.take(locals.person.id);
	if (wait > 0) return tooFast(wait);
	const answer = await locals.app.rooms.command(locals.person, params.id, { id, type, payload });
	return answer.ok ? json(answer) : failed(statusOf(answer.error.code), answer.error);
};
