/** Who has not written in this round yet, and when all of it is opened. */
import { told, type Matter, type MatterScene } from '../matter.ts';
import type { SealSettings, SealState } from './model.ts';
import { submitters } from './reveal.ts';

export function matters(state: SealState, scene: MatterScene<Pick<SealSettings, 'who'>>): Matter[] {
	const round = state.round.now;
	if (round && round.revealed !== null) return [];
	const { who } = scene.settings;
	const written = submitters(state);
	const when = round?.due ? { at: round.due } : null;
	const number = round?.number ?? 1;
	const all: Matter[] = scene
		.asked('submit')
		.filter(({ id, role }) => (who.length === 0 || who.includes(role)) && !written.has(id))
		.map(({ id }) => ({
			id: `submit/${scene.meeting}/${number}`,
			person: id,
			kind: 'answer',
			text: told({ en: 'Write for “{title}”', de: 'Für „{title}“ schreiben' }, { title: scene.title }),
			said: null,
			when,
			item: null
		}));
	if (when)
		all.push({
			id: `reveal/${scene.meeting}/${number}`,
			person: null,
			kind: 'coming',
			text: told(
				{ en: '“{title}” is opened for all', de: '„{title}“ wird für alle geöffnet' },
				{
					title: scene.title
				}
			),
			said: null,
			when,
			item: null
		});
	return all;
}
