/** What an operator sees of a running server: figures that follow what happens, and a log that tells no secrets. */
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { ask, createRoom, command, guest, join, must } from '../support/api.ts';
import { live } from '../support/live.ts';
import { startServer, type Server } from '../support/server.ts';
import { sync } from '../support/sync.ts';
import { until } from '../support/until.ts';

let server: Server;
beforeAll(async () => {
	server = await startServer({ env: { LOG_LEVEL: 'trace' } });
});
afterAll(() => server?.close());

/** One figure, by its name and labels as Prometheus writes them. */
async function figure(name: string): Promise<number> {
	const text = await (await ask(server.origin, '/metrics')).text();
	const line = text.split('\n').find((one) => one.startsWith(`${name} `));
	return line === undefined ? NaN : Number(line.slice(name.length + 1));
}

/** A socket that is opened and says what it is closed with. */
function closing(path: string, frame?: Uint8Array, headers: Record<string, string> = {}): Promise<number> {
	const socket = new WebSocket(server.origin.replace('http', 'ws') + path, { headers });
	return new Promise((done) => {
		socket.on('open', () => frame && socket.send(frame));
		socket.on('error', () => done(0));
		socket.on('close', (code) => done(code));
	});
}

/** An update that is none. */
const badUpdate = (text: string) => Buffer.concat([Buffer.from([0, 2, text.length]), Buffer.from(text)]);

/** Words that people write and secrets that they hold, each to be found in the log if it is there. */
const canary = {
	name: 'Kanari Ana',
	title: 'Kanari title',
	note: 'Kanari note',
	topic: 'Kanari topic',
	junk: 'kanari-junk',
	email: 'kanari@example.com',
	password: 'kanari password 9',
	wrongToken: 'kanari-wrong-token',
	code: 'KAN2RQ'
};

describe('a server at work', () => {
	/** What it issued in the course of it. */
	const secrets: string[] = [];

	beforeAll(async () => {
		const { origin } = server;
		const host = await guest(origin, canary.name);
		const { room, documents } = await createRoom(host, { title: canary.title, format: 'lunch-and-learn' });
		const notes = documents.find(({ name }) => name.endsWith('/notes'))!.name;
		const other = await guest(origin, `${canary.name} 2`);
		await join(other, room.code);
		const line = await live(origin, host.token);
		await line.enter(room.id);
		const doc = sync(origin, room.id, notes, host.token);
		await doc.ready();
		doc.doc.getMap('notes').set('a', canary.note);
		await must(host, room.id, 'topics.submit', { text: canary.topic });
		await until(async () => (await figure('peerloom_connections{road="live"}')) >= 1, 'the line is counted');
		expect(await figure('peerloom_connections{road="sync"}')).toBeGreaterThanOrEqual(1);
		expect(await figure('peerloom_documents_open')).toBeGreaterThanOrEqual(1);

		// what is refused, each in its own way
		await command(host, room.id, 'agenda.start', { expects: canary.junk });
		await command(host, room.id, `${canary.junk}.x`.replaceAll('-', ''), {});
		await command(other, room.id, 'agenda.start', { expects: canary.junk });
		expect(await closing(`/sync/${room.id}/${notes}?token=${canary.wrongToken}`)).toBe(4401);
		expect(await closing(`/sync/${room.id}/own/${canary.junk}?token=${host.token}`)).toBe(4403);
		expect(await closing(`/sync/${room.id}/${notes}?token=${host.token}`, badUpdate(canary.junk))).toBe(4422);
		expect(
			await closing(`/sync/${room.id}/${notes}`, undefined, { origin: `https://${canary.junk}.example` })
		).toBe(0);
		await ask(origin, '/api/rooms', { method: 'POST', headers: { 'content-type': 'application/json' } });
		await ask(origin, `/api/rooms/${canary.code}/join`, { body: {}, token: host.token });
		await ask(origin, `/r/${canary.code}?token=${canary.wrongToken}`);
		const credentials = { email: canary.email, password: canary.password };
		const signed = await ask(origin, '/api/auth/sign-up/email', {
			body: { name: canary.name, ...credentials }
		});
		await ask(origin, '/api/auth/sign-up/email', { body: { name: canary.name, ...credentials } });
		await ask(origin, '/api/auth/sign-in/email', {
			body: { ...credentials, password: `${canary.password}x` }
		});
		await fetch(`${origin}/api/rooms/${room.id}/commands`, {
			method: 'POST',
			headers: { authorization: `Bearer ${host.token}`, 'content-type': 'application/json' },
			body: `{"type": ${canary.junk}}`
		});
		secrets.push(
			host.token,
			other.token,
			room.id,
			room.code,
			...signed.headers.getSetCookie().map((cookie) => /=([^;]{12,})/.exec(cookie)?.[1] ?? cookie)
		);
		line.close();
		doc.close();
		await until(() => server.output().includes('"msg":"Left"'), 'that the line was closed is in the log');
	});

	it.each([
		'peerloom_rooms_open',
		'peerloom_store_bytes{file="database"}',
		'peerloom_commit_seconds_count',
		'peerloom_delivery_seconds_count',
		'peerloom_commands_total{outcome="ok"}',
		'peerloom_commands_total{outcome="passed"}',
		'peerloom_commands_total{outcome="forbidden"}',
		'peerloom_commands_total{outcome="unknown"}',
		'peerloom_refused_total{road="sync",reason="unauthenticated"}',
		'peerloom_refused_total{road="sync",reason="forbidden"}',
		'peerloom_refused_total{road="sync",reason="invalid"}',
		'peerloom_refused_total{road="sync",reason="origin"}',
		'peerloom_refused_total{road="http",reason="422"}',
		'peerloom_nodejs_eventloop_lag_p99_seconds',
		'peerloom_process_resident_memory_bytes'
	])('counts %s', async (name) => {
		expect(await figure(name)).toBeGreaterThan(0);
	});

	it.each([
		'peerloom_commit_queue_units',
		'peerloom_commit_queue_bytes',
		'peerloom_command_queue',
		'peerloom_rooms_unpublished'
	])('has nothing waiting in the end: %s', async (name) => {
		await until(async () => (await figure(name)) === 0, `${name} is 0`);
	});

	it('says in the log who came and went, what was refused and why', () => {
		const said = server.output();
		for (const word of [
			'"msg":"Joined"',
			'"msg":"Left"',
			'"outcome":"ok"',
			'"type":"topics.submit"',
			'"outcome":"passed"',
			'"reason":"origin"',
			'"reason":"invalid"'
		])
			expect(said).toContain(word);
	});

	it('writes into the log neither what people wrote nor any secret, at any level', () => {
		const said = server.output().toLowerCase();
		const found = [...Object.values(canary), ...secrets, 'kanari'].filter((word) =>
			said.includes(word.toLowerCase())
		);
		expect(found).toEqual([]);
		expect(secrets.length).toBeGreaterThan(4);
	});

	it('shows its figures to this machine alone, unless it is told otherwise', async () => {
		const asked = (headers: Record<string, string>) =>
			new Promise<number>((done, fail) => {
				// fetch sets Host by itself
				request(`${server.origin}/metrics`, { headers }, (answer) => done(answer.resume().statusCode ?? 0))
					.on('error', fail)
					.end();
			});
		expect(await asked({})).toBe(200);
		expect(await asked({ host: 'learn.example.com' })).toBe(403);
		await server.restart({ METRICS_TOKEN: 'a-token-for-figures' });
		expect(await asked({})).toBe(401);
		expect(await asked({ authorization: 'Bearer a-token-for-figures', host: 'learn.example.com' })).toBe(200);
	});
});
