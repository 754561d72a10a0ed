/** What the room says of my changes is what became of them: saved, saving, waiting, or refused and why. */
import type { Locator, Page, WebSocketRoute } from '@playwright/test';
import { ask, createRoom, join, must } from '../support/api.ts';
import { alive, expect, onDevice, test, type Person } from '../support/browser.ts';
import { nowIn, toTheBoard, type Opened } from '../support/opened.ts';
import { sync } from '../support/sync.ts';

test.describe.configure({ timeout: 120_000 });

const state = (page: Page): Locator => page.locator('.roomtop .saved');
const board = (page: Page) => page.locator('main#content');
const note = (page: Page, text: string) => board(page).locator('[data-id^="n/"]').filter({ hasText: text });

async function put(page: Page, text: string): Promise<void> {
	const dock = page.getByRole('form', { name: 'Put something on the board' });
	await dock.getByRole('button', { name: 'Idea' }).click();
	await dock.getByRole('textbox').fill(text);
	await dock.getByRole('button', { name: 'Put on board' }).click();
	await expect(note(page, text)).toBeVisible();
}

/** A line that can be cut for one page alone: its documents' sockets close, and no new ones open. */
async function cuttable(page: Page): Promise<{ cut(): Promise<void>; mend(): void }> {
	const open = new Set<WebSocketRoute>();
	let cut = false;
	await page.routeWebSocket(/\/sync\//, (socket) => {
		if (cut) return socket.close();
		open.add(socket);
		socket.connectToServer();
	});
	return {
		async cut() {
			cut = true;
			await Promise.all([...open].map((socket) => socket.close()));
			open.clear();
		},
		mend: () => void (cut = false)
	};
}

type Open = (name: string) => Promise<Person>;

/** Tom at the board of a new room that Ruth runs over the API; Lena's device reads along. */
async function atBoard(person: Open) {
	const [ruth, tom] = [await person('Ruth'), await person('Tom')];
	const made = await createRoom(ruth.guest, { title: 'Lending Ops', format: 'action-learning' });
	const { id } = made.room;
	await join(tom.guest, id);
	const opened: Opened = { ...made, host: ruth.guest, record: 'm1/record', notes: 'm1/board' };
	await toTheBoard(opened);
	const line = await cuttable(tom.page);
	await tom.page.goto(made.room.url);
	await alive(tom.page);
	await expect(tom.page.getByRole('form', { name: 'Put something on the board' })).toBeVisible();
	const lena = sync(ruth.guest.origin, id, 'm1/board', ruth.guest.token);
	await lena.ready();
	const others = () => JSON.stringify(lena.doc.getMap('notes').toJSON());
	return { ruth, tom, page: tom.page, line, id, others, close: () => lena.close() };
}

test('“Saved” stands for what is on the server’s disk: while that fails, or is slow, changes wait and say so', async ({
	server,
	person
}) => {
	const { page, others, close } = await atBoard(person);
	await put(page, 'While all is well');
	await expect(state(page)).toHaveText('Saved');
	await expect.poll(others).toContain('While all is well');

	await server.disk(false);
	await put(page, 'While the disk fails');
	await expect(state(page)).toHaveText(/[1-9] changes? waiting/, { timeout: 15_000 });
	await expect(page.getByText(/the server does not save at the moment/)).toBeVisible();
	expect(others()).not.toContain('While the disk fails');
	await server.disk(true);
	await expect(state(page)).toHaveText('Saved', { timeout: 20_000 });
	await expect.poll(others).toContain('While the disk fails');

	server.freeze();
	try {
		await put(page, 'While the server stands still');
		await expect(state(page)).toHaveText('Saving');
		await expect(state(page)).toHaveText(/[1-9] changes? waiting/, { timeout: 10_000 });
	} finally {
		server.thaw();
	}
	await expect(state(page)).toHaveText('Saved', { timeout: 20_000 });
	await expect.poll(others).toContain('While the server stands still');
	close();
});

test('what waits is counted, also after the page was loaded anew, and is saved once the line is back', async ({
	person
}) => {
	const { page, line, others, close } = await atBoard(person);
	await line.cut();
	await expect(state(page)).toContainText('Offline');
	await put(page, 'First without a line');
	await put(page, 'Second without a line');
	await expect(state(page)).toHaveText(/Offline, [2-9] changes waiting/);
	await onDevice(page, 'Second without a line');
	await page.reload();
	await alive(page);
	await expect(note(page, 'Second without a line')).toBeVisible({ timeout: 20_000 });
	await expect(state(page)).toHaveText(/[2-9] changes waiting/, { timeout: 15_000 });
	expect(others()).not.toContain('without a line');
	line.mend();
	await expect(state(page)).toHaveText('Saved', { timeout: 20_000 });
	for (const text of ['First without a line', 'Second without a line'])
		await expect.poll(others).toContain(text);
	close();
});

