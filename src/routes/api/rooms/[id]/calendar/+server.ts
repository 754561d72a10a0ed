import { failed, unauthenticated } from '#lib/api/answer.ts';
import { calendarAnswer } from '#lib/api/calendar.ts';
import type { RequestHandler } from './$types';

const missing = { code: 'not_found', message: 'There is no such room, or you are not in it.' };

/** All dates of the room that this person takes part in. */
export const GET: RequestHandler = async ({ params, url, locals }) => {
	const { app, person } = locals;
	if (!person) return unauthenticated();
	const room = await app.rooms.get(params.id);
	if (!room?.info(person.id).member) return failed(404, missing);
	return calendarAnswer(room.world.row.title, app.calendar.mine(room, person.id, url.origin));
};
