import * as v from 'valibot';
import type { Context, Scene } from '../block.ts';
import type { MatterScene } from '../matter.ts';
import { DEFAULTS } from './model.ts';

const asks = ['area', 'why', 'sign', 'measure', 'supporter'] as const;
const whole = v.pipe(v.number(), v.integer());

export const settings = v.object({
	scale: v.optional(
		v.pipe(
			v.object({ from: whole, to: whole }),
			v.check(({ from, to }) => from < to && to - from <= 20, 'A scale has 2 to 21 steps, the lowest first.')
		),
		DEFAULTS.scale
	),
	asks: v.optional(v.array(v.picklist(asks)), DEFAULTS.asks),
	needs: v.optional(v.array(v.picklist([...asks, 'scale', 'by'])), DEFAULTS.needs),
	taps: v.optional(v.picklist(['scale', 'progress']), DEFAULTS.taps),
	every: v.optional(v.nullable(v.pipe(whole, v.minValue(1))), DEFAULTS.every),
	planned: v.optional(v.nullable(v.pipe(whole, v.minValue(1))), DEFAULTS.planned),
	to: v.optional(v.nullable(v.string()), DEFAULTS.to),
	supporters: v.optional(v.picklist(['room', 'workspace']), DEFAULTS.supporters),
	most: v.optional(v.pipe(whole, v.minValue(1)), DEFAULTS.most)
});

export type Settings = v.InferOutput<typeof settings>;
export type Ctx = Context<Settings>;
export type GoalsScene = Scene<Settings>;
export type GoalsMatterScene = MatterScene<Settings>;
