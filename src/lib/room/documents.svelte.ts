/** Documents over the co-writing road, as runes: connection, writability, what is saved, this device's copy. */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { Writing } from '#lib/blocks/block.ts';

/** Sent by our server to those who asked with `saved=1`: how many of this connection's updates are durable. */
const MESSAGE_SAVED = 100;

/** Close code: see server/sync/close.ts. */
const REPLACED = 4410;

export interface DocumentOptions {
	/** `/sync` address without the document's name. */
	address: string;
	room: string;
	name: string;
	params?: Record<string, string>;
	/** Its history was replaced: this copy leads nowhere any more, and has to be dropped for a new one. */
	replaced?: () => void;
	/** Keep a copy on this device, so that it opens and can be changed without a line. */
	keep?: boolean;
}

/** Why the server closed the document for good, by close code. */
export type Refused = { code: number };

export class SharedDocument implements Writing {
	readonly name: string;
	readonly doc = new Y.Doc();
	readonly provider: WebsocketProvider;
	writable = $state(false);
	ready = $state(false);
	line = $state<'connecting' | 'open' | 'lost'>('connecting');
	/** Changes of this device that the server has not saved yet. */
	unsaved = $state(0);
	refused = $state.raw<Refused | null>(null);
	#sent = 0;
	#keeper: { destroy(): Promise<void> } | null = null;
	#stopped = false;

	constructor({ address, room, name, params = {}, keep = false, replaced }: DocumentOptions) {
		this.name = name;
		this.provider = new WebsocketProvider(address, `${room}/${name}`, this.doc, {
			params: { ...params, saved: '1' },
			disableBc: true,
			maxBackoffTime: 5000
		});
		this.#countReplies();
		this.provider.on('status', ({ status }: { status: string }) => {
			if (status === 'connected') {
				this.#sent = 0;
				this.line = 'open';
			} else if (this.line === 'open') this.line = 'lost';
		});
		this.provider.on('sync', (synced: boolean) => {
			if (synced) this.ready = true;
		});
		this.provider.on('connection-close', (event: CloseEvent | null) => {
			if (event && event.code >= 4400 && event.code < 4500) this.refused = { code: event.code };
			// not while the provider is still closing
			if (event?.code === REPLACED) setTimeout(() => !this.#stopped && replaced?.());
		});
		this.doc.on('update', (_update: Uint8Array, origin: unknown) => {
			if (origin === this.provider) return;
			if (this.provider.wsconnected) this.#sent++;
			// What this device's copy brings back was counted when it was written.
			if (origin !== this.#keeper) this.unsaved++;
		});
		if (keep) void this.#keep(room);
	}

	get awareness() {
		return this.provider.awareness;
	}

	/** The provider answers the server's step 1 with what the server lacks; that answer counts as an update. */
	#countReplies(): void {
		const sync = this.provider.messageHandlers[0]!;
		this.provider.messageHandlers[0] = (encoder, decoder, provider, emitSynced, type) => {
			sync(encoder, decoder, provider, emitSynced, type);
			if (encoding.length(encoder) > 1) this.#sent++;
		};
		this.provider.messageHandlers[MESSAGE_SAVED] = (_encoder, decoder) => {
			if (decoding.readVarUint(decoder) >= this.#sent) this.unsaved = 0;
		};
	}

	async #keep(room: string): Promise<void> {
		const { IndexeddbPersistence } = await import('y-indexeddb');
		if (this.#stopped) return;
		const keeper = new IndexeddbPersistence(copyName(room, this.name), this.doc);
		this.#keeper = keeper;
		await keeper.whenSynced;
		if (Y.encodeStateVector(this.doc).length > 1) this.ready = true;
	}

	/** `forget` removes this device's copy as well. */
	stop(forget = false): void {
		this.#stopped = true;
		this.provider.destroy();
		const keeper = this.#keeper as { destroy(): Promise<void>; clearData(): Promise<void> } | null;
		void (forget ? keeper?.clearData() : keeper?.destroy());
		this.doc.destroy();
	}
}

const COPY = 'peerloom/';

export function copyName(room: string, document: string): string {
	return `${COPY}${room}/${document}`;
}
