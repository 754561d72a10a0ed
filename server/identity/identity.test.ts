import { describe, expect, it } from 'vitest';
import type { Identity } from './identity.ts';
import { browser, password, setUp } from './harness.ts';

const ada = { name: 'Ada', email: 'ada@example.com', password };
const day = 24 * 60 * 60 * 1000;

async function signedUp(identity: Identity) {
	const tab = browser();
	tab.take((await identity.signUp(ada, tab.visit())).setCookie);
	return { tab, token: tab.cookie().split('=')[1] ?? '' };
}

describe('a guest', () => {
	it('comes in by a name', async () => {
		const { identity } = await setUp();
		const { person, token, setCookie } = await identity.guest('  Ada ');
		expect(person).toMatchObject({ name: 'Ada', account: false, email: null, locale: null });
		expect(await identity.who({ token })).toEqual(person);
		expect(setCookie[0]).toMatch(/^peerloom\.session_token=.*HttpOnly; SameSite=Lax$/);
	});

	it('is known by cookie, by bearer and by token, signed or not', async () => {
		const { identity } = await setUp();
		const tab = browser();
		const { person, token, setCookie } = await identity.guest('Ada', tab.visit());
		tab.take(setCookie);
		const signed = tab.cookie().split('=')[1];
		expect(await identity.who(new Headers({ cookie: `theme=dark; ${tab.cookie()}` }))).toEqual(person);
		expect(await identity.who(new Headers({ authorization: `Bearer ${token}` }))).toEqual(person);
		expect(await identity.who({ authorization: `bearer ${signed}` })).toEqual(person);
		expect(await identity.who({ token: signed })).toEqual(person);
	});

	it('may be several in one browser, one after the other', async () => {
		const { identity } = await setUp();
		const tab = browser();
		const first = await identity.guest('Ada', tab.visit());
		tab.take(first.setCookie);
		const second = await identity.guest('Grace', tab.visit());
		expect(second.person.id).not.toBe(first.person.id);
	});

	it.each<[unknown, string]>([
		['', 'empty'],
		['   ', 'blank'],
		['x'.repeat(81), 'too long'],
		['a\u0007b', 'control'],
		[7, 'no text']
	])('is refused with the name %j (%s)', async (name) => {
		const { identity } = await setUp();
		await expect(identity.guest(name)).rejects.toMatchObject({
			code: 'name-invalid',
			field: 'name',
			status: 422
		});
	});

	it('has a name of 80 characters, counted as people count them', async () => {
		const { identity } = await setUp();
		expect((await identity.guest('🦉'.repeat(80))).person.name).toBe('🦉'.repeat(80));
	});

	it('gets a secure cookie behind https only', async () => {
		const { identity } = await setUp();
		const plain = await identity.guest('Ada', browser('http://learn.example.com').visit());
		const safe = await identity.guest('Ada', browser('https://learn.example.com').visit());
		expect(plain.setCookie[0]).not.toMatch(/secure/i);
		expect(safe.setCookie[0]).toMatch(/; Secure$/);
	});
});

