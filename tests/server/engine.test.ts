/** The sync engine's promises over real sockets, where pairs of queues in memory would prove too little. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join as path } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { CLOSE, REASONS } from '../../server/sync/close.ts';
import { guest, join, must, type Guest } from '../support/api.ts';
import { openRoom, type Opened } from '../support/opened.ts';
import { startServer, type Server } from '../support/server.ts';
import { sync } from '../support/sync.ts';
import { until } from '../support/until.ts';

let server: Server;
let opened: Opened;
let tom: Guest;

beforeAll(async () => {
	server = await startServer({ env: { LIMITS: 'off' } });
	opened = await openRoom(server.origin);
	tom = await guest(server.origin, 'Tom');
	await join(tom, opened.room.id);
	await must(opened.host, opened.room.id, 'roster.assign', { person: tom.person.id, role: 'helper' });
});
afterAll(() => server?.close());

const notes = (who: Guest) => sync(server.origin, opened.room.id, opened.notes, who.token);

/** A socket of no client's: it does what it is told. */
async function raw(who: Guest, document: string): Promise<{ socket: WebSocket; heard: Buffer[] }> {
	const address = `${server.origin.replace('http', 'ws')}/sync/${opened.room.id}/${document}?token=${who.token}`;
	const socket = new WebSocket(address);
	const heard: Buffer[] = [];
	socket.on('message', (data: Buffer) => heard.push(data));
	await once(socket, 'open');
	return { socket, heard };
}

/** Every byte that came before the connection was closed, and its code. */
async function answer(address: string, frame?: Buffer): Promise<{ code: number; heard: number }> {
	const socket = new WebSocket(`${server.origin.replace('http', 'ws')}/sync/${address}`);
	let heard = 0;
	socket.on('message', (data: Buffer) => (heard += data.byteLength));
	socket.on('open', () => frame && socket.send(frame));
	const [code] = (await once(socket, 'close')) as [number];
	return { code, heard };
}

describe('the gate', () => {
	it('G1: tells those who may not come in by a code, and nothing else', async () => {
		const { id } = opened.room;
		const desk = opened.record.replace('record', 'desk');
		for (const [address, code] of [
			[`${id}/${opened.notes}`, 4401],
			[`${id}/${opened.notes}?token=made-up`, 4401],
			[`nowhere/${opened.notes}?token=${tom.token}`, 4404],
			[`${id}/m99/notes?token=${tom.token}`, 4403],
			[`${id}/own/${opened.host.person.id}?token=${tom.token}`, 4403],
			[`${id}/${desk}?token=${(await guest(server.origin, 'Nobody')).token}`, 4403]
		] as const) {
			expect(await answer(address), address).toEqual({ code, heard: 0 });
		}
	});

	it('G2: a frame that is too long is answered, and not read', async () => {
		const address = `${opened.room.id}/${opened.notes}?token=${tom.token}`;
		expect((await answer(address, Buffer.alloc(8 * 1024 * 1024 + 17))).code).toBe(4413);
	});

	it('G5: whoever is turned away is not heard: the line ends with their first long frame, and not with its last byte', async () => {
		const { hostname, port } = new URL(server.origin);
		const line = connect(Number(port), hostname);
		let heard = Buffer.alloc(0);
		line.on('data', (some: Buffer) => (heard = Buffer.concat([heard, some])));
		const ended = once(line, 'end');
		line.write(
			`GET /sync/${opened.room.id}/${opened.notes} HTTP/1.1\r\nHost: ${hostname}\r\nConnection: Upgrade\r\n` +
				`Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${btoa('sixteen bytes !!')}\r\n\r\n`
		);
		await until(() => heard.includes('\r\n\r\n'), 'it is open');
		// 8 MiB are to come, and never do
		line.write(
			Buffer.concat([Buffer.from([0x82, 0xff, 0, 0, 0, 0, 0, 0x80, 0, 0, 1, 2, 3, 4]), Buffer.alloc(2000)])
		);
		await ended;
		// the close frame: two bytes of code before the reason
		expect(heard.readUInt16BE(heard.indexOf(REASONS[CLOSE.unauthenticated]) - 2)).toBe(CLOSE.unauthenticated);
		line.destroy();
	}, 20_000);

	it('G3: a role that was lost while somebody connects is not what they come in with', async () => {
		const vera = await guest(server.origin, 'Vera');
		await join(vera, opened.room.id);
		const assign = (role: string) =>
			must(opened.host, opened.room.id, 'roster.assign', { person: vera.person.id, role });
		for (let n = 0; n < 4; n++) {
			await assign('helper');
			const writer = notes(vera);
			await assign('attendee');
			await until(() => writer.provider.synced || writer.closes.length > 0, 'it is in or out');
			writer.doc.getMap('late').set(`${n}`, 'after');
			await must(opened.host, opened.room.id, 'topics.submit', { text: `after ${n}` });
			writer.close();
		}
		const late = notes(opened.host);
		await late.ready();
		expect([...late.doc.getMap('late').values()]).toEqual([]);
		late.close();
	}, 30_000);
});

