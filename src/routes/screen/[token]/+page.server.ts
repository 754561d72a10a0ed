import { error } from '@sveltejs/kit';
import { formatFor } from '#lib/formats/sent.ts';
import { m } from '#lib/paraglide/messages.js';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals: { app }, url, depends }) => {
	depends('screen:meeting');
	const room = await app.rooms.findByScreen(params.token);
	if (!room) error(404, m.pages_screen_gone());
	const { row, format } = room.world;
	return {
		token: params.token,
		room: { id: row.id, title: row.title, code: row.code },
		meeting: row.meeting,
		format: formatFor(format, null),
		host: url.host,
		origin: url.origin
	};
};
