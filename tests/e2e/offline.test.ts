/** The board when the line drops, and when two people are at it at once. */
import type { Locator, Page } from '@playwright/test';
import { createRoom } from '../support/api.ts';
import { expect, onDevice, open, test, type Person } from '../support/browser.ts';
import { toTheBoard } from '../support/opened.ts';
import { until } from '../support/until.ts';

test.describe.configure({ timeout: 90_000 });

type Open = (name: string) => Promise<Person>;

const board = (page: Page) => page.locator('main#content');
const note = (page: Page, text: string) => board(page).locator('[data-id^="n/"]').filter({ hasText: text });

/** Two people at the board of a new room. */
async function atBoard(person: Open): Promise<{ ruth: Person; tom: Person; room: string }> {
	const ruth = await person('Ruth');
	const tom = await person('Tom');
	const made = await createRoom(ruth.guest, { title: 'Lending Ops', format: 'action-learning' });
	const { room } = made;
	await toTheBoard({ ...made, host: ruth.guest, record: 'm1/record', notes: 'm1/board' });
	await ruth.page.goto(room.url);
	await tom.page.goto(room.url);
	await tom.page.getByRole('button', { name: 'Join' }).click();
	for (const { page } of [ruth, tom]) {
		await expect(page.getByRole('form', { name: 'Put something on the board' })).toBeVisible();
	}
	return { ruth, tom, room: room.id };
}

async function put(page: Page, text: string): Promise<void> {
	const dock = page.getByRole('form', { name: 'Put something on the board' });
	await dock.getByRole('button', { name: 'Idea' }).click();
	await dock.getByRole('textbox').fill(text);
	await dock.getByRole('button', { name: 'Put on board' }).click();
	await expect(note(page, text)).toBeVisible();
}

const copies = (page: Page) =>
	page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name ?? ''));

/** Where it is on the screen, once the board has come to rest. */
async function settled(of: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
	let before = '';
	await expect
		.poll(async () => {
			const now = JSON.stringify(await of.boundingBox());
			const rests = now === before;
			before = now;
			return rests;
		})
		.toBe(true);
	return (await of.boundingBox())!;
}

/** Where it lies on the board, whatever part of it is in view. */
const placeOf = (of: Locator) => of.evaluate((element) => element.style.transform);

test('the board goes on without a line, says what waits, and both sides meet again by themselves', async ({
	server,
	person
}) => {
	const { ruth, tom } = await atBoard(person);
	await put(ruth.page, 'Seen before');
	await expect(note(tom.page, 'Seen before')).toBeVisible();
	await expect(ruth.page.getByText('Saved', { exact: true })).toBeVisible();

	await server.kill();
	for (const { page } of [ruth, tom]) await expect(page.getByText('The line dropped.')).toBeVisible();
	await put(ruth.page, 'Ruth without a line');
	await put(tom.page, 'Tom without a line');
	await put(tom.page, 'Tom once more');
	await expect(tom.page.getByText(/[1-9]\d* changes wait here/)).toBeVisible();
	await expect(note(ruth.page, 'Tom without a line')).toHaveCount(0);

	await server.restart();
	for (const { page } of [ruth, tom]) {
		for (const text of ['Seen before', 'Ruth without a line', 'Tom without a line', 'Tom once more']) {
			await expect(note(page, text)).toHaveCount(1, { timeout: 20_000 });
		}
		await expect(page.getByText('The line dropped.')).toHaveCount(0, { timeout: 20_000 });
		await expect(page.getByText('Saved', { exact: true })).toBeVisible();
	}
});

test('what was written without a line is still on the device after a reload', async ({ server, person }) => {
	const { ruth, tom } = await atBoard(person);
	await server.kill();
	await expect(tom.page.getByText('The line dropped.')).toBeVisible();
	await put(tom.page, 'Kept on the device');
	await expect(tom.page.getByText('1 change waits here')).toBeVisible();
	await onDevice(tom.page, 'Kept on the device');
	await server.restart();
	await tom.page.reload();
	await expect(note(tom.page, 'Kept on the device')).toBeVisible({ timeout: 20_000 });
	await expect(note(ruth.page, 'Kept on the device')).toBeVisible({ timeout: 20_000 });
});

test('whoever is removed keeps no copy of the room on the device', async ({ person }) => {
	const { ruth, tom, room } = await atBoard(person);
	await put(tom.page, 'In the copy');
	await tom.page.getByRole('form').getByRole('textbox').fill('half written');
	await until(async () => (await copies(tom.page)).some((name) => name.includes(room)), 'a copy is kept');

	await ruth.page.getByRole('button', { name: 'Actions for Tom' }).click();
	await ruth.page.getByRole('menuitem', { name: 'Remove from the room' }).click();
	await expect(tom.page.getByText('You are no longer in this room')).toBeVisible();
	await expect(tom.page.getByText('In the copy')).toHaveCount(0);
	await until(async () => !(await copies(tom.page)).some((name) => name.includes(room)), 'the copy is gone');
	const texts = await tom.page.evaluate(() => Object.values({ ...localStorage }).join());
	expect(texts).not.toContain('half written');
});

