import { region } from '#lib/ui/region.ts';

const utc = (day: string) => new Date(`${day}T00:00:00Z`);
const written = (options: Intl.DateTimeFormatOptions) => (day: string) =>
	new Intl.DateTimeFormat(region(), { ...options, timeZone: 'UTC' }).format(utc(day));

/** '2026-05-14' → 'Thu 14 May' */
export const dayShort = written({ weekday: 'short', day: 'numeric', month: 'short' });
/** 'Thu' */
export const weekday = written({ weekday: 'short' });
/** '14' */
export const ofMonth = written({ day: 'numeric' });
/** 'Thursday 14 May' */
export const dayLong = written({ weekday: 'long', day: 'numeric', month: 'long' });
/** '11–17 May', or of another year '11–17 May 2025'. */
export function span(from: string, to: string, today: string): string {
	const year = to.slice(0, 4) === today.slice(0, 4) ? undefined : 'numeric';
	const format = new Intl.DateTimeFormat(region(), { day: 'numeric', month: 'long', year, timeZone: 'UTC' });
	return format.formatRange(utc(from), utc(to));
}
