/** What was suggested waits for those who may adopt it. */
import { told, type Matter, type MatterScene } from '../matter.ts';
import type { TemplateState } from './model.ts';

export function matters({ suggested }: TemplateState, scene: MatterScene): Matter[] {
	const count = Object.values(suggested).filter((one) => one.is === 'new').length;
	if (count === 0) return [];
	return scene.whoMay('adopt').map(({ id }) => ({
		id: 'suggested',
		person: id,
		kind: 'answer',
		text: told(
			{ en: 'Suggestions for “{title}”: {count}', de: 'Vorschläge für „{title}“: {count}' },
			{ title: scene.title, count }
		),
		said: null,
		when: null,
		item: null
	}));
}
