import type { Holds } from '#lib/blocks/testing.ts';
import type { PulseRecord, PulseSettings, PulseState } from './model.ts';

export const holds: Holds<PulseState, PulseRecord> = (state, { record, scene }) => {
	const wrong: string[] = [];
	const { least, to } = scene.settings as PulseSettings;
	const taps = Object.values(state.taps);
	if (taps.some((tap) => tap < 1 || tap > to)) wrong.push('a tap off the scale');
	if (record.figures.now && taps.length < least) wrong.push('too few are shown');
	for (const person of Object.keys(scene.people))
		if (JSON.stringify(record).includes(person)) wrong.push(`${person} is named`);
	return wrong;
};
