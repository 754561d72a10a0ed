import { afterEach, expect, it } from 'vitest';
import { cleanup, render } from 'vitest-browser-svelte';
import { page } from 'vitest/browser';
import type { Tables } from '../block.ts';
import { harness } from '../testing.ts';
import { sight } from '../testing.svelte.ts';
import ActionForm from './ActionForm.svelte';
import type { ActionsOwn, ActionsRecord } from './model.ts';
import { actions } from './rules.ts';
import type { ActionsHandle } from './seen.ts';

afterEach(() => cleanup());

it('a promise that is half written is there again after a reload, in all its fields', async () => {
	const settings = { sure: 7 };
	const room = harness<ActionsRecord, Tables, ActionsOwn>(actions, settings, { ana: 'member' });
	// what hosts alone see is nothing here
	const handle: ActionsHandle = { ...sight(room, 'ana', { settings }).handle, desk: null };
	void render(ActionForm, { handle });
	await page.getByLabelText('First step').fill('Ask three brokers');
	await page.getByLabelText(/By when/).fill('2026-12-24');
	await page.getByLabelText(/How others will see/).fill('Three answers');
	await page.getByRole('radio', { name: '8' }).click({ force: true });

	cleanup();
	void render(ActionForm, { handle });
	await expect.element(page.getByLabelText('First step')).toHaveValue('Ask three brokers');
	await expect.element(page.getByLabelText(/By when/)).toHaveValue('2026-12-24');
	await expect.element(page.getByLabelText(/How others will see/)).toHaveValue('Three answers');
	await expect.element(page.getByRole('radio', { name: '8' })).toBeChecked();
});
