/** Somebody at a real browser, for scenarios that measure what a person sees. */
import { chromium as launcher, type Browser, type BrowserContextOptions, type Page } from '@playwright/test';
import { wholeChromium } from '../tests/support/chromium.ts';
import type { Guest } from '../tests/support/api.ts';

export const launch = (): Promise<Browser> => launcher.launch(wholeChromium());

export const DESK: BrowserContextOptions = { viewport: { width: 1440, height: 900 } };
export const PHONE: BrowserContextOptions = {
	viewport: { width: 360, height: 740 },
	hasTouch: true,
	isMobile: true
};

/** A guest of that name in a browser context of their own: nothing of theirs is cached. */
export async function sit(
	browser: Browser,
	origin: string,
	name: string,
	options: BrowserContextOptions
): Promise<{ page: Page; guest: Guest }> {
	const context = await browser.newContext({ ...options, baseURL: origin, locale: 'en-GB' });
	const answer = await context.request.post('/api/guests', { data: { name }, headers: { origin } });
	if (!answer.ok()) throw new Error(`${name} was not let in: ${answer.status()} ${await answer.text()}`);
	const made = (await answer.json()) as Omit<Guest, 'origin'>;
	return { page: await wholly(await context.newPage()), guest: { origin, ...made } };
}

/**
 * The page, its window large enough for all of it. A window is as large as Playwright's viewport, its frame and bars included:
 * the lowest 87 px were outside, and what changes there alone makes no picture. A key that moved the focus there counted as
 * answered with the next picture that something else made.
 */
export async function wholly(page: Page): Promise<Page> {
	const { width, height } = page.viewportSize() ?? { width: 1280, height: 720 };
	const browser = await page.context().newCDPSession(page);
	const { windowId } = await browser.send('Browser.getWindowForTarget');
	const bounds = { width: Math.max(width, 500) + 100, height: height + 200 };
	await browser.send('Browser.setWindowBounds', { windowId, bounds });
	await browser.detach();
	return page;
}
