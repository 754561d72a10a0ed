import type { Holds } from '../testing.ts';
import type { OptionsRecord, OptionsState } from './model.ts';

export const holds: Holds<OptionsState, Partial<OptionsRecord>> = (state, { record }) => {
	const wrong: string[] = [];
	const standing = Object.values(state.options).filter((one) => one.state !== 'dropped');
	const texts = standing.map((one) => one.text.toLowerCase().replaceAll(/\s+/g, ' '));
	if (new Set(texts).size !== texts.length) wrong.push('the same option stands there twice');
	const shown = Object.keys(record.options ?? {});
	if (shown.length !== standing.length) wrong.push(`${shown.length} of ${standing.length} options are shown`);
	return wrong;
};
