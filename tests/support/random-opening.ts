/** Where random commands begin: in rooms of every method, with every option, and in the middle of every demo. */
import type { Demo } from '#lib/formats/demo.ts';
import { formatOf } from '#lib/formats/demos/index.ts';
import { methodsOf } from '#lib/formats/resolve.ts';
import type { Room } from '../../server/rooms/room.ts';
import { somebody } from '../../server/rooms/testing.ts';
import type { Registry } from '../../server/rooms/world.ts';
import type { Dice } from './chance.ts';
import { openDemo, steps, type Hall } from './demo-room.ts';

export interface OpeningParts {
	registry: Registry;
	demos: Readonly<Record<string, Demo>>;
}

export const PEOPLE = ['ann', 'ben', 'cay', 'dev', 'eve', 'fay', 'gus'];

/** What the directory says of them: some report to others, and not all of them say when they can be met. */
export function people(house: Hall, ids: readonly string[], { roll, pick }: Dice): void {
	for (const [index, id] of ids.entries()) {
		const who = somebody(id, true);
		house.people.set(id, who);
		if (roll() < 0.2) continue;
		house.profiles.set(id, {
			...{ id, name: who.name, job: null, place: null, timeZone: 'Europe/Berlin' },
			team: pick(['Claims', 'Sales', null])!,
			manager: index > 0 && roll() < 0.8 ? pick(ids.slice(0, index))! : null,
			languages: ['en'],
			hours: roll() < 0.8 ? [{ day: 2, from: 540, to: 1020 }] : [],
			...{ interests: ['sailing'], offers: ['sql'], wants: roll() < 0.5 ? ['sql'] : [] },
			mentoring: { open: roll() < 0.7, capacity: 2 }
		});
	}
}

/** A new room with one of the format's methods, or one in the middle of one of its demos, where more can be done. */
export type Start = { format: string } & ({ method: string | null } | { demo: string });

/** Where rooms of all formats can begin. */
export function starts({ registry, demos }: OpeningParts): Start[] {
	return Object.entries(registry.formats).flatMap(([format, known]): Start[] => [
		...methodsOf(known).map((method) => ({ format, method })),
		...Object.keys(demos)
			.filter((demo) => formatOf(demo) === format)
			.map((demo) => ({ format, demo }))
	]);
}

export function openAt(
	start: Start,
	house: Hall,
	{ registry, demos }: OpeningParts,
	dice: Dice
): Promise<Room> {
	if ('demo' in start) return within(house, start.format, demos[start.demo]!, dice);
	return fresh(house, start, registry, dice);
}

async function within(house: Hall, format: string, demo: Demo, dice: Dice): Promise<Room> {
	const room = await openDemo(house, format, demo);
	const taken = steps(house, room, demo, Math.floor(dice.roll() * (demo.steps.length + 1)));
	while (!(await taken.next()).done);
	return room;
}

/** Somebody in each role that the room gives, and the others in roles by lot. */
async function fresh(
	house: Hall,
	{ format, method }: { format: string; method: string | null },
	registry: Registry,
	dice: Dice
): Promise<Room> {
	const [owner, ...others] = PEOPLE;
	const asked = { title: 'Random', format, preset: method, settings: anySettings(registry, format, dice) };
	const made = await house.rooms.create(somebody(owner!, true), asked);
	if (!made.ok) throw new Error(made.refusal.message);
	const room = (await house.rooms.get(made.value.room.id))!;
	const roles = Object.entries(room.world.format.roles).filter(([, { offered = false }]) => !offered);
	const left = roles.map(([role]) => role).filter((role) => role !== room.world.format.host);
	for (const id of others) {
		const at = Math.floor(dice.roll() * left.length);
		const role = left.splice(at, 1)[0] ?? dice.pick(roles)![0];
		const who = { id, name: id.toUpperCase(), account: dice.roll() < 0.5, owner: false, admitted: true };
		// a role that is taken already is given to nobody else
		await room.run('roster.enter', { ...who, role });
	}
	return room;
}

/** Who may come in, and the format's switches as they may be set. */
export function anySettings({ formats }: Registry, format: string, { roll, pick }: Dice) {
	const options = Object.fromEntries(
		(formats[format]!.options ?? [])
			.filter(() => roll() < 0.5)
			.map(({ name, values }) => [name, values ? pick(values)!.value : roll() < 0.5])
	);
	return { joining: roll() < 0.6 ? 'code' : pick(['accounts', 'approval'])!, options };
}
