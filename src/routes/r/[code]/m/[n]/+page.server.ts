import { error, redirect } from '@sveltejs/kit';
import { foundRoom } from '#lib/api/found-room.ts';
import { formatCard } from '#lib/api/pages.ts';
import { deletionsOf } from '#lib/room/deletions.ts';
import { m } from '#lib/paraglide/messages.js';
import { region } from '#lib/ui/region.ts';
import { readMinutes } from '#lib/record/read.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { app, person } = event.locals;
	const { params } = event;
	const room = await foundRoom(params.code, event);
	const { code, meeting: current, id } = room.world.row;
	const member = person && room.info(person.id).member;
	if (!member) redirect(303, `/r/${code}`);

	const meeting = /^[1-9]\d{0,5}$/.test(params.n) ? Number(params.n) : 0;
	if (meeting < 1 || meeting > current) error(404, m.pages_record_no_meeting());
	const wait = await app.reads.take(person.id, event.getClientAddress());
	if (wait > 0) error(429, m.pages_record_too_many({ wait }));
	const read = await readMinutes(app, room, member, meeting, region());
	if (!read) error(403, m.pages_record_outside());
	const { minutes, format } = read;
	return {
		person,
		room: id,
		minutes,
		deletions: (await deletionsOf(app, room, Date.now())).filter(
			(one) => one.meeting === null || one.meeting === meeting
		),
		card: formatCard(format),
		current,
		/** For the length of a phase that is still open. */
		now: Date.now(),
		meetings: (await app.store.meetings(id)).filter(({ started }) => started !== null)
	};
};
