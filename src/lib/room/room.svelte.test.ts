/** What a room does with what it is told: over a line that the test holds in its hands. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { discussion } from '#lib/formats/discussion.ts';
import type { Format } from '#lib/formats/format.ts';
import type { RoomInfo } from '../../../server/rooms/room.ts';
import type { Live, Message } from './live.svelte.ts';
import { RoomClient } from './room.svelte.ts';

type Answer = Awaited<ReturnType<Live['format']>>;

/** Whom the room hears, and who waits for a format. */
const line = vi.hoisted(() => ({
	hear: (_message: Message) => {},
	asked: [] as PromiseWithResolvers<Answer>[]
}));

vi.mock('./documents.svelte.ts', () => ({}));
vi.mock('./live.svelte.ts', () => ({
	Live: class {
		waiting = 0;
		constructor(hear: typeof line.hear) {
			line.hear = hear;
		}
		format() {
			const asked = Promise.withResolvers<Answer>();
			line.asked.push(asked);
			return asked.promise;
		}
		command() {
			return Promise.resolve({ ok: true });
		}
		close() {}
	}
}));

function infoFor(role: string | null): RoomInfo {
	const who = { id: 'uma', name: 'Uma', account: false, owner: false, team: null, joined: 1 };
	return {
		room: {
			...{ id: 'r1', code: 'ABCDEF', title: 'Thursday', format: 'discussion', preset: null },
			...{ state: 'open', demo: false }
		},
		...{ settings: {}, meeting: 1, waiting: false, documents: [], screen: null },
		member: role === null ? null : { ...who, role }
	} as RoomInfo; // of a room without documents, a little more than is read
}
const formatFor = (role: string): Format => ({ ...discussion, length: { en: role } });
const told = (role: string | null) => line.hear({ is: 'access', info: infoFor(role) });
const answer = (at: number, role: string) =>
	line.asked[at]!.resolve({ ok: true, info: infoFor(role), format: formatFor(role) });

const SNAPSHOT = { meeting: 1, record: {}, own: {} };

let room: RoomClient;
const shown = () => room.format.length.en;

beforeEach(async () => {
	line.asked.length = 0;
	room = new RoomClient(infoFor('participant'), formatFor('participant'), SNAPSHOT);
	room.begin();
	await expect.poll(() => room.live).not.toBeNull();
	vi.useFakeTimers();
});
afterEach(() => {
	room.stop();
	vi.useRealTimers();
});

it('a role with another format is asked for it again, after the line has dropped, until it comes', async () => {
	told('facilitator');
	await vi.advanceTimersByTimeAsync(0);
	line.asked[0]!.reject(new Error('the line dropped'));
	await vi.advanceTimersByTimeAsync(2900);
	expect([line.asked.length, shown()]).toEqual([1, 'participant']);
	await vi.advanceTimersByTimeAsync(100);
	line.asked[1]!.resolve({ ok: false, error: { code: 'too_fast', message: 'Wait.' } });
	await vi.advanceTimersByTimeAsync(3000);
	answer(2, 'facilitator');
	await vi.advanceTimersByTimeAsync(10_000);
	expect([line.asked.length, shown()]).toEqual([3, 'facilitator']);
});

it('whose role goes back while it is asked for ends with the format of the role that they have', async () => {
	told('facilitator');
	await vi.advanceTimersByTimeAsync(0);
	told('participant');
	await vi.advanceTimersByTimeAsync(0);
	answer(0, 'facilitator');
	await vi.advanceTimersByTimeAsync(0);
	answer(1, 'participant');
	await vi.advanceTimersByTimeAsync(10_000);
	expect([line.asked.length, shown()]).toEqual([2, 'participant']);
});

it('whoever is out of the room, or has left its page, asks for no format any more', async () => {
	told('facilitator');
	await vi.advanceTimersByTimeAsync(0);
	told(null);
	line.hear({ is: 'gone', code: 'removed' });
	line.asked[0]!.reject(new Error('the line dropped'));
	await vi.advanceTimersByTimeAsync(10_000);
	expect([line.asked.length, room.gone]).toEqual([1, 'removed']);
	room.stop();
	await vi.advanceTimersByTimeAsync(10_000);
	expect(line.asked).toHaveLength(1);
});

it('what somebody asks for before the line is loaded waits, and is not called saved', async () => {
	const early = new RoomClient(infoFor('participant'), formatFor('participant'), SNAPSHOT);
	const outcome = early.send('list.submit', { text: 'Quick' });
	expect(early.saved).toEqual({ is: 'saving', waiting: 1 });
	early.begin();
	expect(await outcome).toEqual({ ok: true });
	expect(early.saved).toEqual({ is: 'saved', waiting: 0 });
	early.stop();
});
