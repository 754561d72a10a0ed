import { getLocale } from '#lib/paraglide/runtime.js';

/** "14 May", of an ISO date. */
export function day(date: string): string {
	const format = new Intl.DateTimeFormat(getLocale(), { day: 'numeric', month: 'short', timeZone: 'UTC' });
	return format.format(new Date(date));
}
