import type { Holds } from '../testing.ts';
import { MOST_DROPPED, type TemplateDesk, type TemplateSettings, type TemplateState } from './model.ts';

export const holds: Holds<TemplateState, Record<string, never>, TemplateDesk> = (
	state,
	{ record, desk, scene }
) => {
	const wrong: string[] = [];
	const { most } = scene.settings as TemplateSettings;
	if (Object.keys(record).length > 0) wrong.push('everybody reads what is for a few');
	if (JSON.stringify(desk.suggested).includes('"person"')) wrong.push('whose suggestion it is, is told');
	if (state.own.now === undefined && Object.keys(state.items).length > 0)
		wrong.push('there are items of its own that nobody made');
	if (Object.values(desk.items).some(({ dropped }) => dropped)) wrong.push('what was taken out is shown');
	if (Object.keys(desk.items).length > most) wrong.push('there are more items than there can be');
	const out = Object.values(state.items).filter(({ dropped }) => dropped);
	if (out.length > MOST_DROPPED) wrong.push('what was taken out is kept for ever');
	if (Object.values(state.items).some((one) => one.dropped !== (one.out !== undefined)))
		wrong.push('an item is out, and not since when, or the other way round');
	for (const { key, is, item } of Object.values(state.suggested)) {
		if (is !== 'adopted' && item !== null) wrong.push(`${key} is ${is}, and an item`);
		if (item !== null && !state.items[item]) wrong.push(`${key} became an item that there is not`);
	}
	return wrong;
};
