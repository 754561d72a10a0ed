/** Rooms of the programme that could not be opened, or not for everybody: for those who run it. */
import { told, type Matter, type MatterScene } from '../matter.ts';
import type { ProgrammeState } from './model.ts';

export function matters(state: ProgrammeState, scene: MatterScene): Matter[] {
	const count = Object.values(state.news).filter(
		(one) => !one.gone && (one.refused !== null || Object.keys(one.turnedAway).length > 0)
	).length;
	if (count === 0) return [];
	return scene.whoMay('send').map(({ id }) => ({
		id: 'trouble',
		person: id,
		kind: 'answer',
		text: told(
			{
				en: 'Rooms of this programme that need a look: {count}',
				de: 'Räume dieses Programms, die einen Blick brauchen: {count}'
			},
			{ count }
		),
		said: null,
		when: null,
		item: null
	}));
}
