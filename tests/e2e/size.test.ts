/** How much script a page takes before it answers. What it loads later, when needed, does not count. */
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { createRoom, join } from '../support/api.ts';
import { expect, test } from '../support/browser.ts';

/** Opens the page; the kB of script, gzipped, that came until nothing more was under way. */
async function scriptOf(page: Page, url: string): Promise<number> {
	const scripts: Promise<Buffer>[] = [];
	page.on('response', (response) => {
		if (response.request().resourceType() === 'script') scripts.push(response.body());
	});
	await page.goto(url, { waitUntil: 'networkidle' });
	const bodies = await Promise.all(scripts);
	return bodies.reduce((sum, body) => sum + gzipSync(body).length, 0) / 1000;
}

test('the first page takes at most 90 kB of script', async ({ stranger }) => {
	expect(await scriptOf(await stranger(), '/')).toBeLessThanOrEqual(90);
});

test('the page of a listener takes at most 90 kB of script', async ({ person }) => {
	const host = await person('Host');
	const { room } = await createRoom(host.guest, { title: 'Lunch', format: 'lunch-and-learn' });
	const listener = await person('Listener', { viewport: { width: 360, height: 740 } });
	await join(listener.guest, room.id);
	expect(await scriptOf(listener.page, room.url)).toBeLessThanOrEqual(90);
});

test('a room with a board takes at most 250 kB of script', async ({ person }) => {
	const host = await person('Host');
	const { room } = await createRoom(host.guest, { title: 'Board', format: 'action-learning' });
	expect(await scriptOf(host.page, room.url)).toBeLessThanOrEqual(250);
});
