import type { Holds } from '../testing.ts';
import { dateKey, type AnswersRecord, type AnswersSettings, type AnswersState } from './model.ts';

export const holds: Holds<AnswersState, AnswersRecord> = (state, { record, scene }) => {
	const wrong: string[] = [];
	const { most } = scene.settings as AnswersSettings;
	const entries = Object.values(state.entries);
	if (entries.length > most) wrong.push(`${entries.length} are kept, and ${most} may be`);
	for (const { id, meeting } of entries) {
		if (!record.dates[dateKey(meeting)]) wrong.push(`${id} was answered on no date`);
	}
	return wrong;
};
