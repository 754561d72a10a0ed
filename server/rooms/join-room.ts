/** Lets a person into a room, or says at the door why not. */
import { refuse } from '#lib/blocks/block.ts';
import type { Person } from '../identity/person.ts';
import { forbidden, type Found } from './found.ts';
import type { Room, RoomInfo } from './room.ts';
import { memberOf } from './world.ts';

/** `wanted`: the role that the person chose; null: what the format gives to those who join. `team`: of the directory. */
export async function joinRoom(
	room: Room,
	person: Person,
	wanted: string | null,
	team: string | null
): Promise<Found<RoomInfo>> {
	const { world } = room;
	const known = memberOf(world, person.id);
	if (!known) {
		if (world.row.state === 'archived')
			return forbidden(refuse('archived', 'This room is archived. Ask its owner to bring it back.'));
		if (world.row.state === 'locked')
			return forbidden(refuse('locked', 'This room is locked. Ask the host to open it, then try again.'));
		if (world.settings.joining === 'accounts' && !person.account)
			return forbidden(
				refuse('accounts_only', 'This room is for people with an account. Sign in, then join again.')
			);
		if (wanted !== null && !world.format.roles[wanted]?.open)
			return forbidden(
				refuse('role_not_open', 'The host gives this role. Join without choosing it.', 'role')
			);
	}
	if (known && known.name === person.name && known.account === person.account)
		return { ok: true, value: room.info(person.id) };
	const answer = await room.run('roster.enter', {
		id: person.id,
		name: person.name,
		account: person.account,
		role: known?.role ?? wanted ?? world.format.guest,
		owner: false,
		team,
		admitted: world.settings.joining !== 'approval'
	});
	if (!answer.ok) return forbidden({ refused: true, ...answer.error });
	return { ok: true, value: room.info(person.id) };
}
