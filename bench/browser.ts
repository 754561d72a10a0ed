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
	return { page: await context.newPage(), guest: { origin, ...made } };
}
