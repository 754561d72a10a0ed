import { json } from '@sveltejs/kit';
import { failed, shown, unauthenticated } from '#lib/api/answer.ts';
import type { RequestHandler } from './$types';

const missing = { code: 'not_found', message: 'There is no such room, or you are not in it.' };

export const GET: RequestHandler = async ({ params, locals, url }) => {
	if (!locals.person) return unauthenticated();
	const room = await locals.app.rooms.get(params.id);
	const info = room?.info(locals.person.id);
	if (!info?.member && !info?.waiting) return failed(404, missing);
	return json(shown(info, url.origin));
};

export const DELETE: RequestHandler = async ({ params, locals }) => {
	if (!locals.person) return unauthenticated();
	const gone = await locals.app.rooms.remove(locals.person, params.id);
	if (!gone.ok) return failed(gone.status, gone.refusal);
	return new Response(null, { status: 204 });
};
