/**
 * Everything that a room's commands decide on, as one immutable value. A batch of commands works on a copy; the
 * room adopts it once it is durable. Nothing in here knows sockets, stores or clocks.
 */
import { isDeepStrictEqual } from 'node:util';
import { produce } from 'immer';
import * as v from 'valibot';
import { bare } from '#lib/blocks/tables.ts';
import type { Block, Facts, Member, Scene, Tables } from '#lib/blocks/block.ts';
import { standing, type AgendaPhase, type AgendaState, type Now } from '#lib/blocks/agenda/model.ts';
import type { RosterState } from '#lib/blocks/roster/model.ts';
import type { DocumentUse, Format } from '#lib/formats/format.ts';
import { methodsOf, resolve, roomSettings, type RoomSettings } from '#lib/formats/resolve.ts';
import type { RoomRow, StateRow } from '../storage/store.ts';

export interface Instance {
	name: string;
	block: Block;
	scope: 'meeting' | 'room';
	/** Parsed by the block's schema. */
	settings: unknown;
}

export interface World {
	row: RoomRow;
	settings: RoomSettings;
	format: Format;
	instances: ReadonlyMap<string, Instance>;
	/** What other methods of the format have and this one has not. */
	dormant: Dormant;
	/**
	 * By instance; also of dormant ones that were there before the method was changed: when it is changed back they
	 * are as they were. Values are frozen by Immer; compare by identity.
	 */
	states: ReadonlyMap<string, Tables>;
}

interface Dormant {
	instances: ReadonlyMap<string, Instance>;
	/** By short name, as each of those methods declares it. */
	documents: ReadonlyMap<string, readonly DocumentUse[]>;
}

export interface Registry {
	formats: Readonly<Record<string, Format>>;
	blocks: Readonly<Record<string, Block>>;
}

function agendaSettings(format: Format): { phases: AgendaPhase[] } {
	return {
		phases: format.phases.map((phase) => ({
			id: phase.id,
			when: phase.when,
			minutes: phase.minutes,
			fixed: phase.fixed ?? false,
			closing: phase.closing ?? false,
			gates: [...(phase.gate ?? [])]
		}))
	};
}

function rosterSettings(format: Format, settings: RoomSettings) {
	return {
		roles: Object.fromEntries(
			Object.entries(format.roles).map(([name, role]) => [
				name,
				{
					name: role.name,
					crowd: role.crowd ?? false,
					unseen: role.unseen ?? false,
					open: role.open ?? false,
					most: role.most ?? null,
					facilitates: role.facilitates ?? false,
					offered: role.offered ?? false
				}
			])
		),
		guest: format.guest,
		capacity: settings.capacity
	};
}

/** A room's format and instances from its row. Throws when the registry lacks the format or a block. */
export function furnish(
	row: RoomRow,
	registry: Registry
): Pick<World, 'settings' | 'format' | 'instances' | 'dormant'> {
	const base = registry.formats[row.format];
	if (!base)
		throw new Error(`Room ${row.id} has the format "${row.format}", which this version does not know.`);
	const settings = v.parse(roomSettings, row.settings);
	const format = resolve(base, row.preset, settings);
	const others = methodsOf(base)
		.filter((preset) => preset !== row.preset)
		.map((preset) => resolve(base, preset, settings));
	return {
		settings,
		format,
		instances: instancesOf(format, settings, registry),
		dormant: dormantIn(others, format, settings, registry)
	};
}

function dormantIn(others: Format[], format: Format, settings: RoomSettings, registry: Registry): Dormant {
	const instances = new Map<string, Instance>();
	const documents = new Map<string, DocumentUse[]>();
	for (const other of others) {
		for (const [name, instance] of instancesOf(other, settings, registry))
			if (!format.blocks[name] && !instances.has(name)) instances.set(name, instance);
		for (const [short, use] of Object.entries(other.documents))
			if (!format.documents[short]) documents.set(short, [...(documents.get(short) ?? []), use]);
	}
	return { instances, documents };
}

