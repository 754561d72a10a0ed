import { unauthenticated } from '#lib/api/answer.ts';
import type { RequestHandler } from './$types';

/** All that there are were seen. */
export const POST: RequestHandler = async ({ locals: { app, person } }) => {
	if (!person) return unauthenticated();
	await app.store.reminders.see(person.id, Date.now());
	return new Response(null, { status: 204 });
};
