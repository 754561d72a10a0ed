import { describe, expect, it } from 'vitest';
import { hoursText, parseHours } from './hours.ts';

describe('working hours', () => {
	it.each([
		['Mon–Thu 9:00–17:00, Fri 9:00–13:00', 5],
		['Mo-Fr 9-17', 5],
		['Monday - Friday 09:00 - 17:00', 5],
		['Di 8.30–12.00; Do 13:00–18:00 Uhr', 2],
		['Sat-Mon 10-12', 3],
		['', 0]
	])('are read from "%s"', (text, spans) => {
		expect(parseHours(text)).toHaveLength(spans);
	});

	it.each([
		'sometimes',
		'Mon',
		'Mon 9',
		'Mon 17-9',
		'Xyz 9-17',
		'Mon 9-25',
		'Mon 9:75-17',
		'=cmd',
		'Mon 9-9'
	])('are refused where they cannot be read: "%s"', (text) => expect(parseHours(text)).toBeNull());

	it('that overlap are joined, and come back as they can be read again', () => {
		const hours = parseHours('Mon 9-12, Mon 11-14, Wed 8-9, Thu 8-9')!;
		expect(hours).toHaveLength(3);
		expect(hoursText(hours, 'en')).toBe('Mon 9:00–14:00, Wed–Thu 8:00–9:00');
		expect(hoursText(hours, 'de')).toBe('Mo 9:00–14:00, Mi–Do 8:00–9:00');
		expect(parseHours(hoursText(hours, 'de'))).toEqual(hours);
	});

	it('with a break on every day are drawn together', () => {
		const hours = parseHours('Mo–Fr 9–12, Mo–Fr 13–17')!;
		expect(parseHours(hoursText(hours, 'de'))).toEqual(hours);
	});

	it('cannot be more than a week holds', () => {
		const many = Array.from({ length: 40 }, (_, n) => `Mon ${n % 20}:00-${(n % 20) + 1}:00`).join(',');
		expect(parseHours(many)).toBeNull();
	});
});
