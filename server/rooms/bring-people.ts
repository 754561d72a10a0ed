/** Brings people of the directory into a room, without a code, for whoever may let people in. */
import { refuse } from '#lib/blocks/block.ts';
import { whyOf, type Why } from '#lib/blocks/refusal.ts';
import { may } from '#lib/formats/permissions.ts';
import { forbidden, type Found } from './found.ts';
import type { Directory, Room } from './room.ts';
import { memberOf, nowOf } from './world.ts';

export interface Brought {
	/** How many are in now. */
	count: number;
	/** Who is not, and why. */
	refused: { name: string; why: Why }[];
}

export async function bringPeople(
	room: Room,
	by: string,
	people: readonly string[],
	role: string,
	directory: Directory
): Promise<Found<Brought>> {
	const { world } = room;
	const member = memberOf(world, by);
	if (!member || !may(world.format, nowOf(world)?.phase ?? null, member.role, 'roster.admit'))
		return forbidden(refuse('forbidden', 'Whoever runs the room lets people in.'));
	const answers = await Promise.all(
		people.map(async (id) => {
			const person = directory.person(id);
			if (!person?.account) return { name: '', why: whyOf(refuse('unknown', 'There is no such account.')) };
			const { name, account } = person;
			const team = directory.profile(id)?.team ?? null;
			const entry = { id, name, account, role, team, owner: false, admitted: true };
			const answer = await room.run('roster.enter', entry);
			return answer.ok ? null : { name, why: whyOf(answer.error) };
		})
	);
	const refused = answers.filter((answer) => answer !== null);
	return { ok: true, value: { count: people.length - refused.length, refused } };
}
