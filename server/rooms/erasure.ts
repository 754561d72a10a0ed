/**
 * Takes a person out of one room for good: out of its state, its ledger and its documents, those of meetings long past
 * included. Nothing of it needs to be done at one stroke; done twice it changes nothing.
 */
import type { Committer } from '../storage/committer.ts';
import type { LedgerEntry, StateChange, Store } from '../storage/store.ts';
import { CLOSE, type Hub } from '../sync/hub.ts';
import { readerHere, type Reader } from '../sync/reader.ts';
import { parseDocument } from './access.ts';
import { ledgerChanges, ledgerOf, stateChanges } from './changes.ts';
import { forgotten, mentions, republished, scrubbed, scrubbedKey, type Erased } from './forgetting.ts';
import { project } from './projection.ts';
import { meetingOf, updatesOf } from './past.ts';
import { disowned, republish } from './rewriting.ts';
import type { Room } from './room.ts';
import type { Registry, World } from './world.ts';

export interface ErasureDeps {
	store: Store;
	committer: Committer;
	hub: Hub;
	/** Left out, documents are read where it is asked for. */
	reader?: Pick<Reader, 'read'>;
	registry: Registry;
	now(): number;
}

/** A meeting as the store has it, with the person and without. */
interface Past {
	before: World;
	after: World;
}

/** How many documents were written anew. */
export async function eraseFrom(room: Room, who: Erased, deps: ErasureDeps): Promise<number> {
	const { store, committer } = deps;
	const before = room.world;
	const answer = await room.forget(who);
	if (!answer.ok) throw new Error(`Room ${room.id}: ${answer.error.message}`);
	let rewritten = 0;
	await room.alone(async () => {
		const past = new Map<number, Past>();
		for (let meeting = 1; meeting < room.world.row.meeting; meeting++) {
			const one = await pastMeeting(before, meeting, who, deps);
			past.set(meeting, one);
			await committer.commit(changesOf(one, await store.ledger(room.id), deps.now()));
		}
		past.set(room.world.row.meeting, { before, after: forgotten(before, who) });
		// what no instance of today's method accounts for
		await committer.commit({ state: await leftovers(room.id, who, store) });
		await committer.commit({ ledger: leftInLedger(await store.ledger(room.id), who) });
		for (const name of await store.documentsMentioning(room.id, who.ids)) {
			await rewrite(name, past, who, deps);
			rewritten++;
		}
	});
	return rewritten;
}

async function pastMeeting(today: World, meeting: number, who: Erased, deps: ErasureDeps): Promise<Past> {
	const then = await meetingOf(today.row, meeting, deps);
	const states = new Map(then.states);
	for (const { name, scope } of then.instances.values()) {
		// the store has it without the person already
		const state = today.states.get(name);
		if (scope === 'room' && state) states.set(name, state);
	}
	const before = { ...then, states };
	return { before, after: forgotten(before, who) };
}

/** Of what belongs to the meeting alone; the room's own was taken care of in its current one. */
function changesOf({ before, after }: Past, entries: readonly LedgerEntry[], now: number) {
	const ofMeeting = (world: World): World => ({
		...world,
		instances: new Map([...world.instances].filter(([, { scope }]) => scope === 'meeting'))
	});
	const state = stateChanges(ofMeeting(before), ofMeeting(after));
	const books = ledgerOf(entries.filter(({ meeting }) => meeting === before.row.meeting));
	// what the rows are today may be another block's doing: only what falls away with the person falls away here
	const listed = (world: World) => ledgerChanges(new Map(), ofMeeting(world), now).put;
	const kept = new Set(listed(after).map(({ instance, id }) => `${instance}/${id}`));
	const unledger = listed(before).filter(
		({ instance, id }) => books.has(`${instance}/${id}`) && !kept.has(`${instance}/${id}`)
	);
	return { state, unledger };
}

async function leftovers(room: string, who: Erased, store: Store): Promise<StateChange[]> {
	return (await store.stateMentioning(room, who.ids)).flatMap((row): StateChange[] => {
		const key = scrubbedKey(row.key, who);
		const clean = { ...row, key, value: scrubbed(row.value, who) };
		return key === row.key ? [clean] : [{ ...row, value: undefined }, clean];
	});
}

function leftInLedger(entries: readonly LedgerEntry[], who: Erased): LedgerEntry[] {
	return entries
		.filter((entry) => mentions(entry, who) || namesOne(entry, who))
		.map((entry) => ({
			...entry,
			person: entry.person !== null && who.ids.includes(entry.person) ? null : entry.person,
			data: scrubbed(entry.data, who)
		}));
}

const namesOne = ({ data }: LedgerEntry, { names }: Erased) =>
	Object.values(data).some((value) => typeof value === 'string' && names.has(value));

async function rewrite(
	document: string,
	past: ReadonlyMap<number, Past>,
	who: Erased,
	deps: ErasureDeps
): Promise<void> {
	const { store, hub, now } = deps;
	const name = parseDocument(document.slice(document.indexOf('/') + 1));
	const own = name !== null && who.ids.some((id) => name.short === `own/${id}`);
	if (own) return hub.evict(document, CLOSE.gone, () => store.deleteDocument(document));
	const published = name?.meeting && (name.short === 'record' || name.short === 'desk') ? name.short : null;
	if (published === null) return disown(document, who, deps);
	const meeting = past.get(name!.meeting!);
	const projected = meeting && { before: project(meeting.before), after: project(meeting.after) };
	const tables = (when: 'before' | 'after', instance: string) =>
		projected?.[when][published].get(instance) ?? {};
	await hub.evict(document, CLOSE.replaced, () =>
		store.squash(
			document,
			(loaded) =>
				republish(loaded, (instance, old) =>
					republished(old, tables('before', instance), tables('after', instance), who)
				),
			null,
			now()
		)
	);
}

/** What takes so long to read that nobody can open it has nothing left for anybody: it goes. */
async function disown(document: string, who: Erased, deps: ErasureDeps): Promise<void> {
	const { store, hub, reader = readerHere, now } = deps;
	const read = async () => reader.read(updatesOf(await store.load(document)));
	const first = await read();
	first?.destroy();
	if (first === null) return hub.evict(document, CLOSE.gone, () => store.deleteDocument(document));
	await hub.evict(document, CLOSE.rewritten, async () => {
		const doc = await read();
		if (doc === null) return store.deleteDocument(document);
		const state = disowned(doc, who);
		await store.squash(document, () => state, null, now());
	});
}
