/** A `ws` socket as the engine sees it. */
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { CLOSE } from '../sync/close.ts';
import type { Socket } from '../sync/socket.ts';

/** How long a client may take to say goodbye, ms. */
export const GOODBYE = 1000;

/**
 * A socket's messages come one a turn of the event loop: hundreds of small ones fit into what is read at once, and others
 * have something to say as well.
 */
export const ONE_BY_ONE = { allowSynchronousEvents: false };

const FINAL_BINARY = 0x82;
/** `WebSocket.OPEN`. */
const OPEN = 1;
/** From here on copying a message costs more than writing its header apart from it, as `ws` does. */
const LARGE = 64 * 1024;

/** What was sent last, with its header: a message for many sockets goes to one after the other, framed once for all. */
let last: { message: Uint8Array; frame: Buffer } | null = null;

/**
 * `stream` is what `socket` was opened on. Without compression `ws` writes each frame whole and at once, so that
 * frames written here stand between its own pings and closes as they would have through it.
 */
export function adapt(socket: WebSocket, stream: Duplex): Socket {
	return new Framed(socket, stream);
}

/**
 * A class, for it is on the way of every delivery: object literals with getters have a shape each, and V8 looks up
 * every property of them anew (a tenth of the server's whole time at 400 readers).
 */
class Framed implements Socket {
	readonly #socket: WebSocket;
	readonly #stream: Duplex;

	constructor(socket: WebSocket, stream: Duplex) {
		this.#socket = socket;
		this.#stream = stream;
	}

	get isOpen(): boolean {
		return this.#socket.readyState === OPEN;
	}

	get bufferedAmount(): number {
		return this.#stream.writableLength;
	}

	send(message: Uint8Array): void {
		if (message.byteLength >= LARGE) return this.#socket.send(message);
		if (last?.message !== message) last = { message, frame: framed(message) };
		this.#stream.write(last.frame);
	}

	pause(): void {
		this.#socket.pause();
	}

	resume(): void {
		this.#socket.resume();
	}

	close(code: number, reason: string): void {
		this.#socket.close(code, reason);
		// what it had sent of a message stays in memory until it is gone
		if (code === CLOSE.overloaded) setTimeout(() => this.#socket.terminate(), GOODBYE).unref();
	}
}

/** RFC 6455, 5.2: one whole unmasked frame. */
export function framed(message: Uint8Array): Buffer {
	const { byteLength: length } = message;
	const header = length < 126 ? 2 : 4;
	const frame = Buffer.allocUnsafeSlow(header + length);
	frame[0] = FINAL_BINARY;
	if (header === 2) frame[1] = length;
	else {
		frame[1] = 126;
		frame.writeUInt16BE(length, 2);
	}
	frame.set(message, header);
	return frame;
}
