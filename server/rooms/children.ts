/** What a programme wishes of the server, and what the rooms it opened let it know. Pure. */
import type { Facts } from '#lib/blocks/block.ts';
import type { Handed, KeptReport, ReportedFact, RoomNews, RoomReport } from '#lib/blocks/wish.ts';
import type { Child, ChildWish } from '../storage/store.ts';
import { scrubbedKey, type Erased } from './forgetting.ts';
import { factsOf, nowOf, sceneOf, type World } from './world.ts';

/** What was wished for so far, by `<instance>/<key>`; `text` is the wish as JSON. */
export type Wishes = ReadonlyMap<string, { room: string; text: string }>;

export function wishesIn(children: readonly Child[]): Wishes {
	return new Map(
		children.map(({ instance, key, room, wish }) => [
			`${instance}/${key}`,
			{ room, text: JSON.stringify(wish) }
		])
	);
}

/** The same wishes under keys that do not name these people: or they would be taken for new ones, of other rooms. */
export function withoutPeople(wishes: Wishes, who: Erased): Wishes {
	return new Map([...wishes].map(([path, wish]) => [scrubbedKey(path, who), wish]));
}

/** Wishes that are new or have changed. Returns a copy of `wishes` to adopt once it is durable. */
export function wishChanges(
	wishes: Wishes,
	before: World,
	after: World,
	newId: () => string
): { wishes: Wishes; put: ChildWish[] } {
	const put: ChildWish[] = [];
	const next = new Map(wishes);
	for (const instance of after.instances.values()) {
		const state = after.states.get(instance.name)!;
		if (!instance.block.rooms || state === before.states.get(instance.name)) continue;
		for (const wish of instance.block.rooms(state, sceneOf(after, instance))) {
			const path = `${instance.name}/${wish.key}`;
			const known = next.get(path);
			const text = JSON.stringify(wish);
			if (known?.text === text) continue;
			const room = known?.room ?? newId();
			next.set(path, { room, text });
			put.push({ parent: after.row.id, instance: instance.name, key: wish.key, room, wish });
		}
	}
	return put.length === 0 ? { wishes, put } : { wishes: next, put };
}

/** A word of the program, not of a person. */
const stateWord = /^[a-z][a-z0-9_-]{0,23}$/i;

function valueOf(facts: Record<string, Facts>, path: string): ReportedFact['value'] {
	const [instance, fact] = path.split('.') as [string, string];
	const value = facts[instance]?.[fact] ?? null;
	return typeof value === 'string' && !stateWord.test(value) ? null : value;
}

/** What the blocks of a room ask of people, taken together. */
function loadOf(world: World): { [person: string]: number } {
	const load: { [person: string]: number } = {};
	for (const instance of world.instances.values()) {
		const asked = instance.block.load?.(world.states.get(instance.name)!, sceneOf(world, instance));
		for (const [person, part] of Object.entries(asked ?? {})) load[person] = (load[person] ?? 0) + part;
	}
	return load;
}

/** What the programme's rooms ask of people, but for one of them. */
export function loadsBut(room: string, children: readonly Child[]): ReadonlyMap<string, number> {
	const loads = new Map<string, number>();
	for (const { room: id, report } of children)
		if (id !== room)
			for (const [person, part] of Object.entries(report?.load ?? {}))
				loads.set(person, (loads.get(person) ?? 0) + part);
	return loads;
}

/** What its people gave to whoever runs the programme, as it stands in this world. */
function givenIn(world: World): Handed {
	const given: Handed = {};
	for (const name of new Set((world.format.handed ?? []).map(({ what }) => what.split('.')[0]!))) {
		const { block, settings } = world.instances.get(name)!;
		for (const [id, entry] of Object.entries(block.hands?.(world.states.get(name)!, settings) ?? {}))
			given[`${name}/${id}`] = entry;
	}
	return given;
}

/**
 * What the programme has of it: what stood when a meeting ended, `had` until one does. Before it goes its authors may
 * think better of it; and of what went afterwards, changed or taken back, it is so there as well.
 */
export function handedOver(had: Handed, ended: World | undefined, now: World): Handed {
	const went = ended ? givenIn(ended) : had;
	return Object.fromEntries(Object.entries(givenIn(now)).filter(([key]) => Object.hasOwn(went, key)));
}

export function reportOf(world: World, handed: Handed = {}): KeptReport {
	const load = loadOf(world);
	const now = nowOf(world);
	const phase = world.format.phases.find((one) => one.id === now?.phase);
	const declared = world.format.reports ?? [];
	const facts = declared.length > 0 ? factsOf(world) : {};
	return {
		state: world.row.state,
		held: world.row.meeting - 1,
		phase: now && phase ? { id: phase.id, name: phase.name, status: now.status, since: now.opened } : null,
		facts: Object.fromEntries(
			declared.map(({ fact, of, name, words = {}, warn }) => {
				const whole = of === undefined ? null : valueOf(facts, of);
				const value = valueOf(facts, fact);
				const word = typeof value === 'string' && Object.hasOwn(words, value) ? words[value] : undefined;
				const told = { name, value, of: typeof whole === 'number' ? whole : null };
				const warns = warn !== undefined && typeof value === 'number' && value > 0;
				return [fact, { ...told, ...(word && { word }), ...(warns && { warn }) }];
			})
		),
		...(Object.keys(load).length > 0 && { load }),
		...(Object.keys(handed).length > 0 && { handed })
	};
}

/** Where the room stands, without what is for its programme and for the other rooms of it. */
export function told({ load: _, handed: __, ...report }: KeptReport): RoomReport {
	return report;
}

export function newsOf({ key, room, code, gone, done, report }: Child): RoomNews {
	const turnedAway = Object.entries(done.people).flatMap(([person, why]) =>
		why === null ? [] : [[person, why]]
	);
	return {
		key,
		room: code === null ? null : { id: room, code },
		gone,
		refused: done.refused,
		turnedAway: Object.fromEntries(turnedAway) as RoomNews['turnedAway'],
		orders: done.orders,
		report: report && told(report),
		...(report?.handed && { handed: report.handed })
	};
}
