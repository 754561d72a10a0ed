import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { PAPERS } from '../../src/lib/blocks/board/model.ts';
import { addGroup, addNote, link } from '../../src/lib/blocks/board/write.ts';
import { createRoom, type Guest } from '../../tests/support/api.ts';
import { toTheBoard } from '../../tests/support/opened.ts';
import { sync } from '../../tests/support/sync.ts';
import { DESK, launch, sit } from '../browser.ts';
import { quantile, wait } from '../figures.ts';
import { atLeast, atMost, ms, type Section } from '../report.ts';
import { startPeerloom } from '../subjects.ts';

export interface Size {
	notes: number;
	/** For each deed. */
	seconds: number;
	/** A folder for a trace of each deed, to open in Chromium's developer tools. */
	traces?: string;
}

interface Deed {
	name: string;
	/** Frames a second, and ms. */
	rate: number;
	median: number;
	slow: number;
	/** Tasks of the main thread above 50 ms, ms. */
	tasks: number[];
}

type Point = { x: number; y: number };
/** In the middle of the board, far from its tools. */
const MIDDLE: Point = { x: 640, y: 420 };

/** How smoothly a full board moves, deed by deed. */
export async function boardFrames(size: Size): Promise<Section> {
	const subject = await startPeerloom();
	const browser = await launch();
	try {
		const { page, guest } = await sit(browser, subject.server.origin, 'Ada', DESK);
		await page.goto(await fullBoard(guest, size.notes));
		await page.locator('.svelte-flow__node-note').first().waitFor();
		await wait(2000);
		const deeds = await measure(page, browser, size);
		const worst = Math.max(0, ...deeds.flatMap(({ tasks }) => tasks));
		const slowest = deeds.reduce((a, b) => (a.rate < b.rate ? a : b));
		return {
			title: `A board of ${size.notes} notes, in a real browser`,
			about:
				`Headless Chromium without a graphics card, 1440 × 900, on the machine of the server; each deed for ` +
				`${size.seconds} s, up to 60 times a second. A frame is what requestAnimationFrame is called for.`,
			columns: ['deed', 'frames/s', 'median', '95 % within ms', 'long tasks', 'longest ms'],
			rows: deeds.map(({ name, rate, median, slow, tasks }) => [
				name,
				rate.toFixed(0),
				median.toFixed(0),
				ms(slow),
				String(tasks.length),
				ms(Math.max(0, ...tasks))
			]),
			says: [
				`The slowest is “${slowest.name}” with ${slowest.rate.toFixed(0)} frames a second ` +
					`${atLeast(slowest.rate, 50, 'a second', 'without a graphics card the same cores paint')}.`,
				`The longest task took ${ms(worst)} ms ${atMost(worst, 100, 'ms')}; a task counts as long above 50 ms.`
			]
		};
	} finally {
		await browser.close();
		await subject.close();
	}
}

async function measure(page: Page, browser: Browser, { seconds, traces }: Size): Promise<Deed[]> {
	const all = page.getByRole('button', { name: 'All', exact: true });
	const deeds: Deed[] = [];
	const deed = async (name: string, act: (step: number) => Promise<void>) => {
		if (traces !== undefined) {
			await browser.startTracing(page, { path: join(traces, `${name.replace(/\W+/g, '-')}.json`) });
		}
		deeds.push({ name, ...(await watch(page, seconds, act)) });
		if (traces !== undefined) await browser.stopTracing();
		await wait(700);
	};
	const dragging = async (name: string) => {
		const hold = await noteIn(page);
		await page.mouse.down();
		await deed(name, (step) => page.mouse.move(hold.x + 200 * swing(step), hold.y + 60 * swing(2 * step)));
		await page.mouse.move(hold.x, hold.y);
		await page.mouse.up();
	};

	await all.click();
	await page.mouse.move(MIDDLE.x, MIDDLE.y);
	await deed('pan, whole board in view', (step) => pan(page, step));
	await all.click();
	await page.mouse.move(MIDDLE.x, MIDDLE.y);
	await deed('zoom, whole board in view', (step) => zoom(page, step));
	await all.click();
	await dragging('drag, whole board in view');
	await page.locator('.dock').getByRole('textbox').focus();
	await deed('type, whole board in view', () => page.keyboard.press('a'));

	await all.click();
	await page.getByTitle('Show in full size').click();
	await page.mouse.move(MIDDLE.x, MIDDLE.y);
	await deed('pan at 100 %', (step) => pan(page, step));
	await dragging('drag at 100 %');
	await page.locator('.svelte-flow__node-note').nth(5).focus();
	await page.keyboard.press('Enter');
	await page.locator('.svelte-flow__node textarea').first().waitFor();
	await deed('type in a note at 100 %', () => page.keyboard.press('a'));
	return deeds;
}

