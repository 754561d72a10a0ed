import * as v from 'valibot';
import type { Context } from '../block.ts';
import { DEFAULTS } from './model.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const roles = v.array(v.string());

export const settings = v.object({
	expects: v.optional(v.nullable(roles), DEFAULTS.expects),
	minutes: v.optional(v.pipe(count, v.minValue(5), v.maxValue(480)), DEFAULTS.minutes),
	planned: v.optional(v.nullable(count), DEFAULTS.planned),
	keeper: v.optional(v.nullable(v.string()), DEFAULTS.keeper),
	above: v.optional(v.nullable(v.string()), DEFAULTS.above),
	patience: v.optional(count, DEFAULTS.patience),
	longer: v.optional(count, DEFAULTS.longer),
	told: v.optional(roles, DEFAULTS.told)
});

export type Settings = v.InferOutput<typeof settings>;
export type Ctx = Context<Settings>;
