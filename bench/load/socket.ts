/**
 * A WebSocket client that costs as little as possible, so that a thousand of them leave a core to what is measured.
 * It reads into one shared buffer, and payloads only where somebody wants them. Its frames are masked with zeros,
 * which the protocol allows, and which every server unmasks like any other mask.
 */
import { randomBytes } from 'node:crypto';
import { connect, type Socket as TcpSocket } from 'node:net';

const shared = Buffer.allocUnsafe(256 * 1024);
const PING = 9;
const PONG = 10;
const CLOSE = 8;
const BINARY = 2;

export class LeanSocket {
	/** Whole binary messages; null: they are only counted. A message's bytes are its own. */
	hear: ((message: Uint8Array) => void) | null = null;
	/** So many bytes of a message are kept for `hear`. */
	most = Infinity;
	/** Called for every binary message, wanted or not. */
	onFrame: (() => void) | null = null;
	frames = 0;
	bytes = 0;
	closed: number | null = null;
	readonly #tcp: TcpSocket;
	#open: (() => void) | null;
	#fail: ((error: Error) => void) | null;
	#answer = '';
	/** Of the frame that is being read. */
	readonly #header = Buffer.alloc(10);
	#headerLength = 0;
	#opcode = 0;
	#left = 0;
	#payload: Uint8Array | null = null;
	#filled = 0;
	/** Resolves when the server has accepted. */
	readonly opened: Promise<void>;

	constructor(url: string) {
		const { hostname, port, pathname, search } = new URL(url);
		const { promise, resolve, reject } = Promise.withResolvers<void>();
		this.opened = promise;
		this.#open = resolve;
		this.#fail = reject;
		this.#tcp = connect({
			host: hostname,
			port: Number(port),
			noDelay: true,
			onread: {
				buffer: shared,
				callback: (length, buffer) => {
					this.#read(buffer as Buffer, length);
					return true;
				}
			}
		});
		this.#tcp.on('connect', () =>
			this.#tcp.write(
				`GET ${pathname}${search} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nUpgrade: websocket\r\n` +
					`Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n` +
					`Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n\r\n`
			)
		);
		this.#tcp.on('error', (error) => this.#end(error));
		this.#tcp.on('close', () => this.#end(new Error(`${url} was closed before it was open.`)));
	}

	send(message: Uint8Array): void {
		this.#frame(BINARY, message);
	}

	/** Stops reading, as a client does whose machine is too slow; `resume` goes on. */
	pause(): void {
		this.#tcp.pause();
	}

	resume(): void {
		this.#tcp.resume();
	}

	close(): void {
		this.#tcp.destroy();
	}

	#end(error: Error): void {
		this.closed ??= 1006;
		this.#fail?.(error);
		this.#open = this.#fail = null;
	}

	#frame(opcode: number, message: Uint8Array): void {
		const { length } = message;
		const size = length < 126 ? 2 : length < 65_536 ? 4 : 10;
		const frame = Buffer.alloc(size + 4 + length);
		frame[0] = 0x80 | opcode;
		if (size === 2) frame[1] = 0x80 | length;
		else if (size === 4) {
			frame[1] = 0x80 | 126;
			frame.writeUInt16BE(length, 2);
		} else {
			frame[1] = 0x80 | 127;
			frame.writeBigUInt64BE(BigInt(length), 2);
		}
		frame.set(message, size + 4);
		this.#tcp.write(frame);
	}

	#read(buffer: Buffer, end: number): void {
		let at = 0;
		if (this.#open !== null) {
			// the answer to the upgrade; frames may follow in the same read
			this.#answer += buffer.toString('latin1', 0, end);
			const done = this.#answer.indexOf('\r\n\r\n');
			if (done < 0) return;
			if (!this.#answer.startsWith('HTTP/1.1 101')) {
				this.#end(new Error(`The server answered ${this.#answer.split('\r\n', 1)[0]}.`));
				return this.close();
			}
			at = end - (this.#answer.length - done - 4);
			this.#open();
			this.#open = this.#fail = null;
		}
		while (at < end) at = this.#left > 0 ? this.#body(buffer, at, end) : this.#head(buffer, at);
	}

	#head(buffer: Buffer, at: number): number {
		const header = this.#header;
		header[this.#headerLength++] = buffer[at]!;
		if (this.#headerLength < 2) return at + 1;
		const short = header[1]! & 127;
		const size = short < 126 ? 2 : short === 126 ? 4 : 10;
		if (this.#headerLength < size) return at + 1;
		this.#headerLength = 0;
		this.#opcode = header[0]! & 15;
		this.#left = size === 2 ? short : size === 4 ? header.readUInt16BE(2) : Number(header.readBigUInt64BE(2));
		const wanted = this.hear !== null || this.#opcode >= CLOSE;
		this.#payload = wanted ? new Uint8Array(Math.min(this.#left, this.most)) : null;
		this.#filled = 0;
		if (this.#left === 0) this.#done();
		return at + 1;
	}

	#body(buffer: Buffer, at: number, end: number): number {
		const taken = Math.min(this.#left, end - at);
		const kept = this.#payload === null ? 0 : Math.min(taken, this.#payload.length - this.#filled);
		if (kept > 0) this.#payload!.set(buffer.subarray(at, at + kept), this.#filled);
		this.#filled += taken;
		this.#left -= taken;
		if (this.#left === 0) this.#done();
		return at + taken;
	}

	#done(): void {
		const payload = this.#payload;
		this.#payload = null;
		if (this.#opcode === PING) return this.#frame(PONG, payload ?? new Uint8Array());
		if (this.#opcode === CLOSE && payload !== null) {
			this.closed = payload.length < 2 ? 1005 : payload[0]! * 256 + payload[1]!;
			return this.close();
		}
		this.frames++;
		this.bytes += this.#filled;
		this.onFrame?.();
		if (payload !== null) this.hear?.(payload);
	}
}
