import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { cleanup, render } from 'vitest-browser-svelte';
import { page } from 'vitest/browser';
import { createRawSnippet } from 'svelte';
import Lazy from './Lazy.svelte';
import { isWriting, loadAnew } from './back.ts';

const health = (...answers: (Response | null)[]) =>
	vi.spyOn(window, 'fetch').mockImplementation(async () => {
		const answer = answers.length > 1 ? answers.shift() : answers[0];
		if (!answer) throw new TypeError('no line');
		return answer;
	});

beforeEach(() => {
	sessionStorage.clear();
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
	vi.restoreAllMocks();
	cleanup();
});

it('the page is loaded anew once the server answers, and not again within a minute', async () => {
	const asked = health(null, new Response(null, { status: 503 }), new Response());
	const reload = vi.fn();
	void loadAnew(new AbortController().signal, { reload });
	await vi.advanceTimersByTimeAsync(7000);
	expect(asked).toHaveBeenCalledTimes(2);
	expect(reload).not.toHaveBeenCalled();
	await vi.advanceTimersByTimeAsync(3000);
	expect(reload).toHaveBeenCalledTimes(1);

	void loadAnew(new AbortController().signal, { reload });
	await vi.advanceTimersByTimeAsync(50_000);
	expect(reload).toHaveBeenCalledTimes(1);
	await vi.advanceTimersByTimeAsync(15_000);
	expect(reload).toHaveBeenCalledTimes(2);
});

it('it waits while somebody writes, and is called off with its page', async () => {
	health(new Response());
	const reload = vi.fn();
	const field = document.createElement('textarea');
	document.body.append(field);
	field.focus();
	const stop = new AbortController();
	void loadAnew(stop.signal, { may: () => !isWriting(), reload });
	await vi.advanceTimersByTimeAsync(9000);
	expect(reload).not.toHaveBeenCalled();
	stop.abort();
	field.remove();
	await vi.advanceTimersByTimeAsync(9000);
	expect(reload).not.toHaveBeenCalled();
});

it('a part whose script does not come says so and offers to load it again', async () => {
	vi.useRealTimers();
	health(null);
	const children = createRawSnippet(() => ({ render: () => '<p>It is here.</p>' }));
	const part = Promise.reject(new TypeError('Failed to fetch dynamically imported module'));
	void render(Lazy, { part, children });
	await expect.element(page.getByRole('alert')).toMatchTextContent(/has not come through/);
	await expect.element(page.getByRole('button', { name: 'Load again' })).toBeVisible();
	expect(document.body.textContent).not.toContain('It is here.');
});
