import { afterEach, expect, it } from 'vitest';
import { cleanup, render } from 'vitest-browser-svelte';
import { page } from 'vitest/browser';
import type { Tables } from './block.ts';
import ComingForm from './meetings/ComingForm.svelte';
import type { MeetingsOwn, MeetingsRecord } from './meetings/model.ts';
import { meetings } from './meetings/rules.ts';
import type { MeetingsHandle } from './meetings/view.ts';
import OpenForm from './slots/OpenForm.svelte';
import type { SlotsOwn, SlotsRecord } from './slots/model.ts';
import { slots } from './slots/rules.ts';
import type { SlotsHandle } from './slots/view.ts';
import { harness } from './testing.ts';
import { sight } from './testing.svelte.ts';

afterEach(() => cleanup());

const day = () => page.getByLabelText(/^(Day|The next meeting)$/);
const hour = () => page.getByLabelText(/At what time/);
const place = () => page.getByLabelText(/Place/);

async function fillIn() {
	await day().fill('2026-12-24');
	await hour().fill('12:15');
	await place().fill('Canteen');
}

async function isThere() {
	await expect.element(day()).toHaveValue('2026-12-24');
	await expect.element(hour()).toHaveValue('12:15');
	await expect.element(place()).toHaveValue('Canteen');
}

it('a meeting that is half agreed on is there again after a reload, and gone once it is set', async () => {
	const room = harness<MeetingsRecord, Tables, MeetingsOwn>(meetings, {}, { ana: 'mentor' });
	// what hosts alone see is nothing here
	const handle: MeetingsHandle = { ...sight(room, 'ana').handle, desk: null };
	let done = 0;
	const show = () => void render(ComingForm, { handle, ondone: () => done++ });
	show();
	await fillIn();
	cleanup();
	show();
	await isThere();
	await page.getByRole('button', { name: 'Set the next one' }).click();
	await expect.poll(() => done).toBe(1);
	expect(Object.values(room.record().dates)).toMatchObject([{ place: 'Canteen' }]);
	expect(handle.draft('coming').value).toBe('');
});

it('a date that is half planned is there again after a reload, and gone once it is given up', async () => {
	const room = harness<SlotsRecord, Tables, SlotsOwn>(slots, { speaker: 'speaker' }, { ines: 'host' });
	const handle: SlotsHandle = { ...sight(room, 'ines').handle, desk: null };
	const show = () => void render(OpenForm, { handle, ondone: () => {} });
	show();
	await fillIn();
	await page.getByLabelText('Again').selectOptions('week');
	await page.getByLabelText('How many times').fill('4');
	cleanup();
	show();
	await isThere();
	await expect.element(page.getByLabelText('How many times')).toHaveValue(4);
	await page.getByRole('button', { name: 'Cancel' }).click();
	cleanup();
	show();
	await expect.element(hour()).toHaveValue('');
	await expect.element(place()).toHaveValue('');
});
