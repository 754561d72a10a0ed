import type { Tables } from '../block.ts';
import type { Holds } from '../testing.ts';
import type { GoalsOwn, GoalsRecord, GoalsSettings, GoalsState } from './model.ts';

export const holds: Holds<GoalsState, Partial<GoalsRecord>, Tables, GoalsOwn> = (
	state,
	{ record, own, scene }
) => {
	const wrong: string[] = [];
	const { scale, to } = scene.settings as GoalsSettings;
	for (const { id, goal, value, by } of Object.values(state.points)) {
		const of = state.goals[goal];
		if (!of) wrong.push(`${id} is a point of ${goal}, which there is not`);
		if (value !== null && (value < scale.from || value > scale.to)) wrong.push(`${id} lies off the scale`);
		if (of && by !== of.owner && by !== of.supporter && scene.people[by])
			// whoever supported it may have been replaced since
			if (state.points[id]?.kind !== 'checkin') wrong.push(`${id} was put on a goal of another by ${by}`);
	}
	const shown = record;
	for (const goal of Object.values(state.goals)) {
		const hidden = goal.visibility === 'self' || goal.state === 'dropped';
		const points = Object.values(shown.points ?? {}).filter((one) => one.goal === goal.id);
		if (hidden && (shown.goals?.[goal.id] || points.length > 0)) wrong.push(`${goal.id} is shown`);
		if (!hidden && !shown.goals?.[goal.id]) wrong.push(`${goal.id} is not shown`);
	}
	for (const { id, role } of Object.values(scene.people)) {
		const { goals, shared } = own(id);
		if (goals.some((one) => one.owner !== id)) wrong.push(`${id} sees what somebody keeps to themselves`);
		if (role !== to && shared.length > 0) wrong.push(`${id} sees what was shared with others`);
		if (shared.some((one) => state.goals[one.id]?.visibility !== 'shared'))
			wrong.push(`${id} sees what nobody shared`);
	}
	return wrong;
};
