/** A meeting as the store has it, without opening the room: for exports, erasures and checks. */
import * as v from 'valibot';
import * as Y from 'yjs';
import type { Tables } from '#lib/blocks/block.ts';
import { madeOf, roomSettings } from '#lib/formats/resolve.ts';
import type { Loaded, RoomRow, Store } from '../storage/store.ts';
import { merge } from '../sync/merge.ts';
import { readTables } from './publication.ts';
import { furnish, statesOf, withStates, type Registry, type World } from './world.ts';

const told = v.object({ title: v.string(), preset: v.nullable(v.string()), settings: roomSettings });

/** All that the store has of it. */
export function updatesOf({ snapshot, tail }: Loaded): readonly Uint8Array[] {
	return snapshot === null ? tail : [snapshot.state, ...tail];
}

/** A document that the server alone writes, for what people wrote may take very long; the caller destroys it. */
export function docOf(loaded: Loaded): Y.Doc {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, merge(updatesOf(loaded)));
	return doc;
}

/** What a document that the server writes says, by instance. */
export async function publishedIn(
	store: Pick<Store, 'load'>,
	document: string
): Promise<Map<string, Tables>> {
	const doc = docOf(await store.load(document));
	const tables = new Map([...doc.share.keys()].map((instance) => [instance, readTables(doc, instance)]));
	doc.destroy();
	return tables;
}

/** Under the method that the meeting had, with what belongs to the room as it is today. Throws as `furnish` does. */
export async function meetingOf(
	row: RoomRow,
	meeting: number,
	{ store, registry }: { store: Pick<Store, 'load' | 'state'>; registry: Registry }
): Promise<World> {
	const record = await publishedIn(store, `${row.id}/m${meeting}/record`);
	const known = v.safeParse(told, record.get('room')?.info?.room);
	const method = known.success ? known.output : row;
	const then = { ...row, ...method, settings: { ...method.settings, ...madeOf(row.settings) }, meeting };
	const furnished = furnish(then, registry);
	const states = statesOf(await store.state(row.id, meeting), furnished);
	return withStates({ row: then, ...furnished, states }, null);
}
