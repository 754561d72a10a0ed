import { describe, expect, it } from 'vitest';
import { nextPage } from './next.ts';

describe('the page after signing in', () => {
	it.each(['/account', '/r/K7MX2P?as=chair#notes', '/'])('is the one that was asked for: %s', (wish) => {
		expect(nextPage(wish)).toBe(wish);
	});

	it.each([
		null,
		undefined,
		'',
		'account',
		'https://evil.test',
		'//evil.test',
		'/\\evil.test',
		'/\t/evil.test',
		'/.//evil.test'
	])('is never on another host: %j', (wish) => {
		expect(nextPage(wish)).toBe('/');
	});
});
