/** Whatever comes in that should not: it is refused with words that help, and nobody else notices. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { io } from 'socket.io-client';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { Json } from '#lib/blocks/block.ts';
import { ask, command, guest, join, must, type Guest } from '../support/api.ts';
import { live } from '../support/live.ts';
import { nowIn, openRoom, textOf, type Opened } from '../support/opened.ts';
import { startServer, type Server } from '../support/server.ts';
import { sync } from '../support/sync.ts';
import { until } from '../support/until.ts';

let server: Server;
let opened: Opened;
let host: Guest;
let tom: Guest;

beforeAll(async () => {
	server = await startServer({ env: { TRUST_PROXY: 'on' } });
	opened = await openRoom(server.origin);
	host = opened.host;
	tom = await guest(server.origin, 'Tom');
	await join(tom, opened.room.id);
});
afterAll(() => server?.close());

const refusal = (code: string, field?: string) => ({
	ok: false,
	error: { code, message: expect.stringMatching(/\w+/), ...(field === undefined ? {} : { field }) }
});

async function refused(path: string, asked: Parameters<typeof ask>[2]) {
	const answer = await ask(server.origin, path, asked);
	return { status: answer.status, said: (await answer.json()) as Json };
}

const joining = (who: Guest, room: string, role?: string) =>
	refused(`/api/rooms/${room}/join`, { body: { role }, token: who.token });

/** A raw socket to a document: its frames, and the code that it is closed with. */
function raw(path: string, headers: Record<string, string> = {}) {
	const socket = new WebSocket(server.origin.replace('http', 'ws') + path, { headers });
	const frames: Buffer[] = [];
	let code: number | null = null;
	let status: number | null = null;
	socket.binaryType = 'nodebuffer';
	socket.on('message', (data: Buffer) => frames.push(data));
	socket.on('close', (with_) => (code = with_));
	socket.on('unexpected-response', (_, response) => (status = response.statusCode ?? 0));
	socket.on('error', () => {});
	return {
		socket,
		frames,
		open: () => until(() => socket.readyState === WebSocket.OPEN, `${path} is open`),
		closed: () => until(() => code, `${path} is closed`, 20_000),
		turnedAway: () => until(() => status, `${path} is turned away`)
	};
}

const document = (name: string, who: Guest = tom) =>
	raw(`/sync/${opened.room.id}/${name}?token=${who.token}`);

/** The others go on as if nothing had happened. */
async function stillWorks() {
	const one = sync(server.origin, opened.room.id, opened.notes, host.token);
	const other = sync(server.origin, opened.room.id, opened.notes, tom.token);
	await Promise.all([one.ready(), other.ready()]);
	const stamp = randomBytes(4).toString('hex');
	one.doc.getMap('check').set(stamp, true);
	await other.shows('what the host wrote', (doc) => doc.getMap('check').get(stamp) === true);
	one.close();
	other.close();
	expect((await command(tom, opened.room.id, 'topics.submit', { text: stamp })).ok).toBe(true);
}

