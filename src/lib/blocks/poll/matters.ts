/** Who has not voted yet while a vote is open. */
import { told, type Matter, type MatterScene } from '../matter.ts';
import { ballotKey, type PollState } from './model.ts';
import { current, votes } from './rounds.ts';
import type { Settings } from './settings.ts';

export function matters(state: PollState, scene: MatterScene<Settings>): Matter[] {
	const poll = current(state);
	if (poll?.stage.is !== 'open') return [];
	const { id, stage } = poll;
	return scene
		.whoMay('vote')
		.filter(
			({ id: person, role }) =>
				votes(role, scene.settings) && state.ballots[ballotKey(id, stage.round, person)] === undefined
		)
		.map(({ id: person }) => ({
			id: `vote/${id}/${stage.round}`,
			person,
			kind: 'answer',
			text: told({ en: 'Vote in “{title}”', de: 'In „{title}“ abstimmen' }, { title: scene.title }),
			said: null,
			when: stage.endsAt === null ? null : { at: stage.endsAt },
			item: null
		}));
}
