/** The HTTP server: how long a request may take to come, and how many connections one address may hold open. */
import { createServer, type RequestListener, type Server } from 'node:http';
import { networkOf } from '../identity/limits.ts';

export interface HttpLimits {
	/** TCP connections from one address, sockets included; Infinity behind a proxy, from which all come. */
	connections: number;
	/** Milliseconds: until the head of a request is there, and all of it; how long nothing may be asked in between. */
	head: number;
	whole: number;
	idle: number;
	/** How often it is looked whether that is over. */
	look: number;
}

/** Whoever is slow has a slow line, or means to hold connections open: nothing that is sent here is large. */
const PATIENCE = { head: 15_000, whole: 60_000, look: 5_000 };
/** A browser has what it needs of a page by then; a proxy keeps its connections for later, some for two minutes. */
const IDLE = { browser: 5_000, proxy: 125_000 };
/** Beside its sockets, what a hall's browsers open for the page: six each, two thousand of them within seconds. */
const PAGES = { part: 1, least: 200 };

/** `sockets`: as many as an address may have; see `CONNECTIONS_PER_ADDRESS`. */
export function httpLimits(sockets: number, behindProxy: boolean): HttpLimits {
	const connections = sockets + Math.max(PAGES.least, sockets * PAGES.part);
	return behindProxy
		? { ...PATIENCE, idle: IDLE.proxy, connections: Infinity }
		: { ...PATIENCE, idle: IDLE.browser, connections };
}

export function createHttp(limits: HttpLimits, refused: () => void, listener: RequestListener): Server {
	const server = createServer(
		{
			headersTimeout: limits.head,
			requestTimeout: limits.whole,
			keepAliveTimeout: limits.idle,
			connectionsCheckingInterval: limits.look
		},
		listener
	);
	const counts = new Map<string, number>();
	server.on('connection', (socket) => {
		const address = networkOf(socket.remoteAddress ?? 'unknown');
		const count = counts.get(address) ?? 0;
		// without a word: there is no request yet that could be answered
		if (count >= limits.connections) {
			refused();
			return socket.destroy();
		}
		counts.set(address, count + 1);
		socket.once('close', () => {
			const left = counts.get(address)! - 1;
			if (left > 0) counts.set(address, left);
			else counts.delete(address);
		});
	});
	return server;
}
