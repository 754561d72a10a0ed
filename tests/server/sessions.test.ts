/** A session that ends is over on every road: for what comes, and for what is open. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, createRoom, guest, join, must, type Guest, type JoinedRoom } from '../support/api.ts';
import { live, type Live } from '../support/live.ts';
import { startServer, type Server } from '../support/server.ts';
import { sync, type Synced } from '../support/sync.ts';
import { until } from '../support/until.ts';

let server: Server;
let room: JoinedRoom['room'];
let host: Guest;

const NOTES = 'm1/notes';
const RECORD = 'm1/record';
const ada = { name: 'Ada', email: 'ada@example.com', password: 'correct horse battery' };

beforeAll(async () => {
	server = await startServer({ env: { LIMITS: 'off' } });
	host = await guest(server.origin, 'Hedda');
	({ room } = await createRoom(host, { title: 'A room', format: 'lunch-and-learn' }));
	const made = await ask(server.origin, '/api/auth/sign-up/email', { body: ada });
	expect(made.status, await made.clone().text()).toBe(200);
});
afterAll(() => server?.close());

/** Ada at another browser: a session of its own, by its cookie and its token. */
interface Browser extends Guest {
	cookie: string;
}

async function signIn(): Promise<Browser> {
	const { email, password } = ada;
	const answer = await ask(server.origin, '/api/auth/sign-in/email', { body: { email, password } });
	expect(answer.status).toBe(200);
	const cookie = answer.headers.getSetCookie()[0]!.split(';')[0]!;
	const said = (await answer.json()) as { token: string };
	const browser = { origin: server.origin, token: said.token, cookie, person: { id: '', name: 'Ada' } };
	await join(browser, room.id);
	return { ...browser, person: { id: await whoIs(browser), name: 'Ada' } };
}

/** The person of a token, from the room's own answer. */
async function whoIs(by: Guest): Promise<string> {
	const line = await live(server.origin, by.token);
	const answer = await line.emit<{ info: { member: { id: string } } }>('enter', room.id);
	line.close();
	return answer.info.member.id;
}

interface AtWork {
	notes: Synced;
	record: Synced;
	line: Live;
	/** What the live line was told, and why it ended. */
	ended: { reason: string | null };
}

async function atWork(by: Guest): Promise<AtWork> {
	const notes = sync(server.origin, room.id, NOTES, by.token);
	const record = sync(server.origin, room.id, RECORD, by.token);
	const line = await live(server.origin, by.token);
	await line.enter(room.id);
	await Promise.all([notes.ready(), record.ready()]);
	const ended: AtWork['ended'] = { reason: null };
	line.socket.on('disconnect', (reason) => (ended.reason = reason));
	return { notes, record, line, ended };
}

function leave({ notes, record, line }: AtWork): void {
	notes.close();
	record.close();
	line.close();
}

async function isOver({ notes, record, line, ended }: AtWork): Promise<void> {
	await until(() => notes.closes.length > 0 && record.closes.length > 0, 'the documents are closed');
	await until(() => ended.reason, 'the live line is closed');
	expect([notes.closes, record.closes]).toEqual([[4401], [4401]]);
	expect([notes, record].map(({ provider }) => provider.shouldConnect)).toEqual([false, false]);
	expect(ended.reason).toBe('io server disconnect');
	expect(line.heard.at(-1)?.data).toMatchObject({ is: 'gone', code: 'signed-out' });
	expect(line.socket.active).toBe(false);
}

async function isOpen({ notes, line }: AtWork): Promise<void> {
	expect(await line.command(room.id, 'topics.submit', { text: 'still here' })).toMatchObject({ ok: true });
	expect(notes.closes).toEqual([]);
	expect(notes.provider.wsconnected).toBe(true);
}

/** A form on the account page. */
async function form(action: string, by: Browser, fields: Record<string, string> = {}): Promise<void> {
	const answer = await fetch(`${server.origin}/account?/${action}`, {
		method: 'POST',
		redirect: 'manual',
		headers: { origin: server.origin, cookie: by.cookie, accept: 'application/json' },
		body: new URLSearchParams(fields)
	});
	expect(answer.status, await answer.text()).toBe(200);
}

