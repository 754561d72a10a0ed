/** What outlives a meeting, as one person sees it across rooms: My week, and the links that end on one thing. */
import { expect, gallery, open, test } from '../support/browser.ts';
import { accessible, narrow } from '../support/walkthrough.ts';

test('a week says what was promised and what waits, a tick can be taken back, a link ends on the thing in its room', async ({
	person
}) => {
	const { page } = await person('Priya Raman');
	await open(page, '/week');
	await expect(page.getByRole('heading', { name: 'Your week is still empty' })).toBeVisible();
	await gallery(page, 'week-empty');
	await page.getByRole('link', { name: 'Digest', exact: true }).click();
	await expect(page.getByRole('heading', { name: 'Nothing was taken away yet' })).toBeVisible();
	await gallery(page, 'digest-empty');

	for (const format of ['action-learning', 'coaching', 'lunch-and-learn', 'discussion']) {
		const made = await page.context().request.post('/?/demo', {
			form: { format },
			headers: { origin: new URL(page.url()).origin }
		});
		expect(made.ok(), await made.text()).toBe(true);
	}
	await open(page, '/week');
	await expect(page.getByRole('link', { name: 'My week' })).toHaveAttribute('aria-current', 'page');
	await gallery(page, 'week');
	await accessible(page);
	await page.setViewportSize({ width: 360, height: 740 });
	await narrow(page);
	await page.setViewportSize({ width: 1280, height: 800 });

	const promises = page.getByRole('region', { name: /I promised/ });
	const box = promises.getByRole('checkbox', { checked: false }).first();
	const label = (await box.getAttribute('aria-label'))!;
	await box.click();
	await expect(promises.getByRole('checkbox', { name: label, checked: true })).toBeVisible();
	await page.getByRole('button', { name: 'Undo' }).first().click();
	await expect(promises.getByRole('checkbox', { name: label, checked: false })).toBeVisible();

	const link = promises
		.locator('.action')
		.filter({ has: page.getByRole('checkbox', { name: label }) })
		.getByRole('link');
	await link.click();
	await page.waitForURL(/\/r\//);
	await expect(page.locator('.landed')).toBeVisible();
	await expect(page.locator('.landed')).toBeFocused();
	await gallery(page, 'week-landed');

	// What is searched for is a moment behind what was written.
	await page.setViewportSize({ width: 1280, height: 800 });
	await open(page, '/week');
	await page.keyboard.press('Control+k');
	const field = page.getByRole('combobox', { name: 'Search' });
	await expect(field).toBeFocused();
	await expect(async () => {
		await field.fill('');
		await field.fill('broker');
		await expect(page.locator('.result').first()).toBeVisible({ timeout: 3000 });
	}).toPass({ timeout: 30_000 });
	await expect(page.locator('.result mark').first()).toHaveText(/broker/i);
	await gallery(page, 'search');
	await accessible(page);
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('Enter');
	await page.waitForURL(/\/r\//);
	await field.waitFor({ state: 'detached' });
});

test('somebody says of what they are reminded, and subscribes to a calendar that they can close again', async ({
	person
}) => {
	const { page } = await person('Priya Raman');
	await open(page, '/account');
	const section = page.getByRole('region', { name: 'Reminders' });
	await section.getByRole('checkbox', { name: 'A date comes up, In the app' }).uncheck();
	await section.getByRole('button', { name: 'Save reminders' }).click();
	await expect(page.getByText('Reminders saved.')).toBeVisible();
	await open(page, '/account');
	await expect(section.getByRole('checkbox', { name: 'A date comes up, In the app' })).not.toBeChecked();
	await section.getByRole('button', { name: 'Make a calendar address' }).click();
	const address = (await section.locator('code').textContent())!;
	await gallery(page, 'account-reminders');
	await accessible(page);
	const answer = await page.request.get(address);
	expect(answer.headers()['content-type']).toContain('text/calendar');
	expect(await answer.text()).toContain('BEGIN:VCALENDAR');
	await section.getByRole('button', { name: 'Close the address' }).click();
	await expect(page.getByText('The calendar address is closed.')).toBeVisible();
	expect((await page.request.get(address)).status()).toBe(404);
});
