import { failed, unauthenticated } from '#lib/api/answer.ts';
import { calendarAnswer } from '#lib/api/calendar.ts';
import type { RequestHandler } from './$types';

const missing = { code: 'not_found', message: 'There is no such date, or you are not in its room.' };

/** `<id>` or `<id>.ics`. */
export const GET: RequestHandler = async ({ params, url, locals }) => {
	const { app, person } = locals;
	if (!person) return unauthenticated();
	const room = await app.rooms.get(params.id);
	const found = room && app.calendar.one(room, person.id, params.date.replace(/\.ics$/, ''), url.origin);
	return found ? calendarAnswer(found.title, found.file) : failed(404, missing);
};
