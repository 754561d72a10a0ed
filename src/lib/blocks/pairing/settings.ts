import * as v from 'valibot';
import type { Context } from '../block.ts';
import { CRITERIA, DEFAULTS, type PairingSettings } from './model.ts';

const points = v.pipe(
	v.number('Give whole points from 0 to 100.'),
	v.integer('Give whole points from 0 to 100.'),
	v.minValue(0, 'Give whole points from 0 to 100.'),
	v.maxValue(100, 'Give whole points from 0 to 100.')
);

export const weights = v.object(v.entriesFromList(CRITERIA, points));

const hours = v.pipe(v.number(), v.minValue(0), v.maxValue(60));

export const settings = v.object({
	seekers: v.optional(v.string(), DEFAULTS.seekers),
	givers: v.optional(v.string(), DEFAULTS.givers),
	most: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)), DEFAULTS.most),
	least: v.optional(hours, DEFAULTS.least),
	plenty: v.optional(v.pipe(hours, v.minValue(0.5)), DEFAULTS.plenty),
	weights: v.optional(weights, DEFAULTS.weights)
});

export type Settings = PairingSettings;
export type Ctx = Context<Settings>;
