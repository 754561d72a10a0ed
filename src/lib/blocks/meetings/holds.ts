import type { Holds } from '../testing.ts';
import type { MeetingsRecord, MeetingsState } from './model.ts';

export const holds: Holds<MeetingsState, MeetingsRecord> = (state, { record, own, scene }) => {
	const wrong: string[] = [];
	const seen = record;
	const { above = null, told = [] } = scene.settings as { above?: string | null; told?: string[] };
	if (above !== null && seen.nudges[above]) wrong.push('everybody reads that somebody else was nudged');
	if (Object.values(seen.meetings).some(({ dropped }) => dropped)) wrong.push('what was taken back is shown');
	for (const [id, date] of Object.entries(seen.dates))
		if (date.off || seen.coming.now?.date !== id) wrong.push('a date that is not the next one is shown');
	if (!state.watch.now && Object.keys(state.nudges).length > 0) wrong.push('a nudge after the end');
	for (const { id, role } of Object.values(scene.people)) {
		const mine = own(id) as { told: object | null };
		if (told.includes(role) !== (mine.told !== null)) wrong.push(`${role} is told the wrong thing`);
	}
	return wrong;
};