test('what came too late says so, can be copied out, and given up', async ({ person }) => {
	const { page, ruth, tom, line, id, others, close } = await atBoard(person);
	await tom.context.grantPermissions(['clipboard-read', 'clipboard-write']);
	await put(page, 'In time');
	await expect(state(page)).toHaveText('Saved');
	await line.cut();
	await put(page, 'Too late for the board');
	await must(ruth.guest, id, 'room.archive', { archived: true });
	line.mend();
	await expect(state(page)).toHaveText('Not saved: you may no longer change it', { timeout: 20_000 });
	await page.getByRole('button', { name: 'Copy what was not saved' }).click();
	await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('Too late for the board');
	expect(others()).not.toContain('Too late');

	await page.getByRole('button', { name: 'Discard it' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Discard it' }).click();
	await expect(state(page)).toHaveText('Saved');
	await page.reload();
	await expect(note(page, 'In time')).toBeVisible();
	await expect(state(page)).toHaveText('Saved');
	await expect.poll(others).toContain('In time');
	close();
});

test('whoever is shown out finds what was not saved yet, and nothing else', async ({ person }) => {
	const { ruth, page, line, tom, id, others, close } = await atBoard(person);
	await put(page, 'Saved before');
	await expect(state(page)).toHaveText('Saved');
	await line.cut();
	await put(page, 'Not yet on its way');
	await must(ruth.guest, id, 'roster.remove', { person: tom.guest.person.id });
	await expect(page.getByText('You are no longer in this room')).toBeVisible();
	const kept = page.getByRole('alert').locator('.kept');
	await expect(kept).toContainText('Not yet on its way');
	await expect(kept).not.toContainText('Saved before');
	expect(others()).not.toContain('Not yet on its way');
	close();
});

test('a paste that is too large is refused with the reason, kept for copying, and the page goes on without it', async ({
	person
}) => {
	const ines = await person('Ines');
	await ines.context.grantPermissions(['clipboard-read', 'clipboard-write']);
	const { page } = ines;
	const made = await createRoom(ines.guest, { title: 'Lunch', format: 'lunch-and-learn' });
	const opened: Opened = { ...made, host: ines.guest, record: 'm1/record', notes: 'm1/notes' };
	await must(ines.guest, made.room.id, 'agenda.start', { expects: (await nowIn(opened)).run });
	await must(ines.guest, made.room.id, 'agenda.advance', { expects: (await nowIn(opened)).run, to: 'P8' });
	await page.goto(made.room.url);
	await alive(page);
	const paper = page.locator('main#content [contenteditable="true"]').first();
	await paper.click();
	await page.keyboard.insertText('Margin before volume. ');
	await expect(state(page)).toHaveText('Saved');
	const huge = 'A word. '.repeat(160_000);
	await page.evaluate((text) => navigator.clipboard.writeText(text), huge);
	await page.keyboard.press('ControlOrMeta+V');
	await expect(state(page)).toHaveText('Not saved: too large', { timeout: 40_000 });
	await expect(page.getByText(/1 MB at once/)).toBeVisible();
	await page.evaluate(() => navigator.clipboard.writeText('nothing'));
	await page.getByRole('button', { name: 'Copy what was not saved' }).click();
	await expect
		.poll(() => page.evaluate(async () => (await navigator.clipboard.readText()).length), { timeout: 20_000 })
		.toBeGreaterThan(huge.length - 10);

	await page.getByRole('button', { name: 'Discard it' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Discard it' }).click();
	await expect(state(page)).toHaveText('Saved', { timeout: 20_000 });
	await expect(paper).toContainText('Margin before volume.');
	await paper.click();
	await page.keyboard.press('End');
	await page.keyboard.insertText('One-offs.');
	await expect(state(page)).toHaveText('Saved');
	const reader = sync(ines.guest.origin, made.room.id, 'm1/notes', ines.guest.token);
	await reader.shows('what came after', (doc) =>
		JSON.stringify(doc.getXmlFragment('page').toString()).includes('One-offs.')
	);
	expect(reader.doc.getXmlFragment('page').toString().length).toBeLessThan(1000);
	reader.close();
});

test('a session that is ended from another browser ends the room here; what was not saved can be copied', async ({
	person
}) => {
	const { page, tom, line, id, others, close } = await atBoard(person);
	await put(page, 'While all is well');
	await expect.poll(others, { timeout: 20_000 }).toContain('While all is well');
	await expect(state(page)).toHaveText('Saved', { timeout: 20_000 });
	await line.cut();
	await put(page, 'Nobody has this yet');
	const dock = page.getByRole('form', { name: 'Put something on the board' });
	await dock.getByRole('button', { name: 'Idea' }).click();
	await dock.getByRole('textbox').fill('Half a sentence');
	const out = await ask(tom.guest.origin, '/api/auth/sign-out', { body: {}, token: tom.guest.token });
	expect(out.status).toBe(200);

	const over = page.getByRole('alert').filter({ hasText: 'Your session has ended' });
	await expect(over).toBeVisible();
	await expect(over).toContainText('Nobody has this yet');
	await expect(over).toContainText('Half a sentence');
	await expect(over.getByRole('button', { name: 'Copy' })).toBeVisible();
	await expect(board(page).getByText('While all is well')).toHaveCount(0);
	expect(others()).not.toContain('Nobody has this yet');
	// nothing of the room is left on a device that may be anybody's
	const kept = () =>
		page.evaluate(async (room) => {
			const databases = await indexedDB.databases();
			return [...Object.keys(localStorage), ...databases.map(({ name }) => name)].filter((key) =>
				key?.includes(room)
			);
		}, id);
	await expect.poll(kept).toEqual([]);
	await over.getByRole('button', { name: 'Come in' }).click();
	await expect(page.getByLabel('Your name')).toBeVisible();
	close();
});
