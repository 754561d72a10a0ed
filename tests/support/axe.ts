import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** Fails on what keeps somebody out (axe: serious, critical), by WCAG 2.2 AA. `leaveOut` takes CSS selectors. */
export async function assertAccessible(page: Page, leaveOut: readonly string[] = []): Promise<void> {
	const axe = new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']);
	await assertNothingGrave(page, axe, leaveOut);
}

/** Of the same rules those that another theme can break: for a page that was asked all of them in the first. */
export async function assertContrast(page: Page, leaveOut: readonly string[] = []): Promise<void> {
	const axe = new AxeBuilder({ page }).withRules(['color-contrast', 'link-in-text-block']);
	await assertNothingGrave(page, axe, leaveOut);
}

async function assertNothingGrave(page: Page, axe: AxeBuilder, leaveOut: readonly string[]): Promise<void> {
	// What was said last lies on what was said before, until somebody points at it: too small only for a moment.
	for (const selector of ['[data-sonner-toaster]', ...leaveOut]) axe.exclude(selector);
	await still(page);
	const { violations } = await axe.analyze();
	const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
	if (grave.length === 0) return;
	const lines = grave.flatMap(({ id, help, nodes }) => [
		`${id}: ${help}`,
		...nodes.slice(0, 5).map((node) => `    ${node.target.join(' ')}  ${node.html.slice(0, 160)}`)
	]);
	throw new Error(`${page.url()} keeps people out:\n${lines.join('\n')}`);
}

/** Colours on their way from one theme to the other are neither's. */
async function still(page: Page): Promise<void> {
	await page.evaluate(async () => {
		const changing = document.getAnimations().filter((one) => one instanceof CSSTransition);
		await Promise.allSettled(changing.map(({ finished }) => finished));
	});
}
