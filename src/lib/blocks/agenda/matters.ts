/** A meeting that is on now, for all who belong to the room. */
import type { Matter, MatterScene } from '../matter.ts';
import type { AgendaState } from './model.ts';

export function matters(state: AgendaState, scene: MatterScene): Matter[] {
	const now = state.now.current;
	if (now?.status !== 'live' || now.began === null) return [];
	return [
		{
			id: `meeting/${scene.meeting}`,
			person: null,
			kind: 'coming',
			text: { en: 'The meeting is on', de: 'Das Treffen läuft' },
			said: null,
			when: { at: now.began },
			item: null
		}
	];
}
