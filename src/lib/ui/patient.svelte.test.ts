import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { patient } from './patient.ts';

const page = '/week/__data.json?x-sveltekit-invalidated=01';

/** What is there to be fetched, one after the other; the last for good. Null: no line. */
function line(...answers: (string | number | null)[]) {
	return vi.fn(async (_input: RequestInfo | URL) => {
		const answer = answers.length > 1 ? answers.shift() : answers[0];
		if (typeof answer === 'string') return new Response(answer);
		if (answer) return new Response('<h1>Bad gateway</h1>', { status: answer });
		throw new TypeError('Failed to fetch');
	});
}

/** Besides: whether the server is there. */
function lineWith(health: ReturnType<typeof line>, ask: ReturnType<typeof line>) {
	return (input: RequestInfo | URL) => (input === '/healthz' ? health(input) : ask(input));
}

/** A body of which the half comes. */
const broken = () =>
	new Response(
		new ReadableStream({
			start(body) {
				body.enqueue(new TextEncoder().encode('{"type":'));
				body.error(new TypeError('network error'));
			}
		})
	);

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
	vi.useRealTimers();
	vi.restoreAllMocks();
});

it('a page that nobody answers for is waited for, which is said once, and comes when the server is back', async () => {
	const asked = line(null, null, 'ok');
	const ask = line(null, 502, 'all of it');
	const over = vi.fn();
	const wait = vi.fn(() => over);
	const answer = patient(lineWith(asked, ask), { wanted: () => true, wait })(page);
	await vi.advanceTimersByTimeAsync(9000);
	expect([asked.mock.calls.length, wait.mock.calls.length, over.mock.calls.length]).toEqual([3, 1, 0]);
	await vi.advanceTimersByTimeAsync(3000);
	expect(await (await answer).text()).toBe('all of it');
	expect(ask).toHaveBeenCalledTimes(3);
	expect([wait.mock.calls.length, over.mock.calls.length]).toEqual([1, 1]);
});

it('whatever waits asks together whether the server is back', async () => {
	const asked = line(null, 'ok');
	const ask = line(null, null, 'one', 'two');
	const both = patient(lineWith(asked, ask), { wanted: () => true, wait: () => () => {} });
	const answers = Promise.all([both(page), both('/people/__data.json')]);
	await vi.advanceTimersByTimeAsync(6000);
	expect(await Promise.all((await answers).map((answer) => answer.text()))).toEqual(['one', 'two']);
	expect(asked).toHaveBeenCalledTimes(2);
});

it('an answer that breaks off is none', async () => {
	const ask = vi.fn().mockResolvedValueOnce(broken()).mockResolvedValueOnce(new Response('whole'));
	const answer = patient(lineWith(line('ok'), ask), { wanted: () => true, wait: () => () => {} })(page);
	await vi.advanceTimersByTimeAsync(3000);
	expect(await (await answer).text()).toBe('whole');
});

it('what nobody waits for, what is no page and what was answered goes its way at once', async () => {
	const asked = line('ok');
	const wait = vi.fn(() => () => {});
	const ahead = patient(line(null), { wanted: () => false, wait });
	await expect(ahead(page)).rejects.toThrow('Failed to fetch');
	const mine = patient(line(null), { wanted: () => true, wait });
	await expect(mine('/api/search?q=a')).rejects.toThrow('Failed to fetch');
	expect((await patient(line(404), { wanted: () => true, wait })(page)).status).toBe(404);
	expect([asked.mock.calls.length, wait.mock.calls.length]).toEqual([0, 0]);
});
