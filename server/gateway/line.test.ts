import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { until } from '../../tests/support/until.ts';
import { fakeClock } from '../storage/testing/clock.ts';
import { guardLine, lineLimits, type Line, type LineLimits } from './line.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
	for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** A server that answers `echo` with so many bytes, and lines to it that speak the protocol by hand. */
async function served(limits: Partial<LineLimits>) {
	const clock = fakeClock();
	const http = createServer();
	const io = new Server(http, { serveClient: false, transports: ['websocket'] });
	const ends: string[] = [];
	const most = { packets: 0, bytes: 0 };
	let echoed = 0;
	io.engine.on('connection', (line: Line) => {
		guardLine(line, { ...lineLimits, ...limits }, clock, (why) => ends.push(why));
		line.on('packetCreate', () => {
			// what waits is engine.io's own business, so that its types keep it from us
			const { writeBuffer: waiting } = line as unknown as { writeBuffer: { data?: string }[] };
			most.packets = Math.max(most.packets, waiting.length);
			most.bytes = Math.max(
				most.bytes,
				waiting.reduce((sum, { data }) => sum + (data?.length ?? 0), 0)
			);
		});
	});
	io.on('connection', (socket) => {
		socket.on('echo', (bytes: number, ack: (answer: string) => void) => {
			echoed++;
			ack('x'.repeat(bytes));
		});
	});
	await new Promise<void>((done) => http.listen(0, '127.0.0.1', done));
	cleanups.push(() => io.close());
	const { port } = http.address() as AddressInfo;

	async function line() {
		const socket = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`);
		const heard: string[] = [];
		const end = { code: null as number | null };
		socket.on('message', (data: Buffer) => void heard.push(data.toString()));
		socket.on('close', (code) => (end.code = code));
		socket.on('error', () => {});
		cleanups.push(() => socket.terminate());
		await new Promise<void>((done) => socket.once('open', done));
		socket.send('40{}');
		await until(() => heard.some((frame) => frame.startsWith('40')), 'it is connected');
		return {
			socket,
			heard,
			end,
			ask: (bytes = 1) => socket.send(`421["echo",${bytes}]`),
			answers: () => heard.filter((frame) => frame.startsWith('43')).length
		};
	}
	return { clock, line, ends, most, echoed: () => echoed };
}

describe('a line', () => {
	it('that says too much for too long is cut off, others and those that pause are not', async () => {
		const { clock, line, ends, echoed } = await served({ rate: 10, burst: 20 });
		const [calm, wild] = [await line(), await line()];
		// one went for the connection
		for (let n = 0; n < 19; n++) calm.ask();
		await until(() => calm.answers() === 19, 'all is answered');
		for (let second = 1; second <= 5; second++) {
			clock.advance(1000);
			for (let n = 0; n < 10; n++) calm.ask();
			await until(() => calm.answers() === 19 + 10 * second, 'all is answered');
		}
		const before = echoed();
		for (let n = 0; n < 500; n++) wild.ask();
		await until(() => wild.end.code !== null, 'it is cut off');
		expect(ends).toEqual(['tooFast']);
		expect(echoed() - before).toBeLessThanOrEqual(20);
		clock.advance(1000);
		calm.ask();
		await until(() => calm.answers() === 70, 'others go on');
	});

	it('that does not read is cut off before much waits for it, and takes nothing from others', async () => {
		const waiting = { packets: 100, bytes: 1024 * 1024 };
		const { line, ends, most } = await served({ rate: Infinity, burst: Infinity, waiting });
		const [deaf, other] = [await line(), await line()];
		deaf.socket.pause();
		// the kernel takes some megabytes before anything has to wait
		for (let n = 0; n < 2000 && ends.length === 0; n++) {
			deaf.ask(32 * 1024);
			if (n % 20 === 19) await new Promise((turn) => setImmediate(turn));
		}
		await until(() => ends.length > 0, 'it is cut off');
		expect(ends).toEqual(['slow']);
		expect(most.bytes).toBeLessThanOrEqual(waiting.bytes);
		other.ask(4 * 1024 * 1024);
		await until(() => other.answers() === 1, 'a large answer comes whole');
		expect(other.end.code).toBeNull();
	});

	it('has no more packets waiting than it may, however small they are', async () => {
		const waiting = { packets: 100, bytes: 1e9 };
		const { line, ends, most } = await served({ rate: Infinity, burst: Infinity, waiting });
		const deaf = await line();
		deaf.socket.pause();
		for (let n = 0; n < 2000 && ends.length === 0; n++) {
			// large ones first, so that the kernel has taken all it can
			deaf.ask(n < 300 ? 64 * 1024 : 1);
			if (n % 20 === 19) await new Promise((turn) => setImmediate(turn));
		}
		await until(() => ends.length > 0, 'it is cut off');
		expect(ends).toEqual(['slow']);
		expect(most.packets).toBeLessThanOrEqual(100);
	});
});
