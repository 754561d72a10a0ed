import { describe, expect, it } from 'vitest';
import { browser, password, setUp } from './harness.ts';
import { arrivalsFrom } from './limits.ts';

const ada = { name: 'Ada', email: 'ada@example.com', password };
const compose = (link: string) => ({ subject: 'Sign in', text: `Open ${link}` });

describe('limits', () => {
	it('stop guessing a password, whatever the address it comes from', async () => {
		const { identity } = await setUp();
		await identity.signUp(ada, browser().visit());
		const guess = (round: number, email = ada.email) =>
			identity.signIn({ email, password: 'wrong password' }, browser(undefined, `10.0.1.${round}`).visit());
		for (let round = 0; round < 10; round++) {
			await expect(guess(round)).rejects.toMatchObject({ code: 'wrong-password', status: 401 });
		}
		await expect(guess(11, ' ADA@example.com')).rejects.toMatchObject({ code: 'too-many', status: 429 });
	});

	it('forget the attempts once the right password came', async () => {
		const { identity } = await setUp();
		await identity.signUp(ada, browser().visit());
		for (let round = 0; round < 12; round++) await identity.signIn(ada, browser().visit());
	});

	it('let a hall of guests in from one address at once, as large as its sockets allow, and no more', async () => {
		const { identity } = await setUp();
		const { guests } = arrivalsFrom(800);
		for (let guest = 0; guest < guests.points; guest++)
			await identity.guest(`Guest ${guest}`, browser().visit());
		await expect(identity.guest('One more', browser().visit())).rejects.toMatchObject({ code: 'too-many' });
		await identity.guest('Elsewhere', browser(undefined, '10.9.9.9').visit());
	});

	it('are lifted by LIMITS=off', async () => {
		const { identity } = await setUp({ limits: false });
		for (let guest = 0; guest < 310; guest++) await identity.guest(`Guest ${guest}`, browser().visit());
	});
});

describe('a link by mail', () => {
	it('signs in whoever opens it, and keeps the guest', async () => {
		const { identity, letters } = await setUp();
		const tab = browser();
		const guest = await identity.guest('Ada', tab.visit());
		tab.take(guest.setCookie);
		await identity.mailLink({ email: ada.email, next: '/rooms', compose }, tab.visit());
		expect(letters).toHaveLength(1);
		expect(letters[0]).toMatchObject({ to: ada.email, subject: 'Sign in' });
		const link = new URL(/http\S+/.exec(letters[0]?.text ?? '')?.[0] ?? '');
		const answer = await identity.handler(tab.visit(link.pathname + link.search));
		expect([answer.status, answer.headers.get('location')]).toEqual([302, 'http://localhost:3000/rooms']);
		tab.take(answer.headers.getSetCookie());
		const person = await identity.who({ cookie: tab.cookie() });
		expect(person).toEqual({ ...guest.person, administrator: true, account: true, email: ada.email });
		const again = await identity.handler(tab.visit(link.pathname + link.search));
		expect(again.headers.get('location')).toContain('/sign-in?error=INVALID_TOKEN');
	});

	it('leads to ORIGIN, whatever Host the request named', async () => {
		const { identity, letters } = await setUp({ origins: ['https://learn.example.com'] });
		await identity.mailLink({ email: ada.email, next: '/', compose }, browser('http://evil.test').visit());
		expect(letters[0]?.text).toContain('https://learn.example.com/api/auth/magic-link/verify');
	});

	it('is not there without a mail server', async () => {
		const { identity } = await setUp({ noMail: true });
		expect(identity.ways.mailLink).toBe(false);
		const asked = identity.mailLink({ email: ada.email, next: '/', compose }, browser().visit());
		await expect(asked).rejects.toMatchObject({ code: 'unavailable' });
		const answer = await identity.handler(browser().visit('/api/auth/magic-link/verify?token=x'));
		expect(answer.status).toBe(404);
	});
});

describe('the endpoints of better-auth', () => {
	it('sign in by JSON and answer with the token', async () => {
		const { identity } = await setUp();
		const tab = browser('https://learn.example.com');
		await identity.signUp(ada, tab.visit());
		const answer = await identity.handler(tab.visit('/api/auth/sign-in/email', { body: ada }));
		expect(answer.status).toBe(200);
		expect(answer.headers.getSetCookie()[0]).toMatch(/; Secure$/);
		const { token } = (await answer.json()) as { token: string };
		expect(await identity.who({ token })).toMatchObject({ name: 'Ada', account: true });
	});

	it('are limited like the form', async () => {
		const { identity } = await setUp();
		const attempt = () =>
			identity.handler(browser().visit('/api/auth/sign-in/email', { body: { ...ada, password: 'wrong' } }));
		for (let round = 0; round < 10; round++) expect((await attempt()).status).toBe(401);
		const answer = await attempt();
		expect(answer.status).toBe(429);
		expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
	});

	it('refuse a foreign origin', async () => {
		const { identity } = await setUp();
		const tab = browser();
		tab.take((await identity.signUp(ada, tab.visit())).setCookie);
		const foreign = { body: { currentPassword: password, newPassword: 'battery staple' } };
		const headers = { origin: 'https://evil.test' };
		const answer = await identity.handler(tab.visit('/api/auth/change-password', { ...foreign, headers }));
		expect(answer.status).toBe(403);
	});

	it.each(['/sign-in/anonymous', '/update-user', '/delete-user', '/list-sessions', '/sign-in/magic-link'])(
		'that are not offered are not there: %s',
		async (path) => {
			const { identity } = await setUp();
			const answer = await identity.handler(browser().visit(`/api/auth${path}`, { body: {} }));
			expect(answer.status).toBe(404);
		}
	);
});
