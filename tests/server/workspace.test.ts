/** The workspace over HTTP, as people with other rights and other intentions meet it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, command, createRoom, guest, join, must, type Guest } from '../support/api.ts';
import { nowIn } from '../support/opened.ts';
import { startServer, type Server } from '../support/server.ts';

let server: Server;
let admin: string;
let tom: string;
let visitor: Guest;

/** Signs up and answers the session's cookie. */
async function signUp(name: string, email: string): Promise<string> {
	const answer = await ask(server.origin, '/api/auth/sign-up/email', {
		body: { name, email, password: 'correct horse' }
	});
	expect(answer.status, await answer.clone().text()).toBe(200);
	return answer.headers
		.getSetCookie()
		.map((one) => one.split(';')[0])
		.join('; ');
}

function page(path: string, cookie?: string): Promise<Response> {
	const headers: Record<string, string> = cookie ? { cookie } : {};
	return fetch(server.origin + path, { headers, redirect: 'manual' });
}

/** Posts a page's form; the status that the action answered, and its data as text. */
async function post(path: string, fields: Record<string, string | Blob>, cookie?: string) {
	const form = new FormData();
	for (const [name, value] of Object.entries(fields)) form.set(name, value);
	const answer = await fetch(server.origin + path, {
		method: 'POST',
		body: form,
		redirect: 'manual',
		headers: { origin: server.origin, accept: 'application/json', ...(cookie ? { cookie } : {}) }
	});
	const text = await answer.text();
	const said = text.startsWith('{') ? (JSON.parse(text) as { type?: string; status?: number }) : {};
	return { status: said.status ?? answer.status, type: said.type, text };
}

const idOf = async (cookie: string): Promise<string> => {
	const html = await (await page('/people', cookie)).text();
	return /href="\/people\/([^"/]+)\/edit"/.exec(html)![1]!;
};

beforeAll(async () => {
	server = await startServer({ env: { LIMITS: 'off' } });
	admin = await signUp('Ada', 'ada@example.com');
	await page('/', admin);
	tom = await signUp('Tom', 'tom@example.com');
	await page('/', tom);
	visitor = await guest(server.origin, 'Gus');
});
afterAll(() => server?.close());

describe('GET /api/people', () => {
	it('finds people for whoever has an account, and nobody for others', async () => {
		const found = await page('/api/people?q=to', tom);
		expect(await found.json()).toMatchObject({ found: 1, people: [{ name: 'Tom', job: null, team: null }] });
		expect(await (await page('/api/people?q=nobody+at+all', tom)).json()).toEqual({ found: 0, people: [] });
		expect((await page('/api/people?q=to')).status).toBe(401);
		const asGuest = await ask(server.origin, '/api/people?q=to', { token: visitor.token });
		expect(asGuest.status).toBe(403);
		expect(await asGuest.json()).toMatchObject({ ok: false, error: { code: 'accounts-only' } });
	});
});

