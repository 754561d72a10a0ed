import * as v from 'valibot';
import { command, defineBlock, refuse, type Json, type Member } from '../block.ts';
import { add, roomLeft } from './entering.ts';
import { RELIEF_AFTER, type RosterState } from './model.ts';
import { matters, offerCommands } from './offers.ts';
import { rotationCommands, rotationOf } from './rotation.ts';
import {
	isSeat,
	knownRole,
	lastFacilitator,
	person,
	reseat,
	role,
	runs,
	seatCommands,
	seatFree,
	setRole
} from './seats.ts';
import { settings, type Ctx, type Settings } from './settings.ts';
import { note, warnedOf } from './warned.ts';

const entering = v.object({
	id: person,
	name: v.pipe(v.string(), v.maxLength(80)),
	role,
	account: v.boolean(),
	owner: v.boolean(),
	/** As the directory says; the person may describe it otherwise. */
	team: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(80))), null),
	/** Came through the door with the right to be in; otherwise waits for the host. */
	admitted: v.boolean()
});

export const roster = defineBlock<RosterState, Settings>({
	name: 'roster',
	settings,
	initial: () => ({
		members: {},
		waiting: {},
		removed: {},
		former: {},
		offers: {},
		declined: {},
		inMind: {},
		standing: {},
		said: {},
		turns: {}
	}),
	commands: {
		/** Run by the server, which has checked who it is; a second time it renews the name. */
		enter: command(
			entering,
			(state: RosterState, { admitted, ...who }, ctx: Ctx) => {
				const known = state.members[who.id];
				if (known) {
					known.name = who.name;
					known.account = who.account;
					note(state, who.id, ctx);
					return { role: known.role };
				}
				if (state.removed[who.id])
					return refuse('removed', 'You were removed from this room. Ask the host to let you in again.');
				// what a guest asked just before they signed in, and comes after it
				if (state.former[who.id])
					return refuse('former', 'It goes on here with your account. Load the page again.');
				const wrong = knownRole(who.role, ctx) ?? seatFree(state, who.role, ctx) ?? roomLeft(state, ctx);
				if (wrong) return wrong;
				if (!admitted) {
					state.waiting[who.id] = {
						id: who.id,
						name: who.name,
						role: who.role,
						account: who.account,
						team: who.team,
						at: ctx.now
					};
					return { waiting: true };
				}
				add(state, who, ctx);
				return { role: who.role };
			},
			{ storm: true }
		),
		/** Run by the server when a guest signs in to an account: the account takes the guest's place. */
		succeed: command(
			v.object({ from: person, to: person, name: v.pipe(v.string(), v.maxLength(80)), account: v.boolean() }),
			(state: RosterState, { from, to, name, account }, ctx: Ctx) => {
				const member = state.members[from];
				if (!member) return refuse('gone', 'This person is not in the room.', 'from');
				delete state.members[from];
				if (state.standing[from]) state.standing[to] = true;
				delete state.standing[from];
				const known = state.members[to];
				if (known) {
					known.owner ||= member.owner;
					// whoever ran the room as a guest goes on running it
					if (runs(member, ctx)) known.role = member.role;
				} else state.members[to] = { ...member, id: to, name, account };
				delete state.waiting[to];
				delete state.removed[to];
				state.former[from] = to;
				delete state.said[from];
				const turns = state.turns[from];
				if (turns && !known) state.turns[to] = turns;
				delete state.turns[from];
				note(state, to, ctx);
				const offer = state.offers[from];
				if (offer && !known) state.offers[to] = offer;
				delete state.offers[from];
				for (const one of Object.values(state.offers)) if (one.by === from) one.by = to;
				ctx.emit('succeeded', { from, to });
				ctx.touch(to);
			}
		),
		admit: command(
			v.object({ person, ok: v.optional(v.boolean(), true) }),
			(state: RosterState, { person, ok }, ctx: Ctx) => {
				const waiting = state.waiting[person];
				if (!waiting) return refuse('gone', 'This person is no longer waiting.', 'person');
				if (!ok) {
					delete state.waiting[person];
					state.removed[person] = { name: waiting.name, at: ctx.now };
					ctx.touch(person);
					return;
				}
				const wrong = seatFree(state, waiting.role, ctx) ?? roomLeft(state, ctx);
				if (wrong) return wrong;
				const { at: _, team = null, ...who } = waiting;
				add(state, { ...who, team, owner: false }, ctx);
			}
		),
		/** Lets somebody in again who was removed or turned away. */
		pardon: command(v.object({ person }), (state: RosterState, { person }, ctx: Ctx) => {
			if (!state.removed[person]) return refuse('gone', 'This person was not removed.', 'person');
			delete state.removed[person];
			ctx.touch(person);
		}),
		assign: command(v.object({ person, role }), (state: RosterState, { person, role }, ctx: Ctx) => {
			const member = state.members[person];
			if (!member) return refuse('gone', 'This person is not in the room.', 'person');
			if (member.role === role) return;
			const wrong = knownRole(role, ctx) ?? seatFree(state, role, ctx);
			if (wrong) return wrong;
			if (lastFacilitator(state, member, ctx))
				return refuse(
					'last',
					'Somebody has to run the room: give that role to another person first.',
					'role'
				);
			setRole(state, member, role, ctx);
		}),
		...offerCommands,
		/** Changes one's own role, to one that is open to everybody. */
		take: command(v.object({ role }), (state: RosterState, { role }, ctx: Ctx) => {
			const member = state.members[ctx.by.id];
			if (!member) return refuse('gone', 'You are not in the room.');
			if (member.role === role) return;
			const wrong = knownRole(role, ctx) ?? seatFree(state, role, ctx);
			if (wrong) return wrong;
			if (!ctx.settings.roles[role]?.open) return refuse('not_open', 'The host gives this role.', 'role');
			if (ctx.settings.seats === 'drawn' && isSeat(role, ctx.settings))
				return refuse('drawn', 'Lots are drawn for these seats: put your name in.', 'role');
			if (lastFacilitator(state, member, ctx))
				return refuse('last', 'Somebody has to run the room: hand it over first.', 'role');
			setRole(state, member, role, ctx);
		}),
		/** The one who runs the room gives it to another and takes over that one's role. */
		handOver: command(v.object({ person }), (state: RosterState, { person }, ctx: Ctx) => {
			const from = state.members[ctx.by.id];
			const to = state.members[person];
			if (!from || !to || from === to)
				return refuse('gone', 'Choose somebody else who is in the room.', 'person');
			const [mine, theirs] = [from.role, to.role];
			setRole(state, to, mine, ctx);
			setRole(state, from, theirs, ctx);
			if (from.owner) {
				from.owner = false;
				to.owner = true;
			}
		}),
		/** When whoever facilitates has dropped out, anybody in the room may carry on. */
		takeOver: command(v.object({}), (state: RosterState, _, ctx: Ctx) => {
			const member = state.members[ctx.by.id];
			if (!member) return refuse('gone', 'You are not in the room.');
			if (ctx.settings.roles[member.role]?.facilitates)
				return refuse('already', 'You run this room already.');
			const since = ctx.facts.presence?.facilitatorsAwaySince;
			if (typeof since !== 'number' || ctx.now - since < RELIEF_AFTER)
				return refuse('not_yet', 'Whoever runs the room is here, or has been away for less than a minute.');
			const away = Object.values(state.members).find((other) => runs(other, ctx));
			const [mine, theirs] = [member.role, away?.role ?? facilitating(ctx)];
			if (theirs === undefined) return refuse('no_role', 'In this format nobody runs the room.');
			setRole(state, member, theirs, ctx);
			if (away) setRole(state, away, mine, ctx);
		}),
		remove: command(v.object({ person }), (state: RosterState, { person }, ctx: Ctx) => {
			const member = state.members[person];
			if (!member) return refuse('gone', 'This person is not in the room.', 'person');
			if (member.owner || person === ctx.by.id)
				return refuse('owner', 'The room belongs to this person. Hand it over first.', 'person');
			if (lastFacilitator(state, member, ctx))
				return refuse('last', 'Somebody has to run the room: give that role to another person first.');
			delete state.members[person];
			delete state.offers[person];
			delete state.standing[person];
			delete state.said[person];
			delete state.inMind[person];
			state.removed[person] = { name: member.name, at: ctx.now };
			ctx.touch(person);
			ctx.emit('left', { person });
		}),
		leave: command(v.object({}), (state: RosterState, _, ctx: Ctx) => {
			const member = state.members[ctx.by.id];
			if (!member) return refuse('gone', 'You are not in the room.');
			if (member.owner) return refuse('owner', 'The room is yours. Hand it over first.');
			if (lastFacilitator(state, member, ctx))
				return refuse('last', 'Somebody has to run the room: hand it over first.');
			delete state.members[ctx.by.id];
			delete state.offers[ctx.by.id];
			delete state.standing[ctx.by.id];
			delete state.said[ctx.by.id];
			delete state.inMind[ctx.by.id];
			ctx.emit('left', { person: ctx.by.id });
		}),
		describe: command(
			v.object({ team: v.pipe(v.string(), v.trim(), v.maxLength(80)) }),
			(state: RosterState, { team }, ctx: Ctx) => {
				const member = state.members[ctx.by.id];
				if (!member) return refuse('gone', 'You are not in the room.');
				member.team = team || null;
			}
		),
		...seatCommands,
		...rotationCommands
	},
	publish(state, scene) {
		const members: Record<string, Member> = {};
		const crowd: Record<string, Member> = {};
		const counts: Record<string, number> = {};
		const hidden = (person: string | undefined) =>
			scene.settings.roles[state.members[person ?? '']?.role ?? '']?.unseen ?? false;
		const shown = <T>(rows: Record<string, T>, whose: (key: string) => string | undefined = (key) => key) =>
			Object.fromEntries(Object.entries(rows).filter(([key]) => !hidden(whose(key))));
		for (const member of Object.values(state.members)) {
			if (hidden(member.id)) continue;
			counts[member.role] = (counts[member.role] ?? 0) + 1;
			(scene.settings.roles[member.role]?.crowd ? crowd : members)[member.id] = member;
		}
		const lots: Record<string, Json> =
			scene.settings.seats === 'drawn' ? { now: { standing: Object.keys(state.standing).length } } : {};
		const turn = rotationOf(state, scene.settings);
		const rotation: Record<string, Json> = turn ? { now: turn } : {};
		return {
			record: {
				roles: scene.settings.roles,
				members,
				counts,
				former: shown(state.former, (key) => state.former[key]),
				// what is said to the one who is asked is theirs
				offers: Object.fromEntries(
					Object.entries(shown(state.offers)).map(([key, { role, at }]) => [key, { role, at }])
				),
				lots,
				rotation
			},
			desk: {
				crowd,
				waiting: state.waiting,
				removed: state.removed,
				standing: state.standing,
				warned: warnedOf(state, scene.settings)
			}
		};
	},
	own(state, person) {
		const offer = state.offers[person];
		return {
			member: state.members[person] ?? null,
			offer: offer
				? { role: offer.role, name: state.members[offer.by]?.name ?? '', said: offer.said ?? '' }
				: null,
			inMind: state.inMind[person] ?? null,
			standing: state.standing[person] ?? false
		};
	},
	facts: (state) => {
		const facts: Record<string, number> = { people: Object.keys(state.members).length };
		for (const member of Object.values(state.members)) facts[member.role] = (facts[member.role] ?? 0) + 1;
		return facts;
	},
	matters,
	configured: reseat,
	forget(state, person, settings) {
		const gone = state.members[person];
		delete state.members[person];
		if (gone?.owner) bequeath(state, gone, settings);
		for (const [old, now] of Object.entries(state.former))
			if (old === person || now === person) delete state.former[old];
		delete state.standing[person];
		delete state.said[person];
		delete state.turns[person];
		for (const one of Object.values(state.said)) one.above = one.above.filter((id) => id !== person);
		delete state.waiting[person];
		delete state.removed[person];
		delete state.offers[person];
		delete state.declined[person];
		for (const [by, { id }] of Object.entries(state.inMind))
			if (by === person || id === person) delete state.inMind[by];
	}
});

/** Whom a room goes to when its owner is no more: who did the same, has an account, came first. Null: nobody is left. */
export function heirOf(members: RosterState['members'], gone: Member): Member | null {
	const others = Object.values(members).filter(({ id }) => id !== gone.id);
	const rank = (member: Member) => (member.role === gone.role ? 0 : 2) + (member.account ? 0 : 1);
	return others.sort((a, b) => rank(a) - rank(b) || a.joined - b.joined)[0] ?? null;
}

/** The room, and running it where nobody else does. Whoever runs it in another role keeps that. */
function bequeath(state: RosterState, gone: Member, { roles }: Settings): void {
	const heir = heirOf(state.members, gone);
	if (!heir) return;
	heir.owner = true;
	const leads = ({ role }: Member) => roles[role]?.facilitates ?? false;
	if (leads(gone) && !Object.values(state.members).some(leads)) heir.role = gone.role;
}

const facilitating = (ctx: Ctx) =>
	Object.keys(ctx.settings.roles).find((name) => ctx.settings.roles[name]?.facilitates);