describe('at the door', () => {
	it('an unknown code is 404 and says what to do', async () => {
		for (const code of ['ZZZZZZ', 'x', '__proto__', '..%2f..', '%00', 'A'.repeat(2000)])
			expect(await joining(tom, code), code).toMatchObject({ status: 404 });
	});

	it('a full room, a locked one and an archived one are 403, and say which', async () => {
		const small = await openRoom(server.origin, { settings: { capacity: 2 } });
		await join(tom, small.room.code);
		const late = await guest(server.origin, 'Late');
		expect(await joining(late, small.room.code)).toMatchObject({ status: 403, said: refusal('full') });
		await must(small.host, small.room.id, 'room.lock', { locked: true });
		expect(await joining(late, small.room.code)).toMatchObject({ status: 403, said: refusal('locked') });
		await must(small.host, small.room.id, 'room.archive', { archived: true });
		expect(await joining(late, small.room.code)).toMatchObject({ status: 403, said: refusal('archived') });
		expect(await command(tom, small.room.id, 'topics.submit', { text: 'x' })).toMatchObject(
			refusal('archived')
		);
	});

	it('a forged token, none, or one that was ended is nobody', async () => {
		const stolen = `${tom.token.slice(0, -4)}AAAA`;
		for (const token of ['forged', stolen, 'a.b', '', 'x'.repeat(5000)]) {
			const said = await refused('/api/rooms', { body: { title: 'x', format: 'debate' }, token });
			expect(said).toMatchObject({ status: 401, said: refusal('unauthenticated') });
			const socket = raw(`/sync/${opened.room.id}/${opened.record}?token=${encodeURIComponent(token)}`);
			expect(await socket.closed()).toBe(4401);
			expect(socket.frames).toEqual([]);
		}
	});

	it('a role that the host gives cannot be taken', async () => {
		const eve = await guest(server.origin, 'Eve');
		for (const role of ['host', 'king', 'constructor'])
			expect(await joining(eve, opened.room.code, role)).toMatchObject({
				status: 403,
				said: refusal('role_not_open', 'role')
			});
	});

	it('ten thousand wrong codes are stopped quickly, and people elsewhere come in all the same', async () => {
		const eve = await guest(server.origin, 'Eve');
		const from = { 'x-forwarded-for': '203.0.113.66' };
		const coming = await openRoom(server.origin);
		const entering = (who: Guest, code: string, headers: Record<string, string>) =>
			ask(server.origin, `/api/rooms/${code}/join`, { body: {}, token: who.token, headers });
		expect((await entering(tom, coming.room.code, from)).status).toBe(200);
		const attempt = (index: number) =>
			ask(server.origin, `/api/rooms/${(index + 100_000).toString(36).toUpperCase().padStart(6, 'Q')}/join`, {
				body: {},
				token: eve.token,
				headers: from
			});
		const counts = new Map<number, number>();
		for (let index = 0; index < 10_000; index += 50) {
			const answers = await Promise.all(Array.from({ length: 50 }, (_, at) => attempt(index + at)));
			for (const { status } of answers) counts.set(status, (counts.get(status) ?? 0) + 1);
			if ((counts.get(429) ?? 0) >= 500) break;
		}
		expect([...counts.keys()].sort()).toEqual([404, 429]);
		expect(counts.get(404)).toBeLessThan(400);
		const blocked = await entering(eve, opened.room.code, from);
		expect(blocked.status).toBe(429);
		expect(Number(blocked.headers.get('retry-after'))).toBeGreaterThan(0);
		const elsewhere = { 'x-forwarded-for': '203.0.113.7' };
		expect((await entering(eve, opened.room.code, elsewhere)).status).toBe(200);
		// a hall that sits where the guesses come from comes in all the same, and reads what is its own
		const hall = await Promise.all(Array.from({ length: 20 }, (_, n) => guest(server.origin, `Guest ${n}`)));
		for (const one of hall) expect((await entering(one, coming.room.code, from)).status).toBe(200);
		for (const path of [`/api/rooms/${coming.room.code}/export`, `/r/${coming.room.code}`])
			expect((await ask(server.origin, path, { token: tom.token, headers: from })).status).toBe(200);
	});

	it('codes cannot be tried by way of commands, sockets or documents: only ids open them', async () => {
		const eve = await guest(server.origin, 'Eve');
		const { code } = opened.room;
		const wrong = await command(eve, 'ZZZZZZ', 'topics.submit', { text: 'x' });
		expect(await command(eve, code, 'topics.submit', { text: 'x' })).toEqual(wrong);
		const socket = await live(server.origin, eve.token);
		expect(await socket.enter(code)).toEqual(await socket.enter('ZZZZZZ'));
		socket.close();
		expect(await raw(`/sync/${code}/${opened.record}?token=${eve.token}`).closed()).toBe(4404);
		expect((await ask(server.origin, `/api/rooms/${code}`, { token: eve.token })).status).toBe(404);
	});
});

