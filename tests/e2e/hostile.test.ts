/**
 * Every text of every block (in a soak: of every format), written by somebody who means harm and shown in a real browser:
 * nothing runs, nothing is fetched, nothing breaks the policy, no address of a dangerous kind becomes a link, and the
 * words are shown as words.
 */
import { demos, formatOf } from '#lib/formats/demos/index.ts';
import { ask } from '../support/api.ts';
import { alive, expect, test } from '../support/browser.ts';
import { demosToTry } from '../support/demos-to-try.ts';
import {
	asSomebody,
	hostile,
	hostileName,
	payloads,
	poison,
	recall,
	settle,
	watchFor
} from '../support/hostile.ts';
import { screenOf } from '../support/live.ts';
import { perform, rolesOf, type Performance } from '../support/perform.ts';

test.describe.configure({ timeout: 180_000 });

/** The projector's link is told to those who moderate. */
async function projectorOf({ people, room }: Performance): Promise<string> {
	for (const who of Object.values(people)) {
		const screen = await screenOf(who, room.id);
		if (screen !== null) return `/screen/${screen}`;
	}
	throw new Error('Nobody is told of the projector.');
}

for (const name of demosToTry())
	test(`words that would do harm are shown as words, in room, projector, record and print: ${name}`, async ({
		server,
		stranger
	}) => {
		// each in a browser of its own: a page behind another is drawn once a second
		const [page, screen] = [await stranger(), await stranger()];
		const watch = await watchFor([page.context(), screen.context()], server.origin);
		let tried = 0;
		let taken = 0;
		// where nobody moderates, nothing is for a screen that all look at
		const roles = rolesOf(formatOf(name), demos[name]!);
		const projected = demos[name]!.people.some(({ role }) => roles[role]?.moderates);

		const on = await perform(server, formatOf(name), demos[name]!, {
			named: hostileName,
			instead: hostile,
			recall,
			alsoWrites: poison,
			said(_payload, wasTaken) {
				tried++;
				if (wasTaken) taken++;
			},
			async begins(performance) {
				await asSomebody(page.context(), performance.reader.cookie, server.origin);
				await page.goto(`/r/${performance.room.code}`);
				await alive(page);
				if (!projected) return;
				await screen.goto(await projectorOf(performance));
				await alive(screen);
			},
			// what a phase shows is shown before the next one opens
			after: async (step) => ('run' in step && step.run.startsWith('agenda.') ? settle(page) : undefined)
		});
		expect(taken / tried).toBeGreaterThan(0.5);

		const { code, id } = on.room;
		const { meeting } = (await (
			await ask(server.origin, `/api/rooms/${id}`, { token: on.reader.token })
		).json()) as { meeting: number };
		await settle(screen);
		for (const path of ['/', `/r/${code}`, `/r/${code}/settings`]) {
			await page.goto(path);
			await alive(page);
		}
		for (let n = 1; n <= meeting; n++) {
			const answer = await page.goto(`/r/${code}/m/${n}`);
			if (answer?.status() !== 200) continue;
			await alive(page);
			await page.emulateMedia({ media: 'print' });
			await settle(page);
			await page.emulateMedia({ media: null });
		}
		for (const [as, type] of [
			['markdown', 'text/markdown'],
			['csv', 'text/csv'],
			['json', 'application/json']
		] as const) {
			const file = await ask(server.origin, `/api/rooms/${id}/export?as=${as}`, { token: on.reader.token });
			expect(file.headers.get('content-type')).toContain(type);
			expect(file.headers.get('x-content-type-options')).toBe('nosniff');
			const text = await file.text();
			// what a wiki would run
			if (as === 'markdown') expect(text).not.toMatch(/(?<!\\)<(script|img|svg|iframe|a|b)\b/);
		}
		expect(watch.harm).toEqual([]);
		// some are too long for where they were tried
		expect(watch.shown.size, 'kinds shown as text').toBeGreaterThanOrEqual(payloads.length / 2);
	});

test('the watch itself sees what runs, what is fetched, what breaks the policy, and what would', async ({
	server,
	browser
}) => {
	// not of the fixtures, which would call these faults
	const context = await browser.newContext({ baseURL: server.origin });
	const page = await context.newPage();
	const watch = await watchFor([context], server.origin);
	await page.goto('/');
	await alive(page);
	expect(watch.harm).toEqual([]);
	await page.evaluate((texts) => {
		for (const text of texts) document.body.insertAdjacentHTML('beforeend', text);
	}, payloads);
	const seen = (what: string) => expect.poll(() => watch.harm.join('\n')).toContain(what);
	await seen('<img onerror="boom(2)">');
	await seen('<svg onload="boom(4)">');
	await seen('<a href="javascript:boom(6)">');
	await seen('<iframe srcdoc=');
	await seen('breaks script-src');
	await seen('breaks img-src');
	await context.close();
});
