/** Days as they are written (2026-05-14), in the reader's time zone. Pure. */

const DAY = 86_400_000;

/** The zone if there is one of that name, else the server's. */
export function zoneOf(...wanted: (string | null | undefined)[]): string {
	for (const zone of wanted) {
		if (!zone || zone.length > 64) continue;
		try {
			return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
		} catch {
			// a cookie may hold anything
		}
	}
	return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** The day of a moment. */
export function dayIn(zone: string, at: number): string {
	// Swedish writes days as ISO does
	return new Intl.DateTimeFormat('sv', { timeZone: zone }).format(at);
}

const midnight = (day: string) => Date.parse(`${day}T00:00:00Z`);

export const later = (day: string, days: number): string =>
	new Date(midnight(day) + days * DAY).toISOString().slice(0, 10);

/** Days from one to the other; negative when it is over. */
export const between = (from: string, to: string): number =>
	Math.round((midnight(to) - midnight(from)) / DAY);

/** The Monday of its week. */
export function mondayOf(day: string): string {
	const weekday = (new Date(midnight(day)).getUTCDay() + 6) % 7;
	return later(day, -weekday);
}

export function isDay(text: string | null): text is string {
	return text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(midnight(text));
}
