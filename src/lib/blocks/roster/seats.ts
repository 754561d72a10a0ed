/** Who has which role: seats that are limited, how they are filled, and that somebody runs the room. */
import * as v from 'valibot';
import { command, refuse, type Member, type Refusal } from '../block.ts';
import type { RosterState } from './model.ts';
import type { Ctx, Settings } from './settings.ts';

export const person = v.pipe(v.string(), v.maxLength(64));
export const role = v.pipe(v.string(), v.maxLength(40));

export function knownRole(name: string, ctx: Ctx): Refusal | null {
	return Object.hasOwn(ctx.settings.roles, name)
		? null
		: refuse('no_role', 'This format has no role "{role}".', 'role', { role: name });
}

const nameOf = (role: string, ctx: Ctx) => ctx.settings.roles[role]?.name ?? role;

export function seatFree(state: RosterState, name: string, ctx: Ctx): Refusal | null {
	const most = ctx.settings.roles[name]?.most ?? null;
	if (most === null) return null;
	const taken = Object.values(state.members).filter((member) => member.role === name).length;
	return taken < most
		? null
		: refuse('role_full', 'As many people as can have it are {role} already: {most}.', 'role', {
				role: nameOf(name, ctx),
				most
			});
}

export function setRole(state: RosterState, member: Member, name: string, ctx: Ctx): void {
	member.role = name;
	delete state.offers[member.id];
	delete state.standing[member.id];
	ctx.touch(member.id);
	ctx.emit('assigned', { person: member.id, role: name });
}

export const runs = (member: Member, ctx: Ctx) => ctx.settings.roles[member.role]?.facilitates ?? false;

export function lastFacilitator(state: RosterState, member: Member, ctx: Ctx): boolean {
	return (
		runs(member, ctx) &&
		!Object.values(state.members).some((other) => other.id !== member.id && runs(other, ctx))
	);
}

/** A role with so many seats and no more, which does not run the room. */
export const isSeat = (name: string, { roles }: Settings): boolean =>
	roles[name]?.most != null && !roles[name].facilitates;

/**
 * The room has other roles, or fewer seats of one: who held a role that there is no more comes in as a guest does, or
 * runs the room as before; of those who have no seat left, the last to come lose theirs.
 */
export function reseat(state: RosterState, before: Settings, { roles, guest }: Settings): void {
	const leading = Object.keys(roles).find((name) => roles[name]?.facilitates) ?? guest;
	const members = Object.values(state.members);
	const led = (name: string) => before.roles[name]?.facilitates ?? false;
	for (const member of members)
		if (!Object.hasOwn(roles, member.role)) member.role = led(member.role) ? leading : guest;
	for (const waiting of Object.values(state.waiting))
		if (!Object.hasOwn(roles, waiting.role)) waiting.role = guest;
	for (const [person, { role }] of Object.entries(state.offers))
		if (!roles[role]?.offered) delete state.offers[person];
	for (const [name, { most }] of Object.entries(roles)) {
		if (name === guest) continue;
		const holders = members.filter(({ role }) => role === name).sort((a, b) => a.joined - b.joined);
		for (const member of holders.slice(most ?? Infinity)) member.role = guest;
	}
}

export const seatCommands = {
	/** Puts one's name in for the lots, or takes it out. */
	stand: command(
		v.object({ on: v.boolean() }),
		(state: RosterState, { on }, ctx: Ctx) => {
			const member = state.members[ctx.by.id];
			if (!member) return refuse('gone', 'You are not in the room.');
			if (!on) {
				delete state.standing[member.id];
				return;
			}
			if (ctx.settings.seats !== 'drawn')
				return refuse('taken', 'Seats are not drawn here: take a free one.');
			if (isSeat(member.role, ctx.settings) || runs(member, ctx))
				return refuse('seated', 'You have a role already. Leave it first.');
			state.standing[member.id] = true;
		},
		{ storm: true }
	),
	/** Spreads people by lot over the roles that the format splits them into. */
	split: command(v.object({}), (state: RosterState, _, ctx: Ctx) => {
		const { split } = ctx.settings;
		if (!split) return refuse('no_split', 'In this format nobody is split by lot.');
		const held = [...split.into, ...split.of];
		const people = Object.values(state.members).filter(({ role }) => held.includes(role));
		if (people.length < split.into.length)
			return refuse('few', 'There are too few to split: {people}.', undefined, { people: people.length });
		ctx.shuffle(people).forEach((member, index) => {
			const role = split.into[index % split.into.length]!;
			if (member.role !== role) setRole(state, member, role, ctx);
		});
	}),
	/**
	 * Draws lots: these people fill these seats. Without `people` all who hold one of the roles, and those who put
	 * their names in; where nobody did, all who have the guests' role.
	 */
	lots: command(
		v.object({
			seats: v.pipe(v.array(role), v.minLength(1), v.maxLength(50)),
			people: v.optional(v.array(person))
		}),
		(state: RosterState, { seats, people }, ctx: Ctx) => {
			for (const seat of seats) {
				const wrong = knownRole(seat, ctx);
				if (wrong) return wrong;
			}
			const stands = Object.keys(state.standing).length > 0;
			const eligible = Object.values(state.members).filter((member) => {
				if (people) return people.includes(member.id);
				if (seats.includes(member.role)) return true;
				return stands ? state.standing[member.id] : member.role === ctx.settings.guest;
			});
			if (eligible.length < seats.length)
				return refuse(
					'too_few',
					'Lots for {seats} seats need as many people; {people} can take part.',
					'seats',
					{ seats: seats.length, people: eligible.length }
				);
			for (const seat of new Set(seats)) {
				const most = ctx.settings.roles[seat]?.most ?? Infinity;
				const kept = Object.values(state.members).filter(
					(member) => member.role === seat && !eligible.includes(member)
				);
				if (kept.length + seats.filter((one) => one === seat).length > most)
					return refuse('role_full', 'At most {most} can be {role}.', 'seats', {
						most,
						role: nameOf(seat, ctx)
					});
			}
			const led = Object.values(state.members).some((member) => runs(member, ctx));
			ctx.shuffle(eligible).forEach((member, index) => {
				const held = seats.includes(member.role);
				const role = seats[index] ?? (held ? ctx.settings.guest : member.role);
				if (role !== member.role) setRole(state, member, role, ctx);
				// Whose seat goes to another is in for the next draw.
				if (held && seats[index] === undefined && ctx.settings.seats === 'drawn')
					state.standing[member.id] = true;
			});
			if (led && !Object.values(state.members).some((member) => runs(member, ctx)))
				return refuse('last', 'Somebody has to run the room: leave them out of the lots.', 'people');
		}
	)
};
