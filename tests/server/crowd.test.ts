/** G4: many connections at once, with real sockets and limits that a test can reach. */
import { connect, type Socket } from 'node:net';
import { io } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { guest, join, type Guest } from '../support/api.ts';
import { live } from '../support/live.ts';
import { openRoom, type Opened } from '../support/opened.ts';
import { startServer, type Server } from '../support/server.ts';
import { sync } from '../support/sync.ts';
import { until } from '../support/until.ts';

const OF = { address: 30, person: 6, room: 12 };
/** Sockets above an address's limit that are still opened, to be told. */
const SPARE = 20;

let server: Server;
let opened: Opened;
const cleanups: (() => void)[] = [];

beforeAll(async () => {
	server = await startServer({
		env: {
			TRUST_PROXY: 'on',
			CONNECTIONS_PER_ADDRESS: String(OF.address),
			CONNECTIONS_PER_PERSON: String(OF.person),
			CONNECTIONS_PER_ROOM: String(OF.room)
		}
	});
	opened = await openRoom(server.origin);
});
afterEach(async () => {
	for (const cleanup of cleanups.splice(0)) cleanup();
	await until(async () => (await openConnections()) === 0, 'all connections are gone');
});
afterAll(() => server?.close());

async function openConnections(): Promise<number> {
	const figures = await (await fetch(`${server.origin}/metrics`)).text();
	return [...figures.matchAll(/^peerloom_connections\{.*\} (\d+)$/gm)].reduce(
		(sum, [, count]) => sum + Number(count),
		0
	);
}

async function member(name: string): Promise<Guest> {
	const one = await guest(server.origin, name);
	await join(one, opened.room.id);
	return one;
}

/** A document's socket, and how it ends. */
async function document(who: Guest, from = '198.51.100.1') {
	const socket = new WebSocket(
		`${server.origin.replace('http', 'ws')}/sync/${opened.room.id}/${opened.record}?token=${who.token}`,
		{ headers: { 'x-forwarded-for': from } }
	);
	const end: { code: number | null; reason: string } = { code: null, reason: '' };
	let heard = 0;
	// asks for all there is: a reader hears nothing before
	socket.on('open', () => socket.send(Buffer.from([0, 0, 1, 0])));
	socket.on('message', () => heard++);
	socket.on('close', (code, reason) => Object.assign(end, { code, reason: reason.toString() }));
	cleanups.push(() => socket.terminate());
	await until(() => heard > 0 || end.code !== null, 'it is in or out');
	return { socket, end, isIn: () => end.code === null };
}

/** A socket that asks for an upgrade and never answers anything, as those do who want to fill a server. */
async function silent(from: string): Promise<{ socket: Socket; said: () => string }> {
	const socket = connect(Number(new URL(server.origin).port), '127.0.0.1');
	cleanups.push(() => socket.destroy());
	let said = '';
	socket.on('data', (data) => (said += data.toString('latin1')));
	socket.on('error', () => {});
	socket.write(
		[
			`GET /sync/${opened.room.id}/${opened.record} HTTP/1.1`,
			'Host: 127.0.0.1',
			'Connection: Upgrade',
			'Upgrade: websocket',
			'Sec-WebSocket-Version: 13',
			'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
			`X-Forwarded-For: ${from}`,
			'',
			''
		].join('\r\n')
	);
	await until(() => said.includes('\r\n\r\n'), 'it is answered');
	return { socket, said: () => said };
}

describe('connections at once', () => {
	it('G4: of one person are limited over both roads; one more is told why, and comes in once there is room', async () => {
		const tom = await member('Tom');
		const line = await live(server.origin, tom.token);
		cleanups.push(line.close);
		const tabs = [];
		for (let n = 1; n < OF.person; n++) tabs.push(await document(tom, `198.51.100.${n}`));
		expect(tabs.every((tab) => tab.isIn())).toBe(true);
		const { end } = await document(tom, '198.51.100.77');
		expect(end).toEqual({ code: 4529, reason: expect.stringContaining('Close other tabs') });
		const second = io(server.origin, {
			auth: { token: tom.token },
			transports: ['websocket'],
			forceNew: true
		});
		cleanups.push(() => second.close());
		const refused = await new Promise<Error & { data?: unknown }>((done) =>
			second.once('connect_error', done)
		);
		expect(refused).toMatchObject({
			message: 'crowded',
			data: { message: expect.stringContaining('Close') }
		});
		// somebody else in the same room is not concerned
		expect((await document(await member('Ida'))).isIn()).toBe(true);
		const waiting = sync(server.origin, opened.room.id, opened.record, tom.token);
		cleanups.push(waiting.close);
		await until(() => waiting.closes.length > 0, 'the stock client is told');
		expect(waiting.closes[0]).toBe(4529);
		expect(waiting.provider.shouldConnect).toBe(true);
		tabs[0]!.socket.close();
		await waiting.ready();
	});

	it('G4: in one room are limited, whoever they are of', async () => {
		const people = await Promise.all(['Ada', 'Bo', 'Cy'].map(member));
		const sockets = [];
		for (let n = 0; n <= OF.room; n++) sockets.push(await document(people[n % 3]!, `198.51.100.${n % 3}`));
		expect(sockets.filter((one) => one.isIn())).toHaveLength(OF.room);
		expect(sockets.at(-1)!.end).toEqual({ code: 4529, reason: expect.stringContaining('in this room') });
	});

	it('G4: from one address end at the limit, are told for a while, and then not even opened; others come in', async () => {
		const from = '203.0.113.9';
		const flood = [];
		for (let n = 0; n < OF.address + SPARE + 10; n++) flood.push(await silent(from));
		// nobody's: a socket without a token is closed, but whoever does not answer keeps it
		const opens = flood.filter(({ said }) => said().startsWith('HTTP/1.1 101'));
		expect(opens).toHaveLength(OF.address + SPARE);
		const [refused] = flood.slice(-1);
		expect(refused!.said()).toMatch(/^HTTP\/1\.1 503 .*Retry-After: \d+\r\n\r\nToo many connections/s);
		const program = await fetch(`${server.origin}/socket.io/?EIO=4&transport=polling`, {
			headers: { 'x-forwarded-for': from }
		});
		expect(program.ok).toBe(false);
		expect(await program.text()).toContain('Too many connections are open from your network');
		const tom = await member('Tess');
		expect((await document(tom, '203.0.113.10')).isIn()).toBe(true);
		for (const { socket } of flood) socket.destroy();
		await until(async () => (await document(tom, from)).isIn(), 'there is room again');
	}, 60_000);

	it('G4: of one IPv6 network count as one address, however many it uses', async () => {
		for (let n = 0; n < OF.address + SPARE; n++) await silent(`2001:db8:1:2::${n.toString(16)}`);
		expect((await silent('2001:db8:1:2:ffff::1')).said()).toContain('503');
		expect((await silent('2001:db8:1:3::1')).said()).toContain('101');
	}, 60_000);
});

