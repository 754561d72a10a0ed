import * as v from 'valibot';
import type { Context, Scene } from '../block.ts';
import type { MatterScene } from '../matter.ts';
import { DEFAULTS, type ListSettings } from './model.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(1));

export const settings = v.object({
	kind: v.optional(v.picklist(['question', 'topic', 'note']), DEFAULTS.kind),
	sorts: v.optional(
		v.array(
			v.object({
				value: v.pipe(v.string(), v.regex(/^[a-z-]{1,24}$/)),
				text: v.object({ en: v.string(), de: v.optional(v.string()) })
			})
		),
		DEFAULTS.sorts
	),
	dueBy: v.optional(v.nullable(v.string()), DEFAULTS.dueBy),
	alternate: v.optional(v.array(v.string()), DEFAULTS.alternate),
	owed: v.optional(v.array(v.string()), DEFAULTS.owed),
	moderation: v.optional(v.boolean(), DEFAULTS.moderation),
	anonymity: v.optional(v.picklist(['allowed', 'required', 'off']), DEFAULTS.anonymity),
	cap: v.optional(v.nullable(count), DEFAULTS.cap),
	length: v.optional(v.pipe(count, v.maxValue(2000)), DEFAULTS.length),
	votes: v.optional(v.boolean(), DEFAULTS.votes),
	budget: v.optional(v.nullable(count), DEFAULTS.budget),
	perItem: v.optional(count, DEFAULTS.perItem),
	hideVotes: v.optional(v.boolean(), DEFAULTS.hideVotes),
	order: v.optional(v.picklist(['votes', 'newest', 'first']), DEFAULTS.order),
	asking: v.optional(v.boolean(), DEFAULTS.asking),
	voting: v.optional(v.boolean(), DEFAULTS.voting),
	offers: v.optional(v.boolean(), DEFAULTS.offers),
	replies: v.optional(v.boolean(), DEFAULTS.replies),
	faq: v.optional(v.boolean(), DEFAULTS.faq),
	answers: v.optional(v.nullable(v.string()), DEFAULTS.answers),
	passing: v.optional(v.boolean(), DEFAULTS.passing),
	boxMinutes: v.optional(
		v.nullable(v.pipe(v.number(), v.minValue(0.01), v.maxValue(120))),
		DEFAULTS.boxMinutes
	),
	boxMore: v.optional(v.array(v.pipe(v.number(), v.minValue(0.01), v.maxValue(120))), DEFAULTS.boxMore),
	few: v.optional(v.number(), DEFAULTS.few)
});

export type Settings = ListSettings;
export type Ctx = Context<Settings>;
export type ListScene = Scene<Settings>;
export type ListMatterScene = MatterScene<Settings>;
