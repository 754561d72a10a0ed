/** People who write and command without a pause, and remember what the server has promised to keep. */
import { randomUUID } from 'node:crypto';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { io, type Socket } from 'socket.io-client';
import type { CommandAnswer } from './api.ts';

export interface Load {
	/** Keys in the map `notes` of the document that another client than their writer has seen. */
	readonly seen: ReadonlySet<string>;
	/** Texts of commands that any client saw in the document that the server writes. */
	readonly shown: ReadonlySet<string>;
	/** Keys that were written at all, sent or not. */
	readonly written: ReadonlySet<string>;
	/** Texts of commands that were acknowledged. */
	readonly acknowledged: ReadonlySet<string>;
	pause(): void;
	go(): void;
	stop(): void;
}

export interface Writer {
	token: string;
}

interface Target {
	origin: string;
	room: string;
	/** The co-written document, full name. */
	document: string;
	/** A command that adds a text. */
	type: string;
	/** The document in which everybody sees it, full name; the map in it is named like the command's block. */
	record: string;
}

export function load(target: Target, writers: readonly Writer[]): Load {
	const { origin, room, document, type, record } = target;
	const seen = new Set<string>();
	const acknowledged = new Set<string>();
	const shown = new Set<string>();
	const written = new Set<string>();
	/** No two loads write the same. */
	const tag = randomUUID().slice(0, 8);
	let count = 0;
	let running = false;
	const timers: NodeJS.Timeout[] = [];
	const ends: (() => void)[] = [];

	for (const [index, { token }] of writers.entries()) {
		const open = (name: string) =>
			new WebsocketProvider(origin.replace(/^http/, 'ws') + '/sync', `${room}/${name}`, new Y.Doc(), {
				params: { token },
				disableBc: true,
				maxBackoffTime: 200
			});
		const provider = open(document);
		const { doc } = provider;
		const published = open(record);
		const entries = published.doc.getMap<{ text?: string }>(type.split('.')[0]);
		entries.observe(({ keysChanged }) => {
			for (const key of keysChanged) {
				const text = entries.get(key as string)?.text;
				if (text?.startsWith(tag)) shown.add(text);
			}
		});
		const notes = doc.getMap('notes');
		notes.observe((event, transaction) => {
			if (!transaction.local) for (const key of event.keysChanged) seen.add(key);
		});
		const socket: Socket = io(origin, {
			auth: { token },
			transports: ['websocket'],
			forceNew: true,
			reconnectionDelay: 20,
			reconnectionDelayMax: 200
		});
		ends.push(() => {
			socket.close();
			for (const one of [provider, published]) {
				one.destroy();
				one.awareness.destroy();
			}
		});
		timers.push(
			setInterval(() => {
				if (!running) return;
				const key = `${tag}-w${index}-${++count}`;
				written.add(key);
				notes.set(key, 'x'.repeat(count % 200));
			}, 8),
			setInterval(() => {
				if (!running || !socket.connected) return;
				const text = `${tag}-c${index}-${++count}`;
				socket.emit(
					'command',
					{ id: randomUUID(), room, type, payload: { text } },
					(answer: CommandAnswer) => {
						if (answer.ok) acknowledged.add(text);
					}
				);
			}, 25)
		);
	}
	return {
		seen,
		acknowledged,
		shown,
		written,
		pause: () => void (running = false),
		go: () => void (running = true),
		stop() {
			for (const timer of timers) clearInterval(timer);
			for (const end of ends) end();
		}
	};
}
