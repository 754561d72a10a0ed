import { join } from 'node:path';
import { expect, test as base } from '@playwright/test';
import type { BrowserContext, BrowserContextOptions, Page } from '@playwright/test';
import type { Guest } from './api.ts';
import { layLine, type Line } from './line.ts';
import { startServer } from './server.ts';
import type { Server } from './server.ts';

export { expect };

/** Somebody at a browser of their own. */
export interface Person {
	context: BrowserContext;
	page: Page;
	guest: Guest;
}

interface Fixtures {
	/** Opens a browser context in which a guest of that name is signed in. */
	person: (name: string, options?: BrowserContextOptions) => Promise<Person>;
	/** A page of somebody nobody knows yet. */
	stranger: (options?: BrowserContextOptions) => Promise<Page>;
	/** The next test finds the server as if nothing had been done to it. */
	recovered: void;
	/** Uncaught errors and breaches of the CSP on any page; the test fails if it is not empty at the end. */
	faults: string[];
}

/** Shared by the tests of a worker, one after the other. */
interface WorkerFixtures {
	/** Each test may kill it and put its clock forward. */
	server: Server;
	/** Between browsers and servers; null: as quick as it gets. */
	line: Line | null;
	/** All that are open. */
	contexts: Set<BrowserContext>;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
	server: [
		async ({ contexts }, use) => {
			// All of a worker's guests come from one address, faster than any people would.
			const server = await startServer({ env: { LIMITS: 'off' } });
			const { forward } = server;
			// What people did before time goes by has been done before it: whoever is quicker, the test or a line.
			server.forward = async (minutes) => {
				for (const context of contexts) await Promise.all(context.pages().map(saved));
				await forward(minutes);
			};
			await use(server);
			await server.close();
		},
		{ scope: 'worker', timeout: 60_000 }
	],

	line: [
		async ({}, use) => {
			const line = await layLine();
			await use(line);
			await line?.close();
		},
		{ scope: 'worker' }
	],

	contexts: [async ({}, use) => use(new Set()), { scope: 'worker' }],

	recovered: [
		async ({ server }, use) => {
			await use();
			await server.recover();
		},
		{ auto: true }
	],

	faults: async ({ server }, use, info) => {
		const faults: string[] = [];
		await use(faults);
		if (info.status !== info.expectedStatus) {
			await info.attach('server.log', { body: server.output(), contentType: 'text/plain' });
			console.error(server.output());
		}
		expect(faults, 'errors in the browser').toEqual([]);
	},

	stranger: async (
		{ browser, server, line, contexts, faults, contextOptions, viewport, isMobile, hasTouch },
		use,
		info
	) => {
		await use(async (options = {}) => {
			const context = await browser.newContext({
				...contextOptions,
				viewport,
				isMobile,
				hasTouch,
				baseURL: server.origin,
				...(line && { proxy: line.proxy }),
				...options
			});
			await context.addInitScript(pressAgain);
			contexts.add(context);
			context.once('close', () => contexts.delete(context));
			return watched(await context.newPage(), faults);
		});
		if (info.status !== info.expectedStatus) for (const context of contexts) await tellOf(context);
		await Promise.all([...contexts].map((context) => context.close()));
	},

	person: async ({ server, stranger }, use) => {
		await use(async (name, options) => {
			const page = await stranger(options);
			const context = page.context();
			const answer = await context.request.post('/api/guests', {
				data: { name },
				headers: { origin: server.origin }
			});
			expect(answer.status(), await answer.text()).toBe(201);
			const made = (await answer.json()) as Omit<Guest, 'origin'>;
			return { context, page, guest: { origin: server.origin, ...made } };
		});
	}
});

/** Characters of a page that a failed test tells. */
const TOLD = 6000;

/** What each page shows, in words: where several people meet, the page that failed may not be the one to blame. */
async function tellOf(context: BrowserContext): Promise<void> {
	for (const page of context.pages()) {
		const seen = await page.ariaSnapshot({ timeout: 5000 }).catch((error: unknown) => String(error));
		console.error(`── ${page.url()}, ${page.viewportSize()?.width ?? '?'} px wide\n${seen.slice(0, TOLD)}`);
	}
}

