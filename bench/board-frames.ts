/** How smoothly a board of many notes moves in a browser: frames a second and long tasks, deed by deed. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium as playwright, type Page } from '@playwright/test';
import { PAPERS } from '../src/lib/blocks/board/model.ts';
import { addGroup, addNote, link } from '../src/lib/blocks/board/write.ts';
import { createRoom, must, type Guest, type JoinedRoom } from '../tests/support/api.ts';
import { chromium } from '../tests/support/chromium.ts';
import { nowIn } from '../tests/support/opened.ts';
import { startServer } from '../tests/support/server.ts';
import { sync } from '../tests/support/sync.ts';
import { quantile, wait } from './figures.ts';

const { values } = parseArgs({
	options: {
		notes: { type: 'string', default: '500' },
		seconds: { type: 'string', default: '4' },
		/** A folder for traces, one a deed, to open in Chromium's developer tools. */
		traces: { type: 'string' },
		/** Only deeds whose name has this in it. */
		only: { type: 'string', default: '' }
	}
});
const count = Number(values.notes);
const seconds = Number(values.seconds);
/** In the middle of the board, far from its tools. */
const HAND = { x: 640, y: 420 };
/** Where the note lies that is being dragged; it comes back there. */
let hold = HAND;

const server = await startServer({ env: { LIMITS: 'off' } });
const browser = await playwright.launch(chromium());
try {
	const context = await browser.newContext({
		viewport: { width: 1440, height: 900 },
		baseURL: server.origin,
		locale: 'en-GB'
	});
	const answer = await context.request.post('/api/guests', {
		data: { name: 'Ada' },
		headers: { origin: server.origin }
	});
	const host: Guest = { origin: server.origin, ...((await answer.json()) as Omit<Guest, 'origin'>) };
	const { room } = await boardOf(host);
	const page = await context.newPage();
	const begun = performance.now();
	await page.goto(room.url);
	await page.locator('.svelte-flow__node-note').first().waitFor();
	console.log(`${count} notes; open after ${Math.round(performance.now() - begun)} ms`);
	await wait(2000);
	await measure(page);
} finally {
	await browser.close();
	await server.close();
}

async function measure(page: Page): Promise<void> {
	const all = page.getByRole('button', { name: 'All', exact: true });
	const line = page.locator('.dock').getByRole('textbox');

	await all.click();
	await rest(page);
	await deed(page, 'pan, whole board in view', (step) => pan(page, step));
	await all.click();
	await deed(page, 'zoom, whole board in view', (step) => zoom(page, step));
	await all.click();
	await deed(page, 'drag, whole board in view', (step) => drag(page, step));
	await line.focus();
	await deed(page, 'type, whole board in view', () => page.keyboard.press('a'));

	await all.click();
	await page.getByTitle('Show in full size').click();
	await rest(page);
	await deed(page, 'pan at 100 %', (step) => pan(page, step));
	await deed(page, 'drag at 100 %', (step) => drag(page, step));
	await page.locator('.svelte-flow__node-note').nth(5).focus();
	await page.keyboard.press('Enter');
	await page.locator('.svelte-flow__node textarea').first().waitFor();
	await deed(page, 'type in a note at 100 %', () => page.keyboard.press('a'));
}

/** Over and over for some seconds, at most sixty times in each; then what the browser made of it. */
async function deed(page: Page, name: string, act: (step: number) => Promise<void>): Promise<void> {
	if (!name.includes(values.only)) return;
	const { traces } = values;
	if (traces !== undefined) {
		await browser.startTracing(page, { path: join(traces, `${name.replace(/\W+/g, '-')}.json`) });
	}
	const watched = await page.evaluateHandle(() => {
		const seen = { frames: [] as number[], tasks: [] as number[], on: true };
		const frame = (at: number) => {
			seen.frames.push(at);
			if (seen.on) requestAnimationFrame(frame);
		};
		requestAnimationFrame(frame);
		const observer = new PerformanceObserver((list) => {
			for (const { duration } of list.getEntries()) seen.tasks.push(duration);
		});
		observer.observe({ type: 'longtask' });
		return seen;
	});
	const end = performance.now() + seconds * 1000;
	for (let step = 0; performance.now() < end; step++) {
		const next = performance.now() + 1000 / 60;
		await act(step);
		await wait(Math.max(0, next - performance.now()));
	}
	const { frames, tasks } = await watched.evaluate((seen) => {
		seen.on = false;
		return { frames: seen.frames, tasks: seen.tasks };
	});
	if (traces !== undefined) await browser.stopTracing();
	await page.mouse.move(hold.x, hold.y);
	await page.mouse.up();
	const between = frames.slice(1).map((at, index) => at - frames[index]!);
	const rate = (1000 * between.length) / (frames.at(-1)! - frames[0]!);
	console.log(
		`${name}: ${rate.toFixed(0)} frames a second (median ${(1000 / quantile(between, 0.5)).toFixed(0)}, ` +
			`95 % of frames within ${quantile(between, 0.95).toFixed(0)} ms); ` +
			`long tasks ${tasks.length}, longest ${Math.round(Math.max(0, ...tasks))} ms`
	);
	await rest(page);
}

