import type { ActionResult, SubmitFunction } from '@sveltejs/kit';
import { expect, it } from 'vitest';
import { sent } from './sent.ts';

type Sending = Parameters<SubmitFunction>[0];
type Answer = Exclude<Awaited<ReturnType<SubmitFunction>>, void>;

/** A form as SvelteKit sends it: what was done with the answer. */
function open(options?: Parameters<typeof sent>[0]) {
	const formElement = document.createElement('form');
	formElement.innerHTML = '<input aria-invalid="true" />';
	document.body.append(formElement);
	const submit = sent(options);
	const updates: (boolean | undefined)[] = [];
	let cancelled = 0;
	return {
		formElement,
		updates,
		cancelled: () => cancelled,
		async submit() {
			// what the function does not look at stays away
			const sending = { formElement, cancel: () => cancelled++ } as unknown as Sending;
			const answered = await submit(sending);
			return async (result: ActionResult) => {
				const update = async (given?: { reset?: boolean }) => void updates.push(given?.reset);
				await (answered as Answer)({ formElement, result, update } as Parameters<Answer>[0]);
			};
		}
	};
}

it('a form is sent once, until it was answered', async () => {
	const form = open();
	const answer = await form.submit();
	expect(form.formElement.ariaBusy).toBe('true');
	await form.submit();
	expect(form.cancelled()).toBe(1);
	await answer({ type: 'success', status: 200 });
	expect([form.formElement.ariaBusy, form.updates]).toEqual([null, [true]]);
	await form.submit();
	expect(form.cancelled()).toBe(1);
});

it('where nobody answers the page stays as it is, with all that was typed', async () => {
	const form = open();
	await (
		await form.submit()
	)({ type: 'error', error: new TypeError('Failed to fetch') });
	expect(form.updates).toEqual([]);
	await expect.poll(() => document.body.textContent).toContain('The server did not answer. Try again.');
});

it('what has to be said otherwise gets the focus, and what is to be kept is kept', async () => {
	const form = open({ keep: true });
	await (
		await form.submit()
	)({ type: 'failure', status: 422 });
	expect(form.updates).toEqual([false]);
	expect(document.activeElement).toBe(form.formElement.querySelector('input'));
});
