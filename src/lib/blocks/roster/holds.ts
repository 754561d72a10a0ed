import type { Holds } from '../testing.ts';
import type { RoleFacts, RosterRecord, RosterState } from './model.ts';

export const holds: Holds<RosterState, RosterRecord> = (state, { record, scene }) => {
	const wrong: string[] = [];
	const { roles } = scene.settings as { roles: Record<string, RoleFacts> };
	const members = Object.values(state.members);
	if (members.filter(({ owner }) => owner).length !== 1) wrong.push('the room has not exactly one owner');
	const counts = new Map<string, number>();
	for (const { id, role } of members) {
		counts.set(role, (counts.get(role) ?? 0) + 1);
		if (!roles[role]) wrong.push(`${id} has the role ${role}, which there is not`);
		if (roles[role]?.crowd && record.members[id]) wrong.push(`${id} is one of a crowd and named`);
		if (roles[role]?.unseen && JSON.stringify(record).includes(JSON.stringify(id)))
			wrong.push(`${id} is unseen and stands in the record`);
		if (state.waiting[id]) wrong.push(`${id} waits at the door and is in`);
	}
	for (const [person, { role }] of Object.entries(state.offers)) {
		if (!state.members[person]) wrong.push(`${person} is offered a role and is not in`);
		if (!roles[role]?.offered) wrong.push(`${role} is offered, which nobody is asked to take`);
		if (state.members[person]?.role === role) wrong.push(`${person} is offered the role that they have`);
	}
	for (const id of Object.keys(state.said))
		if (!state.members[id]) wrong.push(`what the directory says of ${id} is kept, who is gone`);
	for (const id of Object.keys(state.standing))
		if (!state.members[id]) wrong.push(`${id} waits for lots and is gone`);
	const next = record.rotation.now?.person;
	if (next != null && !state.members[next]) wrong.push(`it is the turn of ${next}, who is gone`);
	for (const [role, { most, unseen }] of Object.entries(roles)) {
		const count = counts.get(role) ?? 0;
		if (most !== null && count > most) wrong.push(`${count} hold the role ${role} of ${most}`);
		if ((record.counts[role] ?? 0) !== (unseen ? 0 : count))
			wrong.push(`${count} hold ${role}, and ${record.counts[role]} are shown`);
	}
	return wrong;
};
