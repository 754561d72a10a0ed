/**
 * A slow line between browsers and the server, as in a hotel: with LAG set, what goes over it takes about that many
 * milliseconds in each direction, now more and now less. So whoever does not wait for what they need finds it missing.
 * What tests ask of the server themselves is as quick as ever.
 */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { withSeed } from '../../server/sync/testing/soak.ts';
import { diceOf } from './chance.ts';

/** Milliseconds one way; 0: there is no line between. */
export const LAG = Number(process.env.LAG ?? 0);

/** How often things take as long as usual: as patient are tests. */
export const patience = LAG > 0 ? 3 : 1;

export interface Line {
	/** For a browser's `proxy`. */
	proxy: { server: string };
	close(): Promise<void>;
}

/** Null where none is asked for. Which connection and which piece is how slow, `SEED=…` repeats as far as it can be. */
export async function layLine(): Promise<Line | null> {
	if (LAG === 0) return null;
	const { roll } = diceOf(withSeed(`A line that lags by ${LAG} ms`));
	const around = (ms: number, part: number) => ms * (1 - part + 2 * part * roll());
	const open = new Set<Socket>();
	const server = createServer({ noDelay: true }, (near) => {
		// connections of one page differ more than what comes over one of them
		const base = around(LAG, 0.5);
		const lag = () => around(base, 0.25);
		open.add(near);
		near.once('close', () => open.delete(near));
		near.on('error', () => near.destroy());
		greet(near, (far, first) => {
			open.add(far);
			far.once('close', () => open.delete(far));
			far.on('error', () => far.destroy());
			carry(near, far, lag, first);
			carry(far, near, lag);
		});
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const { port } = server.address() as AddressInfo;
	return {
		proxy: { server: `socks5://127.0.0.1:${port}` },
		close: async () => {
			const closed = new Promise((done) => server.close(done));
			for (const socket of open) socket.destroy();
			await closed;
		}
	};
}

/** What comes from there goes here, later and in the same order; its end too. */
function carry(from: Socket, to: Socket, lag: () => number, first: Buffer = Buffer.alloc(0)): void {
	const acts: (() => void)[] = [];
	let last = 0;
	const later = (act: () => void) => {
		const now = performance.now();
		last = Math.max(last, now + lag());
		acts.push(act);
		// the first that waits, whichever timer it is: two that are due at once may ring in either order
		setTimeout(() => acts.shift()!(), last - now);
	};
	const pass = (piece: Buffer) => later(() => to.write(piece));
	if (first.length > 0) pass(first);
	from.on('data', pass);
	from.on('end', () => later(() => to.end()));
	from.on('close', () => later(() => to.destroy()));
}

/** SOCKS 5 (RFC 1928) as Chromium speaks it: no name, no password, CONNECT. */
function greet(near: Socket, connected: (far: Socket, first: Buffer) => void): void {
	let said = Buffer.alloc(0);
	let greeted = false;
	const hear = (piece: Buffer) => {
		said = Buffer.concat([said, piece]);
		if (!greeted) {
			if (said.length < 2 || said.length < 2 + said[1]!) return;
			said = said.subarray(2 + said[1]!);
			greeted = true;
			near.write(Buffer.from([5, 0]));
		}
		const asked = addressIn(said);
		if (asked === null) return;
		near.off('data', hear);
		near.pause();
		const far = connect({ host: asked.host, port: asked.port, noDelay: true });
		const refused = () => near.end(answer(5));
		far.once('error', refused);
		far.once('connect', () => {
			far.off('error', refused);
			near.write(answer(0));
			connected(far, said.subarray(asked.length));
			near.resume();
		});
	};
	near.on('data', hear);
}

const answer = (code: number) => Buffer.from([5, code, 0, 1, 0, 0, 0, 0, 0, 0]);

/** Null: not all of it has come yet. */
function addressIn(said: Buffer): { host: string; port: number; length: number } | null {
	if (said.length < 5) return null;
	const named = said[3] === 3;
	const from = named ? 5 : 4;
	const to = from + (named ? said[4]! : 4);
	if (said.length < to + 2) return null;
	const address = said.subarray(from, to);
	return {
		host: named ? address.toString() : address.join('.'),
		port: said.readUInt16BE(to),
		length: to + 2
	};
}
