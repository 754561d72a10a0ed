/**
 * The dates of a series, by the clock on the wall of a time zone: a quarter past twelve stays a quarter past twelve when
 * the clocks change. A time that does not exist on such a day is the one an hour later.
 */
export type Every = 'week' | 'fortnight' | 'month';

const DAYS: Record<Exclude<Every, 'month'>, number> = { week: 7, fortnight: 14 };

/** `at`: the first, ms since the epoch. */
export function series(at: number, every: Every, times: number, zone: string): number[] {
	const first = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
	return Array.from({ length: times }, (_, index) => {
		const date =
			every === 'month'
				? inMonth(first.toPlainDate(), index)
				: first.toPlainDate().add({ days: DAYS[every] * index });
		return date.toZonedDateTime({ timeZone: zone, plainTime: first.toPlainTime() }).epochMilliseconds;
	});
}

/** The same weekday of a later month, as the second Thursday; of what would be the fifth, the last. */
function inMonth(first: Temporal.PlainDate, later: number): Temporal.PlainDate {
	const month = first.toPlainYearMonth().add({ months: later });
	const start = month.toPlainDate({ day: 1 });
	const weekday = (first.dayOfWeek - start.dayOfWeek + 7) % 7;
	const day = 1 + weekday + 7 * Math.floor((first.day - 1) / 7);
	return month.toPlainDate({ day: day > month.daysInMonth ? day - 7 : day });
}