describe('what costs the server much', () => {
	/** Asks until it is refused, and how often it was not. */
	async function until429(path: string, body: object | null, who: Guest) {
		for (let done = 0; ;) {
			const answers = await Promise.all(
				Array.from({ length: 10 }, () =>
					ask(server.origin, path, {
						...(body && { body }),
						token: who.token,
						headers: { 'x-forwarded-for': '203.0.113.90' }
					})
				)
			);
			done += answers.filter(({ ok }) => ok).length;
			const refused = answers.find(({ status }) => status === 429);
			if (refused) return { done, refused, said: (await refused.json()) as Json };
			expect(answers.filter(({ ok }) => !ok)).toEqual([]);
		}
	}

	it.each([
		['/api/rooms', { title: 'One of many', format: 'discussion' }],
		['/api/rooms/:id/export', null],
		['/api/rooms/:id/history?meeting=1', null]
	])('%s is done sixty times for a person, then they are told to wait; others go on', async (path, body) => {
		const eve = await guest(server.origin, 'Eve');
		const opened = await openRoom(server.origin);
		await join(eve, opened.room.id);
		const { done, refused, said } = await until429(path.replace(':id', opened.room.id), body, eve);
		expect(done).toBe(60);
		expect(said).toMatchObject(refusal('too_fast'));
		expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
		const { host, room } = opened;
		const other = await ask(server.origin, path.replace(':id', room.id), {
			...(body && { body }),
			token: host.token
		});
		expect(other.ok).toBe(true);
	});
});