function watched(page: Page, faults: string[]): Page {
	// an error that no script has thrown has an empty stack
	page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.stack || error.message}`));
	page.on('console', (message) => {
		const text = message.text();
		if (message.type() === 'error' && /Content Security Policy|hydration/i.test(text)) {
			faults.push(`${page.url()}: ${text}`);
		}
	});
	return page;
}

/**
 * Runs in every page. What comes in may move a button between the press and its release: then it takes no click, and
 * whoever sees that presses again.
 */
function pressAgain(): void {
	let pressed: { on: Element | null; x: number; y: number } | null = null;
	const press = ({ target, clientX: x, clientY: y }: MouseEvent) => {
		const on = target instanceof Element ? target.closest('button, a, label, summary, input, [role]') : null;
		pressed = { on, x, y };
	};
	const release = ({ target, clientX, clientY }: MouseEvent) => {
		const { on, x, y } = pressed ?? {};
		pressed = null;
		// what was dragged was moved by the hand
		if (!(on instanceof HTMLElement) || x !== clientX || y !== clientY) return;
		const { left, right, top, bottom } = on.getBoundingClientRect();
		const there = x >= left && x <= right && y >= top && y <= bottom;
		if (!there && target instanceof Node && !on.contains(target)) on.click();
	};
	addEventListener('mousedown', press, true);
	addEventListener('mouseup', release, true);
}

/** Before a page's script runs, its forms work as well, but other parts of it do not yet. */
export async function alive(page: Page): Promise<void> {
	// Kit adds it once the page is mounted.
	await page.locator('#svelte-announcer').waitFor({ state: 'attached' });
}

export async function open(page: Page, path: string): Promise<void> {
	await page.goto(path);
	await alive(page);
}

/** Once what was done on the page is saved: it would be lost, or done after what the test asks for next. */
export async function reload(page: Page): Promise<void> {
	await saved(page);
	await page.reload();
	await alive(page);
}

/** Where the page is in a room, the room says so of all that was done on it. */
export async function saved(page: Page): Promise<void> {
	await expect(page.locator('.roomtop .saved:not([data-state="saved"])')).toHaveCount(0);
}

/** Until a copy of a document on the page's device holds that text: it is written a moment after it is shown. */
export async function onDevice(page: Page, text: string): Promise<void> {
	const held = () =>
		page.evaluate(async () => {
			const asked = <T>(request: IDBRequest<T>) =>
				new Promise<T>((done, fail) => {
					request.onsuccess = () => done(request.result);
					request.onerror = () => fail(request.error!);
				});
			let words = '';
			for (const { name } of await indexedDB.databases()) {
				const copy = await asked(indexedDB.open(name!));
				for (const store of copy.objectStoreNames) {
					const rows: unknown[] = await asked(copy.transaction(store).objectStore(store).getAll());
					for (const row of rows) if (row instanceof Uint8Array) words += new TextDecoder().decode(row);
				}
				copy.close();
			}
			return words;
		});
	await expect.poll(held).toContain(text);
}

const folder = join(import.meta.dirname, '../../screenshots');

/** screenshots/<name>.png of what is seen now, when pictures are asked for. */
export async function shot(page: Page, name: string): Promise<void> {
	if (!process.env.SCREENSHOTS) return;
	await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
}

/** The page as it is now at three widths, light and dark: screenshots/<name>-360-dark.png and so on. */
export async function gallery(page: Page, name: string): Promise<void> {
	if (!process.env.SCREENSHOTS) return;
	const before = page.viewportSize();
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme });
		for (const [width, height] of [
			[360, 740],
			[768, 1024],
			[1440, 900]
		] as const) {
			await page.setViewportSize({ width, height });
			await shot(page, `${name}-${width}-${colorScheme}`);
		}
	}
	await page.emulateMedia({ colorScheme: null });
	if (before !== null) await page.setViewportSize(before);
}
