import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { until } from './until.ts';

/** One document, open through the stock provider. */
export interface Synced {
	doc: Y.Doc;
	provider: WebsocketProvider;
	/** Resolves once the server has sent what it has. */
	ready(): Promise<void>;
	/** The connection's close codes so far, oldest first. */
	closes: number[];
	/** Waits for something to be true of the document. */
	shows(what: string, check: (doc: Y.Doc) => boolean, timeout?: number): Promise<void>;
	close(): void;
}

export function sync(origin: string, room: string, name: string, token: string, doc = new Y.Doc()): Synced {
	const provider = new WebsocketProvider(origin.replace(/^http/, 'ws') + '/sync', `${room}/${name}`, doc, {
		params: { token },
		// Two providers of one process would find each other over BroadcastChannel, past the server.
		disableBc: true
	});
	const closes: number[] = [];
	provider.on('connection-close', (event: CloseEvent | null) => {
		if (event !== null) closes.push(event.code);
	});
	return {
		doc,
		provider,
		closes,
		ready: async () => {
			await until(() => provider.synced, `${name} is synced (closed with ${closes.join(', ') || 'nothing'})`);
		},
		shows: async (what, check, timeout) => {
			await until(() => check(doc), `${name} shows ${what}`, timeout);
		},
		close: () => {
			provider.destroy();
			// Its interval would keep the process alive; the provider leaves it to the document's end.
			provider.awareness.destroy();
		}
	};
}

/** What a document that the server writes says of one collection of an instance, once there is something. */
export async function published<T>(
	by: { origin: string; token: string },
	room: string,
	document: string,
	instance: string,
	collection: string
): Promise<Record<string, T>> {
	const one = sync(by.origin, room, document, by.token);
	const prefix = `${collection}/`;
	const entries = () =>
		[...one.doc.getMap<T>(instance)]
			.filter(([key]) => key.startsWith(prefix))
			.map(([key, value]) => [key.slice(prefix.length), value] as const);
	await one.ready();
	await one.shows(`${instance}/${collection}`, () => entries().length > 0);
	const found = Object.fromEntries(entries());
	one.close();
	return found;
}
