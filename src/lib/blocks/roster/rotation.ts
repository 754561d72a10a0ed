/** A role that goes round: who has had it, whose turn it is, and how it is handed on. */
import * as v from 'valibot';
import { command, refuse, type Member } from '../block.ts';
import type { Rotation, RosterState } from './model.ts';
import { person, setRole } from './seats.ts';
import type { Ctx, Settings } from './settings.ts';

/** Whoever had it least often, then whoever had it longest ago, then whoever came first; null: there is nobody. */
export function rotationOf(state: RosterState, { rotation }: Settings): Rotation | null {
	if (!rotation) return null;
	const { role, among } = rotation;
	const times = ({ id }: Member) => state.turns[id]?.times ?? 0;
	const last = ({ id }: Member) => state.turns[id]?.meeting ?? 0;
	// Of two alike the one who has been given it already.
	const holds = (member: Member) => (member.role === role ? 0 : 1);
	const [next] = Object.values(state.members)
		.filter((member) => member.role === role || among.includes(member.role))
		.sort((a, b) => times(a) - times(b) || last(a) - last(b) || holds(a) - holds(b) || a.joined - b.joined);
	return { role, person: next?.id ?? null, turns: (next && state.turns[next.id]) ?? null };
}

export const rotationCommands = {
	/** Run by a step or wire of the format: whoever holds the role has had their turn. Once a meeting and person. */
	served: command(v.object({}), (state: RosterState, _, ctx: Ctx) => {
		for (const { id, role } of Object.values(state.members)) {
			if (role !== ctx.settings.rotation?.role || state.turns[id]?.meeting === ctx.meeting) continue;
			state.turns[id] = { times: (state.turns[id]?.times ?? 0) + 1, meeting: ctx.meeting };
		}
	}),
	/** Hands the role on, whoever has it now. What follows in the meeting the format wires to `rotated`. */
	next: command(v.object({ person }), (state: RosterState, { person }, ctx: Ctx) => {
		const { rotation } = ctx.settings;
		if (!rotation) return refuse('no_rotation', 'In this format no role goes round.');
		const member = state.members[person];
		if (!member) return refuse('gone', 'This person is not in the room.', 'person');
		if (member.role === rotation.role)
			return refuse('already', 'This person has that role already.', 'person');
		if (!rotation.among.includes(member.role))
			return refuse('not_among', 'This role goes round among others: choose somebody else.', 'person');
		for (const holder of Object.values(state.members))
			if (holder.role === rotation.role) setRole(state, holder, rotation.among[0]!, ctx);
		setRole(state, member, rotation.role, ctx);
		ctx.emit('rotated', { person, role: rotation.role });
	})
};
