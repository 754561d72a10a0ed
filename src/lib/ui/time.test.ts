import { describe, expect, it } from 'vitest';
import { clock, distance, timerState } from './time.ts';

describe('a timer', () => {
	it('is quiet until 20 % are left, then low, and out from 5 %', () => {
		const total = 480;
		expect(timerState(480, total, false)).toBe('quiet');
		expect(timerState(97, total, false)).toBe('quiet');
		expect(timerState(96, total, false)).toBe('low');
		expect(timerState(25, total, false)).toBe('low');
		expect(timerState(24, total, false)).toBe('out');
		expect(timerState(-10, total, false)).toBe('out');
	});

	it('shows a pause whatever is left', () => {
		expect(timerState(3, 480, true)).toBe('paused');
	});

	it('has no colour where a phase has no length', () => {
		expect(timerState(0, 0, false)).toBe('quiet');
	});
});

describe('a clock', () => {
	it.each([
		[0, '0:00'],
		[-4, '0:00'],
		[19.2, '0:20'],
		[96, '1:36'],
		[3725, '1:02:05']
	])('of %d seconds reads %s', (seconds, text) => {
		expect(clock(seconds)).toBe(text);
	});
});

describe('a distance in time', () => {
	it('is said in the largest unit that fits, past and future', () => {
		const now = Date.UTC(2026, 3, 16);
		expect(distance(now - 30_000, now)).toEqual({ value: 0, unit: 'minute' });
		expect(distance(now - 240_000, now)).toEqual({ value: -4, unit: 'minute' });
		expect(distance(now + 6 * 86_400_000, now)).toEqual({ value: 6, unit: 'day' });
		expect(distance(now - 800 * 86_400_000, now)).toEqual({ value: -2, unit: 'year' });
	});
});