describe('a coach who is found in the directory', () => {
	/** The same session, as a script has it. */
	const scripted = (cookie: string): Guest => {
		const value = decodeURIComponent(/session_token=([^;]+)/.exec(cookie)![1]!);
		return {
			origin: server.origin,
			token: value.slice(0, value.lastIndexOf('.')),
			person: { id: '', name: '' }
		};
	};

	it('is asked in their week, sees what the coachee says and no more, and is in after a yes', async () => {
		const ben = await signUp('Ben', 'ben@example.com');
		const described = await post(`/people/${await idOf(ben)}/edit`, { offers: 'Presenting; SQL' }, ben);
		expect(described.status).toBeLessThan(400);
		const offering = await page('/api/people?q=presenting&offering', admin);
		const { people } = (await offering.json()) as { people: { id: string }[] };
		expect(people).toMatchObject([{ offers: ['Presenting', 'SQL'], line: false }]);
		const ada = scripted(admin);
		// from his page, with him in mind; whoever offers nothing is no coach to be
		const ask = `/new?format=coaching&amp;ask=${people[0]!.id}`;
		expect(await (await page(`/people/${people[0]!.id}`, admin)).text()).toContain(ask);
		expect(await (await page(`/people/${await idOf(tom)}`, admin)).text()).not.toContain('/new?');
		expect(await (await page(`/people/${people[0]!.id}`, ben)).text()).not.toContain('/new?');
		const opened = await post(ask.replace('&amp;', '&'), { title: 'Room of Ada' }, admin);
		const code = /\/r\/(\w+)/.exec(opened.text)![1]!;
		const made = await join(ada, code);
		const { id } = made.room;
		const mind = async (cookie: string) =>
			(await (await page(`/r/${code}`, cookie)).text()).includes('inMind:{id:');
		expect(await mind(admin)).toBe(true);
		expect(await (await page('/week', ben)).text()).not.toContain('Room of Ada');
		const record = made.documents.find(({ name }) => name.endsWith('/record'))!.name;
		const invite = { person: people[0]!.id, role: 'coach', said: 'Speaking to the risk committee' };
		// a goal comes first
		expect(await command(ada, id, 'roster.invite', invite)).toMatchObject({ error: { code: 'not_open' } });
		await must(ada, id, 'goals.add', {
			...{ text: 'Without slides, in front of nine', sign: 'Two questions', now: 3, target: 7 }
		});
		const { run } = await nowIn({ ...made, host: ada, notes: '', record });
		await must(ada, id, 'agenda.advance', { expects: run, to: 'P1' });
		await must(ada, id, 'roster.invite', invite);
		const week = await (await page('/week', ben)).text();
		expect(week).toContain('Ada asks you to be Coach');
		expect(week).toContain('Speaking to the risk committee');
		expect(await (await page(`/r/${code}`, ben)).text()).not.toContain('in front of nine');
		await must(scripted(ben), id, 'roster.answer', { role: 'coach', yes: true });
		expect(await (await page(`/r/${code}`, ben)).text()).toContain('in front of nine');
	});
});

const closed = [
	'/administration',
	'/administration/invitations',
	'/administration/import',
	'/administration/import/table',
	'/administration/import/table?of=people'
];

describe('administration', () => {
	it.each(closed)(
		'%s is open to the first account, closed to others, and leads guests to sign in',
		async (path) => {
			expect((await page(path, admin)).status).toBe(200);
			expect((await page(path, tom)).status).toBe(403);
			const asGuest = await ask(server.origin, path, {
				token: visitor.token,
				headers: { accept: 'text/html' }
			});
			expect(asGuest.url).toContain('/sign-in');
			expect((await page(path)).headers.get('location')).toContain('/sign-in?next=');
		}
	);

	it.each([
		['/administration?/settings', { opening: 'accounts', registration: 'invited' }],
		['/administration/invitations?/invite', { email: 'eve@example.com', days: '14', people: '1' }],
		['/administration/invitations?/revoke', { invitation: 'x' }],
		['/administration/invitations?/again', { invitation: 'x' }],
		['/administration/import?/preview', { pasted: 'name,email\nEve,eve@example.com' }],
		['/administration/import?/apply', { table: '', digest: '' }]
	])('%s refuses everybody else', async (path, fields) => {
		expect((await post(path, fields, tom)).status).toBe(403);
	});

	it('appoints, and never leaves the workspace without anybody', async () => {
		const [ada, tomId] = [await idOf(admin), await idOf(tom)];
		expect((await post(`/people/${tomId}?/appoint`, { is: 'yes' }, tom)).status).toBe(403);
		expect((await post(`/people/${ada}?/appoint`, { is: 'no' }, admin)).status).toBe(409);
		expect((await post('/people/nobody?/appoint', { is: 'yes' }, admin)).status).toBe(404);
		expect((await post(`/people/${tomId}?/appoint`, { is: 'yes' }, admin)).type).toBe('redirect');
		expect((await page('/administration', tom)).status).toBe(200);
		expect((await post(`/people/${tomId}?/appoint`, { is: 'no' }, admin)).type).toBe('redirect');
		expect((await page('/administration', tom)).status).toBe(403);
	});

	it('shows counts and no title of a room', async () => {
		await createRoom(visitor, { title: 'Between us', format: 'debate' });
		const html = await (await page('/administration', admin)).text();
		expect(html).toContain('Debate');
		expect(html).not.toContain('Between us');
	});

	it.each([
		['/administration?/settings', { opening: 'nobody', registration: 'anyone' }, 422],
		['/administration/invitations?/invite', { email: 'no address', days: '14' }, 422],
		['/administration/invitations?/invite', { email: '', days: '0', people: '1' }, 422],
		['/administration/invitations?/invite', { email: '', days: '2', people: '1e9' }, 422],
		['/administration/invitations?/invite', { email: 'tom@example.com', days: '2' }, 422],
		['/administration/import?/preview', { pasted: '' }, 422],
		['/administration/import?/preview', { pasted: 'name,email\n"A,a@x.de' }, 422],
		['/administration/import?/preview', { file: new Blob([new Uint8Array([0x89, 0x50, 0, 1, 2])]) }, 422],
		['/administration/import?/apply', { table: '!!!', digest: 'x' }, 422]
	])('%s answers bad input with what to do: %o', async (path, fields, status) => {
		expect((await post(path, fields as Record<string, string | Blob>, admin)).status).toBe(status);
	});
});

