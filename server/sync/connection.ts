import type { Clock } from '../storage/clock.ts';
import { Overloaded, type Committer } from '../storage/committer.ts';
import type { Log } from '../storage/log.ts';
import type { Observer } from '../storage/observer.ts';
import { CLOSE, NAMES, REASONS, type CloseCode } from './close.ts';
import type { Content } from './content.ts';
import { ofMessage, ofSearching, ofUpdate } from './cost.ts';
import type { Document, Written } from './document.ts';
import { HEADER, type Limits } from './limits.ts';
import { Outbox } from './outbox.ts';
import type { Present, Who } from './presence.ts';
import { Rate } from './rate.ts';
import { Receipts, type Receipt } from './receipts.ts';
import type { Socket } from './socket.ts';
import { inspect } from './validate.ts';
import * as wire from './wire.ts';

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
	/** What this person may make the server do. */
	work: Rate;
	committer: Committer;
	clock: Clock;
	log: Log;
	observer: Pick<Observer, 'refused'>;
	limits: Limits;
	/** Notes who wrote an update, and what it says, before it is committed. */
	wrote(update: Uint8Array, written: Written): void;
	left(connection: SyncConnection): void;
}

/**
 * One socket's side of a document: `waiting` until the document is loaded, then `open`, in the end `closed`. Updates
 * are shown to it once its first step 1 was answered, for that answer holds all that came before.
 */
export class SyncConnection implements Connection, Present {
	readonly id: string;
	readonly who: Who;
	readonly #deps: ConnectionDeps;
	readonly #rate: Rate;
	readonly #outbox: Outbox;
	readonly #receipts = new Receipts();
	/** How many of its messages it was told are saved. */
	#told = 0;
	/** A message that repeats what is on its way, and those with updates that came after it. */
	#held: Uint8Array[] = [];
	#access: 'read' | 'write';
	#state:
		| { is: 'waiting'; messages: Uint8Array[]; bytes: number }
		| { is: 'open'; content: Content; synced: boolean }
		| { is: 'closed' } = { is: 'waiting', messages: [], bytes: 0 };

