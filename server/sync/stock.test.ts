import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { Committer } from '../storage/committer.ts';
import { CLOSE, createHub, type Hub } from './hub.ts';
import { memoryStore } from './testing/store.ts';

/** The stock client, unmodified, over real sockets; `?as=<person>` and `?read` stand for what a gateway finds out. */
function serve(hub: Hub) {
	const http = createServer();
	const sockets = new WebSocketServer({ server: http });
	let upgrades = 0;
	sockets.on('connection', (ws: WebSocket, request) => {
		upgrades++;
		const { pathname, searchParams } = new URL(request.url!, 'http://x');
		const person = searchParams.get('as') ?? 'tom';
		const socket = {
			get isOpen() {
				return ws.readyState === ws.OPEN;
			},
			get bufferedAmount() {
				return ws.bufferedAmount;
			},
			send: (bytes: Uint8Array) => ws.send(bytes),
			pause: () => ws.pause(),
			resume: () => ws.resume(),
			close: (code: number, reason: string) => ws.close(code, reason)
		};
		const access = searchParams.has('read') ? 'read' : 'write';
		const saved = searchParams.get('saved') === '1';
		const connection = hub.connect(socket, pathname.slice(1), { person, name: person }, access, { saved });
		ws.on('message', (data: Buffer) => connection.receive(data));
		ws.on('close', () => connection.closed());
		ws.on('error', () => {});
	});
	return new Promise<{ url: string; upgrades: () => number; waiting: () => number; close: () => void }>(
		(resolve) =>
			http.listen(0, '127.0.0.1', () =>
				resolve({
					url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}`,
					upgrades: () => upgrades,
					/** Bytes that wait in the socket that has the most. */
					waiting: () => Math.max(...[...sockets.clients].map(({ bufferedAmount }) => bufferedAmount)),
					close() {
						for (const ws of sockets.clients) ws.terminate();
						http.close();
					}
				})
			)
	);
}

const until = (check: () => boolean) =>
	vi.waitFor(() => expect(check()).toBe(true), { timeout: 5000, interval: 5 });
/** What may wait in a socket. */
const LIMIT = 1024 * 1024;
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

describe('the stock WebsocketProvider', () => {
	const memory = () => {
		const { store, control } = memoryStore();
		const hub = createHub({
			store,
			committer: new Committer(store),
			limits: { document: 4_000_000, update: 400_000, buffer: LIMIT, work: Infinity, workBurst: Infinity }
		});
		return { hub, control };
	};
	let world: ReturnType<typeof memory>;
	let server: Awaited<ReturnType<typeof serve>>;
	const providers: WebsocketProvider[] = [];

	beforeEach(async () => {
		world = memory();
		server = await serve(world.hub);
	});
	afterEach(() => {
		for (const provider of providers.splice(0)) provider.destroy();
		server.close();
		vi.restoreAllMocks();
	});

	function join(params: Record<string, string> = {}, doc = new Y.Doc()) {
		const provider = new WebsocketProvider(server.url, 'r/board', doc, { params, disableBc: true });
		providers.push(provider);
		return provider;
	}

	const text = (provider: WebsocketProvider) => provider.doc.getText('t').toString();

	it('W2, W3: syncs both ways, and shows who is there', async () => {
		const a = join();
		a.doc.getText('t').insert(0, 'before ');
		const b = join({ as: 'aisha' });
		await until(() => a.synced && b.synced && text(b) === 'before ');
		b.doc.getText('t').insert(7, 'after');
		b.awareness.setLocalState({ cursor: 1 });
		await until(() => text(a) === 'before after');
		await until(() => a.awareness.getStates().has(b.doc.clientID));
		expect(a.awareness.getStates().get(b.doc.clientID)).toEqual({
			cursor: 1,
			user: { id: 'aisha', name: 'aisha' }
		});
		b.destroy();
		await until(() => !a.awareness.getStates().has(b.doc.clientID));
	});

	it('A2: a reader is synced, told of what it may not do, and does not loop', async () => {
		const warned = vi.spyOn(console, 'warn').mockImplementation(() => {});
		const doc = new Y.Doc();
		doc.getText('t').insert(0, 'own');
		const reader = join({ read: '' }, doc);
		const writer = join();
		await until(() => reader.synced && writer.synced);
		reader.doc.getText('t').insert(0, 'mine ');
		await until(() => warned.mock.calls.length > 0);
		writer.doc.getText('t').insert(0, 'seen');
		await until(() => text(reader).includes('seen'));
		await sleep(300);
		expect(server.upgrades()).toBe(2);
		expect(world.control.log).toHaveLength(1);
	});

	it('W6: a permanent code ends it, and what the user wrote is still in the client', async () => {
		const a = join();
		await until(() => a.synced);
		const closed = new Promise<{ code: number }>((resolve) => a.on('closed', resolve));
		a.doc.getText('t').insert(0, 'x'.repeat(500_000));
		expect(await closed).toMatchObject({ code: CLOSE.tooLarge });
		await sleep(500);
		expect(server.upgrades()).toBe(1);
		expect(text(a)).toHaveLength(500_000);
	});

	it('W6, D3: a passing failure is tried again until everything is saved', async () => {
		const a = join();
		await until(() => a.synced);
		world.control.commitError = new Error('disk full');
		a.doc.getText('t').insert(0, 'kept');
		await until(() => server.upgrades() > 1);
		world.control.commitError = null;
		await until(() => world.control.log.length === 1);
		const b = join();
		await until(() => text(b) === 'kept');
	});

	it('W5: says up to where it is saved, in a message that others never see', async () => {
		const errors = vi.spyOn(console, 'error').mockImplementation(() => {});
		const a = join({ saved: '1' });
		const counts: number[] = [];
		a.messageHandlers[100] = (_encoder, decoder) => {
			counts.push(decoder.arr[decoder.pos]!);
			decoder.pos = decoder.arr.length;
		};
		const b = join();
		await until(() => a.synced && b.synced);
		a.doc.getText('t').insert(0, 'x');
		await until(() => counts.at(-1) === 2);
		expect(text(b)).toBe('x');
		expect(errors).not.toHaveBeenCalled();
	});

	it('S1, S2: a paused socket in a busy room holds little, holds nobody up, and has everything afterwards', async () => {
		const [a, b] = [join(), join({ as: 'aisha' })];
		await until(() => a.synced && b.synced);
		const paused = new WebSocket(`${server.url}/r/board`);
		const copy = new Y.Doc();
		paused.on('message', (message: Buffer) => {
			const [type, step] = message;
			if (type !== 0 || step === 0) return;
			Y.applyUpdate(copy, message.subarray(message.findIndex((byte, i) => i > 1 && byte < 128) + 1));
		});
		await new Promise((resolve) => paused.once('open', resolve));
		paused.send(Buffer.from([0, 0, 1, 0]));
		await until(() => server.upgrades() === 3);
		paused.pause();
		const large = 'x'.repeat(200 * 1024);
		let most = 0;
		for (let n = 0; n < 100; n++) {
			a.doc.getMap('m').set('k', `${n} ${large}`);
			a.awareness.setLocalState({ cursor: n });
			await until(() => String(b.doc.getMap('m').get('k')).startsWith(`${n} `));
			most = Math.max(most, server.waiting());
		}
		// 20 MB went through the room; the socket has what fits below the limit, and one frame
		expect(most).toBeGreaterThan(LIMIT);
		expect(most).toBeLessThan(LIMIT + 2 * large.length);
		paused.resume();
		await until(() => String(copy.getMap('m').get('k')).startsWith('99 '));
		a.doc.getMap('m').set('k', 'small again');
		await until(() => copy.getMap('m').get('k') === 'small again');
		paused.terminate();
	}, 30_000);
});
