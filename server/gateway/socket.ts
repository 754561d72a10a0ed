/** A `ws` socket as the engine sees it. */
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Socket } from '../sync/socket.ts';

const FINAL_BINARY = 0x82;
/** From here on copying a message costs more than writing its header apart from it, as `ws` does. */
const LARGE = 64 * 1024;

/** What was sent last, with its header: a message for many sockets goes to one after the other, framed once for all. */
let last: { message: Uint8Array; frame: Buffer } | null = null;

/**
 * `stream` is what `socket` was opened on. Without compression `ws` writes each frame whole and at once, so that
 * frames written here stand between its own pings and closes as they would have through it.
 */
export function adapt(socket: WebSocket, stream: Duplex): Socket {
	return {
		get isOpen() {
			return socket.readyState === socket.OPEN;
		},
		get bufferedAmount() {
			return stream.writableLength;
		},
		send(message) {
			if (message.byteLength >= LARGE) return socket.send(message);
			if (last?.message !== message) last = { message, frame: framed(message) };
			stream.write(last.frame);
		},
		close: (code, reason) => socket.close(code, reason)
	};
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
