/** Whoever took something away is asked about it when its time has come, wherever the room is then. */
import type { Matter, MatterScene } from '../matter.ts';
import { dayAt } from '../days.ts';
import type { FollowupState } from './model.ts';

export function matters(state: FollowupState, scene: MatterScene): Matter[] {
	return Object.values(state.tries).flatMap(({ id, round: of, person, text: said, answer }): Matter[] => {
		const round = state.rounds[of];
		if (round?.is !== 'asking' || answer !== null || !scene.may(person, 'submit')) return [];
		return [
			{
				...{ id: `used/${id}`, person, kind: 'answer', said, own: true, item: id },
				text: { en: 'Did you use what you wanted to try?', de: 'Kam zum Einsatz, was vorgenommen war?' },
				when: { day: dayAt(round.asks) }
			}
		];
	});
}