/** What somebody may try with a token of old. */
async function isNobody(token: string, cookie: string | null): Promise<void> {
	const bearer: Record<string, string> = { authorization: `Bearer ${token}` };
	for (const headers of cookie ? [bearer, { cookie }] : [bearer])
		for (const [path, body] of [
			['/api/rooms', { title: 'x', format: 'debate' }],
			[`/api/rooms/${room.id}/join`, {}],
			[`/api/rooms/${room.id}/commands`, { type: 'topics.submit', payload: { text: 'x' } }],
			[`/api/rooms/${room.id}`, undefined],
			[`/api/rooms/${room.id}/export?as=markdown`, undefined],
			[`/api/rooms/${room.id}/history`, undefined]
		] as const) {
			const answer = await ask(server.origin, path, body ? { body, headers } : { headers });
			expect(answer.status, path).toBe(401);
		}
	if (cookie)
		for (const path of [`/r/${room.code}`, `/r/${room.code}/m/1`, '/account', '/account/export']) {
			const page = await fetch(server.origin + path, { headers: { cookie }, redirect: 'manual' });
			expect([303, 401], path).toContain(page.status);
		}
	const line = await live(server.origin, token);
	expect(await line.enter(room.id)).toMatchObject({ ok: false, error: { code: 'unauthenticated' } });
	expect(await line.command(room.id, 'topics.submit', { text: 'x' })).toMatchObject({
		ok: false,
		error: { code: 'unauthenticated' }
	});
	line.close();
	const document = sync(server.origin, room.id, RECORD, token);
	await until(() => document.closes.length > 0, 'the document is closed');
	expect(document.closes).toEqual([4401]);
	document.close();
}

describe('a session', () => {
	it('A5: that is ended closes its documents and its live line at once, and nothing written after it is kept', async () => {
		const desk = await signIn();
		await must(host, room.id, 'roster.assign', { person: desk.person.id, role: 'helper' });
		const [tab, other] = [await atWork(desk), await atWork(desk)];
		const witness = sync(server.origin, room.id, NOTES, host.token);
		await witness.ready();
		let written = 0;
		const burst = setInterval(() => tab.notes.doc.getMap('burst').set(`${written++}`, 1), 2);
		await until(() => witness.doc.getMap('burst').size > 20, 'the burst is seen');
		const out = await ask(server.origin, '/api/auth/sign-out', { body: {}, token: desk.token });
		expect(out.status).toBe(200);
		// nothing of what is written from here on may be kept, at no time
		const at = written;
		await isOver(tab);
		await isOver(other);
		await until(() => written > at + 20, 'it goes on writing');
		clearInterval(burst);
		const later = sync(server.origin, room.id, NOTES, host.token);
		await later.ready();
		const kept = [...later.doc.getMap('burst').keys()].map(Number);
		expect(kept.length).toBeGreaterThan(20);
		expect(kept.filter((key) => key >= at)).toEqual([]);
		// the client has all of it, to be copied
		expect(tab.notes.doc.getMap('burst').size).toBe(written);
		await isNobody(desk.token, desk.cookie);
		for (const one of [witness, later]) one.close();
		[tab, other].forEach(leave);
	});

	it('A5: that is ended from another browser is over there, and goes on here', async () => {
		const [desk, phone] = [await signIn(), await signIn()];
		const [there, here] = [await atWork(desk), await atWork(phone)];
		await form('endOthers', phone);
		await isOver(there);
		await isOpen(here);
		await isNobody(desk.token, desk.cookie);
		await form('endAll', phone);
		await isOver(here);
		[there, here].forEach(leave);
	});

	it('A5: of before a new password is over', async () => {
		const [desk, phone] = [await signIn(), await signIn()];
		const there = await atWork(desk);
		const changed = await ask(server.origin, '/api/auth/change-password', {
			token: phone.token,
			body: { currentPassword: ada.password, newPassword: 'another horse', revokeOtherSessions: true }
		});
		expect(changed.status, await changed.clone().text()).toBe(200);
		ada.password = 'another horse';
		await isOver(there);
		await isNobody(desk.token, desk.cookie);
		leave(there);
	});

	it('A5: of a guest who leaves for good is over in all tabs', async () => {
		const made = await ask(server.origin, '/api/guests', { body: { name: 'Gus' } });
		const cookie = made.headers.getSetCookie()[0]!.split(';')[0]!;
		const said = (await made.json()) as Omit<Guest, 'origin'>;
		const gus: Browser = { ...said, origin: server.origin, cookie };
		await join(gus, room.id);
		const tab = await atWork(gus);
		await form('signOut', gus);
		await isOver(tab);
		await isNobody(gus.token, gus.cookie);
		leave(tab);
	});

	it('A5: that has run out is nobody’s, and what it had open is closed', async () => {
		const desk = await signIn();
		const tab = await atWork(desk);
		await server.forward(400 * 24 * 60);
		await until(() => tab.notes.closes.length > 0 && tab.ended.reason, 'it is closed', 40_000);
		await isOver(tab);
		await isNobody(desk.token, desk.cookie);
		leave(tab);
	}, 60_000);
});
