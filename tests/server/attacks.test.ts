/** X1–X7: what somebody might try from outside, each tried. More of the table stands in bad-input.test.ts. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import {
	ask,
	command,
	createRoom,
	guest,
	join,
	must,
	type Guest,
	type JoinedRoom,
	type Visitor
} from '../support/api.ts';
import { live } from '../support/live.ts';
import { startServer, type Server } from '../support/server.ts';
import { sync } from '../support/sync.ts';
import { until } from '../support/until.ts';

let server: Server;
let host: Guest;
let room: JoinedRoom['room'];
let cookie: string;

beforeAll(async () => {
	server = await startServer({ env: { LOG_LEVEL: 'trace' } });
	host = await guest(server.origin, 'Hedda');
	({ room } = await createRoom(host, { title: 'A room', format: 'lunch-and-learn' }));
	const answer = await ask(server.origin, '/api/guests', { body: { name: 'Cookie' } });
	cookie = answer.headers.getSetCookie()[0]!;
});
afterAll(() => server?.close());

const shown = () => cookie.split(';')[0]!;

describe('a page of another site', () => {
	const origins = ['https://evil.example', 'null', 'http://127.0.0.1:1', 'https://evil.example/..'];
	it.each([
		null,
		'application/json',
		'text/plain',
		'application/x-www-form-urlencoded',
		'multipart/form-data'
	])('changes nothing with the visitor’s cookie, whatever it says that it sends (%s) (X1)', async (type) => {
		for (const origin of origins) {
			const answer = await fetch(`${server.origin}/api/rooms`, {
				method: 'POST',
				headers: { origin, cookie: shown(), ...(type && { 'content-type': type }) },
				body: new TextEncoder().encode(JSON.stringify({ title: 'Not mine', format: 'debate' }))
			});
			expect(answer.status, `${type} from ${origin}`).toBe(403);
		}
	});

	it('is no obstacle to our own pages, nor to programs that name none', async () => {
		const body = { title: 'Mine', format: 'debate' };
		expect((await ask(server.origin, '/api/rooms', { body, headers: { cookie: shown() } })).status).toBe(201);
		const program = await fetch(`${server.origin}/api/rooms`, {
			method: 'POST',
			headers: { authorization: `Bearer ${host.token}`, 'content-type': 'application/json' },
			body: JSON.stringify(body)
		});
		expect(program.status).toBe(201);
	});
});

describe('a session', () => {
	it('is in a cookie that scripts do not read and other sites do not send (X2)', () => {
		expect(cookie).toMatch(/HttpOnly/i);
		expect(cookie).toMatch(/SameSite=Lax/i);
	});

	it('whose signature was touched is nobody’s (X2)', async () => {
		const [name = '', value = ''] = shown().split(/=(.*)/s);
		const text = decodeURIComponent(value);
		const [token = '', signature = ''] = [
			text.slice(0, text.lastIndexOf('.')),
			text.slice(text.lastIndexOf('.') + 1)
		];
		const forged = [
			`${token}.${signature.slice(2)}AA`,
			`${token}.`,
			token,
			`${token}x.${signature}`,
			`.${signature}`
		];
		for (const one of forged) {
			const headers = { cookie: `${name}=${encodeURIComponent(one)}` };
			const answer = await ask(server.origin, '/api/rooms', {
				body: { title: 'x', format: 'debate' },
				headers
			});
			expect(answer.status, one).toBe(401);
		}
	});
});

it('a cell that a spreadsheet would run is text in the export (X3)', async () => {
	for (const text of ['=HYPERLINK("https://evil.example")', '+1+1', '-1+1', '@SUM(A1)'])
		await must(host, room.id, 'topics.submit', { text });
	const answer = await ask(server.origin, `/api/rooms/${room.id}/export?as=csv`, { token: host.token });
	const csv = await answer.text();
	for (const start of ['=HYPERLINK', '+1+1', '-1+1', '@SUM'])
		expect(csv.replaceAll(`'${start}`, '')).not.toContain(start);
	expect(csv).toContain("'=HYPERLINK");
});

describe('names and addresses', () => {
	const crlf = [
		'\r\nset-cookie: evil=1',
		'\nx-evil: 1',
		'\r\n\r\n<script>boom()</script>',
		'\u2028x-evil: 1'
	];

	it('that hold line breaks, quotes or other scripts add nothing to a header (X5)', async () => {
		const titles = [
			'"; filename="evil.html',
			'Grüße Ω 漢字 \ud83d\ude00',
			"a'b;c=d",
			'../../etc/passwd',
			'CON'
		];
		for (const title of titles) {
			const made = await createRoom(host, { title, format: 'lunch-and-learn' });
			for (const as of ['markdown', 'json', 'csv']) {
				const path = `/api/rooms/${made.room.id}/export?as=${as}`;
				const file = await ask(server.origin, path, { token: host.token });
				expect(file.headers.get('content-disposition'), title).toMatch(
					/^attachment; filename="[a-z0-9-]+-meeting-1\.(md|json|csv)"$/
				);
			}
		}
		for (const evil of crlf) {
			const refused = await ask(server.origin, '/api/rooms', {
				body: { title: `A room${evil}`, format: 'debate' },
				token: host.token
			});
			// taken as one line of text, or refused: never a header
			expect([201, 422]).toContain(refused.status);
			expect([...refused.headers.keys()]).not.toContain('x-evil');
		}
	});

	it('lead nobody to another host, whatever the page to go on to is called (X5)', async () => {
		const wishes = [
			'//evil.example',
			'/\\evil.example',
			'https://evil.example',
			'/\t/evil.example',
			'javascript:boom()',
			'/.//evil.example',
			...crlf.map((evil) => `/${evil}`)
		];
		const account = { email: 'ada@example.com', password: 'correct horse battery' };
		const made = await ask(server.origin, '/api/auth/sign-up/email', { body: { name: 'Ada', ...account } });
		const theirs = made.headers.getSetCookie()[0]!.split(';')[0]!;
		for (const next of wishes) {
			const page = await fetch(`${server.origin}/sign-in?next=${encodeURIComponent(next)}`, {
				headers: { cookie: theirs },
				redirect: 'manual'
			});
			const form = await fetch(`${server.origin}/sign-in?/password`, {
				method: 'POST',
				redirect: 'manual',
				headers: { origin: server.origin, accept: 'text/html' },
				body: new URLSearchParams({ ...account, next })
			});
			expect([page.status, form.status], next).toEqual([303, 303]);
			for (const answer of [page, form]) {
				const to = new URL(answer.headers.get('location') ?? '/', server.origin);
				expect(to.origin, next).toBe(server.origin);
				expect(to.pathname.startsWith('//'), next).toBe(false);
				expect([...answer.headers.keys()]).not.toContain('x-evil');
				expect(answer.headers.getSetCookie().join()).not.toContain('evil');
			}
		}
		for (const path of ['/r/abc%0d%0ax-evil:1', '/r/%0d%0a', '/%5c%5cevil.example', '//evil.example/r/x']) {
			const answer = await fetch(server.origin + path, { redirect: 'manual' });
			expect([...answer.headers.keys()], path).not.toContain('x-evil');
			const to = new URL(answer.headers.get('location') ?? '/', server.origin);
			expect(to.origin, path).toBe(server.origin);
		}
	});

	it('that a client makes up for this server are not taken: links lead to where it really is (X5)', async () => {
		const headers = {
			'x-forwarded-host': 'evil.example',
			'x-forwarded-proto': 'https',
			forwarded: 'host=evil.example'
		};
		const made = await ask(server.origin, '/api/rooms', {
			body: { title: 'Mine', format: 'debate' },
			token: host.token,
			headers
		});
		expect(made.status).toBe(201);
		expect(await made.text()).not.toContain('evil.example');
		const page = await fetch(`${server.origin}/r/${room.code}/join`, { headers });
		expect(await page.text()).not.toContain('evil.example');
	});
});

describe('documents', () => {
	const closed = async (path: string) => {
		const socket = new WebSocket(server.origin.replace('http', 'ws') + path);
		let heard = 0;
		let code: number | null = null;
		socket.on('message', () => heard++);
		socket.on('close', (with_) => (code = with_));
		// asks for all there is, for nothing comes by itself
		socket.on('open', () => socket.send(Buffer.from([0, 0, 1, 0])));
		const how = await until(() => code ?? (heard > 0 ? 'open' : null), `${path} is answered`);
		socket.terminate();
		return how;
	};

	it('with names that look like another’s, or hide what they are, are not there (X6)', async () => {
		const names = [
			'm1/rec\u043erd',
			'm1/ｒecord',
			'm1/reco\u0301rd',
			'm1/re\u200bcord',
			'm1/record.',
			'm1/record ',
			'm1/record\u0000',
			'm1/Record',
			'm1/RECORD',
			'm1\\record',
			'm1;/record',
			'm+1/record',
			'm1e0/record',
			'm0x1/record',
			'm٣/record',
			'm1/record/x',
			`own/${host.person.id.toUpperCase()}`,
			`own/${host.person.id}/`,
			'desk',
			'record'
		];
		for (const name of names)
			for (const path of [encodeURIComponent(name), name.split('/').map(encodeURIComponent).join('/')]) {
				const how = await closed(`/sync/${room.id}/${path}?token=${host.token}`);
				expect([4403, 4404], name).toContain(how);
			}
		for (const path of [
			'm1%2F.%2Frecord',
			'm1%252frecord',
			'm1/%2e%2e/m1/record%00',
			'%6d1/record%20',
			'm1/rec%C0%AFrd',
			'm1%255crecord'
		])
			expect([4403, 4404], path).toContain(await closed(`/sync/${room.id}/${path}?token=${host.token}`));
		// encoded and plain are the same name, and that one is there
		expect(await closed(`/sync/${room.id}/m1%2Frecord?token=${host.token}`)).toBe('open');
	});

	it('are shown to the projector’s link as far as it goes, and it is nobody’s token (X7)', async () => {
		const line = await live(server.origin, host.token);
		const { info } = await line.emit<{ info: { screen: string } }>('enter', room.id);
		line.close();
		const { screen } = info;
		expect(await closed(`/sync/${room.id}/m1/record?screen=${screen}`)).toBe('open');
		for (const name of ['m1/desk', 'm1/notes', `own/${host.person.id}`])
			expect(await closed(`/sync/${room.id}/${name}?screen=${screen}`), name).toBe(4403);
		expect(await closed(`/sync/${room.id}/m1/record?token=${screen}`)).toBe(4401);
		const other = await createRoom(host, { title: 'Another', format: 'debate' });
		expect(await closed(`/sync/${other.room.id}/m1/record?screen=${screen}`)).toBe(4404);
		for (const path of ['', '/export?as=csv', '/history'])
			expect((await ask(server.origin, `/api/rooms/${room.id}${path}`, { token: screen })).status).toBe(401);
		const writer = sync(server.origin, room.id, 'm1/record', host.token);
		await writer.ready();
		const doc = new Y.Doc();
		doc.getMap('agenda').set('now/current', { phase: 'forged' });
		const forged = Y.encodeStateAsUpdate(doc);
		const socket = new WebSocket(
			`${server.origin.replace('http', 'ws')}/sync/${room.id}/m1/record?screen=${screen}`
		);
		let denied = false;
		socket.on('message', (data: Buffer) => (denied ||= data[0] === 2));
		socket.on('open', () => socket.send(Buffer.from([0, 2, forged.length, ...forged])));
		await until(() => denied, 'it is told that it may not');
		expect(JSON.stringify(writer.doc.getMap('agenda').toJSON())).not.toContain('forged');
		socket.terminate();
		writer.close();
	});
});

it('what earlier rooms wrote for the next ones is in no page, history or record of whoever stands outside', async () => {
	const mentor = await guest(server.origin, 'Omar');
	const begun = async () => {
		const { room } = await createRoom(mentor, { title: 'Ninety days', format: 'peer-mentor' });
		await must(mentor, room.id, 'plan.begin', { day: '2026-05-04' });
		return room;
	};
	const first = await begun();
	const entry = { text: 'written-by-an-earlier-pair', phase: 'P1', owner: 'mentor', for: 'programme' };
	const { id: key } = await must<{ id: string }>(mentor, first.id, 'improvements.submit', { entry });
	await until(
		async () => (await command(mentor, first.id, 'template.adopt', { key })).ok,
		'the plan has led the room to its close'
	);
	const { room } = await createRoom(mentor, { title: 'The next ninety', format: 'peer-mentor' });
	const stranger = await guest(server.origin, 'Stranger');
	expect((await join(stranger, room.code)).role).toBe('invited');
	const read = async ({ cookie, token }: Visitor, path: string) =>
		(await ask(server.origin, path, path.startsWith('/api') ? { token } : { headers: { cookie } })).text();
	const pages = [`/r/${room.code}`, `/r/${room.code}/__data.json`, `/api/rooms/${room.id}/history?meeting=1`];
	for (const path of pages) {
		expect(await read(mentor, path), path).toContain(entry.text);
		expect(await read(stranger, path), path).not.toContain(entry.text);
	}
	const line = await live(server.origin, mentor.token);
	const { info } = await line.emit<{ info: { screen: string } }>('enter', room.id);
	line.close();
	const screen = await read(mentor, `/screen/${info.screen}/__data.json`);
	expect(screen).toContain('The next ninety');
	expect(screen).not.toContain(entry.text);
	const record = sync(server.origin, room.id, 'm1/record', mentor.token);
	await record.ready();
	expect(JSON.stringify(record.doc.getMap('room').toJSON())).toContain('The next ninety');
	expect(JSON.stringify(record.doc.getMap('room').toJSON())).not.toContain(entry.text);
	record.close();
});

it('nothing of what was said, and no token, stands in the log, not even at its most talkative (X4)', async () => {
	await must(host, room.id, 'topics.submit', { text: 'whispered-into-the-log' });
	expect(server.output()).not.toContain('whispered-into-the-log');
	expect(server.output()).not.toContain(host.token);
	expect(server.output()).not.toContain(shown());
});
