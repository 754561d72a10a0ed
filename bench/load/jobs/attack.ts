/** What attackers send, as fast as the line takes it, and again whenever they are closed. */
import { WebSocket } from 'ws';
import { wait } from '../../figures.ts';
import type { Stage } from '../worker.ts';

const varint = (n: number): number[] => (n > 127 ? [(n & 127) | 128, ...varint(n >>> 7)] : [n]);
const frame = (step: number, payload: Uint8Array) =>
	Buffer.concat([Buffer.from([0, step, ...varint(payload.length)]), payload]);
/** An update of one letter, at this clock of a client and this place. */
const letter = (client: number, clock: number, place: number[]) =>
	new Uint8Array([1, 1, ...varint(client), clock, ...place, 1, 120, 0]);

/** Of one client, from its beginning, each as costly as so many bytes can be. */
function letters(client: number, count: number): Uint8Array {
	const head = [1, ...varint(count), ...varint(client), 0];
	const update = new Uint8Array(head.length + 6 * count + 1);
	update.set(head);
	for (let n = 0; n < count; n++) update.set([4, 1, 1, 97, 1, 120], head.length + 6 * n);
	return update;
}

/** 100,000 structs of two bytes, of which the first is 0 and the second how long it is. */
const structs = new Uint8Array([
	1,
	...varint(100_000),
	9,
	0,
	...Array.from({ length: 200_000 }, (_, i) => i % 2),
	0
]);

interface Attack {
	/** Whether it is a document or the command road that is attacked. */
	on: 'document' | 'commands';
	message(n: number): Buffer | string;
	/** It does not read what is answered. */
	deaf?: boolean;
}

export const attacks = {
	'bytes that are no message': {
		on: 'document',
		message: (n) => Buffer.from([0, 2, 5, n & 127, 200, 1, n & 127])
	},
	'asking for a large document again and again': {
		on: 'document',
		message: (n) => frame(0, new Uint8Array([1, 1 + (n & 63), 1]))
	},
	'updates of 100,000 structs': { on: 'document', message: () => frame(2, structs) },
	'updates of 170,000 letters, always new': {
		on: 'document',
		message: (n) => frame(2, letters(100_000 + n, 170_000))
	},
	'updates that wait for what nobody sends': {
		on: 'document',
		message: (n) => frame(2, letter(1000 + n, 1, [0x84, ...varint(1000 + n), 0]))
	},
	'one letter at a time': {
		on: 'document',
		message: (n) => frame(2, letter(1000 + n, 0, [4, 1, 1, 97]))
	},
	'clocks said again as something else': {
		on: 'document',
		message: (n) => frame(2, letter(1, 0, [4, 1, 1, 97 + (n & 7)]))
	},
	'events of the command road': { on: 'commands', message: () => '421["clock"]' },
	'events whose answers are not read': { on: 'commands', message: () => '421["command",{}]', deaf: true }
} satisfies Record<string, Attack>;

export interface Attackers {
	attack: keyof typeof attacks;
	/** Of a document, one for each of them. */
	documents: string[];
	/** The server's command road. */
	commands: string;
}

/** Stages: 'under way'. Returns how many messages were sent. */
export async function attack(job: Attackers, stage: Stage): Promise<number> {
	const { on, message, deaf }: Attack = attacks[job.attack];
	let going = true;
	let sent = 0;

	async function flood(socket: WebSocket): Promise<void> {
		const isOpen = () => going && socket.readyState === WebSocket.OPEN;
		if (on === 'commands') {
			let greeted = false;
			socket.on('message', (data: Buffer) => (greeted ||= data.toString().startsWith('40')));
			socket.send('40{}');
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

	const attackers = job.documents.map(async (document) => {
		while (going) {
			const socket = new WebSocket(on === 'document' ? document : job.commands);
			await new Promise<void>((done) => {
				socket.on('error', () => done());
				socket.on('close', () => done());
				socket.on('open', () => void flood(socket));
			});
			// so many connections a minute as one address may open, and no more
			await wait(100);
		}
	});
	await stage('under way');
	going = false;
	await Promise.all(attackers);
	return sent;
}
