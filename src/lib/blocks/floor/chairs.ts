/** A fishbowl: whoever speaks sits in the inner circle, and one chair of it is always empty. */
import * as v from 'valibot';
import { command, refuse } from '../block.ts';
import type { FloorState } from './model.ts';
import { endTurn, gone, leads, runningTurn, type Ctx } from './state.ts';

const person = v.optional(v.pipe(v.string(), v.maxLength(64)));

export const chairCommands = {
	/** Takes the empty chair. The talk goes on once somebody has left theirs. */
	sit: command(v.object({}), (state: FloorState, _, ctx: Ctx) => {
		const { chairs } = ctx.settings;
		if (chairs === null) return refuse('no_chairs', 'There is no inner circle here.');
		if (state.seated[ctx.by.id]) return;
		if (!ctx.people[ctx.by.id]) return gone();
		if (Object.keys(state.seated).length >= chairs)
			return refuse('taken', 'The empty chair was taken. Wait until somebody leaves the circle.');
		state.seated[ctx.by.id] = { person: ctx.by.id, name: ctx.by.name, since: ctx.now };
	}),
	/** Leaves the circle; whoever leads may help somebody out of it. */
	stand: command(v.object({ person }), (state: FloorState, { person = '' }, ctx: Ctx) => {
		const who = person || ctx.by.id;
		if (who !== ctx.by.id && !leads(ctx))
			return refuse('not_yours', 'Everybody leaves their own chair.', 'person');
		if (!state.seated[who]) return refuse('no_seat', 'This chair is empty already.', 'person');
		delete state.seated[who];
		if (runningTurn(state)?.person === who) endTurn(state, ctx);
	})
};
