import type { Clock } from '../storage/clock.ts';
import { Overloaded, type Committer } from '../storage/committer.ts';
import type { Log } from '../storage/log.ts';
import type { Observer } from '../storage/observer.ts';
import type { Aside } from './aside.ts';
import type { Backlog } from './backlog.ts';
import { CLOSE, NAMES, REASONS, type CloseCode } from './close.ts';
import type { Content, Found } from './content.ts';
import { ofMessage, ofSearching, ofUpdate } from './cost.ts';
import type { Document, Written } from './document.ts';
import { HEADER, type Limits } from './limits.ts';
import { Outbox } from './outbox.ts';
import type { Present, Who } from './presence.ts';
import { Rate } from './rate.ts';
import { Receipts, type Receipt } from './receipts.ts';
import type { Socket } from './socket.ts';
import type { Sender, Turns } from './turns.ts';
import { inspect, type Decoded } from './validate.ts';
import * as wire from './wire.ts';

export interface Connection {
	readonly id: string;
	readonly document: string;
	readonly person: string;
	/** Set by the gateway when roster or phase change. */
	access: 'read' | 'write';
	/** Every binary message of the socket. */
	receive(message: Uint8Array): void;
	/** So many bytes of a message have come that is not whole yet; 0: it is. */
	coming(bytes: number): void;
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
	/** Whose work and backlog it counts for, and what they may make the server do. */
	payer: string;
	work: Rate;
	turns: Turns;
	backlog: Backlog;
	aside: Aside;
	committer: Committer;
	clock: Clock;
	log: Log;
	observer: Pick<Observer, 'refused'>;
	limits: Limits;
	/** Notes who wrote an update, and what it says, before it is committed. */
	wrote(update: Uint8Array, written: Written): void;
	/** Makes the document as small as it can be. */
	shrink(): Promise<void>;
	left(connection: SyncConnection): void;
}

type Update = 'step2' | 'update';

/** What is taken at once: an update, or a piece of one. */
interface Part {
	kind: Update;
	is: Receipt;
	update: Uint8Array;
	/** Of it and the pieces after it. */
	bytes: number;
	/** The document was made small for it. */
	isShrunk?: boolean;
}

/**
 * One socket's side of a document: `loading` until the document is loaded, then `open`, in the end `closed`. Updates
 * are shown to it once its first step 1 was answered, for that answer holds all that came before.
 */
