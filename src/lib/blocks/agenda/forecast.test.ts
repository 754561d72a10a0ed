import { expect, it } from 'vitest';
import { forecast } from './forecast.ts';
import type { Now } from './model.ts';

const MINUTE = 60_000;
const phases = [
	{ id: 'P0', when: 'ahead' as const, minutes: null },
	{ id: 'P1', when: 'live' as const, minutes: 10 },
	{ id: 'P2', when: 'live' as const, minutes: 20 },
	{ id: 'P3', when: 'live' as const, minutes: 5 },
	{ id: 'P4', when: 'after' as const, minutes: null }
];
const began = 1000 * MINUTE;
const running: Now = {
	phase: 'P2',
	run: 'r2',
	opened: began + 10 * MINUTE,
	status: 'live',
	clock: { is: 'running', endsAt: began + 30 * MINUTE, total: 20 * MINUTE },
	began,
	ended: null
};

it('a meeting in time ends when all its phases are over', () => {
	expect(forecast(running, phases, began + 12 * MINUTE)).toEqual({ ends: began + 35 * MINUTE, late: 0 });
});

it('every minute after the clock has run out makes the end a minute later', () => {
	expect(forecast(running, phases, began + 34 * MINUTE)).toEqual({ ends: began + 39 * MINUTE, late: 4 });
});

it('a pause costs what it lasts, and a phase that was cut short gives it back', () => {
	const paused: Now = {
		...running,
		clock: { is: 'paused', left: 10 * MINUTE, total: 20 * MINUTE, why: 'pause' }
	};
	expect(forecast(paused, phases, began + 25 * MINUTE)?.late).toBe(5);
	const early: Now = {
		...running,
		clock: { is: 'running', endsAt: began + 24 * MINUTE, total: 20 * MINUTE }
	};
	expect(forecast(early, phases, began + 4 * MINUTE)?.late).toBe(-6);
});

it('nothing is foretold before a meeting, after it, or where a phase has no length', () => {
	expect(forecast({ ...running, status: 'ahead' }, phases, began)).toBeNull();
	expect(forecast({ ...running, status: 'after', phase: 'P4' }, phases, began)).toBeNull();
	expect(forecast({ ...running, clock: { is: 'none' } }, phases, began)).toBeNull();
	const open = phases.map((one) => (one.id === 'P3' ? { ...one, minutes: null } : one));
	expect(forecast(running, open, began)).toBeNull();
});
