/** How much script a page takes before it answers. What it loads later, when needed, does not count. */
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { createRoom, guest, join, must } from '../support/api.ts';
import { expect, test } from '../support/browser.ts';
import { nowIn, openRoom, toTheBoard, type Opened } from '../support/opened.ts';

/** Opens the page; the kB of script, gzipped, that arrived until it answers: by a room's own mark, or until `shown`. */
async function scriptUntil(
	page: Page,
	url: string,
	shown: () => Promise<void>,
	mark?: string
): Promise<number> {
	const bodies = new Map<string, Promise<Buffer | null>>();
	page.on('response', (response) => {
		if (response.request().resourceType() !== 'script') return;
		// What is loaded last may still be on its way when the test closes the page.
		bodies.set(
			response.url(),
			response.body().catch(() => null)
		);
	});
	await page.goto(url, { waitUntil: 'commit' });
	await shown();
	const arrived = await page.evaluate((mark) => {
		const end = mark === undefined ? performance.now() : performance.getEntriesByName(mark)[0]!.startTime;
		const resources = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
		return resources.filter((one) => one.responseEnd <= end).map(({ name }) => name);
	}, mark);
	const taken = await Promise.all(arrived.flatMap((name) => bodies.get(name) ?? []));
	expect(taken.length).toBeGreaterThan(3);
	return taken.reduce((sum, body) => sum + gzipSync(body!).length, 0) / 1000;
}

async function goTo(opened: Opened, phase: string): Promise<void> {
	let now = await nowIn(opened);
	await must(opened.host, opened.room.id, 'agenda.start', { expects: now.run });
	while ((now = await nowIn(opened)).phase !== phase) {
		await must(opened.host, opened.room.id, 'agenda.advance', { expects: now.run });
	}
}

test('the first page takes at most 90 kB of script', async ({ stranger }) => {
	const page = await stranger();
	const taken = await scriptUntil(page, '/', () =>
		page.waitForLoadState('load').then(() => expect(page.getByRole('textbox').first()).toBeEnabled())
	);
	expect(taken).toBeLessThanOrEqual(90);
});

test('the page of a listener takes at most 90 kB of script until they can vote', async ({
	person,
	server
}) => {
	const opened = await openRoom(server.origin, { settings: { options: { moderation: false } } });
	const { host, room } = opened;
	await goTo(opened, 'P5');
	await must(host, room.id, 'questions.submit', { text: 'Where does my team’s cloud bill sit?' });
	const listener = await person('Listener', { viewport: { width: 360, height: 740 } });
	await join(listener.guest, room.id);
	const vote = listener.page.getByRole('button', { name: /: Where does my team/ });
	const taken = await scriptUntil(
		listener.page,
		room.url,
		() => expect(vote).toBeEnabled(),
		'peerloom:answers'
	);
	expect(taken).toBeLessThanOrEqual(90);
});

test('a room takes at most 250 kB of script before the board’s canvas, which comes when needed', async ({
	person,
	server
}) => {
	const host = await guest(server.origin, 'Host');
	const joined = await createRoom(host, { title: 'Board', format: 'action-learning' });
	const { room } = joined;
	await toTheBoard({ ...joined, host, notes: 'm1/board', record: 'm1/record' });
	const member = await person('Member');
	await join(member.guest, room.id);
	const dock = member.page.getByRole('form', { name: 'Put something on the board' }).getByRole('textbox');
	const taken = await scriptUntil(
		member.page,
		room.url,
		() => expect(dock).toBeEditable(),
		'peerloom:answers'
	);
	expect(taken).toBeLessThanOrEqual(250);
});