describe('an import', () => {
	it('says that a file is empty, and by its name which', async () => {
		const fields = { file: new File([], 'people.csv'), pasted: '' };
		const { status, text } = await post('/administration/import?/preview', fields, admin);
		expect(status).toBe(422);
		expect(text).toContain('“people.csv” is empty.');
	});

	const table = Buffer.from('name,email,team\nMei,mei@example.com,Payments').toString('base64');
	const preview = { pasted: 'name,email,team\nMei,mei@example.com,Payments' };

	it('changes nothing before it is applied, and only what was shown', async () => {
		const shown = await post('/administration/import?/preview', preview, admin);
		const digest = /[A-Za-z0-9_-]{43}/.exec(shown.text)![0];
		expect(await (await page('/people', admin)).text()).not.toContain('Mei');
		const other = await post('/administration/import?/apply', { table, digest: 'another' }, admin);
		expect(other.text).toContain('Somebody changed the directory');
		const done = await post('/administration/import?/apply', { table, digest }, admin);
		expect(done.type).toBe('success');
		expect(await (await page('/people?team=Payments', admin)).text()).toContain('Mei');
		// another time: there is nothing left of what was shown
		const again = await post('/administration/import?/apply', { table, digest }, admin);
		expect(again.text).toContain('Somebody changed the directory');
	});

	it('makes ready an account that nobody claims by knowing its address', async () => {
		const taken = await ask(server.origin, '/api/auth/sign-up/email', {
			body: { name: 'Mallory', email: 'MEI@example.com', password: 'correct horse' }
		});
		expect(taken.status).toBe(403);
		const form = await post('/sign-up', {
			name: 'Mallory',
			email: 'mei@example.com',
			password: 'correct horse'
		});
		expect(form.status).toBe(403);
	});
});

