import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import { readSyncMessage, writeSyncStep1, writeUpdate } from 'y-protocols/sync';
import * as Y from 'yjs';
import type { Connection, Hub } from '../hub.ts';
import type { Who } from '../presence.ts';

interface Options {
	who?: Who;
	access?: 'read' | 'write';
	saved?: boolean;
	doc?: Y.Doc;
	/** Begins as the stock provider does, with step 1 and its presence. */
	greet?: boolean;
}

/**
 * A client over a pair of queues that only move when they are flushed: `up` from the client to the server, `down`
 * from the server to the client. Speaks the protocol with y-protocols' own code.
 */
export class TestClient {
	readonly doc: Y.Doc;
	readonly awareness: Awareness;
	readonly connection: Connection;
	readonly up: Uint8Array[] = [];
	readonly down: Uint8Array[] = [];
	readonly closes: number[] = [];
	readonly denials: string[] = [];
	/** The updates in the messages that have reached the server, in order. */
	readonly sent: Uint8Array[] = [];
	/** The last count of message type 100. */
	saved: number | null = null;
	/** What the server's side believes to be waiting in the socket. */
	bufferedAmount = 0;
	open = true;
	/** The server reads no more for now. */
	paused = false;

	constructor(hub: Hub, name: string, options: Options = {}) {
		const { who = { person: 'tom', name: 'Tom' }, access = 'write', saved = false, greet = true } = options;
		this.doc = options.doc ?? new Y.Doc();
		this.awareness = new Awareness(this.doc);
		const socket = {
			isOpen: true,
			bufferedAmount: 0,
			send: (bytes: Uint8Array) => void this.down.push(bytes),
			pause: () => void (this.paused = true),
			resume: () => void (this.paused = false),
			close: (code: number) => {
				socket.isOpen = false;
				this.open = false;
				this.closes.push(code);
			}
		};
		Object.defineProperty(socket, 'bufferedAmount', { get: () => this.bufferedAmount });
		this.connection = hub.connect(socket, name, who, access, { saved });
		this.doc.on('update', this.#hear);
		if (greet) this.send(0, (encoder) => writeSyncStep1(encoder, this.doc));
		this.awareness.on('update', ({ added, updated, removed }: Record<string, number[]>) =>
			this.present([...added!, ...updated!, ...removed!])
		);
	}

	send(type: number, write: (encoder: encoding.Encoder) => void): void {
		const message = encoding.encode((encoder) => {
			encoding.writeVarUint(encoder, type);
			write(encoder);
		});
		this.up.push(message);
	}

	/** Sends the presence of these awareness clients, as the stock provider does even for others'. */
	present(clients: number[]): void {
		this.send(1, (encoder) =>
			encoding.writeVarUint8Array(encoder, encodeAwarenessUpdate(this.awareness, clients))
		);
	}

	/** Moves what waits for the server. */
	flushUp(count = Infinity): this {
		while (count-- > 0 && this.up.length > 0 && this.open) {
			const message = this.up.shift()!;
			const [type, step] = message;
			// the length of the update is a number of seven bits a byte
			if (type === 0 && step !== 0)
				this.sent.push(message.slice(message.findIndex((b, i) => i > 1 && b < 128) + 1));
			this.connection.receive(message);
		}
		return this;
	}

	/** Moves what waits for the client. */
	flushDown(count = Infinity): this {
		while (count-- > 0 && this.down.length > 0) this.#read(this.down.shift()!);
		return this;
	}

	text(): string {
		return this.doc.getText('t').toString();
	}

	write(text: string): this {
		this.doc.getText('t').insert(this.doc.getText('t').length, text);
		return this;
	}

	/** The line is cut; the server hears of it when the test says so. */
	leave(): void {
		this.open = false;
		this.connection.closed();
	}

	/** Nothing that the document does is sent any more. */
	silence(): void {
		this.doc.off('update', this.#hear);
		this.up.length = this.down.length = 0;
	}

	#hear = (update: Uint8Array, origin: unknown) => {
		if (origin !== this) this.send(0, (encoder) => writeUpdate(encoder, update));
	};

	#read(message: Uint8Array): void {
		const decoder = decoding.createDecoder(message);
		switch (decoding.readVarUint(decoder)) {
			case 0: {
				const answer = encoding.createEncoder();
				encoding.writeVarUint(answer, 0);
				readSyncMessage(decoder, answer, this.doc, this);
				if (encoding.length(answer) > 1) this.up.push(encoding.toUint8Array(answer));
				return;
			}
			case 1:
				return applyAwarenessUpdate(this.awareness, decoding.readVarUint8Array(decoder), this);
			case 2:
				decoding.readVarUint(decoder);
				this.denials.push(decoding.readVarString(decoder));
				return;
			case 100:
				this.saved = decoding.readVarUint(decoder);
		}
	}
}
