/** What every page and every file says to browsers, in a real one; and what a person sees who is one connection too many. */
import { globSync } from 'node:fs';
import type { BrowserContext, Page, Response } from '@playwright/test';
import { ask, createRoom, guest, must } from '../support/api.ts';
import { alive, expect, test as base } from '../support/browser.ts';
import { asSomebody, hostileName, payloads, settle, watchFor } from '../support/hostile.ts';
import { live, screenOf } from '../support/live.ts';
import { startServer, type Server } from '../support/server.ts';
import { accessible } from '../support/walkthrough.ts';

/** An installation for each test: its first account runs it, and nobody may have more than a room's page takes. */
const test = base.extend<{ house: Server }>({
	house: [
		async ({}, use) => {
			const house = await startServer({ env: { CONNECTIONS_PER_PERSON: '4' } });
			await use(house);
			await house.close();
		},
		{ timeout: 60_000 }
	]
});

/** What is wrong with an answer's headers. */
async function looseIn(response: Response): Promise<string[]> {
	const headers = await response.allHeaders();
	const policy = headers['content-security-policy'] ?? '';
	const wrong = [
		headers['x-content-type-options'] !== 'nosniff' && 'may be taken for another type',
		!policy.includes("frame-ancestors 'none'") && 'may be framed',
		!/default-src '(self|none)'/.test(policy) && 'has no policy',
		/unsafe-inline|unsafe-eval|\*|https?:/.test(policy) && `has a loose policy: ${policy}`,
		headers['cross-origin-resource-policy'] !== 'same-origin' && 'may be read from other sites',
		!headers['referrer-policy'] && 'tells others where we are'
	];
	return wrong.filter((one) => one !== false).map((one) => `${response.url()} ${one}`);
}

/** An account whose name and profile mean harm; the first one of the house runs it. */
async function account(house: Server): Promise<{ id: string; cookie: string }> {
	const body = { name: hostileName('Ada'), email: 'ada@example.com', password: 'correct horse battery' };
	const answer = await ask(house.origin, '/api/auth/sign-up/email', { body });
	expect(answer.status, await answer.clone().text()).toBe(200);
	const [cookie = ''] = answer.headers.getSetCookie()[0]?.split(';') ?? [];
	const own = (await (await post(house, '/new?format=debate', cookie, { title: 'Hers' })).json()) as {
		location: string;
	};
	const room = own.location.slice(-6);
	const info = await ask(house.origin, `/api/rooms/${room}/join`, { body: {}, headers: { cookie } });
	const { room: made } = (await info.json()) as { room: { id: string } };
	const line = await live(house.origin, decodeURIComponent(cookie.split('=')[1] ?? ''));
	const { info: me } = await line.emit<{ info: { member: { id: string } } }>('enter', made.id);
	line.close();
	const words = payloads.map((text) => text.replaceAll(/[,;]/g, ' ').slice(0, 70));
	await post(house, `/people/${me.member.id}/edit`, cookie, {
		job: words[0]!,
		team: words[1]!,
		place: words[2]!,
		interests: words.slice(3, 6).join(','),
		offers: words.slice(6, 9).join(','),
		wants: words.slice(9).join(','),
		languages: 'English',
		capacity: '2'
	});
	return { id: me.member.id, cookie };
}

/** A form of a page, answered as its script is. */
function post(house: Server, path: string, cookie: string, fields: Record<string, string>) {
	return fetch(house.origin + path, {
		method: 'POST',
		headers: { origin: house.origin, cookie, accept: 'application/json', 'x-sveltekit-action': 'true' },
		body: new URLSearchParams(fields)
	});
}

async function asVisitor(context: BrowserContext, who: { cookie: string }, house: Server) {
	await asSomebody(context, who.cookie, house.origin);
}

