import { redirect } from '@sveltejs/kit';
import { foundRoom } from '#lib/api/found-room.ts';
import { formatFor } from '#lib/formats/sent.ts';
import { deletionsOf } from '#lib/room/deletions.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { params, locals } = event;
	const room = await foundRoom(params.code, event);
	const { row } = room.world;
	if (params.code !== row.code) redirect(307, `/r/${row.code}`);
	const info = locals.person && room.info(locals.person.id);
	// A page of its own, so that a listener's phone loads nothing of the door.
	if (!info?.member) redirect(303, `/r/${row.code}/join`);
	const snapshot = {
		meeting: row.meeting,
		record: room.published(info.member),
		own: room.own(info.member.id)
	};
	const format = formatFor(room.world.format, info.member.role);
	const stage = room.stage(info.member);
	const deletions = (await deletionsOf(locals.app, room, Date.now())).filter(({ soon }) => soon);
	return { info, format, stage, deletions, meetings: await locals.app.store.meetings(row.id), snapshot };
};
