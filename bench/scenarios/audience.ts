import type { Page } from '@playwright/test';
import * as Y from 'yjs';
import { createRoom, must, type Guest } from '../../tests/support/api.ts';
import { until } from '../../tests/support/until.ts';
import { DESK, launch, PHONE, sit, wholly } from '../browser.ts';
import { quantile, wait } from '../figures.ts';
import { open } from '../load/dialect.ts';
import { startLoad } from '../load/start.ts';
import { ms, type Section } from '../report.ts';
import { startPeerloom } from '../subjects.ts';
import { TASKS, tasksIn } from '../trace.ts';

export interface Size {
	people: number;
	seconds: number;
	/** A second, of all together. */
	questions: number;
	votes: number;
}

interface Felt {
	/** Every task of the main thread above 50 ms, ms. */
	tasks: number[];
	/** Every key: from pressing until the next picture, ms; below 16 the browser reports none. */
	inputs: number[];
}

/** Runs in the page. */
function watch(): void {
	const felt: Felt = { tasks: [], inputs: [] };
	(globalThis as { felt?: Felt }).felt = felt;
	new PerformanceObserver((list) => {
		for (const { duration } of list.getEntries()) felt.tasks.push(duration);
	}).observe({ type: 'longtask' });
	new PerformanceObserver((list) => {
		for (const entry of list.getEntries()) if (entry.name === 'keydown') felt.inputs.push(entry.duration);
	}).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
}

const reset = (page: Page) =>
	page.evaluate(() => {
		const { felt } = globalThis as { felt?: Felt };
		if (felt) felt.tasks.length = felt.inputs.length = 0;
	});
const read = (page: Page) => page.evaluate(() => (globalThis as { felt?: Felt }).felt as Felt);

/** Opens the phase in which the room asks and votes. */
async function openQuestions(host: Guest, room: string, record: Y.Doc): Promise<void> {
	const now = () => record.getMap('agenda').get('now/current') as { run: string; phase: string } | undefined;
	for (const verb of ['start', 'advance', 'advance']) {
		const before = now();
		await must(host, room, `agenda.${verb}`, { expects: before?.run ?? '' });
		await until(() => now()?.run !== before?.run, 'the next phase is open');
	}
	if (now()?.phase !== 'P5') throw new Error(`The room is in ${now()?.phase} and not in P5.`);
}

export async function measure(size: Size, flags?: readonly string[], look?: (page: Page) => Promise<void>) {
	const subject = await startPeerloom(flags);
	const browser = await launch();
	try {
		const { origin } = subject.server;
		const presenter = await sit(browser, origin, 'Ines Fontaine', DESK);
		const phone = await sit(browser, origin, 'Yusuf Demir', PHONE);
		for (const { page } of [presenter, phone]) await page.addInitScript(watch);
		const { room } = await createRoom(presenter.guest, {
			title: 'Lunch for two thousand',
			format: 'lunch-and-learn',
			settings: { capacity: size.people + 10, options: { moderation: false } }
		});
		const record = new Y.Doc();
		await open(subject.target(room.id, 'm1/record', presenter.guest.token), record);
		await openQuestions(presenter.guest, room.id, record);
		const load = startLoad('audience', {
			origin,
			room: room.id,
			record: 'm1/record',
			list: 'questions',
			...size
		});
		try {
			await load.at('gathered');
			await presenter.page.goto(`/r/${room.code}`);
			await phone.page.goto(`/r/${room.code}`);
			await phone.page.getByRole('button', { name: 'Join', exact: true }).click();
			load.go();
			await load.at('connected');
			await phone.page.getByRole('button', { name: 'Ask a question' }).click();
			const field = phone.page.getByLabel('Your question');
			await field.waitFor({ timeout: 20_000 });
			load.go();
			const idle = await wholly(await (await browser.newContext(DESK)).newPage());
			await idle.addInitScript(watch);
			await idle.goto('data:text/html,<!doctype html><input>');
			await idle.locator('input').focus();
			// the first questions are there
			await load.at('over');
			await wait(2000);
			await field.focus();
			await browser.startTracing(undefined, { categories: TASKS });
			await Promise.all([presenter.page, phone.page, idle].map(reset));
			const end = performance.now() + size.seconds * 1000;
			let keys = 0;
			while (performance.now() < end) {
				await phone.page.keyboard.press('abcdefghij'[keys % 10]!);
				await presenter.page.keyboard.press('Tab');
				await idle.keyboard.press('a');
				keys++;
				await wait(150);
			}
			const tasks = tasksIn(await browser.stopTracing());
			const felt = {
				presenter: await read(presenter.page),
				phone: await read(phone.page),
				idle: await read(idle)
			};
			await look?.(presenter.page);
			await look?.(phone.page);
			load.go();
			return { felt, keys, tasks, ...(await load.result()) };
		} finally {
			load.stop();
		}
	} finally {
		await browser.close();
		await subject.close();
	}
}

