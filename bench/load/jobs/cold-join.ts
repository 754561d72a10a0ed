import * as Y from 'yjs';
import { sync } from '../../../tests/support/sync.ts';
import { open, updateIn, type Target } from '../dialect.ts';
import type { Stage } from '../worker.ts';

export interface ColdJoin {
	/** Documents that nobody has open, one after the other. */
	targets: Target[];
	/** A client that only takes the bytes, or the stock one. */
	as: 'bytes' | 'stock';
}

export interface Joined {
	/** ms from connecting until the document has come. */
	took: number;
	bytes: number;
	/** ms that Yjs then takes for these bytes and nothing else; of the stock client they are in `took`. */
	applying: number;
}

export async function coldJoin({ targets, as }: ColdJoin, _stage: Stage): Promise<Joined[]> {
	const joined: Joined[] = [];
	for (const target of targets) joined.push(await (as === 'stock' ? withStock(target) : withBytes(target)));
	return joined;
}

async function withBytes(target: Target): Promise<Joined> {
	const messages: Uint8Array[] = [];
	const begun = performance.now();
	const socket = await open(target, null, (message) => messages.push(message));
	const took = performance.now() - begun;
	socket.close();
	const updates = messages.map((message) => updateIn(target, message)).filter((update) => update !== null);
	const doc = new Y.Doc();
	const applied = performance.now();
	for (const update of updates) Y.applyUpdate(doc, update);
	return {
		took,
		bytes: messages.reduce((sum, { byteLength }) => sum + byteLength, 0),
		applying: performance.now() - applied
	};
}

async function withStock({ url, name }: Target): Promise<Joined> {
	const { host, pathname, searchParams } = new URL(url);
	const room = pathname.split('/')[2] ?? '';
	const begun = performance.now();
	const one = sync(`http://${host}`, room, name, searchParams.get('token') ?? '');
	await new Promise<void>((resolve) => one.provider.once('sync', () => resolve()));
	const took = performance.now() - begun;
	one.close();
	return { took, bytes: NaN, applying: NaN };
}
