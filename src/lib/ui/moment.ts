/** Moments (ms since the epoch) as people read and type them, in their own time zone. */
import { region } from './region.ts';

/** "Thu, 26 Mar, 12:15 – 13:00". */
export function span({ starts, ends }: { starts: number; ends: number }): string {
	return new Intl.DateTimeFormat(region(), {
		weekday: 'short',
		day: 'numeric',
		month: 'short',
		hour: 'numeric',
		minute: '2-digit'
	}).formatRange(starts, ends);
}

/** For `<input type="datetime-local">`; its day and its time stand before and after the T. */
export function localInput(at: number): string {
	const moment = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
	return moment.toISOString().slice(0, 16);
}

/** The moment of such an input; NaN where it holds none. */
export const momentOf = (value: string): number => new Date(value).getTime();

export const zoneHere = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
