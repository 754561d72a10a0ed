import { region } from './region.ts';

/** "14 May", of an ISO date. */
export function day(date: string): string {
	const format = new Intl.DateTimeFormat(region(), { day: 'numeric', month: 'short', timeZone: 'UTC' });
	return format.format(new Date(date));
}
