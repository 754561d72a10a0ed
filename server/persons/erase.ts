/** The erasure of one person, everywhere: asked for once, and gone on with until it is done, whatever happens. */
import type { Identity } from '../identity/identity.ts';
import { eraseFrom, type ErasureDeps } from '../rooms/erasure.ts';
import { ERASED, type Erased } from '../rooms/forgetting.ts';
import type { Rooms } from '../rooms/rooms.ts';
import type { Registry } from '../rooms/world.ts';
import { rosterOf } from '../rooms/world.ts';
import type { Erasure, RoomRow } from '../storage/store.ts';

export interface EraseDeps extends ErasureDeps {
	rooms: Rooms;
	identity: Pick<Identity, 'find' | 'erase' | 'endAllSessions'>;
	log: {
		info(fields: object, message: string): void;
		error(fields: object, message: string): void;
	};
}

/** Carries out what was asked for. Throws if it did not come to its end: then it stays asked for. */
export async function erase({ person, by }: Erasure, deps: EraseDeps): Promise<void> {
	const { store, rooms, identity, log, now } = deps;
	const known = await identity.find(person);
	// whoever is being erased must not write meanwhile
	if (known) await identity.endAllSessions(known);
	const who = await everything(person, known?.name ?? null, deps);
	const done = { rooms: 0, documents: 0, deleted: 0 };
	for (const id of await store.roomsMentioning(who.ids)) {
		const room = await rooms.get(id);
		if (!room) continue;
		const { members } = rosterOf(room.world);
		const about = isAbout(who, room.world.row, members, deps.registry);
		if (about || (await isTheirsAlone(members, who, deps))) {
			await rooms.destroy(id);
			done.deleted++;
			continue;
		}
		done.documents += await eraseFrom(room, who, deps);
		done.rooms++;
	}
	await store.disown(
		who.ids,
		ERASED,
		[...who.names].filter((name) => name.length >= 4)
	);
	await identity.erase(who.ids);
	await store.note({ at: now(), what: 'person', by, room: null, detail: done });
	await store.erased(person);
	await store.shred();
	log.info({ by, ...done }, 'A person was erased');
}

/** The ids that the person has and had, and the names that rooms know them by. */
async function everything(person: string, name: string | null, { store }: EraseDeps): Promise<Erased> {
	const ids = new Set([person]);
	const names = new Set(name === null ? [] : [name]);
	for (let before = -1; before !== ids.size;) {
		before = ids.size;
		for (const room of await store.roomsMentioning([...ids])) {
			for (const row of await store.stateMentioning(room, [...ids])) {
				if (row.instance !== 'roster') continue;
				// a guest who went on as this account
				if (row.collection === 'former' && ids.has(String(row.value))) ids.add(row.key);
				if (ids.has(row.key) && typeof row.value === 'object' && row.value !== null && 'name' in row.value)
					names.add(String(row.value.name));
			}
		}
	}
	return { ids: [...ids], names };
}

/** Nobody else is in it who could come back; people of a demo are invented. */
export async function isTheirsAlone(
	members: Readonly<Record<string, unknown>>,
	{ ids }: Pick<Erased, 'ids'>,
	{ identity }: { identity: Pick<EraseDeps['identity'], 'find'> }
): Promise<boolean> {
	const all = Object.keys(members);
	if (!all.some((id) => ids.includes(id))) return false;
	for (const id of all) if (!ids.includes(id) && (await identity.find(id)) !== null) return false;
	return true;
}

/** The room is about them, as its format says of the role that they hold: it goes with them, whoever else is in it. */
export function isAbout(
	{ ids }: Pick<Erased, 'ids'>,
	{ format: name, preset }: Pick<RoomRow, 'format' | 'preset'>,
	members: Readonly<Record<string, { role: string }>>,
	{ formats }: Registry
): boolean {
	const format = formats[name];
	const roles = { ...format?.roles, ...format?.presets?.[preset ?? '']?.roles };
	return ids.some((id) => roles[members[id]?.role ?? '']?.subject ?? false);
}
