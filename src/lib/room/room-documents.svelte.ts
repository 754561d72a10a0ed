/**
 * A room's documents in the browser: which are open, what was lost when one closed, and the two that views read. Comes
 * with Yjs, once something is shown.
 */
import type { Json } from '#lib/blocks/block.ts';
import type { RoomInfo } from '../../../server/rooms/room.ts';
import { FORBIDDEN } from './codes.ts';
import { SharedDocument } from './documents.svelte.ts';
import { keptKey } from './offline.ts';
import { Reading } from './reading.ts';

/** What somebody wrote in a document that they lost before it was saved, or had not sent yet. */
export interface Rescued {
	/** Empty: in no document. */
	document: string;
	words: string;
	/** It was sent too late, and this was the answer. */
	why?: string;
}

/** Milliseconds after which what went out before access was taken away is not acknowledged any more. */
const LATE = 2000;

interface Parts {
	info(): RoomInfo;
	/** The session has ended, here or elsewhere. */
	signedOut(): void;
	/** A script was lost on the way: of some documents there is no copy on this device. */
	lost(): void;
}

/** The document of that name, as views read it. */
type Read = { name: string; reading: Reading } | null;

export class RoomDocuments {
	/**
	 * Of documents that are closed to this person by now, held in memory until the page is left; and what was sent too
	 * late, which this device keeps.
	 */
	rescued = $state.raw<readonly Rescued[]>([]);
	/** By full name. */
	#open = $state.raw<ReadonlyMap<string, SharedDocument>>(new Map());
	#record = $state.raw<Read>(null);
	#desk = $state.raw<Read>(null);
	/** Which co-written documents this page shows; a crowd opens none that it may only look at until a view asks. */
	readonly #asked = new Set<string>();
	readonly #room: string;
	readonly #parts: Parts;
	readonly #address = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/sync`;

	constructor(room: string, parts: Parts) {
		this.#room = room;
		this.#parts = parts;
		if (localStorage.getItem(keptKey(room, 'late'))) void this.late().catch(() => {});
		this.follow();
	}

	/** Opens what may be read now, and closes what may not any longer. */
	follow(): void {
		const { documents, meeting } = this.#parts.info();
		const wanted = new Set(documents.map(({ name }) => name));
		const open = new Map(this.#open);
		this.#close([...open.keys()].filter((name) => !wanted.has(name)));
		for (const name of open.keys()) if (!wanted.has(name)) open.delete(name);
		for (const { name, access } of documents) {
			const reading = isReading(name);
			if (!reading && !this.#asked.has(name)) continue;
			let document = open.get(name);
			if (!document || (document.refused !== null && document.unsaved === 0)) {
				void document?.stop();
				document = new SharedDocument({
					...{ address: this.#address, room: this.#room, name, keep: !reading },
					replaced: () => void this.discard(name),
					signedOut: () => this.#parts.signedOut(),
					lost: () => this.#parts.lost()
				});
				open.set(name, document);
			}
			document.allowed = access === 'write' && !reading;
		}
		this.#open = open;
		this.#record = this.#read(`m${meeting}/record`, this.#record);
		this.#desk = this.#read(`m${meeting}/desk`, this.#desk);
	}

	/** The document of that full name; null: not open yet, or not for this person. Opens it on first use. */
	ask(name: string): SharedDocument | null {
		const open = this.#open.get(name);
		if (open || !this.#parts.info().documents.some((one) => one.name === name)) return open ?? null;
		if (!this.#asked.has(name)) {
			this.#asked.add(name);
			// Not while a view is being computed: opening changes state.
			queueMicrotask(() => this.follow());
		}
		return null;
	}

	get all(): Iterable<SharedDocument> {
		return this.#open.values();
	}

	/** What all read of this meeting; null until it has come. */
	get record(): Reading | null {
		return this.#record && this.#open.get(this.#record.name)?.ready ? this.#record.reading : null;
	}

	/** What only those read who moderate. */
	get desk(): Reading | null {
		return this.#desk?.reading ?? null;
	}

	#read(name: string, before: Read): Read {
		const document = this.#open.get(name);
		if (before?.name === name && before.reading.doc === document?.doc) return before;
		before?.reading.stop();
		return document ? { name, reading: new Reading(document.doc) } : null;
	}

	/** One that will not be saved as it is, and why. `here`: this device's clock. */
	refused(here: () => number): { document: string; code: number } | null {
		for (const { name, unsaved, refused, denied, allowed, line, since } of this.#open.values()) {
			if (unsaved === 0) continue;
			// What went out before access was taken away may still be acknowledged.
			const closed = !allowed && line === 'open' && since !== null && here() - since > LATE;
			if (refused !== null) return { document: name, code: refused };
			if (denied || closed) return { document: name, code: FORBIDDEN };
		}
		return null;
	}

	/** The words of this person that the server has not taken, of a document that is open. */
	async wordsOf(name: string): Promise<string> {
		const document = this.#open.get(name);
		if (!document) return '';
		const { wordsIn } = await import('./words-in.ts');
		return wordsIn(document.lacking());
	}

	/** Connects again, after a refusal that may have passed. */
	again(name: string): void {
		this.#open.get(name)?.again();
	}

	/** Gives up what the server has not taken, and goes on with what it has. */
	async discard(name: string): Promise<void> {
		const document = this.#open.get(name);
		if (!document) return;
		const open = new Map(this.#open);
		open.delete(name);
		this.#open = open;
		await document.stop(true);
		this.follow();
	}

	/** Takes words that were rescued off the page. */
	dismiss(rescued: Rescued): void {
		this.rescued = this.rescued.filter((one) => one !== rescued);
		if (rescued.why !== undefined)
			void import('./late.ts').then(({ putAway }) => putAway(this.#room, rescued.words));
	}

	/**
	 * Shows what was sent too late, and why it was not taken: what this device keeps, and this if it has words. True if
	 * there is something to show.
	 */
	async late(why = '', sent: Json = null): Promise<boolean> {
		const { withLate } = await import('./late.ts');
		const late = withLate(this.#room, why, sent).map((one) => ({ document: '', ...one }));
		this.rescued = [...this.rescued.filter(({ why }) => why === undefined), ...late];
		return late.some((one) => one.why === why);
	}

	/** The room is not this person's any more: what they wrote and nobody has is rescued. `drafts`: in no document. */
	end(drafts: string): void {
		if (drafts) this.rescued = [...this.rescued, { document: '', words: drafts }];
		this.#close([...this.#open.keys()]);
	}

	#close(names: readonly string[]): void {
		for (const name of names) {
			const lost = this.#open.get(name);
			if (!lost) continue;
			if (lost.unsaved > 0) void this.#rescue(name, lost.lacking());
			void lost.stop(lost.allowed);
		}
	}

	async #rescue(document: string, update: Uint8Array): Promise<void> {
		const { wordsIn } = await import('./words-in.ts');
		const words = wordsIn(update);
		if (words) this.rescued = [...this.rescued, { document, words }];
	}

	/** The page is left. */
	stop(): void {
		this.#record?.reading.stop();
		this.#desk?.reading.stop();
		for (const document of this.#open.values()) void document.stop();
	}
}

function isReading(name: string): boolean {
	return /^m\d+\/(record|desk)$/.test(name);
}
