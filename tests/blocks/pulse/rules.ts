import * as v from 'valibot';
import { command, defineBlock, refuse, type Context, type Published } from '#lib/blocks/block.ts';
import { told } from '#lib/blocks/matter.ts';
import { DEFAULTS, type PulseSettings, type PulseState } from './model.ts';

export const pulse = defineBlock<PulseState, PulseSettings>({
	name: 'pulse',
	settings: v.object({
		least: v.optional(v.number(), DEFAULTS.least),
		to: v.optional(v.number(), DEFAULTS.to)
	}),
	initial: () => ({ taps: {} }),
	commands: {
		tap: command(
			v.object({ value: v.pipe(v.number(), v.integer(), v.minValue(1)) }),
			(state: PulseState, { value }, ctx: Context<PulseSettings>) => {
				const { to } = ctx.settings;
				if (value > to) return refuse('off_scale', 'Tap a number from 1 to {to}.', 'value', { to });
				state.taps[ctx.by.id] = value;
			},
			{ storm: true }
		)
	},
	publish(state, { settings }): Published {
		const taps = Object.values(state.taps);
		if (taps.length < settings.least) return { record: { figures: {} } };
		const average = taps.reduce((sum, tap) => sum + tap, 0) / taps.length;
		return { record: { figures: { now: { average, of: taps.length } } } };
	},
	own: (state, person) => ({ mine: state.taps[person] ?? null }),
	facts: (state) => ({ taps: Object.keys(state.taps).length }),
	matters: (state, scene) =>
		scene
			.asked('tap')
			.filter(({ id }) => state.taps[id] === undefined)
			.map(({ id }) => ({
				id: 'tap',
				person: id,
				kind: 'answer',
				text: told({ en: 'Tap in “{title}”', de: 'In „{title}“ tippen' }, { title: scene.title }),
				said: null,
				when: null,
				item: null
			})),
	forget(state, person) {
		delete state.taps[person];
	}
});
