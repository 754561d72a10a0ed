/** The walk-through's format in a browser: nothing on any page was written for it. */
import { expect, gallery, open, test } from '../support/browser.ts';
import { startServer } from '../support/server.ts';

test('a format that was added as one file has its tile, its door, its phases, its room, its projector and its record', async ({
	stranger
}) => {
	const house = await startServer({
		entry: 'tests/support/retro-server.ts',
		env: { LIMITS: 'off' }
	});
	try {
		const page = await stranger({ baseURL: house.origin });
		await open(page, '/');
		await page.getByRole('link', { name: /Retrospective/ }).click();
		await expect(page.getByRole('heading', { name: 'Retrospective' })).toBeVisible();
		await page.getByLabel('What is it about?').fill('Release 4.2');
		await page.getByLabel('Your name').fill('Hana');
		await page.getByRole('button', { name: 'Open the room' }).click();
		await page.waitForURL(/\/r\/[0-9A-Z]{6}$/);
		await expect(page.getByRole('heading', { level: 2, name: 'Write' })).toBeVisible();
		await gallery(page, 'retro-write');

		const visitor = await stranger({ baseURL: house.origin });
		await open(visitor, '/');
		await visitor.getByRole('button', { name: 'Open demo: Retrospective' }).click({ noWaitAfter: true });
		await visitor.waitForURL(/\/r\/[0-9A-Z]{6}$/);
		const code = visitor.url().slice(-6);
		const stage = visitor.locator('main#content');
		await expect(visitor.getByRole('heading', { level: 2, name: 'Commit' })).toBeVisible();
		await expect(stage.getByText('Ask for the sign-off a week ahead')).toBeVisible();
		await gallery(visitor, 'retro-commit');
		await open(visitor, `/r/${code}/m/1`);
		const entry = visitor.getByText('The tests told us the truth every morning');
		await expect(entry).toBeVisible();
		// she was there, and nobody is told that it was she
		await expect(entry.locator('..')).not.toContainText('Mia');
		await gallery(visitor, 'retro-record');
	} finally {
		await house.close();
	}
});
