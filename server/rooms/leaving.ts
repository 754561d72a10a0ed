/** What a room leaves to those that are made after it: settings of theirs, as their format declares (`begins`). */
import type { Json } from '#lib/blocks/block.ts';
import type { Format } from '#lib/formats/format.ts';
import type { Store } from '../storage/store.ts';
import type { Room } from './room.ts';
import type { World } from './world.ts';

export type Left = { [setting: string]: Json };

/** Older ones are not asked: what they left was taken over by those that followed, or is forgotten. */
const LOOKED_AT = 12;

export function leftBy(world: World): Left {
	const left: Left = {};
	for (const { setting, from } of world.format.begins ?? []) {
		const instance = world.instances.get(from);
		const value = instance?.block.leaves?.(world.states.get(from)!, instance.settings) ?? null;
		if (value !== null) left[setting] = value;
	}
	return left;
}

/** Of the last room of this format that is this person's and leaves something. What was tried in a demo is no one's. */
export async function leftTo(
	person: string,
	{ name, begins = [] }: Format,
	{ store, get }: { store: Pick<Store, 'roomsOf'>; get(room: string): Promise<Room | null> }
): Promise<Left> {
	if (begins.length === 0) return {};
	const theirs = (await store.roomsOf(person))
		.filter(({ room, owner }) => owner && !room.demo && room.format === name)
		.sort((a, b) => b.room.updated - a.room.updated);
	for (const { room } of theirs.slice(0, LOOKED_AT)) {
		const last = await get(room.id);
		const left = last ? leftBy(last.world) : {};
		if (Object.keys(left).length > 0) return left;
	}
	return {};
}
