/** A format's demo in a real room of a test, step by step, also the steps that a visitor of the demo never sees. */
import type { Json } from '#lib/blocks/block.ts';
import type { Demo, DemoStep } from '#lib/formats/demo.ts';
import { seenIn, take } from '../../server/rooms/demo.ts';
import type { Room } from '../../server/rooms/room.ts';
import { somebody, type hall } from '../../server/rooms/testing.ts';

export type Hall = Awaited<ReturnType<typeof hall>>;

const idOf = (key: string) => `person-${key}`;

/** The room with everybody in it, and somebody for each role that the demo has nobody for. */
export async function openDemo(house: Hall, format: string, demo: Demo): Promise<Room> {
	const { people, title, preset = null, settings = {}, steps } = demo;
	const lasts = steps.reduce((sum, step) => sum + ('wait' in step ? step.wait : 0), 0) * 60_000;
	const [first, ...others] = people;
	const owner = { ...somebody(idOf(first!.key)), name: first!.name };
	const made = await house.rooms.create(owner, { title, format, preset, settings }, { ago: lasts });
	if (!made.ok) throw new Error(made.refusal.message);
	const room = (await house.rooms.get(made.value.room.id))!;
	const enter = (id: string, name: string, role: string) =>
		room.run('roster.enter', { id, name, role, account: false, owner: false, admitted: true });
	for (const { key, name, role } of others) await enter(idOf(key), name, role);
	// A role that is asked for and accepted comes to somebody in the demo itself.
	for (const [role, { offered = false }] of Object.entries(room.world.format.roles))
		if (!offered && !people.some((one) => one.role === role))
			await enter(`spy-${role}`, `Spy of ${role}`, role);
	return room;
}

/** One step that was taken. `payload` and `result` are those of a command. */
export interface Taken {
	step: DemoStep;
	index: number;
	/** The person's id; null: nobody did anything. */
	by: string | null;
	payload: Json;
	result: Json;
	/** In which meeting it began. */
	meeting: number;
}

/** Takes the demo's steps, the first `most` of them. */
export async function* steps(
	house: Hall,
	room: Room,
	demo: Demo,
	most = Infinity
): AsyncGenerator<Taken, void> {
	const ids = Object.fromEntries(demo.people.map(({ key }) => [key, idOf(key)]));
	const results: Record<string, Json> = {};
	for (const [index, step] of demo.steps.entries()) {
		if (index >= most) return;
		const seen = seenIn(room, ids, results);
		const payload = 'run' in step ? (step.with?.(seen) ?? {}) : {};
		const { meeting } = room.world.row;
		const as = 'run' in step ? (step.as ?? 'last') : 'last';
		await take('run' in step ? { ...step, as } : step, `step ${index + 1}`, seen, results, room, house);
		const by = 'by' in step ? ids[step.by]! : null;
		yield { step, index, by, payload, result: results[as] ?? null, meeting };
	}
}