	constructor(deps: ConnectionDeps) {
		const { id, who, access, socket, limits, clock } = deps;
		this.#deps = deps;
		this.id = id;
		this.who = who;
		this.#access = access;
		this.#rate = new Rate(clock, limits.rate, limits.burst);
		this.#outbox = new Outbox(socket, limits, clock, {
			resync: (vector) => this.#resync(vector),
			presence: () => this.#deps.document.presence.makeUp(this)
		});
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
		if (!widened || this.#state.is !== 'open') return;
		// what it wrote while it might not is asked for again, or what follows would stand on nothing
		const { content } = this.#state;
		this.#guarded(() => this.#ask(content));
	}

	/** The document is loaded. */
	open(content: Content): void {
		if (this.#state.is !== 'waiting') return;
		const { messages } = this.#state;
		this.#state = { is: 'open', content, synced: false };
		this.#guarded(() => {
			if (this.#access === 'write') this.#ask(content);
			this.#deps.document.presence.enter(this);
		});
		for (const message of messages) this.#handle(message);
	}

	receive(message: Uint8Array): void {
		if (this.#state.is === 'closed') return;
		if (!this.#rate.take()) return this.close(CLOSE.tooFast);
		if (!this.#deps.work.take(ofMessage(message.byteLength))) return this.close(CLOSE.overloaded);
		if (this.#state.is === 'open') return this.#handle(message);
		this.#state.bytes += message.byteLength;
		if (this.#state.bytes > this.#deps.limits.waiting) return this.close(CLOSE.tooLarge);
		this.#state.messages.push(new Uint8Array(message));
	}

	close(code: CloseCode): void {
		if (this.#state.is === 'closed') return;
		this.closed();
		this.#refused(NAMES[code]);
		this.#deps.socket.close(code, REASONS[code]);
	}

	#refused(reason: string): void {
		this.#deps.observer.refused?.('sync', reason, { person: this.person, document: this.document });
	}

	closed(): void {
		if (this.#state.is === 'closed') return;
		this.#state = { is: 'closed' };
		this.#outbox.stop();
		this.#deps.document.presence.leave(this);
		this.#deps.left(this);
	}

	/** A stock client sends back the presence of everybody. */
	get #longestPresence(): number {
		const { presence, presenceConnections } = this.#deps.limits;
		return presence * (presenceConnections + 1);
	}

	/** Sends what became durable; every connection of the document gets the same bytes. */
	show(frame: Uint8Array): void {
		if (this.#state.is === 'open' && this.#state.synced) this.#outbox.show(this.#state.content, frame);
	}

	tell(message: Uint8Array): boolean {
		return this.#outbox.tell(message);
	}

	/** The oldest of its updates that were being committed is durable, and was shown. */
	durable(): void {
		this.#receipts.durable();
	}

	tellSaved(): void {
		const { count } = this.#receipts;
		if (!this.#deps.saved || count === this.#told) return;
		this.#told = count;
		this.#outbox.say('saved', wire.encodeSaved(count));
	}

	#handle(bytes: Uint8Array): void {
		if (this.#state.is !== 'open') return;
		if (bytes.byteLength > this.#deps.limits.step2 + HEADER) return this.close(CLOSE.tooLarge);
		const { content } = this.#state;
		this.#guarded(() => {
			const message = wire.decode(bytes);
			switch (message.kind) {
				case 'step1':
					return this.#answer(message.vector, content);
				case 'step2':
				case 'update':
					if (this.#held.length > 0 || this.#write(message.kind, message.update, content) === 'later')
						this.#hold(bytes);
					return;
				case 'presence':
					if (message.states.byteLength > this.#longestPresence) return this.close(CLOSE.tooLarge);
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
		this.#outbox.say('step1', wire.encodeStep1(content.vector()));
	}

	#answer(vector: Uint8Array, content: Content): void {
		if (this.#state.is !== 'open') return;
		const { limits, work } = this.#deps;
		if (vector.byteLength > limits.vector) return this.close(CLOSE.tooLarge);
		// whoever has nothing is given all of it as it is, once nothing of it has to be put together
		if (vector.byteLength > 1 || content.isSplit) work.charge(ofSearching(content.size, limits.workBurst));
		const parts = content.since(wire.checkedVector(vector));
		this.#state.synced = true;
		// the last is the step 2, for with it the client takes itself to have everything
		const encode = (part: Uint8Array, i: number) =>
			i === parts.length - 1 ? wire.encodeStep2(part) : wire.encodeUpdate(part);
		this.#outbox.show(content, ...parts.map(encode));
	}

	/** One update in place of all that a slow socket was not sent. */
	#resync(vector: Uint8Array): void {
		if (this.#state.is !== 'open') return;
		const { content } = this.#state;
		this.#guarded(() => {
			this.#outbox.show(content, ...content.since(vector).map(wire.encodeUpdate));
		});
	}

	/** Until what is on its way now is durable or lost: only then can be told what is new in the message. */
	#hold(bytes: Uint8Array): void {
		const waiting = this.#held.reduce((sum, { byteLength }) => sum + byteLength, bytes.byteLength);
		if (waiting > this.#deps.limits.waiting) return this.close(CLOSE.overloaded);
		this.#held.push(new Uint8Array(bytes));
		if (this.#held.length > 1) return;
		const goOn = () => {
			const held = this.#held;
			this.#held = [];
			for (const message of held) this.#handle(message);
		};
		this.#deps.committer.commit({}).then(goOn, (error: unknown) => {
			// asking again at once would never end
			if (error instanceof Overloaded) this.close(CLOSE.overloaded);
			else goOn();
		});
	}

	#write(kind: 'step2' | 'update', update: Uint8Array, content: Content): void | 'later' {
		const { document, committer, clock, limits, wrote } = this.#deps;
		if (update.byteLength > limits[kind]) return this.close(CLOSE.tooLarge);
		const decoded = inspect(update, limits);
		if (decoded === 'invalid') return this.close(CLOSE.invalid);
		if (decoded === 'too large') return this.close(CLOSE.tooLarge);
		this.#deps.work.charge(ofUpdate(decoded));
		const receipt = kind === 'step2' ? 'everything' : 'update';
		if (isEmpty(update)) return this.#nothingNew(receipt);
		if (this.#access !== 'write') {
			this.#refused('readOnly');
			const reason = 'You may read this document, but not change it. Nothing was saved.';
			this.#receipts.refused();
			return this.#outbox.say('denied', wire.encodeDenied(reason));
		}
		if (!content.hasNews(kind, decoded)) return this.#nothingNew(receipt);
		if (!content.hasRoomFor(update, limits.document)) return this.close(CLOSE.tooLarge);
		const verdict = content.admit(update, decoded);
		if (verdict === 'later') return verdict;
		if (verdict === 'unsound') return this.close(CLOSE.invalid);
		// it comes back with all that it has
		if (verdict === 'incomplete') return this.close(CLOSE.failed);
		const { update: news, says } = verdict;
		wrote(news, { by: this, says });
		this.#receipts.expect(receipt);
		const entry = {
			document: document.name,
			update: news,
			person: this.person,
			at: clock.now(),
			cause: null
		};
		committer.commit({ entries: [entry] }).catch((error: unknown) => {
			content.lost(news);
			this.#lost(error);
		});
	}

	#nothingNew(what: Receipt): void {
		this.#receipts.nothingNew(what);
		this.tellSaved();
	}

	/** The client believes that it sent the update: only a new connection makes it send it again. */
	#lost(error: unknown): void {
		if (error instanceof Overloaded) return this.close(CLOSE.overloaded);
		this.#deps.log.error({ err: error, document: this.document }, 'an update could not be saved');
		this.close(CLOSE.failed);
	}
}

function isEmpty(update: Uint8Array): boolean {
	return update.byteLength === 2 && update[0] === 0 && update[1] === 0;
}