describe('the command road', () => {
	/** A line that speaks the protocol by hand, with somebody's token or as nobody. */
	async function line(token?: string) {
		const socket = new WebSocket(
			`${server.origin.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`,
			{ headers: { 'x-forwarded-for': '198.51.100.200' } }
		);
		cleanups.push(() => socket.terminate());
		const heard: string[] = [];
		let ended = false;
		socket.on('message', (data: Buffer) => heard.push(data.toString()));
		socket.on('close', () => (ended = true));
		socket.on('error', () => {});
		socket.on('open', () => socket.send(`40${JSON.stringify(token ? { token } : {})}`));
		await until(() => heard.some((frame) => frame.startsWith('40')), 'it is connected');
		return {
			socket,
			ended: () => ended,
			answers: () => heard.filter((frame) => frame.startsWith('43')).length
		};
	}

	it('whatever event a line is flooded with, known or not, by somebody or nobody, it is cut off; others go on (C9)', async () => {
		const tom = await member('Tom of the line');
		const calm = await line(tom.token);
		for (const [token, frame] of [
			[undefined, '421["clock"]'],
			[undefined, '421["command",{}]'],
			[tom.token, '421["clock"]'],
			[tom.token, '42["leave","x"]'],
			[tom.token, '42["nothing"]']
		] as const) {
			const wild = await line(token);
			for (let n = 0; n < 2000; n++) wild.socket.send(frame);
			await until(wild.ended, `it is cut off: ${frame}`);
			expect(wild.answers()).toBeLessThan(1500);
			calm.socket.send('421["clock"]');
		}
		await until(() => calm.answers() === 5, 'the other line is answered');
		const figures = await (await fetch(`${server.origin}/metrics`)).text();
		expect(figures).toContain('peerloom_refused_total{road="live",reason="tooFast"} 5');
	}, 60_000);
});

/** The default, and a tenth more to be told. */
const SOCKETS = 8000 * 1.1;

// ten thousand sockets take a minute: `npm run soak`
describe.runIf(process.env.SOAK)('ten thousand connections from one address', () => {
	it('G4: end where the default says, take little, and hold up nobody elsewhere', async () => {
		await server.restart({
			CONNECTIONS_PER_ADDRESS: '8000',
			CONNECTIONS_PER_PERSON: '100',
			CONNECTIONS_PER_ROOM: '6000'
		});
		const memory = async () => {
			const figures = await (await fetch(`${server.origin}/metrics`)).text();
			return Number(/^peerloom_process_resident_memory_bytes (\S+)$/m.exec(figures)?.[1]);
		};
		const tom = await member('Tom');
		const line = sync(server.origin, opened.room.id, opened.notes, opened.host.token);
		const other = sync(server.origin, opened.room.id, opened.notes, opened.host.token);
		cleanups.push(line.close, other.close);
		await Promise.all([line.ready(), other.ready()]);
		const before = await memory();
		let opens = 0;
		for (let n = 0; n < 10_000; n += 50) {
			const some = await Promise.all(Array.from({ length: 50 }, () => silent('203.0.113.9')));
			opens += some.filter(({ said }) => said().startsWith('HTTP/1.1 101')).length;
			line.doc.getMap('notes').set('during', n);
			await other.shows(`${n}`, (doc) => doc.getMap('notes').get('during') === n);
		}
		expect(opens).toBeGreaterThan(0);
		expect(opens).toBeLessThanOrEqual(SOCKETS);
		expect((await document(tom, '203.0.113.10')).isIn()).toBe(true);
		expect((await memory()) - before).toBeLessThan(10_000 * 30 * 1024);
	}, 600_000);
});