describe('presence', () => {
	it('P4: nobody stays on the screens whose process was killed', async () => {
		const witness = notes(opened.host);
		await witness.ready();
		const child = spawn(
			process.execPath,
			[
				path(import.meta.dirname, '../support/lone-client.ts'),
				server.origin,
				opened.room.id,
				opened.notes,
				tom.token
			],
			{ stdio: ['ignore', 'pipe', 'inherit'] }
		);
		const [line] = (await once(child.stdout, 'data')) as [Buffer];
		const client = Number(line.toString());
		const states = witness.provider.awareness.getStates();
		await until(() => states.get(client)?.cursor === 7, 'the other one is seen');
		expect(states.get(client)?.user).toMatchObject({ id: tom.person.id, name: 'Tom' });
		child.kill('SIGKILL');
		await until(() => !states.has(client), 'the killed one is gone', 2000);
		witness.close();
	});

	it('P1, A2: a reader that forges step 2 and updates changes nothing; its presence works', async () => {
		const witness = sync(server.origin, opened.room.id, opened.record, opened.host.token);
		await witness.ready();
		const before = Y.encodeStateAsUpdate(witness.doc);
		const forger = await raw(tom, opened.record);
		const doc = new Y.Doc();
		doc.getMap('agenda').set('now/current', { phase: 'forged' });
		const forged = Y.encodeStateAsUpdate(doc);
		for (const step of [1, 2]) forger.socket.send(Buffer.from([0, step, forged.length, ...forged]));
		const state = JSON.stringify({ cursor: 1, user: { id: opened.host.person.id } });
		forger.socket.send(Buffer.from([1, state.length + 4, 1, 77, 1, state.length, ...Buffer.from(state)]));
		const states = witness.provider.awareness.getStates();
		await until(() => states.get(77)?.cursor === 1, 'its presence is seen');
		expect(states.get(77)?.user).toMatchObject({ id: tom.person.id });
		// told of each, and it stays
		expect(forger.heard.filter(([type]) => type === 2)).toHaveLength(2);
		expect(forger.socket.readyState).toBe(WebSocket.OPEN);
		expect(Y.encodeStateAsUpdate(witness.doc)).toEqual(before);
		forger.socket.close();
		witness.close();
	});
});