describe('a form that is sent again because its answer was lost', () => {
	const rooms = async (cookie: string, title: string) => {
		const html = await (await page('/', cookie)).text();
		return new Set(html.match(new RegExp(`/r/\\w{6}"[^>]*>(?:(?!</a>).)*${title}`, 'gs')) ?? []).size;
	};
	/** The id that the page gives its form. */
	const onceOn = async (path: string, cookie: string) =>
		/name="once" value="([^"]+)"/.exec(await (await page(path, cookie)).text())![1]!;

	it('opens one room: sent twice, at once, and after a restart', async () => {
		const path = '/new?format=debate';
		const form = { once: await onceOn(path, tom), title: 'Once only' };
		const [first, meanwhile] = await Promise.all([post(path, form, tom), post(path, form, tom)]);
		await server.restart();
		const later = await post(path, form, tom);
		expect(first.type).toBe('redirect');
		expect([meanwhile.text, later.text]).toEqual([first.text, first.text]);
		expect(await rooms(tom, 'Once only')).toBe(1);
		// nobody else's, and no other form's
		expect((await post(path, form, admin)).text).not.toBe(first.text);
		const other = { ...form, once: await onceOn(path, tom) };
		expect((await post(path, other, tom)).text).not.toBe(first.text);
		expect(await rooms(tom, 'Once only')).toBe(2);
	});

	it('gives the same link of an invitation, also in place of another, and makes it once', async () => {
		const path = '/administration/invitations';
		const count = async () =>
			(await (await page(path, admin)).text()).match(/name="invitation"/g)?.length ?? 0;
		const tokenIn = (text: string) => /\/invite\/([A-Za-z0-9_-]{32})/.exec(text)![1]!;
		const before = await count();
		const form = { once: await onceOn(path, admin), email: '', people: '3', days: '2' };
		const first = tokenIn((await post(`${path}?/invite`, form, admin)).text);
		await server.restart();
		expect(tokenIn((await post(`${path}?/invite`, form, admin)).text)).toBe(first);
		expect(await count()).toBe(before + 1);
		// to somebody else it is another one
		const other = { ...form, email: 'una@example.com' };
		expect(tokenIn((await post(`${path}?/invite`, other, admin)).text)).not.toBe(first);

		const html = await (await page(path, admin)).text();
		const again = {
			once: form.once,
			invitation: /name="invitation" value="([^"]+)"/.exec(html)![1]!
		};
		const [fresh, meanwhile] = await Promise.all([
			post(`${path}?/again`, again, admin),
			post(`${path}?/again`, again, admin)
		]);
		expect(tokenIn(meanwhile.text)).toBe(tokenIn(fresh.text));
		expect(await count()).toBe(before + 2);
	});

	it('imports once, and says again what was done', async () => {
		const pasted = 'name,email\nOle,ole@example.com';
		const shown = await post('/administration/import?/preview', { pasted }, admin);
		const digest = /[A-Za-z0-9_-]{43}/.exec(shown.text)![0];
		const form = { table: Buffer.from(pasted).toString('base64'), digest, once: 'import-1' };
		const [first, meanwhile] = await Promise.all([
			post('/administration/import?/apply', form, admin),
			post('/administration/import?/apply', form, admin)
		]);
		const later = await post('/administration/import?/apply', form, admin);
		expect(first.type).toBe('success');
		expect([meanwhile.text, later.text]).toEqual([first.text, first.text]);
	});

	it('lets whoever has made an account by it come in, and nobody who does not know its password', async () => {
		const form = { name: 'Ina', email: 'ina@example.com', password: 'correct horse' };
		expect((await post('/sign-up', form)).type).toBe('redirect');
		expect((await post('/sign-up', form)).type).toBe('redirect');
		expect((await post('/sign-up', { ...form, password: 'correct donkey' })).status).toBe(422);
		const invite = { email: '', people: '1', days: '2' };
		const made = await post('/administration/invitations?/invite', invite, admin);
		const path = /\/invite\/[A-Za-z0-9_-]{32}/.exec(made.text)![0];
		const eva = { ...form, name: 'Ewa', email: 'ewa@example.com' };
		expect((await post(path, eva)).type).toBe('redirect');
		expect((await post(path, eva)).type).toBe('redirect');
		expect((await post(path, { ...eva, password: 'correct donkey' })).status).toBe(410);
	});
});

describe('a profile', () => {
	it('is changed by oneself and by administrators, and by nobody else', async () => {
		const [ada, tomId] = [await idOf(admin), await idOf(tom)];
		expect((await page(`/people/${ada}/edit`, tom)).status).toBe(403);
		expect((await post(`/people/${ada}/edit`, { team: 'Mine' }, tom)).status).toBe(403);
		expect((await post(`/people/${tomId}/edit`, { team: 'Claims' }, tom)).type).toBe('redirect');
		expect(
			(await post(`/people/${tomId}/edit`, { team: 'Risk', manager: 'ada@example.com' }, admin)).type
		).toBe('redirect');
		expect(await (await page(`/people/${tomId}`, admin)).text()).toContain('Risk');
	});

	it('refuses a reporting line that would run in a circle, with the names in it', async () => {
		const answer = await post(`/people/${await idOf(admin)}/edit`, { manager: 'tom@example.com' }, admin);
		expect(answer.status).toBe(422);
		expect(answer.text).toContain('Ada → Tom → Ada');
	});

	it('gives its team to the rooms that the person opens', async () => {
		const answer = await fetch(`${server.origin}/api/rooms`, {
			method: 'POST',
			headers: { cookie: tom, origin: server.origin, 'content-type': 'application/json' },
			body: JSON.stringify({ title: 'A set', format: 'action-learning' })
		});
		const { room } = (await answer.json()) as { room: { id: string } };
		const about = await fetch(`${server.origin}/api/rooms/${room.id}/export?as=json`, {
			headers: { cookie: tom }
		});
		expect(about.status).toBe(200);
		expect(await command({ ...visitor }, room.id, 'rooms.send', { order: 'x' })).toMatchObject({ ok: false });
	});
});

