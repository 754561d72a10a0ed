/** Who has not filled it in yet while it is open, and whose name is missing under an entry. */
import { told, type Matter, type MatterScene } from '../matter.ts';
import { signature, type FormSettings, type FormState } from './model.ts';

export function matters(
	state: FormState,
	scene: MatterScene<Pick<FormSettings, 'who' | 'signers'>>
): Matter[] {
	if (state.status.now?.closed) return [];
	const { who, signers } = scene.settings;
	const entries = Object.values(state.entries);
	const filledIn = new Set(entries.map(({ person }) => person));
	const all: Matter[] = [];
	for (const { id, role } of scene.asked('submit'))
		if ((who.length === 0 || who.includes(role)) && !filledIn.has(id))
			all.push({
				id: `submit/${scene.meeting}`,
				person: id,
				kind: 'answer',
				text: told({ en: 'Fill in “{title}”', de: '„{title}“ ausfüllen' }, { title: scene.title }),
				said: null,
				when: null,
				item: null
			});
	for (const { id, role } of signers.length === 0 ? [] : scene.whoMay('sign'))
		for (const entry of entries)
			if (signers.includes(role) && state.signed[signature(entry.id, id)] === undefined)
				all.push({
					id: `sign/${entry.id}`,
					person: id,
					kind: 'answer',
					text: told(
						{ en: 'Read and sign “{title}”', de: '„{title}“ lesen und unterschreiben' },
						{
							title: scene.title
						}
					),
					said: null,
					when: null,
					item: entry.id
				});
	return all;
}
