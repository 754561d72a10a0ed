/** What whoever runs the room is warned of, by what the directory says of its people. */
import { lineAbove } from '../profile.ts';
import type { RosterState, Warnings } from './model.ts';
import type { Ctx, Settings } from './settings.ts';

/** Kept when somebody comes in: what is published may not depend on what the directory says later. */
export function note(state: RosterState, person: string, ctx: Ctx): void {
	const { line, alike } = ctx.settings.warns;
	if (!line && alike.length === 0) return;
	state.said[person] = {
		above: line ? lineAbove(person, ctx.profile) : [],
		job: (alike.length > 0 && ctx.profile(person)?.job) || null
	};
}

export function warnedOf(state: RosterState, { roles, warns }: Settings): Warnings {
	const warned: Warnings = {};
	const members = Object.values(state.members).sort((a, b) => a.joined - b.joined);
	if (warns.line) {
		const line = members
			.filter(({ role }) => roles[role]?.facilitates)
			.map(({ id: boss }) => ({
				boss,
				people: members.filter(({ id }) => state.said[id]?.above.includes(boss)).map(({ id }) => id)
			}))
			.filter(({ people }) => people.length > 0);
		if (line.length > 0) warned.line = line;
	}
	const group = members.filter(({ role }) => warns.alike.includes(role));
	const shared = (values: (string | null)[]) =>
		values.length > 1 && values.every((value) => value !== null && alike(value, values[0] ?? null))
			? (values[0] ?? null)
			: null;
	const team = shared(group.map((one) => one.team));
	const job = shared(group.map(({ id }) => state.said[id]?.job ?? null));
	if (team !== null) warned.alike = { what: 'team', value: team };
	else if (job !== null) warned.alike = { what: 'job', value: job };
	return warned;
}

const alike = (one: string, other: string | null) =>
	one.trim().toLocaleLowerCase() === other?.trim().toLocaleLowerCase();