describe('where accounts only may open rooms, and come by invitation', () => {
	beforeAll(async () => {
		const set = { opening: 'accounts', registration: 'invited' };
		expect((await post('/administration?/settings', set, admin)).type).toBe('success');
	});

	it('a guest may join, and opens nothing', async () => {
		const refused = await ask(server.origin, '/api/rooms', {
			token: visitor.token,
			body: { title: 'Mine', format: 'debate' }
		});
		expect(refused.status).toBe(403);
		expect(await refused.json()).toMatchObject({ error: { code: 'accounts_only' } });
		expect((await page('/new?format=debate')).status).toBe(200);
	});

	it('nobody creates an account without an invitation, and as many by one as it is for', async () => {
		const uninvited = await ask(server.origin, '/api/auth/sign-up/email', {
			body: { name: 'Eve', email: 'eve@example.com', password: 'correct horse' }
		});
		expect(uninvited.status).toBe(403);
		const made = await post(
			'/administration/invitations?/invite',
			{ email: '', people: '1', days: '2' },
			admin
		);
		const token = /\/invite\/([A-Za-z0-9_-]{32})/.exec(made.text)![1]!;
		const eve = { name: 'Eve', email: 'eve@example.com', password: 'correct horse' };
		expect((await post(`/invite/${token}`, { ...eve, password: 'short' })).status).toBe(422);
		expect((await post(`/invite/${token}`, eve)).type).toBe('redirect');
		expect((await post(`/invite/${token}`, { ...eve, email: 'eva@example.com' })).status).toBe(410);
		expect((await post('/invite/none', eve)).status).toBe(410);
	});

	it('an invitation that was revoked lets nobody in', async () => {
		const made = await post(
			'/administration/invitations?/invite',
			{ email: '', people: '5', days: '2' },
			admin
		);
		const token = /\/invite\/([A-Za-z0-9_-]{32})/.exec(made.text)![1]!;
		const html = await (await page('/administration/invitations', admin)).text();
		const id = /name="invitation" value="([^"]+)"/.exec(html)![1]!;
		await post('/administration/invitations?/revoke', { invitation: id }, admin);
		const zoe = { name: 'Zoe', email: 'zoe@example.com', password: 'correct horse' };
		expect((await post(`/invite/${token}`, zoe)).status).toBe(410);
	});

	it('a new link takes the place of one that was lost, and of none that was used or revoked', async () => {
		const invite = { email: 'lost@example.com', people: '1', days: '2' };
		const tokenIn = (text: string) => /\/invite\/([A-Za-z0-9_-]{32})/.exec(text)![1]!;
		const first = tokenIn((await post('/administration/invitations?/invite', invite, admin)).text);
		const html = await (await page('/administration/invitations', admin)).text();
		const id = /name="invitation" value="([^"]+)"/.exec(html)![1]!;
		const again = await post('/administration/invitations?/again', { invitation: id }, admin);
		expect(again.text).toContain('lost@example.com');
		const lost = { name: 'Lost', email: 'lost@example.com', password: 'correct horse' };
		expect((await post(`/invite/${first}`, lost)).status).toBe(410);
		expect((await post(`/invite/${tokenIn(again.text)}`, lost)).type).toBe('redirect');
		for (const invitation of [id, 'x', ''])
			expect(await post('/administration/invitations?/again', { invitation }, admin)).toMatchObject({
				type: 'error'
			});
	});
});
