/** A guest goes on as an account: what they wrote for themselves alone goes on with them, and stays nowhere else. */
import * as Y from 'yjs';
import type { Entry, Store } from '../storage/store.ts';
import { CLOSE, type Hub } from '../sync/hub.ts';
import { rosterOf, type World } from './world.ts';

interface Heir {
	from: string;
	to: string;
}

/** Bytes of a document that nothing was written in. */
const EMPTY = 2;

/** Who is somebody else in `after`. */
export function heirs(before: World, after: World): Heir[] {
	const [old, now] = [rosterOf(before).former, rosterOf(after).former];
	if (old === now) return [];
	return Object.entries(now).flatMap(([from, to]) => (old[from] === undefined ? [{ from, to }] : []));
}

/** What the account's own document gets from the guest's. */
export async function inherited(
	room: string,
	all: readonly Heir[],
	hub: Pick<Hub, 'read'>,
	at: number
): Promise<Entry[]> {
	const entries: Entry[] = [];
	for (const { from, to } of all) {
		const update = await hub.read(`${room}/own/${from}`);
		if (update.byteLength <= EMPTY) continue;
		entries.push({ document: `${room}/own/${to}`, update, person: to, at, cause: 'roster.succeed' });
	}
	return entries;
}

/** Empties the guest's documents, which nobody can open any more. */
export async function emptied(
	room: string,
	all: readonly Heir[],
	{ hub, store }: { hub: Pick<Hub, 'read' | 'evict'>; store: Pick<Store, 'squash'> },
	at: number
): Promise<void> {
	for (const { from } of all) {
		const document = `${room}/own/${from}`;
		if ((await hub.read(document)).byteLength <= EMPTY) continue;
		const nothing = Y.encodeStateAsUpdate(new Y.Doc());
		await hub.evict(document, CLOSE.forbidden, () => store.squash(document, () => nothing, null, at));
	}
}
