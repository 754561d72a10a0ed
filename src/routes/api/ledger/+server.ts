/** What of one kind this person has put down, in all their rooms: for what is taken along into another. */
import { json } from '@sveltejs/kit';
import { unauthenticated } from '#lib/api/answer.ts';
import type { RequestHandler } from './$types';

const MOST = 200;

export const GET: RequestHandler = async ({ locals: { app, person }, url }) => {
	if (!person) return unauthenticated();
	const kind = url.searchParams.get('kind');
	const rows = (await app.store.ledgerOf(person.id)).filter((row) => row.kind === kind).slice(0, MOST);
	const rooms = await Promise.all([...new Set(rows.map(({ room }) => room))].map((id) => app.store.room(id)));
	const known = new Map(
		rooms.flatMap((room) => (room && !room.demo ? [[room.id, room.title] as const] : []))
	);
	return json({
		rows: rows.flatMap(({ id, room, instance, kind, state, text, data, updated }) =>
			known.has(room)
				? [{ id, room: { id: room, title: known.get(room) }, instance, kind, state, text, data, updated }]
				: []
		)
	});
};
