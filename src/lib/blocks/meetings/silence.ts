/** How long it is quiet, and who is to be nudged when. Pure. */
import { DAY, startOf } from '../days.ts';
import type { MeetingsSettings, MeetingsState } from './model.ts';

const held = ({ meetings }: Pick<MeetingsState, 'meetings'>): number =>
	Object.values(meetings).filter(({ dropped }) => !dropped).length;

export { held };

/** From when on silence counts: the last sign of life, or the end of the day for which a meeting is set. */
function quietSince({ watch, coming }: MeetingsState): number | null {
	if (!watch.now) return null;
	const set = coming.now ? startOf(coming.now.day) + DAY : 0;
	return Math.max(watch.now.since, set);
}

/** The next nudge that is due, for whom and when; null: nobody's. What was held in full needs none. */
export function nextNudge(
	state: MeetingsState,
	{ keeper, above, patience, longer, planned }: MeetingsSettings
): { role: string; days: number; since: number; at: number } | null {
	const since = quietSince(state);
	if (since === null || (planned !== null && held(state) >= planned)) return null;
	for (const [role, days] of [
		[keeper, patience],
		[above, longer]
	] as const)
		if (role !== null && !state.nudges[role]) return { role, days, since, at: since + days * DAY };
	return null;
}
