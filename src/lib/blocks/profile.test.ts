import { describe, expect, it } from 'vitest';
import {
	blankProfile,
	inReportingLine,
	lineAbove,
	overlap,
	weekOf,
	type Profile,
	type ProfileOf
} from './profile.ts';

const profile = (id: string, more: Partial<Profile> = {}): Profile => ({
	...blankProfile,
	id,
	name: id,
	...more
});

const managers: Record<string, string> = { nia: 'mei', mei: 'ruth', omar: 'ruth' };
const profileOf: ProfileOf = (id) => profile(id, { manager: managers[id] ?? null });

describe('the reporting line', () => {
	it('goes up, nearest first', () => expect(lineAbove('nia', profileOf)).toEqual(['mei', 'ruth']));
	it('joins two of whom one reports to the other, at any distance and in either order', () => {
		expect(inReportingLine('nia', 'ruth', profileOf)).toBe(true);
		expect(inReportingLine('ruth', 'nia', profileOf)).toBe(true);
	});
	it('does not join colleagues with the same manager', () =>
		expect(inReportingLine('mei', 'omar', profileOf)).toBe(false));
	it('ends in a loop that slipped in', () => {
		const loop: ProfileOf = (id) => profile(id, { manager: id === 'a' ? 'b' : id === 'b' ? 'c' : 'b' });
		expect(lineAbove('a', loop)).toEqual(['b', 'c']);
	});
});

describe('shared hours', () => {
	const sharedHours = (one: Profile, other: Profile, at: number) =>
		overlap(weekOf(one, at), weekOf(other, at));
	const summer = Date.UTC(2026, 6, 1);
	const nine = (to: number, day = 1) => [{ day, from: 9 * 60, to: to * 60 }];

	it('are those of both, in one time zone', () => {
		const one = profile('a', { hours: [...nine(12), ...nine(12, 3)], timeZone: 'Europe/Berlin' });
		const other = profile('b', {
			hours: [{ day: 1, from: 10 * 60, to: 16 * 60 }],
			timeZone: 'Europe/Berlin'
		});
		expect(sharedHours(one, other, summer)).toBe(2);
	});
	it('are moved by the time zones, summer and winter', () => {
		const berlin = profile('a', { hours: nine(17), timeZone: 'Europe/Berlin' });
		const newYork = profile('b', { hours: nine(17), timeZone: 'America/New_York' });
		expect(sharedHours(berlin, newYork, summer)).toBe(2);
		// a week in which only one of them has changed the clock
		expect(sharedHours(berlin, newYork, Date.UTC(2026, 2, 16))).toBe(3);
	});
	it('go on over the end of the week', () => {
		const tokyo = profile('a', { hours: [{ day: 1, from: 0, to: 9 * 60 }], timeZone: 'Asia/Tokyo' });
		const honolulu = profile('b', {
			hours: [{ day: 7, from: 5 * 60, to: 14 * 60 }],
			timeZone: 'Pacific/Honolulu'
		});
		expect(sharedHours(tokyo, honolulu, summer)).toBe(9);
	});
	it('takes a time zone that nobody knows as UTC', () =>
		expect(
			sharedHours(
				profile('a', { hours: nine(12), timeZone: 'Mars/Base' }),
				profile('b', { hours: nine(12) }),
				summer
			)
		).toBe(3));
});