describe('a session', () => {
	it('is refused with a forged, a cut or a foreign cookie', async () => {
		const { identity } = await setUp();
		const { token, setCookie } = await identity.guest('Ada');
		const cookie = setCookie[0]?.split(';')[0] ?? '';
		expect(await identity.who({ cookie })).not.toBeNull();
		expect(await identity.who({ cookie: `peerloom.session_token=${token}` })).toBeNull();
		expect(await identity.who({ cookie: `peerloom.session_token=${token}.AAAA` })).toBeNull();
		expect(await identity.who({ cookie: cookie.replace('token=', 'token=x') })).toBeNull();
		expect(await identity.who({ token: `${token}x` })).toBeNull();
		expect(await identity.who({ cookie: cookie.replace('peerloom', 'other') })).toBeNull();
		expect(await identity.who({})).toBeNull();
	});

	it('is refused once it has run out', async () => {
		const { identity, pass } = await setUp();
		const { token } = await identity.guest('Ada');
		pass(179 * day);
		expect(await identity.who({ token })).not.toBeNull();
		pass(2 * day);
		expect(await identity.who({ token })).toBeNull();
	});

	it('ends at sign-out, for the cookie and for the token', async () => {
		const { identity } = await setUp();
		const tab = browser();
		const { token, setCookie } = await identity.guest('Ada', tab.visit());
		tab.take(setCookie);
		const cookie = tab.cookie();
		tab.take((await identity.signOut(tab.visit())).setCookie);
		expect(tab.cookie()).toBe('');
		expect(await identity.who({ token })).toBeNull();
		expect(await identity.who({ cookie })).toBeNull();
	});

	it('is listed, and ended here, elsewhere or everywhere', async () => {
		const { identity } = await setUp();
		const [desk, phone, hall] = [browser(), browser(), browser()];
		desk.take((await identity.signUp(ada, desk.visit('/', { headers: { 'user-agent': 'Desk' } }))).setCookie);
		phone.take(
			(await identity.signIn(ada, phone.visit('/', { headers: { 'user-agent': 'Phone' } }))).setCookie
		);
		hall.take((await identity.signIn(ada, hall.visit())).setCookie);
		const who = (tab: typeof desk) => identity.who({ cookie: tab.cookie() });
		const person = await who(desk);
		if (!person) throw new Error('nobody signed up');
		const list = await identity.sessions(person, { cookie: desk.cookie() });
		expect(list).toHaveLength(3);
		expect(list.find((session) => session.current)?.agent).toBe('Desk');

		const other = list.find((session) => session.agent === 'Phone')?.id ?? '';
		const { person: stranger } = await identity.guest('Eve');
		expect(await identity.endSession(stranger, other)).toBe(false);
		expect(await identity.endSession(person, other)).toBe(true);
		expect(await who(phone)).toBeNull();

		await identity.endOtherSessions(person, { cookie: desk.cookie() });
		expect([await who(hall), await who(desk)]).toEqual([null, person]);
		await identity.endAllSessions(person);
		expect(await who(desk)).toBeNull();
	});
});

