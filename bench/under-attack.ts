/**
 * What people in one room notice while others attack another: `node bench/under-attack.ts [--edits 300] [--attack structs]`. Limits are on,
 * as in production; each attacker comes back when it is closed, as fast as it can.
 */
import { parseArgs } from 'node:util';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { guest, join, must, type Guest } from '../tests/support/api.ts';
import { openRoom, type Opened } from '../tests/support/opened.ts';
import { startServer } from '../tests/support/server.ts';
import { sync } from '../tests/support/sync.ts';
import { until } from '../tests/support/until.ts';
import { quantile, wait } from './figures.ts';

const { values } = parseArgs({
	options: { edits: { type: 'string', default: '300' }, attack: { type: 'string', default: '' } }
});
const edits = Number(values.edits);

const varint = (n: number): number[] => (n > 127 ? [(n & 127) | 128, ...varint(n >>> 7)] : [n]);
const frame = (step: number, payload: Uint8Array) =>
	Buffer.from([0, step, ...varint(payload.length), ...payload]);
/** An update of one letter, at this clock of a client and this place. */
const letter = (client: number, clock: number, place: number[]) =>
	new Uint8Array([1, 1, ...varint(client), clock, ...place, 1, 120, 0]);

interface Attack {
	name: string;
	/** Where the attacker connects, and what it says first. */
	address: string;
	greeting?: string;
	message(n: number): Buffer | string;
	/** It does not read what is answered. */
	deaf?: boolean;
}

const server = await startServer();
try {
	const calm = await openRoom(server.origin);
	const attacked = await openRoom(server.origin);
	const reader = await guest(server.origin, 'Reader');
	await join(reader, calm.room.id);
	const eve = await guest(server.origin, 'Eve');
	await join(eve, attacked.room.id);
	await must(attacked.host, attacked.room.id, 'roster.assign', { person: eve.person.id, role: 'helper' });
	await fill(attacked);

	const structs = new Uint8Array([
		1,
		0xa0,
		0x8d,
		0x06,
		9,
		0,
		...new Uint8Array(100_000 * 2).fill(1).map((_, i) => i % 2),
		0
	]);
	const documents: Record<string, (n: number) => Buffer> = {
		'nobody attacks': () => Buffer.alloc(0),
		'bytes that are no message': (n) => Buffer.from([0, 2, 5, n & 127, 200, 1, n & 127]),
		'asking for a large document again and again': (n) => frame(0, new Uint8Array([1, 1 + (n & 63), 1])),
		'updates of 100,000 structs': () => frame(2, structs),
		'updates that wait for what nobody sends': (n) =>
			frame(2, letter(1000 + n, 1, [0x84, ...varint(1000 + n), 0])),
		'one letter at a time': (n) => frame(2, letter(1000 + n, 0, [4, 1, 1, 97])),
		'clocks said again as something else': (n) => frame(2, letter(1, 0, [4, 1, 1, 97 + (n & 7)]))
	};
	const sockets = server.origin.replace('http', 'ws');
	const board = `${sockets}/sync/${attacked.room.id}/${attacked.notes}?token=${eve.token}`;
	const commands = `${sockets}/socket.io/?EIO=4&transport=websocket`;
	const attacks: Attack[] = [
		...Object.entries(documents).map(([name, message]) => ({ name, address: board, message })),
		{
			name: 'events of the command road',
			address: commands,
			greeting: '40{}',
			message: () => '421["clock"]'
		},
		{
			name: 'events whose answers are not read',
			address: commands,
			greeting: '40{}',
			message: () => '421["command",{}]',
			deaf: true
		}
	];
	for (const attack of attacks.filter(({ name }) => name.includes(values.attack)))
		console.log(await measure(attack, calm, reader));
} finally {
	await server.close();
}

/** A board of some 2 MB, in pieces that a client may send. */
async function fill({ room, notes, host }: Opened): Promise<void> {
	const board = sync(server.origin, room.id, notes, host.token);
	await board.ready();
	for (let n = 0; n < 20_000; n += 500) {
		board.doc.transact(() => {
			for (let i = n; i < n + 500; i++)
				board.doc.getMap('notes').set(`n${i}`, `Note ${i}, ${'x'.repeat(70)}`);
		});
		await wait(50);
	}
	const copy = sync(server.origin, room.id, notes, host.token);
	await copy.shows('all notes', (doc) => doc.getMap('notes').size === 20_000, 30_000);
	console.log(`the board that is attacked: ${Y.encodeStateAsUpdate(copy.doc).byteLength} bytes`);
	board.close();
	copy.close();
}

async function measure(
	{ name, address, greeting, message, deaf }: Attack,
	{ room, notes, host }: Opened,
	reader: Guest
): Promise<string> {
	let going = name !== 'nobody attacks';
	let sent = 0;
	/** As much as the line takes, until it is closed. */
	async function flood(socket: WebSocket): Promise<void> {
		const isOpen = () => going && socket.readyState === WebSocket.OPEN;
		if (greeting) {
			let greeted = false;
			socket.on('message', (data: Buffer) => (greeted ||= data.toString().startsWith('40')));
			socket.send(greeting);
			while (isOpen() && !greeted) await wait(1);
		}
		if (deaf) socket.pause();
		while (isOpen()) {
			socket.send(message(sent++));
			while (isOpen() && socket.bufferedAmount > 1e6) await wait(1);
			if (sent % 50 === 0) await wait(1);
		}
		// one that does not read would not hear that it may go
		socket.terminate();
	}

	const attackers = [...Array(5).keys()].map(async () => {
		while (going) {
			const socket = new WebSocket(address);
			await new Promise<void>((done) => {
				socket.on('error', () => done());
				socket.on('close', () => done());
				socket.on('open', () => void flood(socket));
			});
			// so many connections a minute as one address may open, and no more
			await wait(100);
		}
	});
	const [writing, reading] = [host, reader].map(({ token }) => sync(server.origin, room.id, notes, token));
	await Promise.all([writing!.ready(), reading!.ready()]);
	const begun = new Map<string, number>();
	const took: number[] = [];
	reading!.doc.getMap('m').observe(({ keysChanged }) => {
		for (const key of keysChanged) took.push(performance.now() - (begun.get(String(key)) ?? NaN));
	});
	await wait(500);
	for (let n = 0; n < edits; n++) {
		const key = `${name} ${n}`;
		begun.set(key, performance.now());
		writing!.doc.getMap('m').set(key, n);
		await wait(20);
	}
	await until(() => took.length === edits, 'all edits are there', 60_000);
	going = false;
	await Promise.all(attackers);
	for (const one of [writing!, reading!]) one.close();
	const ms = (p: number) => `${quantile(took, p).toFixed(1)} ms`;
	return `${name}: p50 ${ms(0.5)}, p99 ${ms(0.99)}, slowest ${ms(1)} (${sent} messages of attackers)`;
}
