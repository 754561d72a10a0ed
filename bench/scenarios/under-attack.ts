/** What people in one room notice while others attack another. */
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { guest, join, must, type Guest } from '../../tests/support/api.ts';
import { openRoom, type Opened } from '../../tests/support/opened.ts';
import { startServer } from '../../tests/support/server.ts';
import { sync } from '../../tests/support/sync.ts';
import { until } from '../../tests/support/until.ts';
import { quantile, wait } from '../figures.ts';
import { atMost, ms, type Section } from '../report.ts';

const varint = (n: number): number[] => (n > 127 ? [(n & 127) | 128, ...varint(n >>> 7)] : [n]);
const frame = (step: number, payload: Uint8Array) =>
	Buffer.from([0, step, ...varint(payload.length), ...payload]);
/** An update of one letter, at this clock of a client and this place. */
const letter = (client: number, clock: number, place: number[]) =>
	new Uint8Array([1, 1, ...varint(client), clock, ...place, 1, 120, 0]);

interface Attack {
	name: string;
	/** Where each attacker connects, and what it says first. */
	addresses: string[];
	greeting?: string;
	message(n: number): Buffer | string;
	/** It does not read what is answered. */
	deaf?: boolean;
}

/** What nobody notices: three pictures. */
const GOAL = 50;
const CALM = 'nobody attacks';
/** So many attack. */
const EVES = 5;
/** Edits before it counts, so that most code is compiled. */
const WARM_UP = 4;

/** Five attack one room, one after the other in each way; two write and read in another. Limits are on. */
export async function underAttack(edits: number): Promise<Section> {
	const server = await startServer();
	try {
		const calm = await openRoom(server.origin);
		const attacked = await openRoom(server.origin);
		const reader = await guest(server.origin, 'Reader');
		await join(reader, calm.room.id);
		const eves: Guest[] = [];
		for (let n = 1; n <= EVES; n++) {
			const eve = await guest(server.origin, `Eve ${n}`);
			await join(eve, attacked.room.id);
			await must(attacked.host, attacked.room.id, 'roster.assign', { person: eve.person.id, role: 'helper' });
			eves.push(eve);
		}
		const size = await fill(attacked);
		const found = [];
		const attacks = attacksOn(attacked, eves);
		await measure(attacks[0]!, calm, reader, WARM_UP * edits);
		for (const attack of attacks) found.push(await measure(attack, calm, reader, edits));
		const worst = found.toSorted((a, b) => b.p99 - a.p99)[0]!;
		return {
			title: 'Under attack',
			about:
				`Five people attack one room, whose board has ${(size / 1e6).toFixed(1)} MB, as fast as they can and again ` +
				`whenever they are closed, limits on. In another room somebody writes ${edits} times, every 20 ms, and somebody ` +
				`else reads: how long until it is there; ${WARM_UP * edits} times before it counts. Attackers, people and ` +
				'server share the machine.',
			columns: ['attack', 'p50 ms', 'p99 ms', 'slowest ms', 'messages of the attackers'],
			rows: found.map((one) => [
				one.name,
				ms(one.p50),
				ms(one.p99),
				ms(one.slowest),
				one.sent.toLocaleString('en')
			]),
			says: [
				`The worst p99 in the other room is ${ms(worst.p99)} ms (${worst.name}) ${atMost(worst.p99, GOAL, 'ms')}.`
			]
		};
	} finally {
		await server.close();
	}
}

/** Of letters that each begin a list, as costly as so many bytes can be: of one client, from its beginning. */
function letters(client: number, count: number): Uint8Array {
	const head = [1, ...varint(count), ...varint(client), 0];
	const update = new Uint8Array(head.length + 6 * count + 1);
	update.set(head);
	for (let n = 0; n < count; n++) update.set([4, 1, 1, 97, 1, 120], head.length + 6 * n);
	return update;
}

function attacksOn({ room, notes }: Opened, eves: readonly Guest[]): Attack[] {
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
		[CALM]: () => Buffer.alloc(0),
		'bytes that are no message': (n) => Buffer.from([0, 2, 5, n & 127, 200, 1, n & 127]),
		'asking for a large document again and again': (n) => frame(0, new Uint8Array([1, 1 + (n & 63), 1])),
		'updates of 100,000 structs': () => frame(2, structs),
		'updates of 170,000 letters, always new': (n) => frame(2, letters(100_000 + n, 170_000)),
		'updates that wait for what nobody sends': (n) =>
			frame(2, letter(1000 + n, 1, [0x84, ...varint(1000 + n), 0])),
		'one letter at a time': (n) => frame(2, letter(1000 + n, 0, [4, 1, 1, 97])),
		'clocks said again as something else': (n) => frame(2, letter(1, 0, [4, 1, 1, 97 + (n & 7)]))
	};
	const boards = eves.map(
		({ origin, token }) => `${origin.replace('http', 'ws')}/sync/${room.id}/${notes}?token=${token}`
	);
	const commands = eves.map(
		({ origin }) => `${origin.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`
	);
	return [
		...Object.entries(documents).map(([name, message]) => ({ name, addresses: boards, message })),
		{
			name: 'events of the command road',
			addresses: commands,
			greeting: '40{}',
			message: () => '421["clock"]'
		},
		{
			name: 'events whose answers are not read',
			addresses: commands,
			greeting: '40{}',
			message: () => '421["command",{}]',
			deaf: true
		}
	];
}

/** A board of some 2 MB, in pieces that a client may send. */
async function fill({ room, notes, host }: Opened): Promise<number> {
	const { origin } = host;
	const board = sync(origin, room.id, notes, host.token);
	await board.ready();
	for (let n = 0; n < 20_000; n += 500) {
		board.doc.transact(() => {
			for (let i = n; i < n + 500; i++)
				board.doc.getMap('notes').set(`n${i}`, `Note ${i}, ${'x'.repeat(70)}`);
		});
		await wait(50);
	}
	const copy = sync(origin, room.id, notes, host.token);
	await copy.shows('all notes', (doc) => doc.getMap('notes').size === 20_000, 30_000);
	board.close();
	copy.close();
	return Y.encodeStateAsUpdate(copy.doc).byteLength;
}

async function measure(
	{ name, addresses, greeting, message, deaf }: Attack,
	{ room, notes, host }: Opened,
	reader: Guest,
	edits: number
) {
	let going = name !== CALM;
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

	const attackers = addresses.map(async (address) => {
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
	const [writing, reading] = [host, reader].map(({ token }) => sync(host.origin, room.id, notes, token));
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
	const [p50, p99, slowest] = [0.5, 0.99, 1].map((p) => quantile(took, p)) as [number, number, number];
	return { name, sent, p50, p99, slowest };
}
