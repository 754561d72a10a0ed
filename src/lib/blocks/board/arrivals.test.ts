import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { arrivals } from './arrivals.ts';
import type { Note } from './model.ts';

const note = (id: string) => ({ id }) as Note;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('tells of notes that come in quick succession at once, and never more often than every four seconds', () => {
	const told: number[] = [];
	const news = arrivals((notes) => told.push(notes.length));
	news.take([note('a')]);
	news.take([note('b'), note('c')]);
	vi.advanceTimersByTime(2000);
	expect(told).toEqual([3]);
	news.take([note('d')]);
	vi.advanceTimersByTime(3000);
	expect(told).toEqual([3]);
	vi.advanceTimersByTime(1500);
	expect(told).toEqual([3, 1]);
});

it('tells nothing once it is stopped', () => {
	const told: number[] = [];
	const news = arrivals((notes) => told.push(notes.length));
	news.take([note('a')]);
	news.stop();
	vi.advanceTimersByTime(9000);
	expect(told).toEqual([]);
});