describe('commands', () => {
	it('of somebody who is not in the room are refused, also those that everybody in it may give', async () => {
		const eve = await guest(server.origin, 'Eve');
		for (const type of ['topics.submit', 'agenda.ready', 'roster.describe', 'room.rename'])
			expect(
				await command(eve, opened.room.id, type, { text: 'x', title: 'x', team: 'x', expects: 'x' }),
				type
			).toMatchObject({ ok: false });
		const socket = await live(server.origin, eve.token);
		expect(await socket.command(opened.room.id, 'topics.submit', { text: 'x' })).toMatchObject(
			refusal('not_member')
		);
		socket.close();
	});

	it('that the role may not give are refused', async () => {
		const { run } = await nowIn(opened);
		for (const type of ['agenda.start', 'agenda.end', 'roster.remove', 'roster.assign'])
			expect(
				await command(tom, opened.room.id, type, { expects: run, person: host.person.id })
			).toMatchObject(refusal('forbidden'));
		expect(await command(tom, opened.room.id, 'room.rename', { title: 'Mine' })).toMatchObject(
			refusal('forbidden')
		);
		expect(await command(tom, opened.room.id, 'roster.enter', { id: 'x' })).toMatchObject({ ok: false });
	});

	it('for which it is too early say when they are open', async () => {
		const answer = await command(tom, opened.room.id, 'questions.submit', { text: 'Now?' });
		expect(answer).toMatchObject(refusal('not_open'));
		expect(JSON.stringify(answer)).toContain('it opens in P2 Prepare');
	});

	it('from a phase that is over say so; two who click "next" at once move the meeting once', async () => {
		const room = await openRoom(server.origin);
		const ida = await guest(server.origin, 'Ida');
		await join(ida, room.room.id);
		await must(room.host, room.room.id, 'roster.assign', { person: ida.person.id, role: 'host' });
		const { run: expects } = await nowIn(room);
		await must(room.host, room.room.id, 'agenda.advance', { expects });
		expect(await command(ida, room.room.id, 'agenda.advance', { expects })).toMatchObject(
			refusal('passed', 'expects')
		);
		const { run } = await nowIn(room);
		const [one, two] = await Promise.all([
			live(server.origin, room.host.token),
			live(server.origin, ida.token)
		]);
		const answers = await Promise.all(
			[one, two].map((who) => who.command(room.room.id, 'agenda.advance', { expects: run }))
		);
		expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
		expect(answers.find(({ ok }) => !ok)).toMatchObject(refusal('passed', 'expects'));
		one.close();
		two.close();
	});

	it('C2: with the same id fifty times at once, over HTTP and two sockets, are carried out once', async () => {
		const [one, two] = await Promise.all([live(server.origin, tom.token), live(server.origin, tom.token)]);
		const id = 'the-same';
		const payload = { text: 'only once' };
		const type = 'topics.submit';
		const answers = await Promise.all(
			Array.from({ length: 51 }, (_, index) => {
				if (index % 3 === 0) return command(tom, opened.room.id, type, payload, id);
				return (index % 3 === 1 ? one : two).command(opened.room.id, type, payload, id);
			})
		);
		expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
		expect(answers[0]).toMatchObject({ ok: true });
		const record = sync(server.origin, opened.room.id, opened.record, tom.token);
		await record.ready();
		expect(textOf(record.doc).split('only once')).toHaveLength(2);
		record.close();
		one.close();
		two.close();
	});

	it('with a text over the limit, of a wrong type, or with nothing in it are refused and name the field', async () => {
		for (const text of ['x'.repeat(2001), '', '   ', 7, null, ['x'], { text: 'x' }])
			expect(await command(tom, opened.room.id, 'topics.submit', { text } as Json)).toMatchObject({
				ok: false,
				error: { message: expect.any(String), field: 'text' }
			});
		for (const payload of [null, 'text', 7, [], [[]]] as Json[])
			expect(await command(tom, opened.room.id, 'topics.submit', payload)).toMatchObject({ ok: false });
	});

	it('that are no commands are refused', async () => {
		const path = `/api/rooms/${opened.room.id}/commands`;
		for (const body of [{}, { type: 7 }, { type: 'x' }, { type: 'a.b.c' }, { type: 'topics.submit', id: '' }])
			expect(await refused(path, { body, token: tom.token })).toMatchObject({ status: 422 });
		for (const type of ['topics.constructor', 'constructor.submit', 'topics.toString', 'no.such'])
			expect(await refused(path, { body: { type }, token: tom.token })).toMatchObject({ status: 404 });
		const broken = await fetch(server.origin + path, {
			method: 'POST',
			headers: { authorization: `Bearer ${tom.token}`, 'content-type': 'application/json' },
			body: '{"type": "topics.'
		});
		expect(broken.status).toBe(400);
		const huge = await ask(server.origin, path, {
			body: { type: 'topics.submit', payload: { text: 'x'.repeat(3_000_000) } },
			token: tom.token
		});
		expect(huge.status).toBeGreaterThanOrEqual(400);
		await stillWorks();
	});

	it('cannot reach into the server’s own objects by made-up names', async () => {
		for (const person of ['__proto__', 'constructor', 'toString'])
			for (const verb of ['handOver', 'assign', 'remove', 'admit', 'pardon'])
				expect(
					await command(host, opened.room.id, `roster.${verb}`, { person, role: 'helper' })
				).toMatchObject({
					ok: false
				});
		for (const preset of ['constructor', '__proto__'])
			expect(
				await refused('/api/rooms', {
					body: { title: 'x', format: 'lunch-and-learn', preset },
					token: tom.token
				})
			).toMatchObject({ status: 422 });
		for (const format of ['constructor', '__proto__', 'nothing', 7])
			expect(await refused('/api/rooms', { body: { title: 'x', format }, token: tom.token })).toMatchObject({
				status: 422,
				said: refusal('invalid', 'format')
			});
		await stillWorks();
	});

	it('with HTML in any field give it back as the text that it is', async () => {
		const html = '<img src=x onerror=alert(1)><script>alert(2)</script>';
		const eve = await guest(server.origin, html.slice(0, 40));
		const room = await openRoom(server.origin, { title: html });
		await join(eve, room.room.id);
		await must(eve, room.room.id, 'roster.describe', { team: html.slice(0, 80) });
		await must(room.host, room.room.id, 'topics.submit', { text: html });
		const record = sync(server.origin, room.room.id, room.record, room.host.token);
		await record.ready();
		expect(textOf(record.doc)).toContain(html);
		record.close();
		for (const path of [`/r/${room.room.code}`, `/api/rooms/${room.room.id}/export?as=markdown`]) {
			const answer = await ask(server.origin, path, { token: room.host.token });
			expect(answer.status, path).toBe(200);
			if (answer.headers.get('content-type')?.includes('html'))
				expect(await answer.text()).not.toContain('<img src=x');
			else expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
		}
	});
});