test('whoever leaves for good keeps no copy of any room on the device', async ({ person }) => {
	const { tom, room } = await atBoard(person);
	await put(tom.page, 'In the copy');
	await until(async () => (await copies(tom.page)).some((name) => name.includes(room)), 'a copy is kept');
	await open(tom.page, '/account');
	await tom.page.getByRole('button', { name: 'Leave as guest for good' }).click();
	await tom.page.waitForURL((url) => url.pathname === '/');
	expect(await copies(tom.page)).toEqual([]);
	const keys = await tom.page.evaluate(() => Object.keys(localStorage));
	expect(keys.filter((key) => key.startsWith('peerloom/'))).toEqual([]);
});

test('a page that nobody answers for stays as it is, with what was typed, and is left once somebody does', async ({
	person
}) => {
	const { page, context } = await person('Ruth');
	await open(page, '/new?format=debate');
	// what a page may need later comes after it
	await page.waitForLoadState('networkidle');
	await page.getByLabel('What is it about?').fill('Typed without a line');
	await context.setOffline(true);
	await page.getByRole('link', { name: 'My week' }).click();
	await expect(page.getByRole('alert').filter({ hasText: 'The server does not answer.' })).toBeVisible();
	await expect(page.getByLabel('What is it about?')).toHaveValue('Typed without a line');
	await context.setOffline(false);
	await expect(page.getByRole('heading', { level: 1, name: 'My week' })).toBeVisible();
});

test('undo takes back what I did and nothing of what others did since', async ({ person }) => {
	const { ruth, tom } = await atBoard(person);
	await put(ruth.page, 'First of Ruth');
	await put(tom.page, 'Of Tom');
	await expect(note(ruth.page, 'Of Tom')).toBeVisible();
	await put(ruth.page, 'Second of Ruth');
	await expect(note(tom.page, 'Second of Ruth')).toBeVisible();

	for (const text of ['Second of Ruth', 'First of Ruth']) {
		await ruth.page.getByRole('button', { name: 'Undo mine' }).click();
		for (const { page } of [ruth, tom]) await expect(note(page, text)).toHaveCount(0);
	}
	await expect(ruth.page.getByRole('button', { name: 'Undo mine' })).toBeDisabled();
	for (const { page } of [ruth, tom]) await expect(note(page, 'Of Tom')).toBeVisible();

	await ruth.page.getByRole('button', { name: 'Redo' }).click();
	for (const { page } of [ruth, tom]) await expect(note(page, 'First of Ruth')).toBeVisible();
	await tom.page.getByRole('button', { name: 'Undo mine' }).click();
	for (const { page } of [ruth, tom]) {
		await expect(note(page, 'Of Tom')).toHaveCount(0);
		await expect(note(page, 'First of Ruth')).toBeVisible();
	}
});

test('two people drag two notes at the same time', async ({ person }) => {
	const { ruth, tom } = await atBoard(person);
	await put(ruth.page, 'Dragged by Ruth');
	await put(tom.page, 'Dragged by Tom');
	const before: Record<string, string> = {};
	const hands: { page: Page; text: string; x: number; y: number }[] = [];
	for (const [{ page }, text] of [
		[ruth, 'Dragged by Ruth'],
		[tom, 'Dragged by Tom']
	] as const) {
		await expect(note(ruth.page, text)).toBeVisible();
		await expect(note(tom.page, text)).toBeVisible();
		await page.getByRole('button', { name: 'All', exact: true }).click();
		before[text] = await placeOf(note(page, text));
		const box = await settled(note(page, text));
		hands.push({ page, text, x: box.x + 20, y: box.y + box.height - 8 });
	}
	for (const { page, x, y } of hands) {
		await page.mouse.move(x, y);
		await page.mouse.down();
	}
	for (let step = 1; step <= 8; step++) {
		for (const { page, x, y } of hands) await page.mouse.move(x + step * 25, y - step * 2);
	}
	await expect(tom.page.getByText('Ruth is moving this')).toBeVisible();
	await expect(ruth.page.getByText('Tom is moving this')).toBeVisible();
	for (const { page } of hands) await page.mouse.up();
	for (const { page, text } of hands) {
		const there = await placeOf(note(page, text));
		expect(there).not.toBe(before[text]);
		for (const other of [ruth.page, tom.page]) {
			await expect.poll(() => placeOf(note(other, text))).toBe(there);
		}
	}
	await expect(tom.page.getByText('is moving this')).toHaveCount(0);
});