describe('access', () => {
	it('A1: taken away in mid-burst: nothing later is kept, the stock client is told for good and stays away', async () => {
		const uma = await guest(server.origin, 'Uma');
		await join(uma, opened.room.id);
		await must(opened.host, opened.room.id, 'roster.assign', { person: uma.person.id, role: 'helper' });
		const witness = notes(opened.host);
		const writer = notes(uma);
		await Promise.all([witness.ready(), writer.ready()]);
		let written = 0;
		const burst = setInterval(() => {
			for (let n = 0; n < 5; n++) writer.doc.getMap('burst').set(`${written++}`, 1);
		}, 1);
		await until(() => witness.doc.getMap('burst').size > 50, 'the burst is seen');
		const asked = written;
		await must(opened.host, opened.room.id, 'roster.remove', { person: uma.person.id });
		// nothing of what is written from here on may be kept, at no time
		const at = written;
		await until(() => writer.closes.length > 0, 'the writer is told');
		await until(() => written > at + 100, 'it goes on writing');
		expect(writer.closes).toEqual([4403]);
		expect(writer.provider.shouldConnect).toBe(false);
		clearInterval(burst);
		// a client that ignores the code is turned away at the door
		const again = notes(uma);
		await until(() => again.closes.length > 0, 'it is turned away');
		expect(again.closes).toEqual([4403]);
		await must(opened.host, opened.room.id, 'topics.submit', { text: 'later' });
		const late = notes(opened.host);
		await late.ready();
		const kept = [...late.doc.getMap('burst').keys()].map(Number);
		expect(kept.length).toBeGreaterThan(50);
		expect(kept.filter((key) => key >= at)).toEqual([]);
		expect(at, 'it wrote while access was taken away').toBeGreaterThan(asked);
		// and whoever was there was shown the same
		expect([...witness.doc.getMap('burst').keys()].map(Number).toSorted()).toEqual(kept.toSorted());
		expect(writer.closes).toEqual([4403]);
		for (const one of [witness, writer, again, late]) one.close();
	}, 30_000);
});

describe('a slow reader', () => {
	it('S1, S2: over the gateway’s own sockets: is sent less than was written, holds nobody up, and has everything afterwards', async () => {
		const [writer, other] = [notes(opened.host), notes(tom)];
		await Promise.all([writer.ready(), other.ready()]);
		const paused = new WebSocket(
			`${server.origin.replace('http', 'ws')}/sync/${opened.room.id}/${opened.notes}?token=${tom.token}`
		);
		const copy = new Y.Doc();
		let received = 0;
		paused.on('message', (message: Buffer) => {
			received += message.byteLength;
			const [type, step] = message;
			if (type !== 0 || step === 0) return;
			Y.applyUpdate(copy, message.subarray(message.findIndex((byte, i) => i > 1 && byte < 128) + 1));
		});
		await once(paused, 'open');
		paused.send(Buffer.from([0, 0, 1, 0]));
		await until(() => received > 0, 'it is synced');
		paused.pause();
		const large = 'x'.repeat(300 * 1024);
		const times = 120;
		for (let n = 0; n < times; n++) {
			writer.doc.getMap('slow').set('large', `${n} ${large}`);
			await other.shows(`${n}`, (doc) => String(doc.getMap('slow').get('large')).startsWith(`${n} `));
		}
		paused.resume();
		writer.doc.getMap('slow').set('large', 'small again');
		await until(() => copy.getMap('slow').get('large') === 'small again', 'it has the latest');
		// what the system's own buffers take, and the server's limit; the rest was one resync
		expect(received).toBeLessThan((times * large.length) / 2);
		paused.terminate();
		for (const one of [writer, other]) one.close();
	}, 60_000);
});

describe('a stop', () => {
	it('T1: lets nobody in any more and ends connections one after the other', async () => {
		const people = [...Array(100).keys()].map(() => notes(tom));
		await Promise.all(people.map((one) => one.ready()));
		const at: number[] = [];
		for (const { provider } of people) {
			provider.on('connection-close', () => at.push(performance.now()));
			// a new one would find nobody
			provider.shouldConnect = false;
		}
		const stopped = server.stop();
		await until(() => at.length === people.length, 'all are told');
		expect(new Set(people.map(({ closes }) => closes.join()))).toEqual(new Set(['1001']));
		expect(Math.max(...at) - Math.min(...at)).toBeGreaterThan(50);
		await expect(answer(`${opened.room.id}/${opened.notes}?token=${tom.token}`)).rejects.toThrow();
		expect(await stopped).toBe(0);
		for (const one of people) one.close();
	});
});