describe('documents', () => {
	it('that one may not open close with a code, and not a byte comes before', async () => {
		const eve = await guest(server.origin, 'Eve');
		const desk = opened.record.replace('record', 'desk');
		const cases: [string, number][] = [
			[`/sync/${opened.room.id}/${opened.record}?token=${eve.token}`, 4403],
			[`/sync/${opened.room.id}/${desk}?token=${tom.token}`, 4403],
			[`/sync/${opened.room.id}/own/${host.person.id}?token=${tom.token}`, 4403],
			[`/sync/${opened.room.id}/m9/record?token=${tom.token}`, 4403],
			[`/sync/nowhere/${opened.record}?token=${tom.token}`, 4404],
			[`/sync/${opened.room.id}?token=${tom.token}`, 4404],
			[`/sync/?token=${tom.token}`, 4404],
			[`/sync/${opened.room.id}/${opened.record}`, 4401],
			[`/sync/${opened.room.id}/${opened.record}?screen=guess`, 4404]
		];
		for (const [path, code] of cases) {
			const socket = raw(path);
			expect(await socket.closed(), path).toBe(code);
			expect(socket.frames, path).toEqual([]);
		}
	});

	it('are not reached by tricks in their names', async () => {
		const desk = opened.record.replace('record', 'desk');
		const tricks = [
			`x/../${desk}`,
			`%2e%2e/${opened.room.id}/${desk}`,
			`${opened.record}/../desk`,
			`m1%2fdesk`,
			`m01/record`,
			`m1//record`,
			`m1/record%00`,
			`m1/record%0a`,
			`M1/record`,
			'constructor',
			'__proto__',
			'%ff',
			'%',
			'a'.repeat(4000)
		];
		for (const trick of tricks) {
			const socket = document(trick);
			expect([4403, 4404], trick).toContain(await socket.closed());
			expect(socket.frames, trick).toEqual([]);
		}
		await stillWorks();
	});

	it('take nothing from those who may only read', async () => {
		const before = sync(server.origin, opened.room.id, opened.record, host.token);
		await before.ready();
		const forger = sync(server.origin, opened.room.id, opened.record, tom.token);
		await forger.ready();
		forger.doc.getMap('agenda').set('now/current', { phase: 'forged' });
		forger.doc.getMap('room').delete('info/room');
		await must(tom, opened.room.id, 'topics.submit', { text: 'after the forgery' });
		await before.shows('what came after', (doc) => textOf(doc).includes('after the forgery'));
		expect(textOf(before.doc)).not.toContain('forged');
		expect(before.doc.getMap('room').get('info/room')).toBeDefined();
		forger.close();
		before.close();
	});

	it('end connections that send what is no message, and go on with the others', async () => {
		const frames: (Buffer | string)[] = [
			'text',
			Buffer.from([0, 2, 5, 1, 2]),
			Buffer.from([0, 1, 255, 255, 255, 255, 255, 255, 255, 255]),
			Buffer.concat([Buffer.from([0, 2, 16]), randomBytes(16)]),
			Buffer.from([1, 200]),
			Buffer.from([0]),
			Buffer.alloc(0)
		];
		for (const frame of frames) {
			const socket = document(opened.notes, host);
			await socket.open();
			socket.socket.send(frame);
			expect(await socket.closed(), String(frame)).toBe(4422);
		}
		const unknown = document(opened.notes, host);
		await unknown.open();
		unknown.socket.send(Buffer.from([77, 1, 2, 3]));
		await stillWorks();
		expect(unknown.socket.readyState).toBe(WebSocket.OPEN);
		unknown.socket.close();
	});

	it.each([2, 50])(
		'close with "too large" on a paste of %i MB, keep nothing of it, and spare the others',
		async (mega) => {
			const other = sync(server.origin, opened.room.id, opened.notes, tom.token);
			await other.ready();
			const doc = new Y.Doc();
			const provider = new WebsocketProvider(
				server.origin.replace('http', 'ws') + '/sync',
				`${opened.room.id}/${opened.notes}`,
				doc,
				{ params: { token: host.token }, disableBc: true }
			);
			const codes: number[] = [];
			provider.on('connection-close', (event) => event && codes.push(event.code));
			await until(() => provider.synced, 'the paster is synced');
			doc.getText('paste').insert(0, 'x'.repeat(mega * 1024 * 1024));
			await until(() => codes.length > 0, 'the paste is answered', 25_000);
			expect(codes).toEqual([4413]);
			expect(provider.shouldConnect).toBe(false);
			expect(other.doc.getText('paste').length).toBe(0);
			expect(other.closes).toEqual([]);
			provider.destroy();
			provider.awareness.destroy();
			other.close();
			await stillWorks();
		}
	);
});