export class SyncConnection implements Connection, Present, Sender {
	readonly id: string;
	readonly who: Who;
	readonly #deps: ConnectionDeps;
	readonly #rate: Rate;
	readonly #outbox: Outbox;
	readonly #receipts = new Receipts();
	/** How many of its messages it was told are saved. */
	#told = 0;
	/** Messages that came and were not taken yet. */
	readonly #inbox: Uint8Array[] = [];
	#inboxBytes = 0;
	/** What is left of the message that was taken last. */
	readonly #parts: Part[] = [];
	/** Of a message that is not whole yet, and of one that is being cut. */
	#comingBytes = 0;
	#cutBytes = 0;
	/** Something has to be waited for before the next is taken. */
	#busy = false;
	#paused = false;
	#access: 'read' | 'write';
	#state: { is: 'loading' } | { is: 'open'; content: Content; synced: boolean } | { is: 'closed' } = {
		is: 'loading'
	};

	constructor(deps: ConnectionDeps) {
		const { id, who, access, socket, limits, clock } = deps;
		this.#deps = deps;
		this.id = id;
		this.who = who;
		this.#access = access;
		this.#rate = new Rate(clock, limits.rate, limits.burst);
		this.#outbox = new Outbox(socket, limits, clock, {
			resync: (vector) => this.#resync(vector),
			presence: () => this.#deps.document.presence.makeUp(this),
			asked: (vector) => this.#queue(wire.encodeStep1(vector))
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

	get payer(): string {
		return this.#deps.payer;
	}

	get work(): Rate {
		return this.#deps.work;
	}

	/** The document is loaded. */
	open(content: Content): void {
		if (this.#state.is !== 'loading') return;
		this.#state = { is: 'open', content, synced: false };
		this.#guarded(() => {
			if (this.#access === 'write') this.#ask(content);
			this.#deps.document.presence.enter(this);
		});
		this.#goOn();
	}

	receive(message: Uint8Array): void {
		if (this.#state.is === 'closed') return;
		if (!this.#rate.take()) return this.close(CLOSE.tooFast);
		const isFirst = this.#inbox.length === 0 && this.#parts.length === 0;
		if (isFirst && this.#state.is === 'open' && !this.#busy && this.#deps.turns.isFree(this.work)) {
			this.#deps.turns.spend(() => this.#take(message));
			this.#goOn();
		} else this.#queue(new Uint8Array(message));
	}

	#queue(message: Uint8Array): void {
		this.#inboxBytes += message.byteLength;
		if (this.#inboxBytes > this.#deps.limits.waiting) return this.close(CLOSE.overloaded);
		this.#inbox.push(message);
		this.#goOn();
	}

	coming(bytes: number): void {
		this.#comingBytes = bytes;
		this.#account();
	}

	#account(): void {
		const parts = this.#parts[0]?.bytes ?? 0;
		const bytes = this.#comingBytes + this.#inboxBytes + this.#cutBytes + parts;
		this.#deps.backlog.set(this, this.#state.is === 'closed' ? 0 : bytes);
	}

	/** Its turn has come. */
	next(): void {
		this.#takeNext();
		this.#goOn();
	}

	/** Takes what waits, as far as it may; and reads no more while something does. */
	#goOn(): void {
		const { turns, socket } = this.#deps;
		const waits = () => this.#inbox.length > 0 || this.#parts.length > 0;
		const may = () => this.#state.is === 'open' && !this.#busy && waits();
		while (may() && turns.isFree(this.work)) turns.spend(() => this.#takeNext());
		if (may()) turns.wait(this);
		this.#account();
		if (this.#state.is === 'closed') return;
		const pauses = this.#busy || waits();
		if (pauses === this.#paused) return;
		this.#paused = pauses;
		if (pauses) socket.pause();
		else socket.resume();
	}

	#takeNext(): void {
		const part = this.#parts.shift();
		if (part !== undefined) return this.#guarded(() => this.#takePart(part));
		const message = this.#inbox.shift();
		if (message === undefined) return;
		this.#inboxBytes -= message.byteLength;
		this.#take(message);
	}

	/** Nothing is taken until it has happened. */
	#waitFor(happens: Promise<void>): void {
		this.#busy = true;
		const goOn = () => {
			this.#busy = false;
			this.#goOn();
		};
		happens.then(goOn, (error: unknown) => {
			this.#fail(error);
			goOn();
		});
	}

	close(code: CloseCode): void {
		if (this.#state.is === 'closed') return;
		this.closed();
		this.#refused(NAMES[code]);
		// or it would not hear that the client goes
		if (this.#paused) this.#deps.socket.resume();
		this.#deps.socket.close(code, REASONS[code]);
	}

	#refused(reason: string): void {
		this.#deps.observer.refused?.('sync', reason, { person: this.person, document: this.document });
	}

	closed(): void {
		if (this.#state.is === 'closed') return;
		this.#state = { is: 'closed' };
		this.#inbox.length = 0;
		this.#parts.length = 0;
		this.#account();
		this.#deps.turns.leave(this);
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
	show(frames: readonly Uint8Array[]): void {
		if (this.#state.is === 'open' && this.#state.synced) this.#outbox.show(this.#state.content, frames);
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

	#take(bytes: Uint8Array): void {
		if (this.#state.is !== 'open') return;
		this.work.charge(ofMessage(bytes.byteLength));
		if (bytes.byteLength > this.#deps.limits.step2 + HEADER) return this.close(CLOSE.tooLarge);
		const { content } = this.#state;
		this.#guarded(() => {
			const message = wire.decode(bytes);
			switch (message.kind) {
				case 'step1':
					return this.#answer(message.vector, content);
				case 'step2':
				case 'update':
					return this.#takeUpdate(message.kind, message.update);
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
			this.#fail(error);
		}
	}

	#fail(error: unknown): void {
		if (this.#state.is === 'closed') return;
		if (error instanceof wire.Malformed) return this.close(CLOSE.invalid);
		this.#deps.log.error({ err: error, document: this.document }, 'a message could not be handled');
		this.close(CLOSE.failed);
	}

	#ask(content: Content): void {
		this.#outbox.say('step1', wire.encodeStep1(content.vector()));
	}

	#answer(vector: Uint8Array, content: Content): void {
		if (this.#state.is !== 'open') return;
		const { limits } = this.#deps;
		if (vector.byteLength > limits.vector) return this.close(CLOSE.tooLarge);
		if (!this.#outbox.mayAnswer(vector)) return;
		// whoever has nothing is given all of it as it is, once nothing of it has to be put together
		if (vector.byteLength > 1 || content.isSplit)
			this.work.charge(ofSearching(content.size, limits.workBurst));
		const large = content.toSearch(wire.checkedVector(vector));
		if (large === null) this.#sendSince(vector, content);
		else this.#waitFor(this.#search(large, vector, content));
	}

	async #search(document: Uint8Array, vector: Uint8Array, content: Content): Promise<void> {
		const lacking = await this.#deps.aside.lacking(document, vector);
		this.#guarded(() => this.#sendSince(vector, content, { document, lacking }));
	}

	#sendSince(vector: Uint8Array, content: Content, found?: Found): void {
		if (this.#state.is !== 'open') return;
		const parts = content.since(vector, found);
		this.#state.synced = true;
		// the last is the step 2, for with it the client takes itself to have everything
		const encode = (part: Uint8Array, i: number) =>
			i === parts.length - 1 ? wire.encodeStep2(part) : wire.encodeUpdate(part);
		this.#outbox.show(content, parts.map(encode));
	}

	/** One update in place of all that a slow socket was not sent. */
	#resync(vector: Uint8Array): void {
		if (this.#state.is !== 'open') return;
		const { content } = this.#state;
		this.#guarded(() => {
			this.#outbox.show(content, content.since(vector).map(wire.encodeUpdate));
		});
	}

	#takeUpdate(kind: Update, update: Uint8Array): void {
		const { limits } = this.#deps;
		const is = kind === 'step2' ? 'everything' : 'update';
		if (update.byteLength > limits[kind]) return this.close(CLOSE.tooLarge);
		if (update.byteLength > limits.piece.bytes) return this.#waitFor(this.#cut(update, is));
		this.#takePart({ kind, is, update, bytes: update.byteLength });
	}

	/** One that is read elsewhere, and taken piece by piece. */
	async #cut(update: Uint8Array, is: Receipt): Promise<void> {
		this.#cutBytes = update.byteLength;
		const pieces = await this.#deps.aside.cut(update).finally(() => (this.#cutBytes = 0));
		if (this.#state.is !== 'open') return;
		if (pieces === 'invalid') return this.close(CLOSE.invalid);
		if (pieces === 'too large') return this.close(CLOSE.tooLarge);
		let bytes = 0;
		// known deletions say nothing new, whatever they came in: as in a step 2
		for (const piece of pieces.toReversed()) {
			bytes += piece.byteLength;
			const part = { kind: 'step2', update: piece, bytes } as const;
			this.#parts.unshift({ ...part, is: this.#parts.length === 0 ? is : 'piece' });
		}
	}

	#takePart(part: Part): void {
		if (this.#state.is !== 'open') return;
		const says = inspect(part.update, this.#deps.limits);
		if (says === 'invalid') return this.close(CLOSE.invalid);
		if (says === 'too large') return this.close(CLOSE.tooLarge);
		this.work.charge(ofUpdate(says));
		const waits = this.#write(part, says, this.#state.content);
		if (waits === undefined) return;
		this.#parts.unshift(part);
		this.#waitFor(waits);
	}

	/** Until what is on its way now is durable or lost: only then can be told what is new in what repeats it. */
	async #onItsWay(): Promise<void> {
		try {
			await this.#deps.committer.commit({});
		} catch (error) {
			// asking again at once would never end
			if (error instanceof Overloaded) this.close(CLOSE.overloaded);
		}
	}

	/** What has to be waited for before it can be taken, if anything. */
	#write(part: Part, decoded: Decoded, content: Content): Promise<void> | void {
		const { document, committer, clock, limits, wrote } = this.#deps;
		const { kind, is, update, bytes } = part;
		if (isEmpty(update)) return this.#nothingNew(is);
		if (this.#access !== 'write') {
			this.#refused('readOnly');
			const reason = 'You may read this document, but not change it.';
			this.#receipts.refused();
			this.#parts.length = 0;
			return this.#outbox.say('denied', wire.encodeDenied(reason));
		}
		if (!content.hasNews(kind, decoded)) return this.#nothingNew(is);
		if (!content.hasRoomFor(bytes, limits.document)) {
			if (part.isShrunk || !content.mayShrink) return this.close(CLOSE.tooLarge);
			part.isShrunk = true;
			this.work.charge(ofSearching(content.size, limits.workBurst));
			return this.#deps.shrink();
		}
		const verdict = content.admit(update, decoded);
		if (verdict === 'later') return this.#onItsWay();
		if (verdict === 'unsound') return this.close(CLOSE.invalid);
		// it comes back with all that it has
		if (verdict === 'incomplete') return this.close(CLOSE.failed);
		if ('measure' in verdict) {
			this.work.charge(ofSearching(content.size, limits.workBurst));
			return verdict.measure((updates) => this.#deps.aside.depth(updates));
		}
		const { update: news, says } = verdict;
		wrote(news, { by: this, says });
		this.#receipts.expect(is);
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
