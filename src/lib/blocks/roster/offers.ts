/** A role that somebody is asked to take: by those who run the room, of the people in it or of the workspace. */
import * as v from 'valibot';
import { command, refuse, type Refusal } from '../block.ts';
import { told, type Matter, type MatterScene } from '../matter.ts';
import type { Profile } from '../profile.ts';
import type { RosterState } from './model.ts';
import { add, roomLeft } from './entering.ts';
import { lastFacilitator, person, role, seatFree, setRole } from './seats.ts';
import type { Ctx, Settings } from './settings.ts';

/** People of the workspace who are asked at once: whoever looks for somebody asks a few, not a company. */
const AT_ONCE = 8;

const said = v.optional(v.pipe(v.string(), v.trim(), v.maxLength(280)), '');
const offering = v.object({ person, role, said });

function notOffered(state: RosterState, role: string, ctx: Ctx): Refusal | null {
	if (!ctx.settings.roles[role]?.offered)
		return refuse('not_offered', 'Nobody is asked to take that role.', 'role');
	return seatFree(state, role, ctx);
}

/** What the directory says of somebody else. */
function ofWorkspace(person: string, ctx: Ctx): Profile | Refusal {
	if (!ctx.by.account)
		return refuse('account', 'The directory is for people with an account. Sign in, or send the link.');
	if (person === ctx.by.id) return refuse('oneself', 'Choose somebody else.', 'person');
	return (
		ctx.profile(person) ??
		refuse('outside', 'This person is not in the workspace. Choose somebody from the list.', 'person')
	);
}

/** The offer is over. Who was let in for it alone is out again, and was never more than that. */
function settle(state: RosterState, person: string, ctx: Ctx): void {
	const came = state.offers[person]?.came ?? false;
	delete state.offers[person];
	ctx.touch(person);
	if (!came) return;
	delete state.members[person];
	delete state.standing[person];
	delete state.said[person];
	ctx.emit('left', { person });
}

/** The last seat is taken: whoever else was asked need not answer any more. */
function withdraw(state: RosterState, role: string, ctx: Ctx): void {
	if (!seatFree(state, role, ctx)) return;
	for (const [person, offer] of Object.entries(state.offers))
		if (offer.role === role) settle(state, person, ctx);
}

export const offerCommands = {
	/** Asks somebody in the room to take a role; it is theirs once they say yes. */
	offer: command(offering, (state: RosterState, { person, role, said }, ctx: Ctx) => {
		const member = state.members[person];
		if (!member) return refuse('gone', 'This person is not in the room.', 'person');
		if (member.role === role) return refuse('already', 'This person has that role already.', 'role');
		const wrong = notOffered(state, role, ctx);
		if (wrong) return wrong;
		const came = state.offers[person]?.came ?? false;
		state.offers[person] = { role, by: ctx.by.id, at: ctx.now, said, came };
		ctx.touch(person);
	}),
	/** Whom one will ask once the room lets one; they are told nothing of it. */
	keepInMind: command(v.object({ person }), (state: RosterState, { person }, ctx: Ctx) => {
		const found = ofWorkspace(person, ctx);
		if ('refused' in found) return found;
		state.inMind[ctx.by.id] = { id: person, name: found.name };
	}),
	/** Asks somebody of the workspace: they are let in as guests are, and see what guests see. */
	invite: command(offering, (state: RosterState, { person, role, said }, ctx: Ctx) => {
		const found = ofWorkspace(person, ctx);
		if ('refused' in found) return found;
		const { name, team } = found;
		if (state.members[person])
			return refuse('already', '{name} is in the room: ask there.', 'person', { name });
		if (state.declined[person] || state.removed[person])
			return refuse('declined', '{name} said no, or was removed. Choose somebody else.', 'person', { name });
		const wrong = notOffered(state, role, ctx) ?? roomLeft(state, ctx);
		if (wrong) return wrong;
		if (Object.values(state.offers).filter(({ came }) => came).length >= AT_ONCE)
			return refuse(
				'enough',
				'You have asked {most} people. Wait for an answer, or take one back.',
				'person',
				{
					most: AT_ONCE
				}
			);
		add(state, { id: person, name, role: ctx.settings.guest, account: true, owner: false, team }, ctx);
		state.offers[person] = { role, by: ctx.by.id, at: ctx.now, said, came: true };
		if (state.inMind[ctx.by.id]?.id === person) delete state.inMind[ctx.by.id];
	}),
	/** Takes the offer back. */
	recall: command(v.object({ person }), (state: RosterState, { person }, ctx: Ctx) => {
		if (!state.offers[person]) return refuse('gone', 'This person has answered, or was not asked.', 'person');
		settle(state, person, ctx);
	}),
	/** The answer to an offer. */
	answer: command(v.object({ role, yes: v.boolean() }), (state: RosterState, { role, yes }, ctx: Ctx) => {
		const member = state.members[ctx.by.id];
		const offer = state.offers[ctx.by.id];
		if (!member || offer?.role !== role)
			return refuse('gone', 'This offer was taken back. Ask whoever invited you.', 'role');
		if (!yes) {
			if (offer.came) state.declined[member.id] = true;
			settle(state, member.id, ctx);
			ctx.emit('declined', { person: member.id, role });
			return;
		}
		const wrong = seatFree(state, role, ctx);
		if (wrong) return wrong;
		if (lastFacilitator(state, member, ctx))
			return refuse('last', 'Somebody has to run the room: hand it over first.', 'role');
		setRole(state, member, role, ctx);
		withdraw(state, role, ctx);
	})
};

/** Who is asked can say yes or no from anywhere. */
export function matters(state: RosterState, scene: MatterScene<Settings>): Matter[] {
	return Object.entries(state.offers).map(([person, { role, by, at, said }]) => ({
		id: `offer/${role}/${at}`,
		person,
		kind: 'answer',
		text: told(
			{ en: '{name} asks you to be {role}', de: '{name} fragt dich an: {role}' },
			{ name: state.members[by]?.name ?? '', role: scene.settings.roles[role]?.name ?? role }
		),
		said: said ? said : null,
		when: null,
		item: null,
		quick: [
			{ verb: 'answer', payload: { role, yes: true }, text: { en: 'Yes, I will', de: 'Ja, gern' } },
			{ verb: 'answer', payload: { role, yes: false }, text: { en: 'No, thank you', de: 'Nein, danke' } }
		]
	}));
}
