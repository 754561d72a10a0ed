/** Somebody takes a date to speak on it, says what about, and finds help. */
import * as v from 'valibot';
import { command, isRefusal, refuse } from '../block.ts';
import { id, words } from '../schemas.ts';
import type { SlotsState, Talk } from './model.ts';
import { ahead } from './opening.ts';
import type { Ctx } from './settings.ts';

/** Has neither spoken here nor is going to on another date. */
export function isFirst(state: SlotsState, person: string, except: string | null = null): boolean {
	if ((state.spoken[person] ?? 0) > 0) return false;
	return !Object.values(state.slots).some(
		({ id, is, talk }) => id !== except && is !== 'cancelled' && talk?.speaker?.id === person
	);
}

export const speaking = {
	/** Takes the date, or says better what the talk is about. */
	claim: command(
		v.object({
			slot: id,
			title: v.pipe(words(140), v.minLength(1, 'Say in one line what you will speak about.')),
			takeaways: v.optional(v.pipe(v.array(words(140)), v.maxLength(3))),
			exercise: v.optional(words(500)),
			links: v.optional(words(500)),
			/** May be taken back until the talk is over. */
			recorded: v.optional(v.boolean()),
			/** With somebody at one's side; left out, whoever speaks for the first time. */
			helper: v.optional(v.boolean())
		}),
		(state: SlotsState, { slot: which, helper, ...said }, ctx: Ctx) => {
			const slot = ahead(state, which);
			if (isRefusal(slot)) return slot;
			const known = slot.talk;
			if (known && known.speaker?.id !== ctx.by.id) {
				const name = known.speaker?.name;
				return name
					? refuse('claimed', '{name} speaks on this date. Choose another one.', 'slot', { name })
					: refuse('claimed', 'Somebody speaks on this date. Choose another one.', 'slot');
			}
			const takeaways = said.takeaways?.filter((one) => one !== '');
			if (takeaways && takeaways.length !== 0 && takeaways.length !== 3)
				return refuse('three', 'Three things to take away, no more and no fewer.', 'takeaways');
			const first = known?.first ?? isFirst(state, ctx.by.id);
			const talk: Talk = {
				speaker: { id: ctx.by.id, name: ctx.by.name },
				title: said.title,
				takeaways: takeaways ?? known?.takeaways ?? [],
				exercise: said.exercise ?? known?.exercise ?? '',
				links: said.links ?? known?.links ?? '',
				recorded: said.recorded ?? known?.recorded ?? false,
				first,
				wantsHelp: helper ?? known?.wantsHelp ?? first,
				helper: known?.helper ?? null
			};
			if (talk.helper?.id === ctx.by.id) talk.helper = null;
			if (talk.title !== known?.title) {
				slot.revision += 1;
				slot.changed = ctx.now;
			}
			slot.talk = talk;
			if (!known) ctx.emit('claimed', { slot: slot.id, person: ctx.by.id, title: talk.title });
		}
	),
	/** Gives the date back; those who moderate may do it for somebody who cannot come. */
	release: command(v.object({ slot: id }), (state: SlotsState, payload, ctx: Ctx) => {
		const slot = ahead(state, payload.slot);
		if (isRefusal(slot)) return slot;
		const { talk } = slot;
		if (!talk || (talk.speaker?.id !== ctx.by.id && !ctx.moderates(ctx.by.role)))
			return refuse('not_yours', 'You do not speak on this date.', 'slot');
		if (talk.speaker) ctx.touch(talk.speaker.id);
		slot.talk = null;
		slot.revision += 1;
		slot.changed = ctx.now;
	}),
	/** "I can help": looks after the questions while the other one speaks. */
	help: command(
		v.object({ slot: id, helps: v.optional(v.boolean(), true) }),
		(state: SlotsState, { slot: which, helps }, ctx: Ctx) => {
			const slot = ahead(state, which);
			if (isRefusal(slot)) return slot;
			const { talk } = slot;
			if (!talk) return refuse('nobody', 'Nobody speaks on this date yet.', 'slot');
			if (!helps) {
				if (talk.helper?.id === ctx.by.id) talk.helper = null;
				return;
			}
			if (talk.speaker?.id === ctx.by.id)
				return refuse('oneself', 'You speak yourself. Somebody else helps.', 'slot');
			if (talk.helper && talk.helper.id !== ctx.by.id)
				return refuse('helped', '{name} helps already.', 'slot', { name: talk.helper.name });
			talk.helper = { id: ctx.by.id, name: ctx.by.name };
			if (talk.speaker) ctx.touch(talk.speaker.id);
		}
	)
};
