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
/** '11 May' */
export const dayAlone = written({ day: 'numeric', month: 'long' });
/** '11 May', or of another year '11 May 2025'. */
export const dayOf = (day: string, today: string): string =>
	day.slice(0, 4) === today.slice(0, 4)
		? dayAlone(day)
		: written({ day: 'numeric', month: 'long', year: 'numeric' })(day);