describe('an account', () => {
	it('is the same person as the guest who signed up', async () => {
		const { identity, adopted } = await setUp();
		const tab = browser();
		const guest = await identity.guest('Ada L.', tab.visit());
		tab.take(guest.setCookie);
		tab.take((await identity.signUp(ada, tab.visit())).setCookie);
		const person = await identity.who({ cookie: tab.cookie() });
		expect(person).toEqual({
			...guest.person,
			name: 'Ada',
			account: true,
			email: 'ada@example.com',
			administrator: true
		});
		expect(await identity.who({ token: guest.token })).toBeNull();
		expect(adopted).toEqual([]);

		const elsewhere = browser();
		elsewhere.take((await identity.signIn(ada, elsewhere.visit())).setCookie);
		expect(await identity.who({ cookie: elsewhere.cookie() })).toEqual(person);
	});

	it('adopts the guest who signs in to it', async () => {
		const { identity, adopted } = await setUp();
		const first = browser();
		first.take((await identity.signUp(ada, first.visit())).setCookie);
		const account = await identity.who({ cookie: first.cookie() });
		const tab = browser();
		const guest = await identity.guest('A.', tab.visit());
		tab.take(guest.setCookie);
		tab.take((await identity.signIn(ada, tab.visit())).setCookie);
		expect(await identity.who({ cookie: tab.cookie() })).toEqual(account);
		expect(adopted).toEqual([[guest.person, account]]);
		expect(await identity.who({ token: guest.token })).toBeNull();
	});

	it('stays out of reach, and the guest a guest, where adopting fails', async () => {
		const { identity } = await setUp({
			adopt: async () => {
				throw new Error('the room is locked');
			}
		});
		await identity.who({ token: (await signedUp(identity)).token });
		const tab = browser();
		const guest = await identity.guest('A.', tab.visit());
		tab.take(guest.setCookie);
		await expect(identity.signIn(ada, tab.visit())).rejects.toMatchObject({ code: 'failed' });
		expect(await identity.who({ cookie: tab.cookie() })).toEqual(guest.person);
	});

	it('is made without a transaction that others could fall into', async () => {
		const { identity, database } = await setUp();
		let done = false;
		const signUp = identity.signUp(ada, browser().visit()).finally(() => {
			done = true;
		});
		while (!done) {
			database.exec('begin immediate; commit');
			await new Promise(setImmediate);
		}
		await signUp;
	});

	it('is made without having been a guest, under the given name', async () => {
		const { identity } = await setUp();
		const tab = browser();
		tab.take((await identity.signUp(ada, tab.visit())).setCookie);
		const person = await identity.who({ cookie: tab.cookie() });
		expect(person).toMatchObject({ name: 'Ada', account: true, email: 'ada@example.com' });
		expect(await identity.who({ cookie: tab.cookie() })).toEqual(person);
	});

	it.each([
		[
			{ ...ada, password: 'short' },
			{ code: 'password-short', field: 'password' }
		],
		[
			{ ...ada, password: 'x'.repeat(129) },
			{ code: 'password-long', field: 'password' }
		],
		[
			{ ...ada, email: 'ada' },
			{ code: 'email-invalid', field: 'email' }
		],
		[
			{ ...ada, name: ' ' },
			{ code: 'name-invalid', field: 'name' }
		]
	])('is refused for %o', async (input, error) => {
		const { identity } = await setUp();
		await expect(identity.signUp(input, browser().visit())).rejects.toMatchObject(error);
	});

	it('is refused for an e-mail address that has one', async () => {
		const { identity } = await setUp();
		await identity.signUp(ada, browser().visit());
		const again = identity.signUp({ ...ada, email: 'Ada@Example.com' }, browser().visit());
		await expect(again).rejects.toMatchObject({ code: 'email-taken', field: 'email' });
	});

	it('changes its password, which ends the other sessions', async () => {
		const { identity } = await setUp();
		const [desk, phone] = [browser(), browser()];
		desk.take((await identity.signUp(ada, desk.visit())).setCookie);
		phone.take((await identity.signIn(ada, phone.visit())).setCookie);
		const person = await identity.who({ cookie: desk.cookie() });
		expect(person && (await identity.hasPassword(person))).toBe(true);
		expect(await identity.hasPassword((await identity.guest('Eve')).person)).toBe(false);
		const wrong = identity.changePassword({ current: 'not this one', fresh: 'battery staple' }, desk.visit());
		await expect(wrong).rejects.toMatchObject({ code: 'wrong-password' });
		const right = { current: password, fresh: 'battery staple' };
		desk.take((await identity.changePassword(right, desk.visit())).setCookie);
		expect(await identity.who({ cookie: desk.cookie() })).not.toBeNull();
		expect(await identity.who({ cookie: phone.cookie() })).toBeNull();
		await identity.signIn({ ...ada, password: 'battery staple' }, browser().visit());
	});

	it('that came without a password gets one, once', async () => {
		const { identity, letters } = await setUp();
		const tab = browser();
		const compose = (link: string) => ({ subject: '', text: link });
		await identity.mailLink({ email: ada.email, next: '/', compose }, tab.visit());
		const link = new URL(letters[0]?.text ?? '');
		tab.take((await identity.handler(tab.visit(link.pathname + link.search))).headers.getSetCookie());
		const person = await identity.who({ cookie: tab.cookie() });
		expect(person).toMatchObject({ name: 'ada', account: true });
		const guest = browser();
		guest.take((await identity.guest('Eve', guest.visit())).setCookie);
		await expect(identity.setPassword(password, guest.visit())).rejects.toMatchObject({ status: 403 });
		await expect(identity.setPassword('short', tab.visit())).rejects.toMatchObject({
			code: 'password-short'
		});
		await identity.setPassword(password, tab.visit());
		expect(person && (await identity.hasPassword(person))).toBe(true);
		await identity.signIn(ada, browser().visit());
		await expect(identity.setPassword('battery staple', tab.visit())).rejects.toMatchObject({
			code: 'failed'
		});
	});

	it('is renamed and keeps its language', async () => {
		const { identity } = await setUp();
		const { person, token } = await identity.guest('Ada');
		await identity.speak(await identity.rename(person, ' Ada Lovelace '), 'de');
		expect(await identity.who({ token })).toEqual({ ...person, name: 'Ada Lovelace', locale: 'de' });
		await expect(identity.rename(person, '')).rejects.toMatchObject({ code: 'name-invalid' });
	});
});
