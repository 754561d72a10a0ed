/** Documents over the co-writing road, as runes: connection, writability, what is saved, this device's copy. */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { Writing } from '#lib/blocks/block.ts';
import { CROWDED, REPLACED, UNAUTHENTICATED } from './codes.ts';
import { unsavedKey } from './offline.ts';
import { Unsaved } from './unsaved.ts';

/** Sent by our server to those who asked with `saved=1`: how many of this connection's updates are durable. */
const MESSAGE_SAVED = 100;

interface DocumentOptions {
	/** `/sync` address without the document's name. */
	address: string;
	room: string;
	name: string;
	params?: Record<string, string>;
	/** Keep a copy on this device, so that it opens and can be changed without a line. */
	keep?: boolean;
	/** The history on the server was replaced, and nothing of this device waits: the copy is of no use any more. */
	replaced?(): void;
	/** The session has ended, here or elsewhere. */
	signedOut?(): void;
	/** A script was lost on the way: there is no copy on this device. */
	lost?(): void;
}

export class SharedDocument implements Writing {
	readonly name: string;
	readonly doc = new Y.Doc();
	readonly provider: WebsocketProvider;
	/** What the room lets this person do; the server decides. */
	allowed = $state(false);
	ready = $state(false);
	line = $state<'connecting' | 'open' | 'lost'>('connecting');
	/** Changes of this device that the server has not acknowledged as durable. */
	unsaved = $state(0);
	/** By this device's clock: since when they wait without any being acknowledged; null: none waits. */
	since = $state<number | null>(null);
	/** Close code with which the server ended the connection for good. */
	refused = $state<number | null>(null);
	/** The server closed because it cannot save now; the connection comes back by itself. */
	busy = $state(false);
	/** Too many connections are open; this one is tried again by itself. */
	crowded = $state(false);
	/** Something was sent that this person may not change. */
	denied = $state(false);
	readonly #unsaved: Unsaved;
	readonly #key: string;
	/** Up to where the server has this document, as far as it has said. */
	#known: Uint8Array | null = null;
	#keeper: { destroy(): Promise<void> } | null = null;
	#stopped = false;

	constructor({
		address,
		room,
		name,
		params = {},
		keep = false,
		replaced,
		signedOut,
		lost
	}: DocumentOptions) {
		this.name = name;
		this.#key = keep ? unsavedKey(room, name) : '';
		const left = keep ? Number(localStorage.getItem(this.#key) ?? 0) : 0;
		this.#unsaved = new Unsaved(left);
		this.provider = new WebsocketProvider(address, `${room}/${name}`, this.doc, {
			// What was left here has to be at hand when the server asks what it lacks.
			connect: left === 0,
			params: { ...params, saved: '1' },
			disableBc: true,
			maxBackoffTime: 5000
		});
		this.#listen();
		this.provider.on('status', ({ status }: { status: string }) => {
			if (status === 'connected') {
				this.#unsaved.opened();
				this.line = 'open';
			} else if (this.line === 'open') this.line = 'lost';
		});
		this.provider.on('sync', (synced: boolean) => {
			if (!synced) return;
			this.ready = true;
			this.crowded = false;
		});
		this.provider.on('connection-close', (event: CloseEvent | null) => {
			if (event && event.code >= 4400 && event.code < 4500) this.refused = event.code;
			// not while the provider is still closing
			if (event?.code === REPLACED && this.unsaved === 0) setTimeout(() => !this.#stopped && replaced?.());
			if (event?.code === UNAUTHENTICATED) setTimeout(() => !this.#stopped && signedOut?.());
			this.busy = event !== null && event.code >= 4500;
			this.crowded ||= event?.code === CROWDED;
		});
		this.doc.on('update', (_update: Uint8Array, origin: unknown) => {
			if (origin === this.provider) return;
			// What this device's copy brings back was counted when it was written.
			if (origin !== this.#keeper) this.#unsaved.made();
			if (this.provider.wsconnected) this.#unsaved.sent();
			this.#count();
		});
		this.#count();
		if (keep) this.#keep(room).catch(() => !this.#stopped && lost?.());
	}

	get awareness() {
		return this.provider.awareness;
	}

	/** After a refusal more changes would only be lost as well. */
	get writable(): boolean {
		return this.allowed && this.refused === null;
	}

	#listen(): void {
		const { messageHandlers } = this.provider;
		const sync = messageHandlers[0]!;
		messageHandlers[0] = (encoder, decoder, provider, emitSynced, type) => {
			this.#hearWhatIsKnown(decoder);
			sync(encoder, decoder, provider, emitSynced, type);
			// The provider answers the server's step 1 with what the server lacks.
			if (encoding.length(encoder) > 1) this.#unsaved.answered();
		};
		messageHandlers[2] = () => {
			this.denied = true;
		};
		messageHandlers[MESSAGE_SAVED] = (_encoder, decoder) => {
			this.#unsaved.acknowledged(decoding.readVarUint(decoder));
			this.busy = false;
			this.#count();
		};
	}

	/** A step 1 says up to where the server is. The decoder stands behind the message's type, and is left there. */
	#hearWhatIsKnown({ arr, pos }: decoding.Decoder): void {
		const ahead = decoding.createDecoder(arr);
		ahead.pos = pos;
		if (decoding.readVarUint(ahead) !== 0) return;
		const known = decoding.readVarUint8Array(ahead);
		this.#known = known;
		const theirs = Y.decodeStateVector(known);
		for (const [client, clock] of Y.decodeStateVector(Y.encodeStateVector(this.doc)))
			if ((theirs.get(client) ?? 0) < clock) this.#unsaved.lacking();
		this.#count();
	}

	#count(): void {
		const { count } = this.#unsaved;
		if (count === 0) this.since = null;
		else if (this.since === null || count < this.unsaved) this.since = Date.now();
		if (this.#key && count !== this.unsaved) {
			if (count > 0) localStorage.setItem(this.#key, String(count));
			else localStorage.removeItem(this.#key);
		}
		this.unsaved = count;
		if (count > 0) return;
		this.denied = false;
		if (this.#known) this.#known = Y.encodeStateVector(this.doc);
	}

	/** What of this document the server does not have, as one update. */
	lacking(): Uint8Array {
		return Y.encodeStateAsUpdate(this.doc, this.#known ?? undefined);
	}

	async #keep(room: string): Promise<void> {
		const [{ IndexeddbPersistence }] = await Promise.all([
			import('y-indexeddb'),
			// for when the document is lost, which may be when the line is
			import('./words-in.ts')
		]);
		if (this.#stopped) return;
		const keeper = new IndexeddbPersistence(copyName(room, this.name), this.doc);
		this.#keeper = keeper;
		await keeper.whenSynced;
		if (!this.#stopped) this.provider.connect();
		if (Y.encodeStateVector(this.doc).length > 1) this.ready = true;
	}

	/** After a refusal that may pass. */
	again(): void {
		this.refused = null;
		this.provider.connect();
	}

	/** `forget` removes this device's copy as well. */
	async stop(forget = false): Promise<void> {
		this.#stopped = true;
		this.provider.destroy();
		const keeper = this.#keeper as { destroy(): Promise<void>; clearData(): Promise<void> } | null;
		if (forget && this.#key) localStorage.removeItem(this.#key);
		this.doc.destroy();
		await (forget ? keeper?.clearData() : keeper?.destroy());
	}
}

const COPY = 'peerloom/';

function copyName(room: string, document: string): string {
	return `${COPY}${room}/${document}`;
}
