import { request, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { until } from '../../tests/support/until.ts';
import { createHttp, httpLimits, type HttpLimits } from './http.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
	for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function served(
	limits: Partial<HttpLimits>
): Promise<{ http: Server; port: number; refused(): number }> {
	let refused = 0;
	const http = createHttp(
		{ ...httpLimits(8000, false), ...limits },
		() => refused++,
		(_, response) => response.end('here')
	);
	await new Promise<void>((done) => http.listen(0, '127.0.0.1', done));
	cleanups.push(() => {
		http.closeAllConnections();
		return new Promise((done) => http.close(done));
	});
	return { http, port: (http.address() as AddressInfo).port, refused: () => refused };
}

/** A connection that says no more than this. */
function hold(port: number, says = ''): { socket: Socket; closed(): boolean } {
	const socket = connect(port, '127.0.0.1');
	let closed = false;
	socket.on('close', () => (closed = true));
	socket.on('error', () => {});
	socket.resume();
	if (says) socket.write(says);
	cleanups.push(() => socket.destroy());
	return { socket, closed: () => closed };
}

function answered(port: number): Promise<boolean> {
	return new Promise((done) => {
		const asked = request({ port, host: '127.0.0.1', agent: false }, (response) => {
			response.resume();
			response.on('end', () => done(true));
		});
		asked.on('error', () => done(false));
		asked.end();
	});
}

it('an address that holds as many connections open as it may gets no more, until it lets go of some', async () => {
	const { port, refused } = await served({ connections: 5 });
	const held = Array.from({ length: 5 }, () => hold(port));
	await until(async () => !(await answered(port)), 'there are too many');
	const before = refused();
	expect(before).toBeGreaterThan(0);
	expect(held.filter(({ closed }) => closed())).toEqual([]);
	held[0]!.socket.destroy();
	await until(() => answered(port), 'there is room again');
});

it('a connection that says nothing, or never comes to an end, is closed', async () => {
	const { port } = await served({ head: 100, whole: 200, look: 50 });
	const slow = [
		hold(port),
		hold(port, 'GET / HTTP/1.1\r\nHost: x\r\n'),
		hold(port, 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n1')
	];
	await until(() => slow.every(({ closed }) => closed()), 'they are closed');
	expect(await answered(port)).toBe(true);
});

it('counts nobody behind a proxy, and leaves room for pages beside the sockets', () => {
	expect(httpLimits(8000, true).connections).toBe(Infinity);
	expect(httpLimits(8000, false).connections).toBe(16_000);
	expect(httpLimits(10, false).connections).toBe(210);
});
