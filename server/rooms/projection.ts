/** What is seen of a world: by everybody, by those who moderate, by one person. Pure. */
import type { Appointment } from '#lib/blocks/appointment.ts';
import type { Json, Tables } from '#lib/blocks/block.ts';
import { agendaOf, memberOf, nowOf, rosterOf, sceneOf, type World } from './world.ts';

/** What every instance publishes, and the room itself. */
export function project(world: World): { record: Map<string, Tables>; desk: Map<string, Tables> } {
	const record = new Map<string, Tables>();
	const desk = new Map<string, Tables>();
	for (const instance of world.instances.values()) {
		const published = instance.block.publish(world.states.get(instance.name)!, sceneOf(world, instance));
		record.set(instance.name, published.record);
		desk.set(instance.name, published.desk ?? {});
	}
	const { id, code, title, format, preset, state } = world.row;
	const settings = toldSettings(world);
	record.set('room', { info: { room: { id, code, title, format, preset, state, settings } } });
	return { record, desk };
}

/** What a room took over from others stands where it is used, for those who read it there. */
export function toldSettings({ row }: World): Json {
	const { begins: _, ...settings } = row.settings;
	return settings as Json; // from JSON, by its schema
}

/** By instance. */
export function ownOf(world: World, person: string): Record<string, Json> {
	const own: Record<string, Json> = {};
	for (const instance of world.instances.values())
		if (instance.block.own)
			own[instance.name] = instance.block.own(
				world.states.get(instance.name)!,
				person,
				sceneOf(world, instance)
			);
	return own;
}

/** The dates that all instances know of, the earliest first. */
function appointmentsIn(world: World): Appointment[] {
	return [...world.instances.values()]
		.flatMap(
			(instance) =>
				instance.block.appointments?.(world.states.get(instance.name)!, sceneOf(world, instance)) ?? []
		)
		.sort((a, b) => a.starts - b.starts || (a.id < b.id ? -1 : 1));
}

/** Those of them that a member may read: who stands outside reads only what concerns them. */
export function appointmentsFor(world: World, person: string): Appointment[] {
	const member = memberOf(world, person);
	if (!member) return [];
	const outside = world.format.roles[member.role]?.outside !== undefined;
	return appointmentsIn(world).filter(
		({ people }) => !outside || people?.taking.includes(person) || people?.waiting.includes(person)
	);
}

/** Whose access may be another after a change; 'all' if the phase, the meeting or the room itself changed. */
export function concernedBy(before: World, after: World): ReadonlySet<string> | 'all' | null {
	if (before.row !== after.row || nowOf(before) !== nowOf(after)) return 'all';
	const [old, now] = [rosterOf(before), rosterOf(after)];
	if (old === now) return null;
	const people = new Set<string>();
	for (const table of ['members', 'waiting', 'removed'] as const)
		for (const id of new Set([...Object.keys(old[table]), ...Object.keys(now[table])]))
			if (old[table][id] !== now[table][id]) people.add(id);
	return people;
}

/** Phases that the world's meeting has come to so far. */
export function reachedIn(world: World): Set<string> {
	const agenda = agendaOf(world);
	const reached = new Set(Object.values(agenda.visits).map((visit) => visit.phase));
	const now = nowOf(world);
	if (now) reached.add(now.phase);
	return reached;
}
