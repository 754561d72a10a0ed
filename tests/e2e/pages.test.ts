/** The pages around a room, as people walk through them. */
import type { Page } from '@playwright/test';
import { createRoom, guest, join } from '../support/api.ts';
import { assertAccessible } from '../support/axe.ts';
import { expect, open, reload, test } from '../support/browser.ts';

const isRoom = (url: URL) => /^\/r\/[0-9A-Z]{6}$/.test(url.pathname);

/** Light on a desk, dark on the smallest phone; nothing may need scrolling sideways. */
async function assertGood(page: Page): Promise<void> {
	const before = page.viewportSize();
	await page.emulateMedia({ colorScheme: 'light' });
	await assertAccessible(page);
	await page.emulateMedia({ colorScheme: 'dark' });
	await page.setViewportSize({ width: 360, height: 740 });
	await assertAccessible(page);
	const wide = await page.evaluate(() => document.documentElement.scrollWidth);
	expect(wide, `${page.url()} is wider than a phone`).toBeLessThanOrEqual(360);
	await page.emulateMedia({ colorScheme: null });
	if (before) await page.setViewportSize(before);
}

/** Opens the demo of a format from Home; its room's code. */
async function openDemo(page: Page, format: string): Promise<string> {
	await open(page, '/');
	await page.getByRole('button', { name: `Open demo: ${format}` }).click({ noWaitAfter: true });
	await page.waitForURL(isRoom, { timeout: 45_000 });
	return page.url().slice(-6);
}

test('somebody nobody knows opens a room with a title and a name', async ({ stranger }) => {
	const page = await stranger();
	await open(page, '/');
	await assertGood(page);
	await page.getByRole('link', { name: /Action learning/ }).click();
	await expect(page.getByRole('heading', { name: 'Action learning' })).toBeVisible();
	await assertGood(page);

	await page.getByLabel('What is it about?').fill('   ');
	await page.getByLabel('Your name').fill('Ada Lovelace');
	await page.getByRole('button', { name: 'Open the room' }).click();
	await expect(page.getByText('Give the room a title')).toBeVisible();
	await expect(page.getByLabel('Your name')).toHaveValue('Ada Lovelace');

	await page.getByLabel('What is it about?').fill('Lending Ops, third quarter');
	await page.getByRole('button', { name: 'Open the room' }).click();
	await page.waitForURL(isRoom);
	await open(page, '/');
	await expect(page.getByRole('link', { name: /Lending Ops, third quarter/ })).toBeVisible();
});

test('a mistyped code says so beside the field and loses nothing', async ({ server, stranger }) => {
	const host = await guest(server.origin, 'Ruth');
	const { room } = await createRoom(host, { title: 'Lending Ops', format: 'lunch-and-learn' });
	const page = await stranger();
	await open(page, '/');
	await page.getByLabel('Code').fill('AAA BBB');
	await page.getByLabel('Your name').fill('Tom');
	await page.getByRole('button', { name: 'Join' }).click();
	await expect(page.getByText('No room has this code.')).toBeVisible();
	await expect(page.getByLabel('Code')).toHaveAttribute('aria-invalid', 'true');
	await expect(page.getByLabel('Your name')).toHaveValue('Tom');
	await page.getByLabel('Code').fill(`${room.code.slice(0, 3)} ${room.code.slice(3)}`.toLowerCase());
	await page.getByRole('button', { name: 'Join' }).click();
	await page.waitForURL((url) => url.pathname === `/r/${room.code}`);
});

test('the owner changes a room, and nobody else can', async ({ person }) => {
	test.slow();
	const { page, guest: ruth } = await person('Ruth');
	const { room } = await createRoom(ruth, { title: 'Lending Ops', format: 'action-learning' });
	const tom = await person('Tom');
	await join(tom.guest, room.code);

	const refused = await tom.page.goto(`/r/${room.code}/settings`);
	expect(refused?.status()).toBe(403);

	await open(page, `/r/${room.code}/settings`);
	await assertGood(page);
	await page.getByRole('textbox', { name: 'Title', exact: true }).fill('Lending');
	await page.getByRole('button', { name: 'Save title' }).click();
	await expect(page.getByText('Saved.')).toBeVisible();

	await page.getByText('Change the minutes').click();
	await page.getByLabel('P1 Review').fill('7');
	await page.getByRole('radio', { name: /Only whom the host lets in/ }).check();
	const settings = page.locator('form').filter({ has: page.getByRole('button', { name: 'Save settings' }) });
	await settings.getByRole('button', { name: 'Save settings' }).click();
	await expect(settings.getByText('Saved.')).toBeVisible();
	await reload(page);
	await page.getByText('Change the minutes').click();
	await expect(page.getByLabel('P1 Review')).toHaveValue('7');
	await expect(page.getByRole('radio', { name: /Only whom the host lets in/ })).toBeChecked();

	const nadia = await person('Nadia');
	await join(nadia.guest, room.code);
	await reload(page);
	await page.getByRole('button', { name: 'Let in: Nadia' }).click();
	await expect(page.getByRole('combobox', { name: 'Role of Nadia' })).toBeVisible();
	await page.getByRole('button', { name: 'Remove Tom' }).click();
	await expect(page.getByRole('button', { name: 'Allow again: Tom' })).toBeVisible();

	await page.getByRole('button', { name: 'Archive the room' }).click();
	await expect(page.getByRole('button', { name: 'Bring the room back' })).toBeVisible();
	await open(nadia.page, '/');
	await expect(nadia.page.getByText('1 archived room')).toBeVisible();

	await page.getByText('Delete the room for good').first().click();
	await page.getByLabel(/Type the title/).fill('Something else');
	await page.getByRole('button', { name: 'Delete the room for good' }).click();
	await expect(page.getByText('Nothing was deleted')).toBeVisible();
	await page.getByLabel(/Type the title/).fill('Lending');
	await page.getByRole('button', { name: 'Delete the room for good' }).click();
	await page.waitForURL((url) => url.pathname === '/');
	expect((await page.request.get(`/r/${room.code}`)).status()).toBe(404);
});

