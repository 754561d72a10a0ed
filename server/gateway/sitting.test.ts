import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSittings, type Sittings } from './sitting.ts';

/** Sessions by their token; who has none is nobody. */
const sessions = new Map<string, string>();
let told: (person: string) => void;
let broken = false;
let sittings: Sittings;
const reported: unknown[] = [];
const ends: string[] = [];

beforeEach(() => {
	vi.useFakeTimers();
	sessions.clear();
	ends.length = reported.length = 0;
	broken = false;
	sittings = createSittings(
		{
			who: async (credentials) => {
				if (broken) throw new Error('no answer');
				const person = sessions.get((credentials as { token: string }).token);
				return person === undefined
					? null
					: { id: person, name: person, account: false, email: null, locale: null };
			},
			onEnded(listener) {
				told = listener;
				return () => (told = () => {});
			}
		},
		(error) => reported.push(error)
	);
});
afterEach(() => {
	sittings.close();
	vi.useRealTimers();
});

const sit = (person: string, token: string) => sittings.watch(person, { token }, () => ends.push(token));
const settled = () => vi.advanceTimersByTimeAsync(0);

describe('a session', () => {
	it('A5: that is ended ends its sockets, each once, and no other session’s', async () => {
		for (const token of ['desk', 'phone']) sessions.set(token, 'ada');
		sessions.set('other', 'grace');
		sit('ada', 'desk');
		sit('ada', 'desk');
		sit('ada', 'phone');
		sit('grace', 'other');
		await settled();
		expect(ends).toEqual([]);
		sessions.delete('desk');
		told('ada');
		told('ada');
		await settled();
		expect(ends).toEqual(['desk', 'desk']);
	});

	it('A5: that ended while its socket was opened ends it', async () => {
		sit('ada', 'desk');
		await settled();
		expect(ends).toEqual(['desk']);
	});

	it('A5: that runs out ends its sockets within a quarter of a minute', async () => {
		const many = Array.from({ length: 500 }, (_, index) => `token-${index}`);
		for (const token of many) {
			sessions.set(token, token);
			sit(token, token);
		}
		await settled();
		sessions.clear();
		await vi.advanceTimersByTimeAsync(15_010);
		expect(ends.sort()).toEqual(many.sort());
	});

	it('whose socket has left, or that cannot be looked up, ends nothing', async () => {
		sessions.set('desk', 'ada');
		sit('ada', 'desk')();
		sessions.set('phone', 'ada');
		sit('ada', 'phone');
		await settled();
		sessions.delete('desk');
		broken = true;
		told('ada');
		await vi.advanceTimersByTimeAsync(15_000);
		expect(ends).toEqual([]);
		expect(reported.length).toBeGreaterThan(0);
		broken = false;
		sessions.clear();
		await vi.advanceTimersByTimeAsync(15_000);
		expect(ends).toEqual(['phone']);
	});
});
