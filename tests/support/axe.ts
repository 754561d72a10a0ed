import axe from 'axe-core';
import type { RunOptions } from 'axe-core';
import type { Page } from '@playwright/test';

/** By WCAG 2.2 AA. */
const all: RunOptions['runOnly'] = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** Of these rules those that another theme can break. */
const ofColour: RunOptions['runOnly'] = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };

/** Fails on what keeps somebody out (axe: serious, critical). `leaveOut` takes CSS selectors. */
export async function assertAccessible(page: Page, leaveOut: readonly string[] = []): Promise<void> {
	await assertNothingGrave(page, all, leaveOut);
}

/** For a page that was asked all of the rules in the other theme. */
export async function assertContrast(page: Page, leaveOut: readonly string[] = []): Promise<void> {
	await assertNothingGrave(page, ofColour, leaveOut);
}

async function assertNothingGrave(
	page: Page,
	runOnly: RunOptions['runOnly'],
	leaveOut: readonly string[]
): Promise<void> {
	await still(page);
	if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
	const grave = await page.evaluate(look, {
		// What was said last lies on what was said before, until somebody points at it: too small only for a moment.
		exclude: ['[data-sonner-toaster]', ...leaveOut],
		// What passes is not wanted, and there are no recordings whose length would have to be fetched.
		options: { runOnly, resultTypes: ['violations'], preload: false } satisfies RunOptions
	});
	if (grave.length > 0) throw new Error(`${page.url()} keeps people out:\n${grave.join('\n')}`);
}

/** Runs in the page, which has no frames: must not use anything from outside. */
async function look({ exclude, options }: { exclude: string[]; options: RunOptions }): Promise<string[]> {
	const { axe: inPage } = window as unknown as { axe: typeof axe }; // what its source puts there
	const { violations } = await inPage.run({ exclude }, options);
	const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
	return grave.flatMap(({ id, help, nodes }) => [
		`${id}: ${help}`,
		...nodes.slice(0, 5).map((node) => `    ${node.target.join(' ')}  ${node.html.slice(0, 160)}`)
	]);
}

/** Colours on their way from one theme to the other are neither's. */
async function still(page: Page): Promise<void> {
	await page.evaluate(async () => {
		const changing = document.getAnimations().filter((one) => one instanceof CSSTransition);
		await Promise.allSettled(changing.map(({ finished }) => finished));
	});
}
