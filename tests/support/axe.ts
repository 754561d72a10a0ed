import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** Fails on what keeps somebody out (axe: serious, critical), by WCAG 2.2 AA. `leaveOut` takes CSS selectors. */
export async function assertAccessible(page: Page, leaveOut: readonly string[] = []): Promise<void> {
	const axe = new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']);
	for (const selector of leaveOut) axe.exclude(selector);
	const { violations } = await axe.analyze();
	const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
	if (grave.length === 0) return;
	const lines = grave.flatMap(({ id, help, nodes }) => [
		`${id}: ${help}`,
		...nodes.slice(0, 5).map((node) => `    ${node.target.join(' ')}  ${node.html.slice(0, 160)}`)
	]);
	throw new Error(`${page.url()} keeps people out:\n${lines.join('\n')}`);
}
