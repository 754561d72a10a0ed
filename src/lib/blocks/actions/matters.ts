/** What somebody promised, with what became of it meeting after meeting; and what a meeting asks about it now. */
import type { Matter, MatterScene, Stage } from '../matter.ts';
import { isOpen, reviewKey, unreviewed, type Action, type ActionsState, type Outcome } from './model.ts';

const OUTCOMES: Record<Outcome, Pick<Stage, 'is' | 'word'>> = {
	done: { is: 'good', word: { en: 'Done', de: 'Erledigt' } },
	partly: { is: 'warn', word: { en: 'Partly', de: 'Teils' } },
	not: { is: 'bad', word: { en: 'Not yet', de: 'Noch nicht' } }
};

function stagesOf(state: ActionsState, action: Action): Stage[] {
	const reviews = Object.values(state.reviews).filter((one) => one.action === action.id);
	return reviews
		.sort((a, b) => a.meeting - b.meeting)
		.map(({ meeting, outcome }) => ({ meeting, ...OUTCOMES[outcome] }));
}

export function matters(state: ActionsState, scene: MatterScene): Matter[] {
	const waiting = new Set(unreviewed(state, scene.meeting).map(({ id }) => id));
	return Object.values(state.actions).flatMap((action): Matter[] => {
		const { id, owner, text: said, due } = action;
		if (!scene.people[owner]) return [];
		const common = { person: owner, said, own: true, when: due === null ? null : { day: due }, item: id };
		const all: Matter[] = [];
		if (isOpen(action)) {
			const stages: Stage[] = [
				{ meeting: action.meeting, is: 'plain', word: { en: 'Promised', de: 'Vorgenommen' } },
				...stagesOf(state, action)
			];
			all.push({
				...common,
				id,
				kind: 'promised',
				text: { en: 'What I promised', de: 'Eigenes Vorhaben' },
				stages,
				...(scene.may(owner, 'done')
					? {
							quick: [
								{
									...{ verb: 'done', payload: { id }, undo: { id, done: false } },
									text: { en: 'Done', de: 'Erledigt' }
								}
							]
						}
					: {})
			});
		}
		if (waiting.has(id) && scene.may(owner, 'review'))
			all.push({
				...common,
				id: `review/${reviewKey(scene.meeting, id)}`,
				kind: 'answer',
				text: { en: 'The meeting asks what became of it', de: 'Das Treffen fragt, was daraus geworden ist' },
				when: null
			});
		return all;
	});
}
