import type { Clock } from '../storage/clock.ts';
import { Overloaded, type Committer } from '../storage/committer.ts';
import { CLOSE, REASONS, type CloseCode } from './close.ts';
import type { Content } from './content.ts';
import type { Document } from './document.ts';
import type { Limits } from './limits.ts';
import type { Log } from '../storage/log.ts';
import type { Present, Who } from './presence.ts';
import { Rate } from './rate.ts';
import type { Socket } from './socket.ts';
import { inspect } from './validate.ts';
import * as wire from './wire.ts';

/** What a message has around its update, at most. */
const HEADER = 16;
/** How often a slow socket is looked at again, ms. */
const LOOK = 250;

export interface Connection {
	readonly id: string;
	readonly document: string;
	readonly person: string;
	/** Set by the gateway when roster or phase change. */
	access: 'read' | 'write';
	/** Every binary message of the socket. */
	receive(message: Uint8Array): void;
	/** The socket is gone. */
	closed(): void;
	close(code: CloseCode): void;
}

export interface ConnectionDeps {
	id: string;
	socket: Socket;
	document: Document;
	who: Who;
	access: 'read' | 'write';
	/** Tell the client how much of what it sent is durable. */
	saved: boolean;
	committer: Committer;
	clock: Clock;
	log: Log;
	limits: Limits;
	/** Notes who wrote an update, before it is committed. */
	wrote(update: Uint8Array, connection: SyncConnection): void;
	left(connection: SyncConnection): void;
}

/**
 * One socket's side of a document. `waiting` until the document is loaded; then `open`; in the end `closed`.
 * Updates are shown to it once its first step 1 was answered, for that answer holds all that came before.
 */
export class SyncConnection implements Connection, Present {
	readonly id: string;
	readonly who: Who;
	readonly #deps: ConnectionDeps;
	readonly #rate: Rate;
	#access: 'read' | 'write';
	#state:
		| { is: 'waiting'; messages: Uint8Array[]; bytes: number }
		| { is: 'open'; content: Content }
		| { is: 'closed' };
	#synced = false;
	/** State vector of what the socket was sent when it became too slow; null: it keeps up. */
	#behind: { vector: Uint8Array; callOff: () => void } | null = null;
	/** Per update that is being committed, for how many of the client's messages it stands. */
	readonly #unsaved: number[] = [];
	#saved = 0;

	constructor(deps: ConnectionDeps) {
		this.#deps = deps;
		this.id = deps.id;
		this.who = deps.who;
		this.#access = deps.access;
		this.#rate = new Rate(deps.clock, deps.limits.rate, deps.limits.burst);
		this.#state = { is: 'waiting', messages: [], bytes: 0 };
	}

	get document(): string {
		return this.#deps.document.name;
	}

	get person(): string {
		return this.who.person;
	}

	get access(): 'read' | 'write' {
		return this.#access;
	}

