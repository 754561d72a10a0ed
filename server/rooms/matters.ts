/** What of a room concerns single people, from its blocks; and from one world to the next what of it changed. Pure. */
import type { Appointment } from '#lib/blocks/appointment.ts';
import { dayAt } from '#lib/blocks/days.ts';
import { told, type Matter, type MatterScene } from '#lib/blocks/matter.ts';
import { includes, may, mayInPhase } from '#lib/formats/permissions.ts';
import type { MatterEntry, MatterRemoval, MeetingRow } from '../storage/store.ts';
import { sameJson } from './publication.ts';
import { endId, endOf, goesAt, insiders, NOTICE, ROOM, toldSince } from './retention.ts';
import { agendaOf, nowOf, rosterOf, sceneOf, type Instance, type World } from './world.ts';

/** What the store holds for this room, by instance and then by `<id>/<person>`. */
export type Matters = ReadonlyMap<string, ReadonlyMap<string, MatterEntry>>;

/** By what it is known how long the room is kept. */
export interface Kept {
	meetings: readonly MeetingRow[];
	/** The operator's setting; null: archived rooms stay. */
	archivedDays: number | null;
}

interface MatterChanges {
	/** To adopt once it is durable. */
	matters: Matters;
	put: MatterEntry[];
	remove: MatterRemoval[];
}

const keyOf = ({ id, person }: Pick<Matter, 'id' | 'person'>) => `${id}/${person ?? ''}`;

export function mattersBy(entries: readonly MatterEntry[]): Matters {
	const all = new Map<string, Map<string, MatterEntry>>();
	for (const entry of entries) {
		let of = all.get(entry.instance);
		if (!of) all.set(entry.instance, (of = new Map()));
		of.set(keyOf(entry), entry);
	}
	return all;
}

function matterScene(world: World, instance: Instance): MatterScene {
	const { format } = world;
	const phase = nowOf(world)?.phase ?? null;
	const scene = sceneOf(world, instance);
	const people = Object.values(scene.people);
	const among = (allowed: (role: string) => boolean) => {
		const roles = Object.keys(format.roles).filter((role) => !format.roles[role]?.crowd && allowed(role));
		return roles.length === 0 ? [] : people.filter(({ role }) => roles.includes(role));
	};
	const type = (verb: string) => `${instance.name}.${verb}`;
	return {
		...scene,
		title: format.blocks[instance.name]!.name,
		may: (person, verb) => {
			const role = scene.people[person]?.role;
			return role !== undefined && may(format, phase, role, type(verb));
		},
		whoMay: (verb) => among((role) => may(format, phase, role, type(verb))),
		asked: (verb) => among((role) => mayInPhase(format, phase, role, type(verb)))
	};
}

function mattersOf(world: World, instance: Instance): Matter[] {
	// Nothing can be done in an archived room, so nobody is reminded of it.
	const { block } = instance;
	if (world.row.state === 'archived' || (!block.matters && !block.appointments)) return [];
	const { members } = rosterOf(world);
	const state = world.states.get(instance.name)!;
	const scene = matterScene(world, instance);
	const dates = block.appointments?.(state, scene) ?? [];
	return [...(block.matters?.(state, scene) ?? []), ...dates.flatMap(comingUp)].filter(({ person }) => {
		if (person === null) return true;
		const role = members[person]?.role;
		if (role === undefined) return false;
		const outside = world.format.roles[role]?.outside;
		return outside === undefined || includes(outside, instance.name);
	});
}

/** A date comes up for whoever takes part in it, or would if there were a seat. */
function comingUp(appointment: Appointment): Matter[] {
	const { id, starts, ends, title, people, cancelled, revision, changed, about, place } = appointment;
	if (cancelled) return [];
	const date = (person: string | null, text: Matter['text'], waiting = false): Matter => ({
		// with the hour: when it was moved, it is another one to be reminded of
		id: `date/${id}/${starts}`,
		person,
		kind: 'coming',
		text,
		said: title === '' ? null : title,
		when: { at: starts, until: ends },
		item: id,
		date: { id, revision, changed, about, place, waiting }
	});
	if (people === null) return [date(null, { en: 'A date of this room', de: 'Ein Termin dieses Raums' })];
	return [
		...people.taking.map((one) => date(one, { en: 'I take part', de: 'Ich bin dabei' })),
		...people.waiting.map((one) => date(one, { en: 'On the waiting list', de: 'Auf der Warteliste' }, true))
	];
}

const KEEP: Matter['text'] = {
	en: 'Take along what you want to keep: on {day} this room is deleted for good',
	de: 'Mitnehmen, was bleiben soll: Am {day} wird dieser Raum endgültig gelöscht'
};

/** For all in it: when its time is over, in time to export. Archived rooms are no exception: they go as well. */
function endComes(world: World, { meetings, archivedDays }: Kept, held: Iterable<MatterEntry>, now: number) {
	const planned = endOf(world, meetings, archivedDays);
	if (planned === null) return [];
	const at = goesAt(planned, toldSince(planned, held) ?? now);
	const day = (locale: string) =>
		new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(at);
	return (insiders(world) ?? [null]).map((person): Matter => ({
		id: endId(planned),
		person,
		kind: 'answer',
		text: told(KEEP, { day: { en: day('en-GB'), de: day('de') } }),
		said: null,
		when: { day: dayAt(at - NOTICE), by: dayAt(at) },
		item: null
	}));
}

/** Could what this instance says of people be another now? */
function isTouched(before: World, after: World, name: string): boolean {
	return (
		// it may ask any of them when its time began
		(name === ROOM && before.states !== after.states) ||
		before.row !== after.row ||
		before.states.get(name) !== after.states.get(name) ||
		rosterOf(before) !== rosterOf(after) ||
		agendaOf(before) !== agendaOf(after)
	);
}

/** `before` null: the store may hold what an earlier version made of the room, so all of it is looked at. */
export function matterChanges(
	held: Matters,
	before: World | null,
	after: World,
	now: number,
	kept: Kept
): MatterChanges {
	const matters = new Map<string, ReadonlyMap<string, MatterEntry>>();
	const put: MatterEntry[] = [];
	const remove: MatterRemoval[] = [];
	const take = (name: string, said: () => Matter[]) => {
		const old = held.get(name) ?? new Map<string, MatterEntry>();
		if (before && !isTouched(before, after, name)) {
			if (old.size > 0) matters.set(name, old);
			return;
		}
		const next = new Map<string, MatterEntry>();
		for (const matter of said()) {
			const key = keyOf(matter);
			const was = old.get(key);
			const entry: MatterEntry = {
				...matter,
				room: after.row.id,
				instance: name,
				since: was?.since ?? now
			};
			const same = was && sameJson({ ...was }, { ...entry });
			next.set(key, same ? was : entry);
			if (!same) put.push(entry);
		}
		for (const [key, was] of old) if (!next.has(key)) remove.push(removalOf(was));
		if (next.size > 0) matters.set(name, next);
	};
	for (const instance of after.instances.values()) take(instance.name, () => mattersOf(after, instance));
	take(ROOM, () => endComes(after, kept, held.get(ROOM)?.values() ?? [], now));
	// Instances of another method, which sleep now.
	for (const [name, old] of held)
		if (!after.instances.has(name) && name !== ROOM)
			for (const was of old.values()) remove.push(removalOf(was));
	return { matters, put, remove };
}

const removalOf = ({ room, instance, id, person }: MatterEntry): MatterRemoval => ({
	room,
	instance,
	id,
	person
});
