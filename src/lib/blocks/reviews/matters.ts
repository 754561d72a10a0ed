/** What a review asks of whom, and until when: to nominate, to decide, to write, to read. */
import { told, type Matter, type MatterScene } from '../matter.ts';
import type { Text } from '../refusal.ts';
import type { ReviewsState, Todo } from './model.ts';
import { holder, todoOf } from './seen.ts';
import type { Settings } from './settings.ts';

const TEXTS: Readonly<Record<Todo['what'], Text>> = {
	brief: { en: 'Set up the review', de: 'Die Rückmeldungen einrichten' },
	nominate: { en: 'Nominate who is to write for you', de: 'Vorschlagen, wer für dich schreiben soll' },
	approve: { en: 'Decide who is to write for {name}', de: 'Entscheiden, wer für {name} schreibt' },
	write: { en: 'Write for {name}', de: 'Für {name} schreiben' },
	revise: { en: 'A comment for {name} came back to you', de: 'Ein Beitrag für {name} kam zu dir zurück' },
	moderate: { en: 'Read without names for {name}', de: 'Für {name} ohne Namen lesen' },
	read: { en: 'Read what colleagues wrote for {name}', de: 'Lesen, was für {name} geschrieben wurde' },
	talk: { en: 'Talk with each other about {name}’s review', de: 'Über die Rückmeldungen für {name} sprechen' }
};

export function matters(state: ReviewsState, scene: MatterScene<Settings>): Matter[] {
	const name = holder(scene, 'reviewee')?.name ?? '';
	const all = Object.keys(scene.people).flatMap((person): Matter[] => {
		const todo = todoOf(state, person, scene);
		if (!todo) return [];
		return [
			{
				id: `${todo.what}/${scene.meeting}`,
				person,
				kind: 'answer',
				text: told(TEXTS[todo.what], { name }),
				said: null,
				when: todo.until === null ? null : { at: todo.until },
				item: null
			}
		];
	});
	const manager = holder(scene, 'manager');
	const batch = state.batch.now;
	if (manager && batch && batch.manager === null)
		all.push({
			id: `open/${scene.meeting}`,
			person: manager.id,
			kind: 'coming',
			text: told(TEXTS.read, { name }),
			said: null,
			when: { at: batch.at + scene.settings.later * 3_600_000 },
			item: null
		});
	return all;
}
