import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, command, createRoom, guest, join, must } from '../support/api.ts';
import type { Guest, JoinedRoom } from '../support/api.ts';
import { live } from '../support/live.ts';
import { nowIn } from '../support/opened.ts';
import { startServer } from '../support/server.ts';
import type { Server } from '../support/server.ts';
import { sync } from '../support/sync.ts';

const formats = ['action-learning', 'debate', 'lunch-and-learn'];

let server: Server;
let ada: Guest;
let ben: Guest;

beforeAll(async () => {
	server = await startServer();
	ada = await guest(server.origin, 'Ada');
	ben = await guest(server.origin, 'Ben');
});
afterAll(() => server?.close());

/** A document that whoever opened the room may write and others may read. */
function shared(joined: JoinedRoom): string {
	const found = joined.documents.find(({ scope, access }) => access === 'write' && scope !== 'person');
	if (!found) throw new Error(`No shared document to write in ${JSON.stringify(joined.documents)}.`);
	return found.name;
}

describe('the contract towards the outside', () => {
	it('tells a watchdog that it lives and is ready', async () => {
		for (const path of ['/healthz', '/readyz']) expect((await ask(server.origin, path)).status).toBe(200);
	});

	it('has figures for Prometheus', async () => {
		const text = await (await ask(server.origin, '/metrics')).text();
		expect(text).toMatch(/^# TYPE \S+ (counter|gauge|histogram)$/m);
	});

	it('makes a guest, with the token also as a cookie that no script can read', async () => {
		const answer = await ask(server.origin, '/api/guests', { body: { name: 'Cleo' } });
		expect(answer.status).toBe(201);
		expect(await answer.json()).toMatchObject({
			token: expect.any(String),
			person: { id: expect.any(String), name: 'Cleo' }
		});
		expect(answer.headers.get('set-cookie')).toMatch(/HttpOnly/i);
	});

	it.each(formats)('opens a room of the format %s', async (format) => {
		const joined = await createRoom(ada, { title: 'Try it', format });
		expect(joined.room).toMatchObject({
			title: 'Try it',
			format,
			code: expect.stringMatching(/^[A-Z0-9]{6}$/)
		});
		expect(joined.documents.length).toBeGreaterThan(0);
		for (const one of joined.documents) {
			expect(['meeting', 'room', 'person']).toContain(one.scope);
			expect(['read', 'write']).toContain(one.access);
		}
	});

	it('names the field that is wrong', async () => {
		const answer = await ask(server.origin, '/api/rooms', {
			body: { title: '', format: 'action-learning' },
			token: ada.token
		});
		expect(answer.status).toBe(422);
		expect(JSON.stringify(await answer.json())).toContain('title');
	});

	it('lets people in by code and by id, and says 404 to a code of no room', async () => {
		const { room } = await createRoom(ada, { title: 'By code', format: 'action-learning' });
		expect((await join(ben, room.code)).room.id).toBe(room.id);
		expect((await join(ben, room.id)).room.id).toBe(room.id);
		const answer = await ask(server.origin, '/api/rooms/ZZZZZZ/join', { body: {}, token: ben.token });
		expect(answer.status).toBe(404);
	});

	it('answers a command of no block with an error that says so', async () => {
		const { room } = await createRoom(ada, { title: 'Commands', format: 'action-learning' });
		const answer = await ask(server.origin, `/api/rooms/${room.id}/commands`, {
			body: { type: 'nothing.such', payload: {} },
			token: ada.token
		});
		expect(answer.status).toBeGreaterThanOrEqual(400);
		expect(await answer.json()).toMatchObject({ ok: false, error: { code: expect.any(String) } });
	});

	it('answers commands over socket.io as over HTTP, and none with a forged token', async () => {
		const { room } = await createRoom(ada, { title: 'Live', format: 'action-learning' });
		const known = await live(server.origin, ada.token);
		const forged = await live(server.origin, 'forged');
		expect(await known.enter(room.id)).toMatchObject({ ok: true });
		const late = { expects: 'a phase that is over' };
		const overHttp = await command(ada, room.id, 'agenda.start', late);
		expect(overHttp).toMatchObject({ ok: false, error: { field: 'expects' } });
		expect(await known.command(room.id, 'agenda.start', late)).toEqual(overHttp);
		expect(await forged.enter(room.id)).toMatchObject({ ok: false });
		expect(await forged.command(room.id, 'agenda.end')).toMatchObject({
			ok: false,
			error: { code: 'unauthenticated' }
		});
		known.close();
		forged.close();
	});

	it('tells a format as it is for the role of the moment, and nobody else', async () => {
		const opened = await createRoom(ada, { title: 'In pairs', format: 'coaching' });
		const { room } = opened;
		await join(ben, room.code);
		const stranger = await live(server.origin, (await guest(server.origin, 'Eve')).token);
		expect(await stranger.emit('format', room.id)).toMatchObject({
			ok: false,
			error: { code: 'not_member' }
		});
		const line = await live(server.origin, ben.token);
		await line.enter(room.id);
		const signers = async () => {
			const { info, format } = await line.emit<{
				info: { member: { role: string } };
				format: { blocks: { contract: { settings?: { signers: string[] } } } };
			}>('format', room.id);
			return [info.member.role, format.blocks.contract.settings?.signers];
		};
		expect(await signers()).toEqual(['invited', undefined]);
		const goal = { text: 'Speak up', sign: 'I did', now: 3, target: 7, visibility: 'room' };
		await must(ada, room.id, 'goals.add', goal);
		const { run: expects } = await nowIn({ ...opened, host: ada, record: 'm1/record', notes: '' });
		await must(ada, room.id, 'agenda.advance', { expects, to: 'P1' });
		await must(ada, room.id, 'roster.offer', { person: ben.person.id, role: 'coach' });
		await must(ben, room.id, 'roster.answer', { role: 'coach', yes: true });
		await line.hear<{ is: string; info?: { member?: { role: string } } }>(
			'message',
			({ is, info }) => is === 'access' && info?.member?.role === 'coach'
		);
		expect(await signers()).toEqual(['coach', ['coachee', 'coach']]);
		line.close();
		stranger.close();
	});

	it('carries what one stock provider writes to another, and keeps it through a crash', async () => {
		const joined = await createRoom(ada, { title: 'Stock', format: 'action-learning' });
		await join(ben, joined.room.id);
		const name = shared(joined);
		const one = sync(server.origin, joined.room.id, name, ada.token);
		const two = sync(server.origin, joined.room.id, name, ben.token);
		await Promise.all([one.ready(), two.ready()]);
		one.doc.getMap('contract').set('said', 'hello');
		const said = (doc: typeof two.doc) => doc.getMap('contract').get('said') === 'hello';
		await two.shows('what the other wrote', said);
		one.close();
		two.close();

		await server.restart();
		const later = sync(server.origin, joined.room.id, name, ben.token);
		await later.shows('what was written before the crash', said);
		later.close();
	});

	it('ends with 0 when it is told to stop', async () => {
		expect(await server.stop()).toBe(0);
	});
});
