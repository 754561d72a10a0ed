import * as v from 'valibot';
import type { Context, Scene } from '../block.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(1));

export const settings = v.object({
	/** How its words read: questions are answered, topics discussed. */
	kind: v.optional(v.picklist(['question', 'topic']), 'question'),
	/** Entries wait until somebody who moderates approves them. */
	moderation: v.optional(v.boolean(), false),
	anonymity: v.optional(v.picklist(['allowed', 'required', 'off']), 'off'),
	/** Entries that one person may have standing at once. */
	cap: v.optional(v.nullable(count), null),
	/** Characters of an entry. */
	length: v.optional(v.pipe(count, v.maxValue(2000)), 280),
	/** Whether people vote at all. */
	votes: v.optional(v.boolean(), true),
	/** Dot votes: so many a person in all. Null: one for each item. */
	budget: v.optional(v.nullable(count), null),
	/** Dots that one person may put on one item. */
	perItem: v.optional(count, 1),
	/** Nobody sees a tally before voting is closed. */
	hideVotes: v.optional(v.boolean(), false),
	order: v.optional(v.picklist(['votes', 'newest', 'first']), 'votes'),
	/** At the beginning. */
	asking: v.optional(v.boolean(), true),
	voting: v.optional(v.boolean(), true),
	/** Anybody may say that they could answer (or teach) it. */
	offers: v.optional(v.boolean(), true),
	replies: v.optional(v.boolean(), true),
	/** The role that answers, and gets backstage messages. */
	answers: v.optional(v.nullable(v.string()), null),
	/** Up to so many people in the room, whoever asks anonymously is warned of their own wording. */
	few: v.optional(v.number(), 30)
});

export type Settings = v.InferOutput<typeof settings>;
export type Ctx = Context<Settings>;
export type ListScene = Scene<Settings>;
