/** Deletes parts of a room for good: instances and documents, of one meeting or of all. Done twice it changes nothing. */
import type { Committer } from '../storage/committer.ts';
import type { StateChange, Store } from '../storage/store.ts';
import { CLOSE, type Hub } from '../sync/hub.ts';
import { parseDocument } from './access.ts';
import { publishedIn } from './past.ts';
import { republish } from './rewriting.ts';
import type { Room } from './room.ts';

export interface Part {
	/** Null: all meetings, and what belongs to the room. */
	meeting: number | null;
	instances: readonly string[];
	documents: readonly string[];
}

const isPublished = (short: string) => short === 'record' || short === 'desk';

interface PurgeDeps {
	store: Store;
	committer: Committer;
	hub: Hub;
	now(): number;
}

/** How many rows and documents are gone. */
export async function purge(
	room: Room,
	part: Part,
	deps: PurgeDeps
): Promise<{ rows: number; documents: number }> {
	const { store, committer, hub, now } = deps;
	const done = { rows: 0, documents: 0 };
	const current = room.world.row.meeting;
	const concerns = (meeting: number | null) => part.meeting === null || part.meeting === meeting;
	if (concerns(current)) {
		const answer = await room.reset(part.instances);
		if (!answer.ok) throw new Error(`Room ${room.id}: ${answer.error.message}`);
	}
	await room.alone(async () => {
		const state: StateChange[] = [];
		for (let meeting = 1; meeting < current; meeting++)
			if (concerns(meeting))
				for (const row of await store.state(room.id, meeting))
					if (row.meeting === meeting && part.instances.includes(row.instance))
						state.push({ ...row, value: undefined });
		const unledger = (await store.ledger(room.id)).filter(
			({ instance, meeting }) => part.instances.includes(instance) && concerns(meeting)
		);
		done.rows = state.length + unledger.length;
		if (done.rows > 0) await committer.commit({ state, unledger });
		for (const { document } of await store.documents(room.id)) {
			const name = parseDocument(document.slice(room.id.length + 1));
			if (!name || !(name.meeting === null ? part.meeting === null : concerns(name.meeting))) continue;
			if (part.documents.includes(name.short)) {
				await hub.evict(document, CLOSE.gone, () => store.deleteDocument(document));
				done.documents++;
			} else if (isPublished(name.short) && (await holds(document, name.meeting === current))) {
				const isCurrent = name.meeting === current;
				await hub.evict(document, CLOSE.replaced, () =>
					store.squash(
						document,
						(loaded) =>
							republish(loaded, (instance, tables) =>
								part.instances.includes(instance) && !isCurrent ? {} : tables
							),
						null,
						now()
					)
				);
				done.documents++;
			}
		}
	});
	return done;

	/** The current meeting shows what the state says by itself; there, only its history is to go. */
	async function holds(document: string, isCurrent: boolean): Promise<boolean> {
		if (isCurrent) {
			for (let from = 0; ;) {
				const page = await store.history(document, from, 100);
				if (page.length === 0) return false;
				if (page.some(({ cause }) => cause !== 'squash')) return true;
				from = page.at(-1)!.seq;
			}
		}
		const published = await publishedIn(store, document);
		return part.instances.some((one) => Object.keys(published.get(one) ?? {}).length > 0);
	}
}
