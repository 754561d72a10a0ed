/** A date while it is typed, in the writer's time zone: the day, the hour, how long, and where. */
import { localInput, momentOf } from '#lib/ui/moment.ts';

/** For `KeptEntry`. Without an hour it is a day. */
export type DateEntry = { day: string; time: string; minutes: string; place: string };

/** One that stands, or one to begin with. */
export function dateEntry(
	date: { starts: number; ends: number; place: string } | null,
	given: { day?: string; minutes: number }
): DateEntry {
	if (date === null) return { day: given.day ?? '', time: '', minutes: String(given.minutes), place: '' };
	const [day = '', time = ''] = localInput(date.starts).split('T');
	return { day, time, minutes: String((date.ends - date.starts) / 60_000), place: date.place };
}

/** NaN where the day or the hour is open. */
export const startOf = ({ day, time }: DateEntry): number => momentOf(`${day}T${time}`);
