/** The retro with a pulse beside its notes: what a format has to say to use a block that somebody added. */
import type { Format } from '#lib/formats/format.ts';
import { retro } from './retro.ts';

export const retroPulse: Format = {
	...retro,
	name: 'retro-pulse',
	text: { en: 'Look back and tap', de: 'Zurückblicken und tippen' },
	blocks: {
		...retro.blocks,
		pulse: { block: 'pulse', scope: 'meeting', name: { en: 'Pulse', de: 'Puls' } }
	},
	phases: retro.phases.map((phase) =>
		phase.id === 'P1'
			? { ...phase, stage: [...phase.stage, 'pulse'], may: { ...phase.may, 'pulse.tap': '*' } }
			: phase
	)
};
