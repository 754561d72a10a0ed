import * as v from 'valibot';
import type { Context, Scene } from '../block.ts';
import { DEFAULTS, STEPS } from './model.ts';

const text = v.object({ en: v.string(), de: v.optional(v.string()) });
const whole = v.pipe(v.number(), v.integer(), v.minValue(1));
const { roles } = DEFAULTS;

export const settings = v.object({
	roles: v.optional(
		v.object({
			reviewee: v.optional(v.string(), roles.reviewee),
			manager: v.optional(v.string(), roles.manager),
			moderator: v.optional(v.string(), roles.moderator),
			organiser: v.optional(v.string(), roles.organiser),
			reviewer: v.optional(v.string(), roles.reviewer)
		}),
		roles
	),
	phases: v.optional(v.record(v.picklist(STEPS), v.string()), {}),
	wanted: v.optional(whole, DEFAULTS.wanted),
	scores: v.optional(whole, DEFAULTS.scores),
	verbatim: v.optional(whole, DEFAULTS.verbatim),
	cap: v.optional(whole, DEFAULTS.cap),
	later: v.optional(v.pipe(v.number(), v.minValue(0)), DEFAULTS.later),
	most: v.optional(whole, DEFAULTS.most),
	recent: v.optional(whole, DEFAULTS.recent),
	ratings: v.optional(v.array(v.object({ name: v.string(), text })), []),
	groups: v.optional(v.record(v.picklist(['peers', 'reports', 'others']), text), {})
});

export type Settings = v.InferOutput<typeof settings>;
export type Ctx = Context<Settings>;
export type ReviewsScene = Scene<Settings>;
