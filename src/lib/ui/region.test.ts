import { describe, expect, it } from 'vitest';
import { languagesIn, regionOf } from './region.ts';

describe('the languages that a browser asks for', () => {
	it('come in the order in which they are wanted', () => {
		expect(languagesIn('de;q=0.5, en-GB, fr;q=0.8')).toEqual(['en-GB', 'fr', 'de']);
	});

	it('are none where nothing is asked for or what is asked for makes no sense', () => {
		expect(languagesIn(null)).toEqual([]);
		expect(languagesIn('en;q=0, de;q=much')).toEqual([]);
	});
});

describe('dates and numbers', () => {
	const day = (tag: string) =>
		new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(
			Date.UTC(2026, 4, 14)
		);

	it.each([
		['en', ['en-GB', 'en'], 'en-GB', '14 May'],
		['en', ['en-US', 'en'], 'en-US', 'May 14'],
		['de', ['en-US', 'de-AT'], 'de-AT', '14. Mai']
	])('in %s for somebody who asks for %j are those of %s', (language, wanted, region, text) => {
		expect(regionOf(language, wanted)).toBe(region);
		expect(day(region)).toBe(text);
	});

	it('are those of where the reader is if their own language is another one', () => {
		expect(regionOf('en', ['de-DE', 'de'])).toBe('en-DE');
		expect(day('en-DE')).toBe('14 May');
	});

	it('are those of the language where nobody says where', () => {
		expect(regionOf('en', ['en'])).toBe('en');
		expect(regionOf('de', ['not a tag', '*', ''])).toBe('de');
	});
});
