/** When somebody is reminded of what. Pure. */
import { dayAt, plusDays, startOf } from '#lib/blocks/days.ts';
import type { Matter } from '#lib/blocks/matter.ts';
import type { Span } from '../storage/digest-store.ts';

export const HOUR = 60 * 60_000;
export const DAY = 24 * HOUR;

/** The hour of the morning at which a day is told, where the person is. */
const MORNING = 8;
/** Before something that begins at an hour. */
const BEFORE = HOUR;
/** An answer without a day may wait so long. */
const PATIENCE = DAY;

/** Minutes by which the zone is ahead of UTC at that moment; 0 for one that is not known. */
function ahead(zone: string | null, at: number): number {
	if (zone === null) return 0;
	try {
		const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
		const name = parts.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? '';
		const match = /GMT([+-])(\d{2}):(\d{2})/.exec(name);
		return match ? (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) : 0;
	} catch {
		return 0;
	}
}

/** The moment of that hour on that day, where the person is. */
export function hourOf(day: string, hour: number, zone: string | null): number {
	const utc = Date.parse(`${day}T00:00:00Z`) + hour * HOUR;
	return utc - ahead(zone, utc) * 60_000;
}

/** What day it is for the person. */
export function dayOf(at: number, zone: string | null): string {
	return new Date(at + ahead(zone, at) * 60_000).toISOString().slice(0, 10);
}

/** Null: nobody is reminded of it. */
export function remindAt(
	{ when, kind, since }: Matter & { since: number },
	zone: string | null
): number | null {
	if (kind === 'awaited') return null;
	if (when === null) return kind === 'answer' ? since + PATIENCE : null;
	if ('day' in when) return hourOf(when.day, MORNING, zone);
	// Whoever is in a meeting that has begun needs no word of it.
	return when.at <= since ? null : when.at - BEFORE;
}

/** Too late to be of any use: what began, and days that are long over. */
export function isStale({ when }: Pick<Matter, 'when'>, due: number, now: number): boolean {
	return when !== null && 'at' in when ? now >= when.at : now - due > 7 * DAY;
}

/** East and west of everywhere: the zones that are farthest ahead of UTC, and farthest behind. */
const EAST = 14 * HOUR;
const WEST = 12 * HOUR;
/** The week's digest goes out on Monday morning; where nobody was there to send it, until Wednesday morning. */
const DIGEST_FOR = 2 * DAY;

/** The Monday that began last, anywhere: the digest of the week before it may be due. */
export function digestMonday(now: number): string {
	const today = dayAt(now + EAST);
	const weekday = (new Date(startOf(today)).getUTCDay() + 6) % 7;
	return plusDays(today, -weekday);
}

/** The week before that Monday, where the person is. */
export function digestSpan(monday: string, zone: string | null): Span {
	return { from: hourOf(plusDays(monday, -7), 0, zone), to: hourOf(monday, 0, zone) };
}

/** The same, wherever somebody is. */
export function widestSpan(monday: string): Span {
	return { from: startOf(plusDays(monday, -7)) - EAST, to: startOf(monday) + WEST };
}

export function isDigestDue(monday: string, zone: string | null, now: number): boolean {
	const morning = hourOf(monday, MORNING, zone);
	return morning <= now && now < morning + DIGEST_FOR;
}

export function isDigestDueSomewhere(monday: string, now: number): boolean {
	const morning = startOf(monday) + MORNING * HOUR;
	return morning - EAST <= now && now < morning + WEST + DIGEST_FOR;
}
