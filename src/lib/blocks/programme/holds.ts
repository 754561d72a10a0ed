import type { Holds } from '../testing.ts';
import type { ProgrammeRecord, ProgrammeState } from './model.ts';

export const holds: Holds<ProgrammeState, ProgrammeRecord> = (state, { record }) => {
	const wrong: string[] = [];
	const { counts } = record;
	if (counts.now.rooms !== Object.keys(state.rooms).length)
		wrong.push('rooms are counted that there are not');
	if (Object.keys(record).length !== 1)
		wrong.push('everybody is told more of the rooms than how many there are');
	for (const key of Object.keys(state.news))
		if (!state.rooms[key]) wrong.push(`news of ${key}, which was never asked for`);
	for (const { to } of Object.values(state.orders))
		if (to.some((key) => !state.rooms[key])) wrong.push('an order goes to a room that was never asked for');
	const places = Object.values(state.orders).map(({ n }) => n);
	if (new Set(places).size !== places.length) wrong.push('two orders have the same place');
	return wrong;
};
