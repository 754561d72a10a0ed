/** From guest to account and back out, as people do it in a browser. */
import type { Page } from '@playwright/test';
import { assertAccessible } from '../support/axe.ts';
import { expect, open, reload, test } from '../support/browser.ts';

const password = 'correct horse';
const isAccount = (url: URL) => url.pathname === '/account';

async function signUp(page: Page, email: string): Promise<void> {
	await open(page, '/sign-up?next=/account');
	await page.getByLabel('Name', { exact: true }).fill('Ada Lovelace');
	await page.getByLabel('E-mail address').fill(email);
	await page.getByLabel('Password', { exact: true }).fill(password);
	await page.getByRole('button', { name: 'Create an account' }).click();
	await page.waitForURL(isAccount);
}

test('a guest who creates an account finds themselves again in another browser', async ({
	person,
	stranger
}) => {
	const { page } = await person('Ada');
	await open(page, '/account');
	await expect(page.getByRole('heading', { name: 'Keep your rooms: create an account' })).toBeVisible();
	await assertAccessible(page);
	await page.getByRole('link', { name: 'Create an account' }).click();
	await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Ada');
	await signUp(page, 'guest@example.com');
	await expect(page.getByText('guest@example.com')).toBeVisible();
	await assertAccessible(page);

	const elsewhere = await stranger();
	await open(elsewhere, '/account');
	await elsewhere.waitForURL((url) => url.pathname === '/sign-in');
	await assertAccessible(elsewhere);
	await elsewhere.getByLabel('E-mail address').fill('guest@example.com');
	await elsewhere.getByLabel('Password').fill('wrong password');
	await elsewhere.getByRole('button', { name: 'Sign in', exact: true }).click();
	await expect(elsewhere.getByText('do not belong together')).toBeVisible();
	await expect(elsewhere.getByLabel('E-mail address')).toHaveValue('guest@example.com');
	await elsewhere.getByLabel('Password').fill(password);
	await elsewhere.getByRole('button', { name: 'Sign in', exact: true }).click();
	await elsewhere.waitForURL(isAccount);
	await expect(elsewhere.getByLabel('Name', { exact: true })).toHaveValue('Ada Lovelace');

	await reload(page);
	await page.getByRole('button', { name: 'Sign out everywhere else' }).click();
	await expect(page.getByText('Signed out everywhere else.')).toBeVisible();
	await elsewhere.reload();
	await elsewhere.waitForURL((url) => url.pathname === '/sign-in');
});

test('an account keeps its name and its language', async ({ stranger }) => {
	const page = await stranger();
	await signUp(page, 'language@example.com');
	await reload(page);
	await page.getByLabel('Name', { exact: true }).fill('Augusta Ada');
	await page.getByRole('button', { name: 'Save name' }).click();
	await expect(page.getByText('Name saved.')).toBeVisible();
	await page.getByRole('radio', { name: 'Deutsch' }).check();
	await page.getByRole('button', { name: 'Save language' }).click();
	await expect(page.getByRole('heading', { name: 'Konto' })).toBeVisible();
	await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Augusta Ada');

	const elsewhere = await stranger();
	await open(elsewhere, '/sign-in?next=/account');
	await elsewhere.getByLabel('E-mail address').fill('language@example.com');
	await elsewhere.getByLabel('Password').fill(password);
	await elsewhere.getByRole('button', { name: 'Sign in', exact: true }).click();
	await elsewhere.waitForURL(isAccount);
	await elsewhere.reload();
	await expect(elsewhere.getByRole('heading', { name: 'Konto' })).toBeVisible();
});

test('signing out takes the copies of rooms off the device', async ({ person }) => {
	const { page } = await person('Ada');
	await open(page, '/account');
	await page.evaluate(
		() =>
			new Promise<void>((kept) => {
				const request = indexedDB.open('peerloom/room/board');
				request.onsuccess = () => {
					request.result.close();
					kept();
				};
			})
	);
	await page.getByRole('button', { name: 'Leave as guest for good' }).click();
	await page.waitForURL((url) => url.pathname === '/');
	const left = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
	expect(left).toEqual([]);
});
