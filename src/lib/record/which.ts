import type { MeetingRow } from '../../../server/storage/store.ts';

/** Which meeting a reader gets who named none: the last that has ended, else the current one. */
export function defaultMeeting(meetings: readonly MeetingRow[], current: number): number {
	const ended = meetings.filter((meeting) => meeting.ended !== null).map((meeting) => meeting.number);
	return ended.length > 0 ? Math.max(...ended) : current;
}
