import type { Holds } from '../testing.ts';
import type { PlanRecord, PlanState } from './model.ts';

export const holds: Holds<PlanState, PlanRecord> = (state, { record, own, scene }) => {
	const wrong: string[] = [];
	const { items } = record;
	const { told = [] } = scene.settings as { told?: string[] };
	if (Object.values(items).some(({ dropped }) => dropped)) wrong.push('what was dropped is shown');
	if (!state.begun.now && Object.keys(state.items).length > 0)
		wrong.push('there is a plan without a first day');
	for (const { id, role } of Object.values(scene.people)) {
		const seen = own(id) as { told: object | null };
		if (told.includes(role) !== (seen.told !== null)) wrong.push(`${role} is told the wrong thing`);
		if (seen.told && JSON.stringify(seen.told).length > 80) wrong.push(`${role} is told more than figures`);
	}
	return wrong;
};