describe('sockets', () => {
	it('from a page of another site are refused, for documents and commands', async () => {
		const origin = { origin: 'https://evil.example' };
		const path = `/sync/${opened.room.id}/${opened.record}?token=${tom.token}`;
		expect(await raw(path, origin).turnedAway()).toBe(403);
		// engine.io answers 400 to whatever its door does not let in
		expect(await raw('/socket.io/?EIO=4&transport=websocket', origin).turnedAway()).toBe(400);
		expect(await raw(path, { origin: 'null' }).turnedAway()).toBe(403);
		expect(await raw('/elsewhere', {}).turnedAway()).toBe(404);
		const own = raw(path, { origin: server.origin });
		await own.open();
		own.socket.close();
	});

	it('of socket.io end on frames that are none, and leave the others alone', async () => {
		const other = await live(server.origin, tom.token);
		await other.enter(opened.room.id);
		for (const frame of [
			'nonsense',
			'42["command"',
			'4',
			'451-["x",{"_placeholder":true,"num":9}]',
			'9'.repeat(300_000)
		]) {
			const socket = raw('/socket.io/?EIO=4&transport=websocket');
			await socket.open();
			socket.socket.send('40{}');
			socket.socket.send(frame);
			await until(
				() => socket.socket.readyState !== WebSocket.OPEN || socket.frames.length > 0,
				'the frame is dealt with'
			);
			socket.socket.terminate();
		}
		expect(await other.command(opened.room.id, 'topics.submit', { text: 'still here' })).toMatchObject({
			ok: true
		});
		other.close();
	});

	it('answer events with wrong contents, and take no harm from a missing acknowledgement', async () => {
		const socket = await live(server.origin, tom.token);
		for (const input of [
			null,
			7,
			'x',
			[],
			{},
			{ id: 1, room: 2, type: 3 },
			{ id: 'a', room: opened.room.id }
		])
			expect(await socket.emit('command', input)).toMatchObject(refusal('invalid'));
		for (const room of [null, 7, {}, [], '', '__proto__', 'x'.repeat(1000)])
			for (const event of ['enter', 'format'])
				expect(await socket.emit(event, room)).toMatchObject({ ok: false });
		for (const event of ['command', 'enter', 'format', 'leave', 'clock', 'nothing']) {
			socket.socket.emit(event);
			socket.socket.emit(event, { x: 1 }, 'not a function');
		}
		expect(await socket.enter(opened.room.id)).toMatchObject({ ok: true });
		socket.close();
	});

	it('that send more than 256 kB at once are cut off, nobody else', async () => {
		const client = io(server.origin, {
			auth: { token: tom.token },
			transports: ['websocket'],
			forceNew: true
		});
		const ended = new Promise<string>((done) => client.once('disconnect', done));
		await new Promise<void>((done) => client.once('connect', done));
		client.emit('command', {
			id: 'x',
			room: opened.room.id,
			type: 'topics.submit',
			payload: 'x'.repeat(300_000)
		});
		expect(await ended).toMatch(/transport/);
		client.close();
		await stillWorks();
	});
});

it('all of it leaves the server without a mistake of its own in the log', () => {
	expect(server.output()).not.toMatch(/A rule failed|unhandled|TypeError|RangeError/i);
});
