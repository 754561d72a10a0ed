/** What every format's walkthrough does: seats of three sizes, phases that open, pictures and checks on the way. */
import type { Page } from '@playwright/test';
import { assertAccessible, assertContrast } from './axe.ts';
import { expect, saved, shot } from './browser.ts';
import type { Server } from './server.ts';

export const sizes = {
	desk: { viewport: { width: 1440, height: 900 } },
	tablet: { viewport: { width: 768, height: 1024 } },
	phone: { viewport: { width: 360, height: 740 }, hasTouch: true }
};

/** A walkthrough's people: what their picture is called → their page. */
export type Seats = Readonly<Record<string, Page>>;

/** What is in the middle of a room: the phase's blocks, without bars and panels. */
export const stage = (page: Page) => page.locator('main#content');

/** A name as text is the whole name. */
export const press = (page: Page, name: string | RegExp) =>
	page.getByRole('button', { name, exact: typeof name === 'string' }).click();

/** By the room's code and its door. */
export async function comeIn(page: Page, code: string): Promise<void> {
	await page.goto(`/r/${code}`);
	await press(page, 'Join');
}

/** From the list of people, as the roster names the role. */
export async function giveRole(leader: Page, person: string, role: string): Promise<void> {
	const menu = leader.getByRole('button', { name: `Actions for ${person}` });
	// A crowd is a number until somebody asks for its names.
	const crowd = leader.locator('details:not([open]) > summary').filter({ hasText: / × / });
	await expect(menu.or(crowd).first()).toBeVisible();
	for (const one of (await menu.isVisible()) ? [] : await crowd.all()) await one.click();
	await menu.click();
	await leader.getByRole('menuitem', { name: `Give role: ${role}` }).click();
}

/** The server dies and is started again. Everybody is told so; meanwhile they do what they can without it. */
export async function powerCut(
	server: Server,
	everybody: readonly Page[],
	meanwhile?: () => Promise<void>
): Promise<void> {
	const dropped = 'The line dropped.';
	await server.kill();
	for (const page of everybody) await expect(page.getByText(dropped)).toBeVisible();
	await meanwhile?.();
	await server.restart();
	for (const page of everybody) await expect(page.getByText(dropped)).toHaveCount(0, { timeout: 30_000 });
}

export async function inPhase(pages: readonly Page[], phase: string): Promise<void> {
	for (const page of pages) {
		await expect(page.getByRole('heading', { level: 2, name: phase, exact: true })).toBeVisible();
	}
}

/**
 * By the button in the phase bar of whoever leads, once what everybody did in the phase before it is done; all pages
 * have followed when it is.
 */
export async function openPhase(leader: Page, everybody: readonly Page[], phase: string): Promise<void> {
	await Promise.all(everybody.map(saved));
	await press(leader, `Open ${phase}`);
	await inPhase(everybody, phase);
}

/** screenshots/<format>-<what>-<seat>.png of each seat, when pictures are asked for. */
export function photographer(format: string): (seats: Seats, what: string) => Promise<void> {
	return async (seats, what) => {
		for (const [seat, page] of Object.entries(seats)) await shot(page, `${format}-${what}-${seat}`);
	};
}

/**
 * `leaveOut` takes CSS selectors. `dark` too: what the theme does not change is asked once. Every page is asked in the
 * dark by guard.test.ts and every pair of colours by contrast.test.ts, each step of a walkthrough in a soak.
 */
export async function accessible(
	page: Page,
	leaveOut: readonly string[] = [],
	{ dark = Boolean(process.env.SOAK) } = {}
): Promise<void> {
	await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
	await assertAccessible(page, leaveOut);
	if (dark) {
		await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
		await assertContrast(page, leaveOut);
	}
	await page.emulateMedia({ colorScheme: null, reducedMotion: null });
}

/** Nothing on a phone may need scrolling sideways. */
export async function narrow(page: Page): Promise<void> {
	const wide = await page.evaluate(() => document.documentElement.scrollWidth);
	expect(wide, `${page.url()} is wider than a phone`).toBeLessThanOrEqual(360);
}
