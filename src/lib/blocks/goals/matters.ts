/** Goals that somebody pursues, and the day on which they want to look again. */
import type { Matter } from '../matter.ts';
import { historyOf, nextLook, onScale, type GoalsState } from './model.ts';
import type { GoalsMatterScene } from './settings.ts';

export function matters(state: GoalsState, scene: GoalsMatterScene): Matter[] {
	const { scale } = scene.settings;
	return Object.values(state.goals).flatMap((goal): Matter[] => {
		const { id, owner, text: said, target, by } = goal;
		if (goal.state !== 'open' || !scene.people[owner]) return [];
		const history = historyOf(state.points, id);
		const next = nextLook(goal, history, scene.settings);
		const points = onScale(history).map(({ at, value }) => ({ at, value }));
		const common = { person: owner, said, own: true, item: id };
		const all: Matter[] = [
			{
				...common,
				id,
				kind: 'promised',
				text: { en: 'My goal', de: 'Eigenes Ziel' },
				when: by === null ? null : { day: by },
				...(points.length > 0 ? { course: { ...scale, target, points } } : {})
			}
		];
		if (next !== null && scene.may(owner, 'checkIn'))
			all.push({
				...common,
				// with the day: the next look is another one, of which to remind anew
				id: `look/${id}/${next}`,
				kind: 'answer',
				text: { en: 'Time to look where this goal stands', de: 'Zeit zu sehen, wo dieses Ziel steht' },
				when: { day: next }
			});
		const { supporter } = goal;
		if (next !== null && supporter && scene.people[supporter] && scene.may(supporter, 'checkIn'))
			all.push({
				person: supporter,
				id: `support/${id}/${next}`,
				kind: 'answer',
				text: {
					en: 'Time to look where a goal stands that you support',
					de: 'Zeit zu sehen, wo ein Ziel steht, das du unterstützt'
				},
				said,
				when: { day: next },
				item: id
			});
		return all;
	});
}