/** A presenter and a phone in a real browser while two thousand ask and vote. */
export async function largeAudience(size: Size): Promise<Section> {
	const { felt, keys, tasks, asked, voted, refused } = await measure(size);
	const all = size.people.toLocaleString('en');
	const longest = (values: number[]) => (values.length === 0 ? 0 : Math.max(...values));
	// what took less than 16 ms is not reported, and counts as that
	const answered = (inputs: number[]) => [
		...inputs,
		...Array.from({ length: Math.max(0, keys - inputs.length) }, () => 16)
	];
	const missed = (value: number) => ` (the goal is below 100 ms${value < 100 ? '' : ', and it is missed'})`;
	const row = (name: string, { tasks, inputs }: Felt) => {
		const times = answered(inputs);
		return [
			name,
			String(tasks.length),
			ms(longest(tasks)),
			ms(quantile(times, 0.5)),
			ms(quantile(times, 0.98)),
			ms(longest(times))
		];
	};
	const rows = [
		row('presenter, 1440 px', felt.presenter),
		row('phone, 360 px', felt.phone),
		row('a page with a field alone', felt.idle)
	];
	const worst = Math.max(longest(felt.presenter.tasks), longest(felt.phone.tasks));
	const slowest = Math.max(...answered(felt.presenter.inputs), ...answered(felt.phone.inputs));
	const idle = Math.max(longest(felt.idle.tasks), ...answered(felt.idle.inputs));
	const long = tasks.toSorted((a, b) => b.took - a.took)[0] ?? { took: NaN, cpu: NaN };
	const work = longest(tasks.map(({ cpu }) => cpu));
	const share = tasks.reduce((sum, { cpu }) => sum + cpu, 0) / size.seconds / 10 / 2;
	return {
		title: `A lunch and learn for ${all}, in a real browser`,
		about:
			`${all} script attendees are connected (socket.io and the record), ask ${size.questions} questions and give ` +
			`${size.votes} votes a second. Meanwhile a host's and a phone's Chromium are in the same room, without throttling, on ` +
			`the same machine as server and load; for ${size.seconds} s a key is pressed in each about six times a second.`,
		columns: ['browser', 'long tasks', 'longest ms', 'key p50 ms', 'p98 ms', 'longest ms'],
		rows,
		says: [
			`The longest task of either page took ${ms(worst)} ms${missed(worst)}; a task counts as long above 50 ms. By the browser's ` +
				`own trace the longest, of ${ms(long.took)} ms, had a processor for ${ms(long.cpu)} ms of that, no task worked for ` +
				`longer than ${ms(work)} ms, and a page kept a core busy for ${share.toFixed(0)} %: what is beyond that is ` +
				`waiting for a core that server, load and the other browser have.`,
			`The slowest answer to a key came after ${ms(slowest)} ms${missed(slowest)}. How much of that is the machine's shows the ` +
				`third page, in the same browser at the same time: it holds a field and nothing else and is in no room, and ` +
				`what took longest there took ${ms(idle)} ms.`,
			'A key is answered when the next picture is shown; the browser reports such times in steps of 8 ms, from 16 ms on.',
			`${asked} questions and ${voted} votes were carried out in all that time, ${refused} were refused.`
		]
	};
}