	set access(access: 'read' | 'write') {
		const widened = this.#access === 'read' && access === 'write';
		this.#access = access;
		// what it wrote while it might not is asked for again, or what follows would stand on nothing
		if (!widened || this.#state.is !== 'open') return;
		const { content } = this.#state;
		this.#guarded(() => this.#ask(content));
	}

	/** The document is loaded. */
	open(content: Content): void {
		if (this.#state.is !== 'waiting') return;
		const { messages } = this.#state;
		this.#state = { is: 'open', content };
		this.#guarded(() => {
			if (this.#access === 'write') this.#ask(content);
			this.#deps.document.presence.enter(this);
		});
		for (const message of messages) this.#handle(message);
	}

	receive(message: Uint8Array): void {
		const { limits } = this.#deps;
		if (this.#state.is === 'closed') return;
		if (!this.#rate.take()) return this.close(CLOSE.tooFast);
		if (this.#state.is === 'open') return this.#handle(message);
		this.#state.bytes += message.byteLength;
		if (this.#state.bytes > limits.waiting) return this.close(CLOSE.tooLarge);
		this.#state.messages.push(new Uint8Array(message));
	}

	close(code: CloseCode): void {
		if (this.#state.is === 'closed') return;
		this.closed();
		this.#deps.socket.close(code, REASONS[code]);
	}

	closed(): void {
		if (this.#state.is === 'closed') return;
		this.#state = { is: 'closed' };
		this.#behind?.callOff();
		this.#deps.document.presence.leave(this);
		this.#deps.left(this);
	}

	/** Sends what became durable; every connection of the document gets the same bytes. */
	show(frame: Uint8Array): void {
		if (this.#state.is !== 'open' || !this.#synced || this.#behind !== null) return;
		this.#send(frame);
		this.#watch();
	}

	tell(message: Uint8Array, skippable: boolean): void {
		if (skippable && this.#deps.socket.bufferedAmount > this.#deps.limits.presenceBuffer) return;
		if (this.#behind === null) this.#send(message);
	}

	/** The oldest of its updates that were being committed is durable, and was shown. */
	durable(): void {
		this.#saved += this.#unsaved.shift() ?? 0;
	}

	tellSaved(): void {
		if (this.#deps.saved) this.#send(wire.encodeSaved(this.#saved));
	}

	#handle(bytes: Uint8Array): void {
		// a message may have closed it, with more of them waiting
		if (this.#state.is !== 'open') return;
		if (bytes.byteLength > this.#deps.limits.step2 + HEADER) return this.close(CLOSE.tooLarge);
		this.#guarded(() => {
			const message = wire.decode(bytes);
			switch (message.kind) {
				case 'step1':
					return this.#answer(message.vector);
				case 'step2':
				case 'update':
					return this.#write(message.kind, message.update);
				case 'presence':
					return this.#deps.document.presence.receive(this, message.states);
				case 'query':
					return this.#deps.document.presence.tellAll(this);
				case 'other':
					return;
			}
		});
	}

	/** Whatever one client does, it ends here. */
	#guarded(work: () => void): void {
		try {
			work();
		} catch (error) {
			if (error instanceof wire.Malformed) return this.close(CLOSE.invalid);
			this.#deps.log.error({ err: error, document: this.document }, 'a message could not be handled');
			this.close(CLOSE.failed);
		}
	}

	#ask(content: Content): void {
		this.#send(wire.encodeStep1(content.vector()));
	}

	#answer(vector: Uint8Array): void {
		if (this.#state.is !== 'open') return;
		let missing;
		try {
			missing = this.#state.content.since(vector);
		} catch {
			return this.close(CLOSE.invalid);
		}
		this.#send(wire.encodeStep2(missing.step2));
		if (missing.update !== null) this.#send(wire.encodeUpdate(missing.update));
		this.#synced = true;
		this.#watch();
	}

	#write(kind: 'step2' | 'update', update: Uint8Array): void {
		const { document, committer, clock, limits, wrote } = this.#deps;
		if (this.#state.is !== 'open') return;
		const { content } = this.#state;
		if (update.byteLength > limits[kind]) return this.close(CLOSE.tooLarge);
		const decoded = inspect(update, limits);
		if (decoded === 'invalid') return this.close(CLOSE.invalid);
		if (decoded === 'too large') return this.close(CLOSE.tooLarge);
		if (isEmpty(update)) return this.#nothingNew();
		if (this.#access !== 'write') {
			return this.#send(
				wire.encodeDenied('You may read this document, but not change it. Nothing was saved.')
			);
		}
		if (!content.hasNews(kind, decoded)) return this.#nothingNew();
		if (content.size + update.byteLength > limits.document) {
			content.merged();
			if (content.size + update.byteLength > limits.document) return this.close(CLOSE.tooLarge);
		}
		const entry = { document: document.name, update, person: this.person, at: clock.now(), cause: null };
		wrote(update, this);
		this.#unsaved.push(1);
		committer.commit({ entries: [entry] }).catch((error: unknown) => this.#lost(error));
	}

	/** An update of which everything is durable already counts as soon as those before it do. */
	#nothingNew(): void {
		const last = this.#unsaved.length - 1;
		if (last >= 0) {
			this.#unsaved[last]!++;
		} else {
			this.#saved++;
			this.tellSaved();
		}
	}

	/** The client believes that it sent the update: only a new connection makes it send it again. */
	#lost(error: unknown): void {
		const overloaded = error instanceof Overloaded;
		if (!overloaded) {
			this.#deps.log.error({ err: error, document: this.document }, 'an update could not be saved');
		}
		this.close(overloaded ? CLOSE.overloaded : CLOSE.failed);
	}

	#send(bytes: Uint8Array): void {
		if (this.#deps.socket.isOpen) this.#deps.socket.send(bytes);
	}

	/** Once too much waits in the socket, one resync stands in for everything until that is gone. */
	#watch(): void {
		const { socket, limits } = this.#deps;
		if (this.#state.is !== 'open' || this.#behind !== null || socket.bufferedAmount <= limits.buffer) return;
		this.#behind = { vector: this.#state.content.vector(), callOff: this.#lookLater() };
	}

	#lookLater(): () => void {
		return this.#deps.clock.after(LOOK, () => this.#look());
	}

	#look(): void {
		const { socket, limits, document } = this.#deps;
		if (this.#state.is !== 'open' || this.#behind === null) return;
		if (socket.bufferedAmount > limits.buffer / 4) {
			this.#behind.callOff = this.#lookLater();
			return;
		}
		const { step2, update } = this.#state.content.since(this.#behind.vector);
		this.#behind = null;
		this.#send(wire.encodeUpdate(step2));
		if (update !== null) this.#send(wire.encodeUpdate(update));
		document.presence.tellAll(this);
		this.#watch();
	}
}

function isEmpty(update: Uint8Array): boolean {
	return update.byteLength === 2 && update[0] === 0 && update[1] === 0;
}
