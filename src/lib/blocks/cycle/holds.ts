import type { Holds } from '../testing.ts';
import type { CycleRecord, CycleState } from './model.ts';

export const holds: Holds<CycleState, CycleRecord> = (state, { record }) => {
	const wrong: string[] = [];
	const { now } = record.overview;
	if (Object.keys(record).length !== 1) wrong.push('everybody is told more than how many take part');
	const all = Object.values(state.enrolled);
	if (now?.enrolled !== all.length) wrong.push('other people are counted than those who take part');
	for (const [key, { person, manager, moderator }] of Object.entries(state.enrolled)) {
		if (key !== person) wrong.push(`${person} stands under the name of ${key}`);
		if (manager?.person === person || moderator?.person === person) wrong.push(`${person} has two parts`);
		if (state.setup.now?.started && moderator === null) wrong.push(`${person} has nobody who moderates`);
	}
	return wrong;
};
