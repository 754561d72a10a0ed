/** X1–X4: what somebody might try from outside, each tried. More of the table stands in bad-input.test.ts. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, createRoom, guest, must, type Guest, type JoinedRoom } from '../support/api.ts';
import { startServer, type Server } from '../support/server.ts';

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

it('nothing of what was said, and no token, stands in the log, not even at its most talkative (X4)', async () => {
	await must(host, room.id, 'topics.submit', { text: 'whispered-into-the-log' });
	expect(server.output()).not.toContain('whispered-into-the-log');
	expect(server.output()).not.toContain(host.token);
	expect(server.output()).not.toContain(shown());
});
