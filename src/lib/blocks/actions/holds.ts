import type { Tables } from '../block.ts';
import type { Holds } from '../testing.ts';
import type { ActionsOwn, ActionsSettings, ActionsState } from './model.ts';

export const holds: Holds<ActionsState, Tables, Tables, ActionsOwn> = (state, { own, scene }) => {
	const wrong: string[] = [];
	const { to, dated } = scene.settings as ActionsSettings;
	for (const { action } of Object.values(state.reviews))
		if (!state.actions[action]) wrong.push(`a review of ${action}, which there is not`);
	for (const { id, state: is, settled, due, from } of Object.values(state.actions)) {
		if (is === 'done' && settled === null) wrong.push(`${id} is done and not settled`);
		if (dated && due === null && from === null) wrong.push(`${id} has no day`);
	}
	for (const { id, role } of Object.values(scene.people)) {
		const { shared } = own(id);
		if (role !== to && shared.length > 0) wrong.push(`${id} sees what was shared with others`);
		if (shared.some((one) => !state.actions[one.id]?.shared)) wrong.push(`${id} sees what nobody shared`);
	}
	return wrong;
};