test('a demo room has a record to read, to play back and to take along', async ({ stranger, person }) => {
	test.slow();
	const page = await stranger();
	const code = await openDemo(page, 'Action learning');

	await open(page, `/r/${code}/m/1`);
	await expect(page.getByRole('heading', { name: 'How it went' })).toBeVisible();
	await expect(page.getByRole('heading', { name: 'Opens meeting 2' })).toBeVisible();
	await assertGood(page);

	// The server writes days as this reader's browser does; only the hour waits for the script and its time zone.
	const record = `/r/${code}/m/1`;
	expect(await page.locator('main time').first().innerText()).toMatch(/^\w{3},? \d{1,2} \w{3,4} \d{4}/);
	const british = await page.request.get(record, { headers: { 'accept-language': 'en-GB' } });
	expect(await british.text()).toMatch(/>\w{3},? \d{1,2} \w{3,4} \d{4}/);
	const american = await page.request.get(record, { headers: { 'accept-language': 'en-US' } });
	expect(await american.text()).toMatch(/>\w{3}, \w{3} \d{1,2}, \d{4}/);

	await page.getByRole('button', { name: 'Play back' }).click();
	const moment = page.getByRole('slider', { name: 'Moment of the meeting' });
	await expect(moment).toHaveAttribute('aria-valuetext', /P1/);
	await page.getByRole('button', { name: /P7/ }).click();
	await expect(moment).toHaveAttribute('aria-valuetext', /P7/);
	// First to the moment at which P7 opened, then to what happened before it.
	await page.getByRole('button', { name: 'Earlier' }).click();
	await page.getByRole('button', { name: 'Earlier' }).click();
	await expect(moment).toHaveAttribute('aria-valuetext', /P6/);

	const path = `/api/rooms/${code}/export`;
	for (const [as, type] of [
		['markdown', 'text/markdown'],
		['csv', 'text/csv'],
		['json', 'application/json']
	] as const) {
		const answer = await page.request.get(`${path}?as=${as}`);
		expect(answer.status()).toBe(200);
		expect(answer.headers()['content-type']).toContain(type);
		expect(answer.headers()['content-disposition']).toMatch(
			/^attachment; filename="[a-z0-9-]+\.(md|csv|json)"$/
		);
	}
	expect((await page.request.get(`${path}?as=pdf`)).status()).toBe(422);
	expect((await page.request.get(`${path}?meeting=99`)).status()).toBe(422);
	const outsider = await person('Eve');
	expect((await outsider.page.request.get(path)).status()).toBe(404);
	expect((await (await stranger()).request.get(path)).status()).toBe(401);
	await outsider.page.goto(`/r/${code}/m/1`);
	await outsider.page.waitForURL((url) => url.pathname === `/r/${code}/join`);

	const history = `/api/rooms/${code}/history?meeting=1`;
	expect((await outsider.page.request.get(history)).status()).toBe(404);
	const kept = (await (await page.request.get(history)).json()) as { documents: object };
	expect(Object.keys(kept.documents)).not.toContain('desk');
});

test('a projector shows a meeting without a login and without a control', async ({ stranger }) => {
	test.slow();
	const page = await stranger();
	const code = await openDemo(page, 'Action learning');
	await open(page, `/r/${code}/settings`);
	const link = await page.getByRole('link', { name: 'Open projector' }).getAttribute('href');
	const screen = await stranger();
	await screen.goto(link!);
	await expect(screen.getByText(`${code.slice(0, 3)} ${code.slice(3)}`)).toBeVisible();
	await expect(screen.getByRole('timer')).toBeVisible();
	await expect(screen.getByRole('button')).toHaveCount(0);
	await assertGood(screen);
	await screen.goto('/screen/nobody-knows-this');
	await expect(screen.getByRole('heading', { name: 'Nothing is here' })).toBeVisible();
});

test('privacy is said from the formats themselves, in German too', async ({ stranger }) => {
	const page = await stranger({ locale: 'de-DE' });
	await open(page, '/privacy');
	await expect(page.getByRole('heading', { name: 'Datenschutz: wer sieht was' })).toBeVisible();
	await expect(page.getByRole('heading', { name: 'Action Learning' })).toBeVisible();
	await assertGood(page);
});
