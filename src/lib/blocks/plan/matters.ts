/** What of the plan is whose, until when. */
import type { Matter, MatterScene } from '../matter.ts';
import type { PlanState } from './model.ts';

export function matters(state: PlanState, scene: MatterScene): Matter[] {
	if (state.closed.now !== undefined) return [];
	const holder = new Map(Object.values(scene.people).map(({ id, role }) => [role, id]));
	return Object.values(state.items).flatMap(({ id, owner, text: said, due, done, dropped }): Matter[] => {
		const person = holder.get(owner);
		if (person === undefined || dropped || done !== null) return [];
		return [
			{
				id,
				person,
				kind: 'promised',
				text: { en: 'An item of the plan', de: 'Ein Punkt des Plans' },
				said,
				when: due === null ? null : { day: due },
				item: id,
				...(scene.may(person, 'tick')
					? { quick: [{ verb: 'tick', payload: { id }, text: { en: 'Done', de: 'Erledigt' } }] }
					: {})
			}
		];
	});
}
