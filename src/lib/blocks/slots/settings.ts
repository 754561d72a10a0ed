import * as v from 'valibot';
import type { Context, Scene } from '../block.ts';
import { DEFAULTS, type SlotsSettings } from './model.ts';

const whole = (from: number, to: number) => v.pipe(v.number(), v.integer(), v.minValue(from), v.maxValue(to));
const role = v.nullable(v.string());

export const settings = v.object({
	minutes: v.optional(whole(5, 480), DEFAULTS.minutes),
	capacity: v.optional(v.nullable(whole(1, 2000)), DEFAULTS.capacity),
	expects: v.optional(v.nullable(v.array(v.string())), DEFAULTS.expects),
	talks: v.optional(v.boolean(), DEFAULTS.talks),
	most: v.optional(whole(1, 200), DEFAULTS.most),
	speaker: v.optional(role, DEFAULTS.speaker),
	helper: v.optional(role, DEFAULTS.helper)
});

export type Settings = SlotsSettings;
export type Ctx = Context<Settings>;
export type SlotsScene = Scene<Settings>;