function instancesOf(format: Format, settings: RoomSettings, registry: Registry): Map<string, Instance> {
	const instances = new Map<string, Instance>();
	for (const [name, use] of Object.entries(format.blocks)) {
		const block = registry.blocks[use.block];
		if (!block)
			throw new Error(`The format "${format.name}" uses the block "${use.block}", which does not exist.`);
		const given =
			use.block === 'agenda'
				? { ...agendaSettings(format), ...use.settings }
				: use.block === 'roster'
					? { ...rosterSettings(format, settings), ...use.settings }
					: (use.settings ?? {});
		instances.set(name, { name, block, scope: use.scope, settings: v.parse(block.settings, given) });
	}
	return instances;
}

/** The instances that have a state, the dormant ones among them too. */
export function* held(world: World): Iterable<Instance> {
	yield* world.instances.values();
	for (const instance of world.dormant.instances.values())
		if (world.states.has(instance.name)) yield instance;
}

export function rosterOf(world: World): RosterState {
	return world.states.get('roster') as RosterState;
}

export function agendaOf(world: World): AgendaState {
	return world.states.get('agenda') as AgendaState;
}

export function memberOf(world: World, person: string): Member | null {
	return rosterOf(world).members[person] ?? null;
}

/** In a phase that the format has. */
export function nowOf(world: World): Now | null {
	const now = agendaOf(world).now.current;
	return now ? standing(world.format.phases, now) : null;
}

export function sceneOf(world: World, instance: Instance): Scene {
	const now = nowOf(world);
	return {
		room: { id: world.row.id, title: world.row.title, format: world.row.format },
		meeting: world.row.meeting,
		phase: now && { id: now.phase, run: now.run, opened: now.opened },
		people: rosterOf(world).members,
		settings: instance.settings,
		moderates: (role) => world.format.roles[role]?.moderates ?? false,
		facilitates: (role) => world.format.roles[role]?.facilitates ?? false
	};
}

export function factsOf(world: World): Record<string, Facts> {
	const facts: Record<string, Facts> = {};
	for (const instance of world.instances.values())
		if (instance.block.facts)
			facts[instance.name] = instance.block.facts(world.states.get(instance.name)!, sceneOf(world, instance));
	return facts;
}

/** Gives every instance a state that has none yet; `anew` names one that begins again, as in a next meeting. */
export function withStates(world: World, anew: string | null): World {
	const states = new Map(world.states);
	for (const { name, block, settings } of world.instances.values()) {
		const known = states.get(name);
		const kept = name === anew && known ? block.carry?.(known, settings) : known;
		states.set(name, bare(kept ?? block.initial(settings)));
	}
	return { ...world, states };
}

/** The world after its settings or its method were changed: states follow what they were made from. */
export function configured(before: World, after: World): World {
	const states = new Map(after.states);
	for (const { name, block, settings } of held(after)) {
		const was = before.instances.get(name) ?? before.dormant.instances.get(name);
		if (!block.configured || !was || isDeepStrictEqual(was.settings, settings)) continue;
		const state = produce(states.get(name)!, (draft: Tables) =>
			block.configured!(draft, was.settings, settings)
		);
		states.set(name, bare(state));
	}
	return { ...after, states };
}

/** The next meeting of the room: what belongs to the room stays, the rest begins anew or is carried over. */
export function following(world: World, now: number): World {
	const states = new Map<string, Tables>();
	for (const { name, block, scope, settings } of held(world)) {
		const last = world.states.get(name)!;
		if (scope === 'room') states.set(name, last);
		else if (world.instances.has(name))
			states.set(name, bare(block.carry ? block.carry(last, settings) : block.initial(settings)));
	}
	return { ...world, states, row: { ...world.row, meeting: world.row.meeting + 1, updated: now } };
}

/** Without a prototype: a key may be called `__proto__`. */
const table = (): Tables[string] => Object.create(null) as Tables[string];

/** An instance without any row is new to the room and gets its first state elsewhere. */
export function statesOf(
	rows: readonly StateRow[],
	{ instances, dormant }: Pick<World, 'instances' | 'dormant'>
): Map<string, Tables> {
	const states = new Map<string, Tables>();
	for (const { instance: name, collection, key, value } of rows) {
		const instance = instances.get(name) ?? dormant.instances.get(name);
		if (!instance) continue;
		let state = states.get(name);
		if (!state) {
			const collections = Object.keys(instance.block.initial(instance.settings));
			states.set(name, (state = Object.fromEntries(collections.map((one) => [one, table()]))));
		}
		(state[collection] ??= table())[key] = value;
	}
	return states;
}
