/**
 * Looks for words in what rooms show one person alone: own drafts, what is sealed or was released to them. It stands in
 * no document and in no index: the rooms are asked what that person sees at this moment.
 */
import { passagesInOwn, writtenIn } from '#lib/blocks/finds.ts';
import { excerpt, isMeant } from '#lib/blocks/match.ts';
import type { Person } from '../identity/person.ts';
import type { Rooms } from '../rooms/rooms.ts';
import type { Registry } from '../rooms/world.ts';
import type { RoomRow } from '../storage/store.ts';
import type { Finding } from './search.ts';

/** Rooms that are asked, those that went on last: each is opened for it. */
const ROOMS = 12;
/** So many are shown. */
const SHOWN = 8;

interface OwnSearchDeps {
	rooms: Pick<Rooms, 'get' | 'mine'>;
	registry: Registry;
}

/** Something that can be found is shown to one person alone in such a room. */
function mayHoldOwn({ format }: RoomRow, { formats, blocks }: Registry): boolean {
	const known = formats[format];
	if (!known) return false;
	const all = [known.blocks, ...Object.values(known.presets ?? {}).map((preset) => preset.blocks ?? {})];
	return all.some((uses) => Object.values(uses).some(({ block }) => blocks[block]?.finds?.own));
}

export async function findOwn(
	person: Person,
	words: readonly (readonly string[])[],
	{ rooms, registry }: OwnSearchDeps
): Promise<Finding[]> {
	const mine = (await rooms.mine(person))
		.filter(({ room }) => mayHoldOwn(room, registry))
		.sort((a, b) => b.touched - a.touched)
		.slice(0, ROOMS);
	const found: Finding[] = [];
	for (const { room } of mine) {
		// those who meet now go first
		await new Promise((turn) => setImmediate(turn));
		const open = await rooms.get(room.id);
		if (!open) continue;
		const own = open.own(person.id);
		for (const [instance, { block, settings }] of open.world.instances) {
			const { finds } = block;
			if (!finds?.own) continue;
			for (const { item, text } of passagesInOwn(own[instance] ?? null, finds.own, writtenIn([settings]))) {
				if (!isMeant(text, words)) continue;
				const { id, code, title, format, preset, demo, meeting } = open.world.row;
				found.push({
					room: { id, code, title, format, preset, demo, meeting },
					...{ meeting: null, current: true, instance, item, member: true },
					parts: excerpt(text, words)
				});
				if (found.length >= SHOWN) return found;
			}
		}
	}
	return found;
}
