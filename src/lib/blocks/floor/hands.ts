/** Wanting to speak: raising a hand, its place in the line, and being asked to. */
import * as v from 'valibot';
import { command, refuse } from '../block.ts';
import type { FloorState, Hand } from './model.ts';
import {
	beginTurn,
	counting,
	gone,
	leads,
	notNow,
	queueOf,
	roundGoesOn,
	roundWaitsFor,
	turnPassed,
	type Ctx
} from './state.ts';

const person = v.pipe(v.string(), v.maxLength(64));

/** Later kinds of the format stand for "something new"; a round takes the last one. */
function handOf(id: string, kind: string, round: boolean, ctx: Ctx): Hand | null {
	const member = ctx.people[id];
	if (!member) return null;
	return { person: id, name: member.name, role: member.role, kind, at: ctx.now, placed: null, round };
}

function takeDown(state: FloorState, id: string, ctx: Ctx): void {
	const round = state.hands[id]?.round ?? false;
	delete state.hands[id];
	for (const hand of Object.values(state.hands))
		if (hand.placed !== null && hand.placed > 0) hand.placed -= 1;
	if (round) roundGoesOn(state, ctx);
}

export const handCommands = {
	raise: command(
		v.object({ kind: v.optional(v.pipe(v.string(), v.maxLength(24))) }),
		(state: FloorState, { kind }, ctx: Ctx) => {
			const { kinds } = ctx.settings;
			const chosen = kind ?? kinds[kinds.length - 1]!;
			if (!kinds.includes(chosen))
				return refuse('no_kind', 'Here you can raise a hand for: {kinds}.', 'kind', {
					kinds: kinds.join(', ')
				});
			if (ctx.settings.strict && roundWaitsFor(state, ctx) && !state.hands[ctx.by.id])
				return refuse('round', 'A round is on. Raise a hand again when everybody has spoken or passed.');
			const raised = state.hands[ctx.by.id];
			if (raised) {
				raised.kind = chosen;
				return;
			}
			const hand = handOf(ctx.by.id, chosen, false, ctx);
			if (!hand) return gone();
			state.hands[ctx.by.id] = hand;
			delete state.invited[ctx.by.id];
		},
		{ storm: true }
	),
	/** Takes one's own hand down; in a round that is to pass. */
	lower: command(
		v.object({}),
		(state: FloorState, _, ctx: Ctx) => {
			if (!state.hands[ctx.by.id]) return refuse('no_hand', 'Your hand is not raised.');
			takeDown(state, ctx.by.id, ctx);
		},
		{ storm: true }
	),
	/** Takes another one's hand down. */
	dismiss: command(v.object({ person }), (state: FloorState, { person }, ctx: Ctx) => {
		if (!state.hands[person]) return refuse('no_hand', 'This hand is no longer raised.', 'person');
		takeDown(state, person, ctx);
	}),
	/** Gives a hand a place, counted from 0. */
	place: command(
		v.object({ person, place: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(5000)) }),
		(state: FloorState, { person, place }, ctx: Ctx) => {
			const hand = state.hands[person];
			if (!hand) return refuse('no_hand', 'This hand is no longer raised.', 'person');
			const line = queueOf(state, ctx)
				.map((one) => one.person)
				.filter((other) => other !== person);
			line.splice(Math.min(place, line.length), 0, person);
			// Whoever was placed before keeps their neighbours, so their number may change.
			hand.placed = place;
			line.forEach((id, index) => {
				const other = state.hands[id]!;
				if (other.placed !== null) other.placed = index;
			});
		}
	),
	/** Gives the line back to the policy. */
	unplace: command(v.object({}), (state: FloorState) => {
		for (const hand of Object.values(state.hands)) hand.placed = null;
	}),
	/** Lets the first in the line speak, if it is the one who was seen there. */
	call: command(
		v.object({ person, expects: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(64)))) }),
		(state: FloorState, { person, expects }, ctx: Ctx) => {
			const first = queueOf(state, ctx)[0];
			if (!first) return refuse('no_hand', 'No hand is raised.');
			if (first.person !== person)
				return refuse('passed', '{name} is first in the line now. Look again.', 'person', {
					name: first.name
				});
			const wrong = expects === undefined ? null : turnPassed(state, expects, ctx);
			if (wrong) return wrong;
			const refused = notNow(state, person, ctx);
			if (refused) return refused;
			const kind = state.hands[person]!.kind;
			takeDown(state, person, ctx);
			const tag =
				kind === 'question' || kind === 'clarify'
					? 'question'
					: kind === 'answer'
						? 'answer'
						: ctx.settings.tag;
			const turn = beginTurn(state, { person, tag, text: null, speech: null, lasts: true }, ctx);
			return { turn: turn.id };
		}
	),
	/** Everybody who counts has one turn, or passes, before anybody has a second. */
	round: command(v.object({}), (state: FloorState, _, ctx: Ctx) => {
		const counts = counting(ctx);
		const kind = ctx.settings.kinds[ctx.settings.kinds.length - 1]!;
		const everybody = Object.values(ctx.people)
			.filter((member) => counts(member.role))
			.sort((a, b) => a.joined - b.joined);
		if (everybody.length === 0) return refuse('nobody', 'Nobody is here for a round yet.');
		everybody.forEach((member, index) => {
			const hand = handOf(member.id, kind, true, ctx)!;
			// The order of joining, whoever raised a hand before.
			state.hands[member.id] = { ...hand, at: ctx.now + index };
		});
		ctx.emit('round', { people: everybody.length });
	}),
	/** Asks somebody who has been silent; only they see it. */
	invite: command(v.object({ person }), (state: FloorState, { person }, ctx: Ctx) => {
		if (!ctx.people[person]) return gone();
		if (person === ctx.by.id) return refuse('self', 'Invite somebody else.', 'person');
		state.invited[person] = { at: ctx.now };
		ctx.touch(person);
	}),
	/** "Not now": takes the invitation away. The leader may take it back too. */
	decline: command(
		v.object({ person: v.optional(person) }),
		(state: FloorState, { person = '' }, ctx: Ctx) => {
			const whose = person || ctx.by.id;
			if (whose !== ctx.by.id && !leads(ctx))
				return refuse('not_yours', 'This is somebody else’s invitation.', 'person');
			if (!state.invited[whose]) return refuse('not_invited', 'There is no invitation any more.');
			delete state.invited[whose];
			ctx.touch(whose);
		}
	)
};
