/** Questions that are left open: they wait for those whom they were meant for, and whoever asked waits for them. */
import type { Matter, MatterScene } from '../matter.ts';
import type { Text } from '../refusal.ts';
import type { FloorState } from './model.ts';
import { openQuestions } from './open-questions.ts';
import type { Settings } from './settings.ts';

const MINE: Record<'unanswered' | 'unasked', Text> = {
	unanswered: { en: 'A question to me has no answer yet', de: 'Eine Frage an mich ist noch ohne Antwort' },
	unasked: {
		en: 'A question was prepared for me and not asked',
		de: 'Eine Frage an mich wurde vorbereitet und nicht gestellt'
	}
};
const AWAITED: Text = { en: 'My question has no answer yet', de: 'Meine Frage ist noch ohne Antwort' };

export function matters(state: FloorState, scene: MatterScene<Settings>): Matter[] {
	const { phase, people } = scene;
	// As long as people ask and answer, nothing is left open.
	const left = openQuestions(state, ({ began }) => phase === null || began < phase.opened);
	return left.flatMap(({ id, text, by, to, was }): Matter[] => {
		const of = { said: text, when: null, item: id };
		const asked = (to ?? []).filter((person) => people[person] && scene.may(person, 'answer'));
		return [
			...asked.map((person): Matter => ({ id, person, kind: 'answer', text: MINE[was], ...of })),
			...(was === 'unanswered' && by !== null && people[by] && asked.length > 0
				? [{ id: `awaited/${id}`, person: by, kind: 'awaited' as const, text: AWAITED, own: true, ...of }]
				: [])
		];
	});
}