async function watch(
	page: Page,
	seconds: number,
	act: (step: number) => Promise<void>
): Promise<Omit<Deed, 'name'>> {
	const watched = await page.evaluateHandle(() => {
		const seen = { frames: [] as number[], tasks: [] as number[], on: true };
		const frame = (at: number) => {
			seen.frames.push(at);
			if (seen.on) requestAnimationFrame(frame);
		};
		requestAnimationFrame(frame);
		new PerformanceObserver((list) => {
			for (const { duration } of list.getEntries()) if (seen.on) seen.tasks.push(duration);
		}).observe({ type: 'longtask' });
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
	const between = frames.slice(1).map((at, index) => at - frames[index]!);
	return {
		rate: (1000 * between.length) / (frames.at(-1)! - frames[0]!),
		median: 1000 / quantile(between, 0.5),
		slow: quantile(between, 0.95),
		tasks
	};
}

/** There and back again, in a second and a half. */
function swing(step: number): number {
	return Math.sin((step / 90) * 2 * Math.PI);
}

const pan = (page: Page, step: number) => page.mouse.wheel(14 * swing(step), 9 * swing(step + 20));

async function zoom(page: Page, step: number): Promise<void> {
	await page.keyboard.down('Control');
	await page.mouse.wheel(0, 6 * swing(step + 22));
	await page.keyboard.up('Control');
}

/** Looks around the middle until there is a note under the pointer: where panning ends depends on the frames it got. */
async function noteIn(page: Page): Promise<Point> {
	for (let step = 0; step < 200; step++) {
		const [row, column] = [Math.floor(step / 5), step % 5];
		const at = { x: MIDDLE.x + 60 * (column - 2), y: MIDDLE.y + 10 * (row % 2 ? -row : row) };
		if (at.y < 150 || at.y > 750) continue;
		await page.mouse.move(at.x, at.y);
		const there = await page.evaluate(
			({ x, y }) => document.elementFromPoint(x, y)?.closest('.svelte-flow__node-note') != null,
			at
		);
		if (there) return at;
	}
	throw new Error('There is no note in the middle of the board.');
}

/** In the phase in which a group works at its board: notes on a grid, five groups, a link at every tenth note. */
async function fullBoard(host: Guest, count: number): Promise<string> {
	const joined = await createRoom(host, { title: 'A full board', format: 'action-learning' });
	const { room } = joined;
	const opened = { ...joined, host, notes: 'm1/board', record: 'm1/record' };
	await toTheBoard(opened);
	const { doc, ...board } = sync(host.origin, room.id, opened.notes, host.token);
	await board.ready();
	const words = 'How often does a file go back before anyone calls it complete, and who would know?'.split(
		' '
	);
	const columns = Math.ceil(Math.sqrt(count * 1.4));
	doc.transact(() => {
		for (let n = 0; n < count; n++) {
			const question = n % 3 === 0;
			addNote(
				doc,
				{
					id: `n${n}`,
					kind: question ? 'question' : 'idea',
					form: question ? 'question' : 'note',
					paper: PAPERS[n % PAPERS.length]!,
					by: host.person.id,
					at: Date.now(),
					group: null,
					x: (n % columns) * 232,
					y: 900 + Math.floor(n / columns) * 190,
					text: words.slice(0, 3 + (n % (words.length - 3))).join(' ')
				},
				null
			);
			if (n % 10 === 0 && n > 0) link(doc, { id: `l${n}`, from: `n${n}`, to: `n${n - 9}`, label: '' }, null);
		}
		for (let group = 0; group < 5; group++) {
			const ids = Array.from({ length: 8 }, (_, index) => `n${group * 8 + index}`);
			addGroup(doc, { id: `g${group}`, title: `Group ${group + 1}`, x: group * 400, y: 0 }, ids, null);
		}
	});
	await wait(500);
	board.close();
	return room.url;
}