test('every page, file and error keeps a policy without a hole, no page breaks it, and none has a serious barrier', async ({
	house,
	stranger
}) => {
	test.slow();
	const page = await stranger({ baseURL: house.origin });
	const context = page.context();
	const watch = await watchFor([context], house.origin);
	const loose: Promise<string[]>[] = [];
	const types = new Set<string>();
	context.on('response', (response) => {
		types.add((response.headers()['content-type'] ?? '').split(';')[0]!);
		loose.push(looseIn(response));
	});
	const ada = await account(house);
	const host = await guest(house.origin, 'Hedda');
	const { room } = await createRoom(host, { title: payloads[2], format: 'lunch-and-learn' });
	const screen = await screenOf(host, room.id);
	const invited = (await (
		await post(house, '/administration/invitations?/invite', ada.cookie, {
			email: 'bo@example.com',
			people: '1',
			days: '3'
		})
	).json()) as { data: string };
	const [link = 'none'] = /\/invite\/([\w-]+)/.exec(invited.data)?.slice(1) ?? [];

	/** Every route that has a page → where it is looked at. */
	const nobodys = {
		'/': '/',
		'/sign-in': '/sign-in',
		'/sign-up': '/sign-up',
		'/privacy': '/privacy',
		'/invite/[token]': `/invite/${link}`,
		'/new': '/new?format=debate',
		'/r/[code]/join': `/r/${room.code}/join`,
		'/screen/[token]': `/screen/${screen}`
	};
	const adas = {
		'/account': '/account',
		'/administration': '/administration',
		'/administration/import': '/administration/import',
		'/administration/invitations': '/administration/invitations',
		'/people': '/people',
		'/people/[id]': `/people/${ada.id}`,
		'/people/[id]/edit': `/people/${ada.id}/edit`,
		'/programmes': '/programmes',
		'/week': '/week',
		'/digest': '/digest',
		'/programmes/[code]': `/programmes/${room.code}`
	};
	const hosts = {
		'/r/[code]': `/r/${room.code}`,
		'/r/[code]/m/[n]': `/r/${room.code}/m/1`,
		'/r/[code]/settings': `/r/${room.code}/settings`
	};
	const routes = globSync('src/routes/**/+page.svelte').map(
		(file) => file.replaceAll('\\', '/').slice('src/routes'.length, -'/+page.svelte'.length) || '/'
	);
	const known: string[] = [nobodys, adas, hosts].flatMap((some) => Object.keys(some));
	expect(
		routes.filter((route) => !known.includes(route)),
		'pages that nobody looks at'
	).toEqual([]);

	const harm: string[] = [];
	const visit = async (paths: Iterable<string>) => {
		for (const path of paths) {
			await page.goto(path);
			await alive(page);
			await settle(page);
			harm.push(...watch.harm);
			// what looks for barriers puts scripts of its own into the page
			await test.step(path, () => accessible(page, [], { dark: true }));
			watch.harm.splice(0);
		}
	};
	await visit([...Object.values(nobodys), '/nowhere']);
	for (const path of ['/r/ZZZZZZ', '/people']) {
		await page.goto(path);
		await alive(page);
	}
	await asVisitor(context, ada, house);
	await visit(Object.values(adas));
	await context.clearCookies();
	await asVisitor(context, host, house);
	await visit(Object.values(hosts));

	await page.goto('/icon.svg');
	await page.goto('/');
	await page.evaluate(
		(paths) => Promise.all(paths.map((path) => fetch(path))),
		[
			'/manifest.webmanifest',
			'/robots.txt',
			'/favicon.ico',
			'/_app/nothing.js',
			'/api/time',
			'/api/rooms/none',
			'/healthz',
			`/api/rooms/${room.id}/history`,
			`/api/rooms/${room.id}/export?as=csv`,
			`/api/rooms/${room.id}/calendar`,
			'/api/search?q=room'
		]
	);

	// the page that stands by itself, as it is answered where none can be rendered
	const alone = await fetch(`${house.origin}/api/rooms`, {
		method: 'POST',
		headers: { origin: 'https://evil.example', accept: 'text/html', 'content-type': 'application/json' }
	});
	const body = await alone.text();
	await page.route('**/alone', (route) =>
		route.fulfill({ status: alone.status, headers: Object.fromEntries(alone.headers), body })
	);
	await page.goto('/alone');
	await expect(page.getByRole('heading', { name: 'Peerloom cannot show this page' })).toBeVisible();
	await expect(page.locator('body')).toHaveCSS('max-width', '646px');
	expect([...harm, ...watch.harm]).toEqual([]);
	expect((await Promise.all(loose)).flat()).toEqual([]);
	expect([...types]).toEqual(
		expect.arrayContaining(['text/html', 'text/css', 'text/javascript', 'font/woff2', 'application/json'])
	);
	expect(watch.shown.size, 'kinds shown as text').toBeGreaterThanOrEqual(payloads.length - 3);
});

test('whoever is one connection too many is told so in the room, and comes in by themselves', async ({
	house,
	stranger
}) => {
	const host = await guest(house.origin, 'Ruth');
	const { room } = await createRoom(host, { title: 'Lending Ops', format: 'lunch-and-learn' });
	const open = async (): Promise<Page> => {
		const page = await stranger({ baseURL: house.origin });
		await asVisitor(page.context(), host, house);
		await page.goto(`/r/${room.code}`);
		await alive(page);
		return page;
	};
	const first = await open();
	await expect(first.locator('.roomtop .saved')).toHaveText('Saved');
	const second = await open();
	const told = second.getByText('Too many connections are open');
	await expect(told).toBeVisible();
	await expect(first.getByText('Too many connections are open')).toHaveCount(0);
	await first.close();
	await expect(told).toHaveCount(0, { timeout: 30_000 });
	await must(host, room.id, 'room.rename', { title: 'Called anew' });
	await expect(second.getByText('Called anew').first()).toBeVisible();
});
