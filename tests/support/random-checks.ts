/** What must hold of a room whatever was commanded: of every block, of what is shown, and of what is in the store. */
import * as Y from 'yjs';
import type { Json, Tables } from '#lib/blocks/block.ts';
import type { Holds } from '#lib/blocks/testing.ts';
import { project } from '../../server/rooms/projection.ts';
import { readTables, sameJson } from '../../server/rooms/publication.ts';
import type { Room } from '../../server/rooms/room.ts';
import { fakeChance, hall } from '../../server/rooms/testing.ts';
import { rosterOf, sceneOf, type Registry, type World } from '../../server/rooms/world.ts';
import type { Hall } from './demo-room.ts';

export type AllHolds = Readonly<Record<string, Holds<never, never, never, never>>>;

/** What every block says of itself. */
export function checkBlocks(world: World, allHolds: AllHolds): void {
	const wrong: string[] = [];
	for (const instance of world.instances.values()) {
		const state = world.states.get(instance.name)!;
		const scene = sceneOf(world, instance);
		const { record, desk = {} } = instance.block.publish(state, scene);
		const own = (person: string) => instance.block.own?.(state, person, scene) ?? null;
		const holds = allHolds[instance.block.name];
		// the block's own types, which the registry has lost
		const problems = holds?.(state as never, { record, desk, own, scene } as never) ?? [];
		wrong.push(...problems.map((one) => `${instance.name}: ${one}`));
	}
	if (wrong.length > 0) throw new Error(wrong.join('\n'));
}

/** Looks at the room at rest: where its time came for something meanwhile, nothing can be said, and it looks anew. */
async function atRest(room: Room, look: (world: World) => Promise<() => void>): Promise<void> {
	for (let tries = 0; tries < 50; tries++) {
		await room.show();
		const { world } = room;
		const judge = await look(world);
		if (room.world === world) return judge();
	}
	throw new Error('The room never rests.');
}

/** The documents that others read are the projection of what the room holds, and nothing besides. */
export function checkDocuments(house: Hall, room: Room): Promise<void> {
	return atRest(room, async (world) => {
		const read = (short: string) => house.hub.read(`${room.id}/m${world.row.meeting}/${short}`);
		const shown = { record: await read('record'), desk: await read('desk') };
		return () => {
			for (const [short, expected] of Object.entries(project(world))) {
				const doc = new Y.Doc();
				Y.applyUpdate(doc, shown[short as keyof typeof shown]);
				const there = new Set([...doc.share.keys(), ...expected.keys()]);
				for (const instance of there)
					if (!sameJson(readTables(doc, instance) as Json, filled(expected.get(instance) ?? {}) as Json))
						throw new Error(`${short} says something else of ${instance} than the room holds.`);
				doc.destroy();
			}
		};
	});
}

/** Whoever opens the room from the store now finds the same. */
export function checkReload(house: Hall, room: Room, registry: Registry): Promise<void> {
	return atRest(room, (world) => reloaded(world, house, room, registry));
}

async function reloaded(world: World, house: Hall, room: Room, registry: Registry): Promise<() => void> {
	const before = await house.store.documents(room.id);
	// by a clock that stands at the beginning of all time nothing is due, so that it only looks
	const early = { ...fakeChance(), now: () => 0 };
	const again = await hall(house.database, early, { known: registry, tick: 0 });
	try {
		const loaded = (await again.rooms.get(room.id))!;
		const ledger = await again.store.ledger(room.id);
		const members = Object.values(rosterOf(world).members);
		const memberships = await Promise.all(members.map(({ id }) => again.store.membership(room.id, id)));
		const after = await house.store.documents(room.id);
		return () => {
			sameStates(world, loaded.world);
			for (const [index, { id, role, owner }] of members.entries())
				same(`the membership of ${id}`, memberships[index], { role, owner });
			same('what is shown in documents', after, before);
			const rows = new Set(ledger.map((row) => `${row.instance}/${row.id}`));
			for (const instance of world.instances.values())
				for (const row of instance.block.ledger?.(
					world.states.get(instance.name)!,
					sceneOf(world, instance)
				) ?? [])
					if (!rows.has(`${instance.name}/${row.id}`)) throw new Error(`The ledger lacks ${row.id}.`);
		};
	} finally {
		await again.rooms.close();
		await again.hub.close();
	}
}

/** Says in the error where the two differ. */
function same(what: string, one: unknown, other: unknown): void {
	const [found, expected] = [plain(one), plain(other)];
	if (!sameJson(found, expected))
		throw new Error(
			`After a restart ${what} is another: ${JSON.stringify(found)}, not ${JSON.stringify(expected)}.`
		);
}

function sameStates(live: World, loaded: World): void {
	same('the room', loaded.row, live.row);
	for (const [name, state] of live.states) {
		const [is, was] = [filled(loaded.states.get(name) ?? {}), filled(state)];
		for (const collection of new Set([...Object.keys(was), ...Object.keys(is)])) {
			const [found, entries] = [is[collection] ?? {}, was[collection] ?? {}];
			for (const key of new Set([...Object.keys(entries), ...Object.keys(found)]))
				same(`${name}.${collection}.${key}`, found[key], entries[key]);
			same(`the order of ${name}.${collection}`, Object.keys(found), Object.keys(entries));
		}
	}
}

/** Collections without entries leave nothing behind, neither in a document nor in the store. */
function filled(tables: Tables): Tables {
	return Object.fromEntries(Object.entries(tables).filter(([, entries]) => Object.keys(entries).length > 0));
}

const plain = (value: unknown) => JSON.parse(JSON.stringify(value ?? null)) as Json;
