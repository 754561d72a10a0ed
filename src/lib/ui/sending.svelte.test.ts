import { afterEach, describe, expect, it } from 'vitest';
import { cleanup, render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import './tokens.css';
import './parts.css';
import SendingForm from './SendingForm.test.svelte';
import { Sending } from './sending.svelte.ts';

type Answer = { ok: true } | { ok: false; error: { message: string; field?: string } };

/** A form whose answers are given by hand. */
function open() {
	const asked: { said: string; answer: (answer: Answer) => void }[] = [];
	let done = 0;
	void render(SendingForm, {
		ask: (said) => new Promise((answer) => asked.push({ said, answer })),
		done: () => done++
	});
	return { asked, done: () => done };
}

const text = page.getByLabelText('Text');
const button = page.getByRole('button', { name: 'Send' });

afterEach(() => cleanup());

describe('a form that sends', () => {
	it('asks once, however often it is sent, and can be sent again when it was answered', async () => {
		const { asked, done } = open();
		await text.fill('Once');
		await userEvent.keyboard('{Enter}');
		await expect.element(button).toBeDisabled();
		await userEvent.keyboard('{Enter}');
		expect(asked.map(({ said }) => said)).toEqual(['Once']);
		asked[0]!.answer({ ok: true });
		await expect.element(button).toBeEnabled();
		await expect.element(text).toHaveValue('');
		expect(done()).toBe(1);
	});

	it('keeps what was typed where it was refused, says why beside the field, and goes there', async () => {
		const { asked, done } = open();
		await text.fill('Kept');
		await button.click();
		asked[0]!.answer({ ok: false, error: { message: 'There is no such day.', field: 'day' } });
		const day = page.getByLabelText('Day');
		await expect.element(day).toHaveFocus();
		await expect.element(day).toHaveAccessibleDescription('There is no such day.');
		await expect.element(text).toHaveValue('Kept');
		expect(done()).toBe(0);
		await button.click();
		asked[1]!.answer({ ok: true });
		await expect.element(page.getByText('There is no such day.')).not.toBeInTheDocument();
	});
});

describe('what is to blame', () => {
	const blamed = async (field?: string) => {
		const sending = new Sending(['text', 'day']);
		await sending.send(() => ({ ok: false, error: { message: 'No.', ...(field && { field }) } }) as const);
		return sending.errors;
	};

	it('is found by any part of its path, and is the first field where it is none of the form’s', async () => {
		expect(await blamed('entry.day')).toEqual({ day: 'No.' });
		expect(await blamed('day.0')).toEqual({ day: 'No.' });
		expect(await blamed('somewhere')).toEqual({ text: 'No.' });
		expect(await blamed()).toEqual({ text: 'No.' });
	});

	it('is forgotten when it is filled in otherwise', async () => {
		const sending = new Sending(['text']);
		await sending.send(() => ({ ok: false, error: { message: 'No.' } }) as const);
		expect(sending.error).toBe('No.');
		sending.forget('text');
		expect(sending.error).toBeNull();
	});

	it('does not keep a form shut where asking itself fails', async () => {
		const sending = new Sending(['text']);
		await expect(sending.send(() => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
		expect(sending.busy).toBe(false);
	});
});