/** There and back again, in a second and a half. */
function swing(step: number): number {
	return Math.sin((step / 90) * 2 * Math.PI);
}

async function pan(page: Page, step: number): Promise<void> {
	if (step === 0) await page.mouse.move(HAND.x, HAND.y);
	await page.mouse.wheel(14 * swing(step), 9 * swing(step + 20));
}

async function zoom(page: Page, step: number): Promise<void> {
	if (step === 0) await page.mouse.move(HAND.x, HAND.y);
	await page.keyboard.down('Control');
	await page.mouse.wheel(0, 6 * swing(step + 22));
	await page.keyboard.up('Control');
}

async function drag(page: Page, step: number): Promise<void> {
	if (step === 0) {
		hold = await noteNear(page);
		await page.mouse.down();
	}
	await page.mouse.move(hold.x + 200 * swing(step), hold.y + 60 * swing(2 * step));
}

/** Goes down from the middle until there is a note under the pointer. */
async function noteNear(page: Page): Promise<typeof HAND> {
	for (let down = 0; down < 200; down += 10) {
		const at = { x: HAND.x, y: HAND.y + down };
		await page.mouse.move(at.x, at.y);
		const there = await page.evaluate(
			({ x, y }) => document.elementFromPoint(x, y)?.closest('.svelte-flow__node-note') != null,
			at
		);
		if (there) return at;
	}
	throw new Error('There is no note in the middle of the board.');
}

async function rest(page: Page): Promise<void> {
	await page.evaluate(() => new Promise((done) => requestIdleCallback(done, { timeout: 2000 })));
	await wait(700);
}

/** In the phase in which a group works at its board: notes on a grid, five groups, a link at every tenth note. */
async function boardOf(host: Guest): Promise<JoinedRoom> {
	const joined = await createRoom(host, { title: 'A full board', format: 'action-learning' });
	const { room } = joined;
	const opened = { ...joined, host, notes: 'm1/board', record: 'm1/record' };
	let now = await nowIn(opened);
	await must(host, room.id, 'agenda.start', { expects: now.run });
	while ((now = await nowIn(opened)).phase !== 'P5') {
		await must(host, room.id, 'agenda.advance', { expects: now.run });
	}
	const board = sync(server.origin, room.id, opened.notes, host.token);
	await board.ready();
	const words = 'How often does a file go back before anyone calls it complete, and who would know?'.split(
		' '
	);
	const columns = Math.ceil(Math.sqrt(count * 1.4));
	board.doc.transact(() => {
		for (let n = 0; n < count; n++) {
			const [x, y] = [(n % columns) * 232, 900 + Math.floor(n / columns) * 190];
			const text = words.slice(0, 3 + (n % (words.length - 3))).join(' ');
			const kind = n % 3 === 0 ? 'question' : 'idea';
			const note = { id: `n${n}`, kind, by: host.person.id, at: Date.now(), group: null, x, y, text };
			addNote(
				board.doc,
				{ ...note, form: n % 3 === 0 ? 'question' : 'note', paper: PAPERS[n % PAPERS.length]! },
				null
			);
			if (n % 10 === 0 && n > 0)
				link(board.doc, { id: `l${n}`, from: `n${n}`, to: `n${n - 9}`, label: '' }, null);
		}
		for (let g = 0; g < 5; g++) {
			const ids = Array.from({ length: 8 }, (_, index) => `n${g * 8 + index}`).filter(
				(id) => Number(id.slice(1)) < count
			);
			addGroup(board.doc, { id: `g${g}`, title: `Group ${g + 1}`, x: g * 400, y: 0 }, ids, null);
		}
	});
	await wait(500);
	board.close();
	return joined;
}
