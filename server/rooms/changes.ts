/** From one world to the next: what has to be written so that the store holds it. Pure. */
import * as Y from 'yjs';
import type { LedgerRow, Tables } from '#lib/blocks/block.ts';
import type { LedgerEntry, MeetingRow, MembershipChange, StateChange, Unit } from '../storage/store.ts';
import { sameJson } from './publication.ts';
import { nextDue } from './timetable.ts';
import { held, nowOf, rosterOf, sceneOf, type Registry, type World } from './world.ts';

const nothing: Tables = {};

function tableChanges(
	before: Tables,
	after: Tables,
	row: Omit<StateChange, 'collection' | 'key' | 'value'>
): StateChange[] {
	if (before === after) return [];
	const changes: StateChange[] = [];
	for (const collection of new Set([...Object.keys(before), ...Object.keys(after)])) {
		const [old, now] = [before[collection] ?? {}, after[collection] ?? {}];
		if (old === now) continue;
		const back = broughtBack(old, now);
		for (const key of Object.keys(old))
			if (!Object.hasOwn(now, key) || back.has(key))
				changes.push({ ...row, collection, key, value: undefined });
		for (const [key, value] of Object.entries(now))
			if (old[key] !== value || back.has(key)) changes.push({ ...row, collection, key, value });
	}
	return changes;
}

/**
 * The store keeps keys in the order in which it got them. Those that stand behind one that it does not have yet, or
 * that were removed and came back, are written anew, so that their order is the same after a restart.
 */
function broughtBack(old: Tables[string], now: Tables[string]): ReadonlySet<string> {
	const places = new Map(Object.keys(old).map((key, place) => [key, place]));
	const keys = Object.keys(now);
	let last = -1;
	let kept = 0;
	for (; kept < keys.length; kept++) {
		const place = places.get(keys[kept]!);
		if (place === undefined || place < last) break;
		last = place;
	}
	return new Set(keys.slice(kept).filter((key) => places.has(key)));
}

/** `before` null: the room is new. */
export function stateChanges(before: World | null, after: World): StateChange[] {
	const sameMeeting = before?.row.meeting === after.row.meeting;
	return [...held(after)].flatMap(({ name, scope }) => {
		const old = scope === 'room' || sameMeeting ? before?.states.get(name) : undefined;
		return tableChanges(old ?? nothing, after.states.get(name)!, {
			room: after.row.id,
			meeting: scope === 'room' ? 0 : after.row.meeting,
			instance: name
		});
	});
}

export function memberChanges(before: World | null, after: World): MembershipChange[] {
	const old = before ? rosterOf(before).members : {};
	const now = rosterOf(after).members;
	if (old === now) return [];
	const changes: MembershipChange[] = [];
	for (const member of Object.values(now)) {
		const was = old[member.id];
		if (was?.role === member.role && was.owner === member.owner) continue;
		changes.push({ room: after.row.id, person: member.id, role: member.role, owner: member.owner });
	}
	for (const id of Object.keys(old))
		if (!now[id]) changes.push({ room: after.row.id, person: id, role: null, owner: false });
	return changes;
}

/** What stands in the ledger for this room, by `<instance>/<id>`. */
export type Ledger = Map<string, LedgerEntry>;

export function ledgerOf(entries: readonly LedgerEntry[]): Ledger {
	return new Map(entries.map((entry) => [`${entry.instance}/${entry.id}`, entry]));
}

/** Changes of the ledger; `ledger` is brought to the new state. Returns a copy to adopt once it is durable. */
export function ledgerChanges(
	ledger: Ledger,
	world: World,
	now: number
): { ledger: Ledger; put: LedgerEntry[]; remove: NonNullable<Unit['unledger']> } {
	const next: Ledger = new Map(ledger);
	const put: LedgerEntry[] = [];
	const remove: NonNullable<Unit['unledger']> = [];
	for (const instance of world.instances.values()) {
		if (!instance.block.ledger) continue;
		const rows = instance.block.ledger(world.states.get(instance.name)!, sceneOf(world, instance));
		const seen = new Set<string>();
		for (const row of rows) {
			const key = `${instance.name}/${row.id}`;
			seen.add(key);
			const old = ledger.get(key);
			if (old && sameRow(old, row)) continue;
			const entry: LedgerEntry = {
				...row,
				room: world.row.id,
				instance: instance.name,
				meeting: old?.meeting ?? world.row.meeting,
				updated: now
			};
			next.set(key, entry);
			put.push(entry);
		}
		// What a meeting's instance no longer lists in the next meeting stays in the ledger; only in its own meeting
		// does a row that disappears mean that it was taken back.
		for (const [key, entry] of ledger) {
			if (entry.instance !== instance.name || seen.has(key)) continue;
			if (instance.scope === 'meeting' && entry.meeting !== world.row.meeting) continue;
			next.delete(key);
			remove.push({ room: world.row.id, instance: instance.name, id: entry.id });
		}
	}
	return { ledger: next, put, remove };
}

function sameRow(old: LedgerEntry, row: LedgerRow): boolean {
	return (
		old.kind === row.kind &&
		old.person === row.person &&
		old.state === row.state &&
		old.due === row.due &&
		old.text === row.text &&
		sameJson(old.data, row.data)
	);
}

/** When the room has next to do something by itself, where that is another time than before; null: not known. */
export function dueChanges(before: World | null, after: World): NonNullable<Unit['due']> {
	const at = nextDue(after)?.at ?? null;
	if (before !== null && (nextDue(before)?.at ?? null) === at) return [];
	return [{ room: after.row.id, at }];
}

export function meetingRow(world: World): MeetingRow {
	const now = nowOf(world);
	return {
		room: world.row.id,
		number: world.row.meeting,
		started: now?.began ?? null,
		ended: now?.ended ?? null
	};
}

/**
 * First content of the method's co-written documents; `begun` are those, by full name, that somebody has written in,
 * be it the server. Seeding twice would double what it says.
 */
export function seeds(
	world: World,
	registry: Registry,
	begun: ReadonlySet<string>
): { name: string; update: Uint8Array }[] {
	return Object.entries(world.format.documents).flatMap(([short, use]) => {
		const name = use.scope === 'meeting' ? `m${world.row.meeting}/${short}` : short;
		if (!use.seed || use.scope === 'person' || begun.has(name)) return [];
		const block = registry.blocks[use.seed.block];
		if (!block?.seed)
			throw new Error(`The block "${use.seed.block}" has no seed for the document "${short}".`);
		const doc = new Y.Doc();
		block.seed(doc, use.seed.template);
		const update = Y.encodeStateAsUpdate(doc);
		doc.destroy();
		return [{ name, update }];
	});
}
