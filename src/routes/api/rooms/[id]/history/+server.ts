import { json } from '@sveltejs/kit';
import { failed, tooFast, tooManyCodes, unauthenticated } from '#lib/api/answer.ts';
import { readHistory } from '#lib/record/read-history.ts';
import type { RequestHandler } from './$types';

/** The log of one meeting's documents, as far as this person may read them: what the record plays back. */
export const GET: RequestHandler = async ({ params, url, locals, getClientAddress }) => {
	const { app, person } = locals;
	if (!person) return unauthenticated();
	const address = getClientAddress();
	const { room, wait } = await app.find(person, params.id, address);
	if (wait > 0) return tooManyCodes(wait);
	const member = room?.info(person.id).member;
	if (!room || !member)
		return failed(404, { code: 'not_found', message: 'There is no such room, or you are not in it.' });
	const meeting = Number(url.searchParams.get('meeting'));
	const current = room.world.row.meeting;
	if (!Number.isInteger(meeting) || meeting < 1 || meeting > current) {
		const message = `meeting is a whole number from 1 to ${current}.`;
		return failed(422, { code: 'invalid', message, field: 'meeting' });
	}
	const busy = await app.reads.take(person.id, address);
	if (busy > 0) return tooFast(busy);
	return json(await readHistory(app, room, member, meeting), { headers: { 'cache-control': 'no-store' } });
};
