import { error } from '@sveltejs/kit';
import type { Room } from '../../../server/rooms/room.ts';

export const UNKNOWN_CODE = 'There is no room with this code.';

/** The room of a page's address; wrong codes count against the visitor's address and end in an error page. */
export async function foundRoom(
	code: string,
	{ locals, getClientAddress }: { locals: App.Locals; getClientAddress(): string }
): Promise<Room> {
	const room = await locals.app.find(code, getClientAddress());
	if (room === 'too_fast')
		error(429, 'Too many wrong codes from your network. Wait a minute, then try again.');
	if (!room) error(404, UNKNOWN_CODE);
	return room;
}
