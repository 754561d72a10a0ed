import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { Socket } from '../sync/socket.ts';
import { adapt } from './socket.ts';

const ends: (() => void)[] = [];
afterEach(() => {
	for (const end of ends.splice(0)) end();
});

/** A client of `ws`, and the server's side of its socket. */
async function pair(): Promise<{ client: WebSocket; socket: Socket; ws: WebSocket; stream: Duplex }> {
	const http = createServer();
	const server = new WebSocketServer({ noServer: true, perMessageDeflate: false });
	const accepted = new Promise<{ ws: WebSocket; stream: Duplex }>((resolve) =>
		http.on('upgrade', (request, stream, head) =>
			server.handleUpgrade(request, stream, head, (ws) => resolve({ ws, stream }))
		)
	);
	await new Promise<void>((done) => http.listen(0, '127.0.0.1', done));
	const client = new WebSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}`);
	ends.push(() => {
		client.terminate();
		http.close();
	});
	const { ws, stream } = await accepted;
	if (client.readyState !== client.OPEN) await new Promise((done) => client.once('open', done));
	return { client, ws, stream, socket: adapt(ws, stream) };
}

function heard(client: WebSocket, count: number): Promise<Buffer[]> {
	const messages: Buffer[] = [];
	return new Promise((done) =>
		client.on('message', (data: Buffer) => {
			if (messages.push(data) === count) done(messages);
		})
	);
}

describe('a framed socket', () => {
	it('sends messages of every length as they are', async () => {
		const { client, socket } = await pair();
		const lengths = [0, 1, 125, 126, 127, 65_535, 65_536, 200_000];
		const arrived = heard(client, lengths.length);
		const sent = lengths.map((length) => new Uint8Array(length).map((_, n) => (n * 7 + length) % 256));
		for (const message of sent) socket.send(message);
		for (const [n, message] of (await arrived).entries()) {
			expect(Buffer.compare(message, sent[n]!), `${lengths[n]} bytes`).toBe(0);
		}
	});

	it('sends one message to many sockets, and another to each between', async () => {
		const [a, b] = [await pair(), await pair()];
		const all = Uint8Array.of(1, 2, 3);
		const arrived = Promise.all([heard(a.client, 3), heard(b.client, 3)]);
		for (const n of [1, 2]) {
			a.socket.send(all);
			if (n === 1) a.socket.send(Uint8Array.of(9));
			b.socket.send(all);
			if (n === 1) b.socket.send(Uint8Array.of(8));
		}
		expect((await arrived).map((messages) => messages.map((message) => [...message]))).toEqual([
			[[1, 2, 3], [9], [1, 2, 3]],
			[[1, 2, 3], [8], [1, 2, 3]]
		]);
	});

	it('keeps its messages in order with those of ws, and before the close', async () => {
		const { client, socket, ws } = await pair();
		const events: string[] = [];
		client.on('message', (data: Buffer) => events.push(`message ${data[0]}`));
		client.on('ping', () => events.push('ping'));
		const closed = new Promise<void>((done) =>
			client.on('close', (code) => {
				events.push(`close ${code}`);
				done();
			})
		);
		socket.send(Uint8Array.of(1));
		ws.ping();
		socket.send(Uint8Array.of(2));
		ws.send(Uint8Array.of(3));
		socket.send(Uint8Array.of(4));
		socket.close(4422, 'enough');
		await closed;
		expect(events).toEqual(['message 1', 'ping', 'message 2', 'message 3', 'message 4', 'close 4422']);
		expect(socket.isOpen).toBe(false);
	});

	it('tells how much a client that does not read lets pile up', async () => {
		const { client, socket } = await pair();
		client.pause();
		const message = new Uint8Array(32 * 1024);
		for (let n = 0; n < 2000 && socket.bufferedAmount === 0; n++) socket.send(message);
		expect(socket.bufferedAmount).toBeGreaterThan(0);
	});
});
