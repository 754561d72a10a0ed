/** The working week as a form shows it: five days in three parts. Pure. */
import type { Span } from '../profile.ts';

export const DAYS = [1, 2, 3, 4, 5] as const;

export const PARTS = [
	{ name: 'morning', from: 9 * 60, to: 12 * 60 },
	{ name: 'noon', from: 12 * 60, to: 14 * 60 },
	{ name: 'afternoon', from: 14 * 60, to: 17 * 60 }
] as const;

export type Part = (typeof PARTS)[number]['name'];

const spanOf = (day: number, part: (typeof PARTS)[number]): Span => ({ day, from: part.from, to: part.to });

/** Is all of this part among the hours? */
export const has = (
	hours: readonly Span[],
	day: number,
	{ from, to }: { from: number; to: number }
): boolean => hours.some((one) => one.day === day && one.from <= from && one.to >= to);

/** Hours that the form cannot show: they stay as they are until somebody ticks. */
export function fits(hours: readonly Span[]): boolean {
	const ticked = DAYS.flatMap((day) =>
		PARTS.filter((part) => has(hours, day, part)).map((part) => spanOf(day, part))
	);
	const minutes = (spans: readonly Span[]) => spans.reduce((sum, { from, to }) => sum + to - from, 0);
	return minutes(ticked) === minutes(hours);
}

/** The hours with one part ticked, or not. What the form cannot show goes. */
export function toggled(hours: readonly Span[], day: number, part: Part): Span[] {
	return DAYS.flatMap((one) =>
		PARTS.filter((other) => has(hours, one, other) !== (one === day && other.name === part)).map((other) =>
			spanOf(one, other)
		)
	);
}

export const total = (hours: readonly Span[]): number =>
	Math.round(hours.reduce((sum, { from, to }) => sum + to - from, 0) / 6) / 10;
