/** Calendar days as 2026-05-14, without a time of the day. Pure. */
const DAY = 86_400_000;

/** The day at a moment, in UTC: the same for everybody in the room. */
export const dayAt = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** When a day begins, ms since the epoch. */
export const startOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);

export const plusDays = (day: string, days: number): string => dayAt(startOf(day) + days * DAY);

/** Whole days from one to the other; negative where it lies before. */
export const daysFrom = (from: string, to: string): number => Math.round((startOf(to) - startOf(from)) / DAY);

/** "14 May", for people. */
export const dayWords = (day: string, locale: string): string =>
	new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(startOf(day));

/** The day at a moment in a time zone. */
export const dayIn = (ms: number, zone: string): string =>
	Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).toPlainDate().toString();

/** Such as Europe/Berlin; offsets like +02:00 know no summer time and are none. */
export function isZone(name: string): boolean {
	if (/^[+-]/.test(name)) return false;
	try {
		new Intl.DateTimeFormat('en', { timeZone: name });
		return true;
	} catch {
		// the one way to ask
		return false;
	}
}

export { DAY };
