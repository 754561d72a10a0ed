/** The workspace as its people walk through it: the first account runs it, invites, imports, and others have no way in. */
import type { BrowserContextOptions, Page } from '@playwright/test';
import { assertAccessible } from '../support/axe.ts';
import { expect, gallery, test } from '../support/browser.ts';
import { startServer } from '../support/server.ts';

const password = 'correct horse';

/** Before its script runs, a page's forms work as well, but other parts of it do not yet. */
async function open(page: Page, path: string): Promise<void> {
	await page.goto(path, { waitUntil: 'networkidle' });
}

async function assertGood(page: Page, name: string): Promise<void> {
	await gallery(page, name);
	await page.emulateMedia({ colorScheme: 'light' });
	await assertAccessible(page);
	const before = page.viewportSize();
	await page.emulateMedia({ colorScheme: 'dark' });
	await page.setViewportSize({ width: 360, height: 740 });
	await assertAccessible(page);
	const wide = await page.evaluate(() => document.documentElement.scrollWidth);
	expect(wide, `${page.url()} is wider than a phone`).toBeLessThanOrEqual(360);
	await page.emulateMedia({ colorScheme: null });
	if (before) await page.setViewportSize(before);
}

const table = [
	'name,email,function,team,manager,languages,hours,offers,mentor',
	'Mei Tan,mei@example.com,Fraud lead,Payments,,English; German,Mon–Fr 9:00–17:00,"SQL; Giving feedback",yes',
	'Omar Haddad,omar@example.com,Risk analyst,Risk,mei@example.com,English,Mon–Thu 10:00–18:00,Presenting,yes',
	'=cmd|calc,formula@example.com,,,,,,,',
	'Loop,loop@example.com,,,loop@example.com,,,,',
	'No Mail,nomail,,,,,,,'
].join('\n');

test('the first account runs the workspace, imports people and invites one, who finds their profile ready', async ({
	stranger
}) => {
	test.slow();
	// the first account of an installation, so an installation that nobody has seen
	const own = await startServer({ env: { LIMITS: 'off' } });
	try {
		await walk((options) => stranger({ baseURL: own.origin, ...options }));
	} finally {
		await own.close();
	}
});

async function walk(stranger: (options?: BrowserContextOptions) => Promise<Page>): Promise<void> {
	const page = await stranger();
	await open(page, '/sign-up?next=/administration');
	await page.getByLabel('Name', { exact: true }).fill('Ada Lovelace');
	await page.getByLabel('E-mail address').fill('ada@example.com');
	await page.getByLabel('Password', { exact: true }).fill(password);
	await page.getByRole('button', { name: 'Create an account' }).click();
	await page.waitForURL((url) => url.pathname === '/administration');
	await expect(page.getByRole('link', { name: 'Administration' })).toHaveAttribute('aria-current', 'page');
	await assertGood(page, 'administration');

	await open(page, '/administration/import');
	await assertGood(page, 'import');
	await page.getByLabel('Or paste it here').fill(table);
	await page.getByRole('button', { name: 'Show what would change' }).click();
	await expect(page.getByText('3 new')).toBeVisible();
	await expect(page.getByText('2 refused')).toBeVisible();
	await expect(page.getByText('Nobody reports to themselves.')).toBeVisible();
	await assertGood(page, 'import-preview');
	await page.getByRole('button', { name: 'Apply to 3 people' }).click();
	await expect(page.getByText('Imported: 3 new, 0 changed, 2 left out.')).toBeVisible();

	await open(page, '/people?q=sql');
	await expect(page.getByText('1 person', { exact: true })).toBeVisible();
	await open(page, '/people');
	await assertGood(page, 'people');
	await page.getByRole('link', { name: 'Omar Haddad' }).click();
	await expect(page.getByRole('heading', { name: 'Omar Haddad' })).toBeVisible();
	await expect(page.getByRole('link', { name: 'Mei Tan' })).toBeVisible();
	await assertGood(page, 'person');
	await page.getByRole('link', { name: 'Invite Omar Haddad' }).click();
	await expect(page.getByLabel('E-mail address')).toHaveValue('omar@example.com');
	await page.getByRole('button', { name: 'Create invitation' }).click();
	const link = await page
		.getByText(/\/invite\//)
		.first()
		.textContent();
	await assertGood(page, 'invitations');

	const omar = await stranger();
	await open(omar, new URL(link!.trim()).pathname);
	await assertGood(omar, 'invite');
	await expect(omar.getByLabel('Name', { exact: true })).toHaveValue('Omar Haddad');
	await omar.getByLabel('Password', { exact: true }).fill(password);
	await omar.getByRole('button', { name: 'Accept and create an account' }).click();
	await omar.waitForURL((url) => url.pathname === '/');
	await expect(omar.getByRole('link', { name: 'Administration' })).toHaveCount(0);
	const closed = await omar.goto('/administration');
	expect(closed?.status()).toBe(403);
	await open(omar, '/account');
	await omar.getByRole('link', { name: 'Edit profile' }).click();
	await expect(omar.getByLabel('Function')).toHaveValue('Risk analyst');
	await omar.getByLabel('Time zone').fill('Berlin');
	await omar.getByLabel('Reports to').or(omar.getByLabel('Manager')).fill('nobody@example.com');
	await omar.getByRole('button', { name: 'Save profile' }).click();
	await expect(omar.getByText('No known time zone: “Berlin”')).toBeVisible();
	await expect(omar.getByText('Nobody here is “nobody@example.com”')).toBeVisible();
	await assertGood(omar, 'profile');
	await omar.getByLabel('Time zone').fill('Europe/Berlin');
	await omar.getByLabel('Manager').fill('Mei Tan');
	await omar.getByRole('button', { name: 'Save profile' }).click();
	await omar.waitForURL((url) => !url.pathname.endsWith('/edit'));
	await expect(omar.getByText(/Europe\/Berlin/)).toBeVisible();

	await open(omar, '/programmes');
	await assertGood(omar, 'programmes');

	const late = await stranger();
	await open(late, new URL(link!.trim()).pathname);
	await expect(late.getByRole('heading', { name: 'This invitation does not hold any more' })).toBeVisible();
}
