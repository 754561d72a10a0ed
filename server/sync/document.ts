import type { Clock } from '../storage/clock.ts';
import type { Loaded, Logged } from '../storage/store.ts';
import type { SyncConnection } from './connection.ts';
import { Content } from './content.ts';
import type { Limits } from './limits.ts';
import { mergeSmall } from './merge.ts';
import { Presence } from './presence.ts';
import type { Decoded } from './validate.ts';
import { encodeUpdate } from './wire.ts';

/** What is known of an update that came in here, until it is shown. */
export interface Written {
	by: SyncConnection;
	says: Decoded;
}

/** A document that somebody has open or reads now. There is one of each name. */
export class Document {
	readonly name: string;
	readonly connections = new Set<SyncConnection>();
	readonly presence: Presence;
	/** Resolves once it is loaded, rejects if that failed or it was dropped before. */
	readonly ready: Promise<Content>;
	#state:
		| { is: 'loading'; early: Logged[]; resolve: (content: Content) => void; reject: (error: Error) => void }
		| { is: 'ready'; content: Content }
		| { is: 'dropped' };

	readonly #limits: Limits;

	constructor(name: string, limits: Limits, clock: Clock) {
		this.name = name;
		this.#limits = limits;
		this.presence = new Presence(limits, clock);
		const { promise, resolve, reject } = Promise.withResolvers<Content>();
		this.ready = promise;
		// who waits for it handles it; with nobody waiting it is no crash
		promise.catch(() => {});
		this.#state = { is: 'loading', early: [], resolve, reject };
	}

	get loading(): boolean {
		return this.#state.is === 'loading';
	}

	/** Null unless it is loaded and was not dropped since. */
	get content(): Content | null {
		return this.#state.is === 'ready' ? this.#state.content : null;
	}

	loaded(loaded: Loaded): void {
		if (this.#state.is !== 'loading') return;
		const { early, resolve } = this.#state;
		const content = new Content(loaded, this.#limits);
		for (const entry of early) content.append(entry);
		this.#state = { is: 'ready', content };
		resolve(content);
	}

	/** It is no longer the document of its name: a failed load, a deletion, an unload. */
	drop(error: Error): void {
		if (this.#state.is === 'loading') this.#state.reject(error);
		this.#state = { is: 'dropped' };
		this.presence.dispose();
	}

	/** Takes in what became durable and shows it to everybody but the one who alone wrote it. */
	show(entries: Logged[], written: (entry: Logged) => Written | undefined): void {
		if (this.#state.is === 'loading') this.#state.early.push(...entries);
		if (this.#state.is !== 'ready') return;
		const { content } = this.#state;
		const news = entries.filter((entry) => content.append(entry, written(entry)?.says));
		if (news.length === 0 || this.connections.size === 0) return;
		const author = (entry: Logged) => written(entry)?.by;
		const first = author(news[0]!);
		const alone = news.every((entry) => author(entry) === first) ? first : undefined;
		const frames = mergeSmall(news.map(({ update }) => update)).map(encodeUpdate);
		for (const connection of this.connections) if (connection !== alone) connection.show(frames);
	}
}
