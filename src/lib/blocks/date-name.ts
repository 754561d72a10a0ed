/** What a date of a series is called where several stand one below the other. */
import { region } from '#lib/ui/region.ts';

/** "Reading a P&L, 26 March 2026"; without a title its day alone. */
export function dateName(title: string, at: number): string {
	const day = new Intl.DateTimeFormat(region(), { dateStyle: 'long' }).format(at);
	return title === '' ? day : `${title}, ${day}`;
}
