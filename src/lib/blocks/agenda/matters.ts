/** A meeting that is on now, for all who belong to the room; and that its meetings are to be closed. */
import { told, type Matter, type MatterScene } from '../matter.ts';
import { isComplete, type AgendaPhase, type AgendaState } from './model.ts';

type Settings = { phases: AgendaPhase[]; planned: number | null };

export function matters(state: AgendaState, scene: MatterScene<Settings>): Matter[] {
	const now = state.now.current;
	const { planned, phases } = scene.settings;
	const held = Object.keys(state.held).length;
	const complete = isComplete({ planned, held, closed: state.series.closed ?? null }, now?.status);
	if (complete && phases.some(({ closing }) => closing))
		return scene.whoMay('close').map(({ id }) => ({
			id: `close/${held}`,
			person: id,
			kind: 'answer',
			text: told(
				{
					en: 'All {planned} planned meetings were held: close, or meet once more',
					de: 'Alle {planned} geplanten Treffen haben stattgefunden: abschließen oder noch einmal treffen'
				},
				{ planned: planned ?? held }
			),
			said: null,
			when: null,
			item: null
		}));
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
