import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import type { Room } from '../../../server/rooms/room.ts';

/** The room of a page's address; wrong codes count against the visitor's address and end in an error page. */
export async function foundRoom(
	code: string,
	{ locals, getClientAddress }: { locals: App.Locals; getClientAddress(): string }
): Promise<Room> {
	const { room, wait } = await locals.app.find(locals.person, code, getClientAddress());
	if (wait > 0) error(429, m.pages_join_too_many());
	if (!room) error(404, m.pages_join_code_unknown());
	return room;
}
