import { expect, it } from 'vitest';
import { isZone } from '../days.ts';
import { series } from './dates.ts';

const shown = (instants: number[], zone: string) =>
	instants.map((at) =>
		new Intl.DateTimeFormat('sv', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(at)
	);

it('keeps a quarter past twelve when the clocks change, forward and back', () => {
	const spring = Date.UTC(2026, 2, 19, 11, 15);
	expect(shown(series(spring, 'week', 3, 'Europe/Berlin'), 'Europe/Berlin')).toEqual([
		'2026-03-19 12:15',
		'2026-03-26 12:15',
		'2026-04-02 12:15'
	]);
	const autumn = Date.UTC(2026, 9, 15, 16, 15);
	expect(shown(series(autumn, 'fortnight', 3, 'America/New_York'), 'America/New_York')).toEqual([
		'2026-10-15 12:15',
		'2026-10-29 12:15',
		'2026-11-12 12:15'
	]);
});

it('puts a time that the change of clocks leaves out an hour later', () => {
	const first = Date.UTC(2026, 2, 22, 1, 30);
	expect(shown(series(first, 'week', 2, 'Europe/Berlin'), 'Europe/Berlin')).toEqual([
		'2026-03-22 02:30',
		'2026-03-29 03:30'
	]);
});

it('stays on the same weekday of each month: the second Thursday, and the last where it is the fifth', () => {
	const second = Date.UTC(2026, 0, 8, 12);
	expect(shown(series(second, 'month', 4, 'UTC'), 'UTC')).toEqual([
		'2026-01-08 12:00',
		'2026-02-12 12:00',
		'2026-03-12 12:00',
		'2026-04-09 12:00'
	]);
	const fifth = Date.UTC(2026, 0, 29, 12);
	expect(shown(series(fifth, 'month', 4, 'UTC'), 'UTC')).toEqual([
		'2026-01-29 12:00',
		'2026-02-26 12:00',
		'2026-03-26 12:00',
		'2026-04-30 12:00'
	]);
});

it('knows a time zone from an offset and from anything else', () => {
	expect(['Europe/Berlin', 'UTC', 'Asia/Kathmandu'].every(isZone)).toBe(true);
	expect(['+02:00', 'Berlin', '', '__proto__', '../etc'].some(isZone)).toBe(false);
});
