/**
 * Carries out commands, one after the other, on a working copy of the world. A command that is refused leaves the
 * copy as it was; wires and steps that a command sets off succeed or fail with it.
 */
import { produce } from 'immer';
import * as v from 'valibot';
import { bare } from '#lib/blocks/tables.ts';
import type { Actor, Context, Facts, Json, Tables } from '#lib/blocks/block.ts';
import { misfit } from '#lib/blocks/misfit.ts';
import { failed, isRefusal, refuse, type Failure, type Refusal, type Text } from '#lib/blocks/refusal.ts';
import type { Phase, Step } from '#lib/formats/format.ts';
import type { ProfileOf } from '#lib/blocks/profile.ts';
import { may } from '#lib/formats/permissions.ts';
import { forgotten, type Erased } from './forgetting.ts';
import { isRoomCommand, runRoomCommand } from './lifecycle.ts';
import type { RoomRow } from '../storage/store.ts';
import { sameJson } from './publication.ts';
import { succeeded } from './succession.ts';
import {
	agendaOf,
	configured,
	factsOf,
	following,
	furnish,
	held,
	memberOf,
	nowOf,
	sceneOf,
	withStates,
	type Instance,
	type Registry,
	type World
} from './world.ts';

export const SERVER: Actor = { id: '', name: '', role: 'server', owner: false, account: false };

/** Wires may set off wires; a format that goes round in circles is stopped here. */
const DEEPEST = 8;

export interface Chance {
	now(): number;
	id(): string;
	random(): number;
}

export interface Request {
	type: string;
	payload: unknown;
	/** A person by id, or the server. */
	by: Actor;
}

export interface Done {
	ok: true;
	result: Json;
}

export interface Failed {
	ok: false;
	error: Failure;
}

export type Answer = Done | Failed;

/** Thrown inside a command to undo it, caught where it began. */
class Refused extends Error {
	readonly refusal: Refusal;
	constructor(refusal: Refusal) {
		super(refusal.message);
		this.refusal = refusal;
	}
}

export class Batch {
	world: World;
	/** Meetings that ended in this batch, as they were at their end. */
	readonly finished: World[] = [];
	/** Whose own view changed. */
	readonly touched = new Set<string>();
	touchedAll = false;
	/** A command came through that should not wait to be shown. */
	urgent = false;
	/** Who was taken out of the state in this batch; the keys of wishes may name them. */
	readonly erased: Erased[] = [];
	readonly #registry: Registry;
	readonly #chance: Chance;
	readonly #presence: Facts;
	readonly #profileOf: ProfileOf;
	readonly #loads: ReadonlyMap<string, number>;
	#facts: { of: World; value: Record<string, Facts> } | null = null;

	constructor(
		world: World,
		registry: Registry,
		chance: Chance,
		presence: Facts,
		profileOf: ProfileOf = () => null,
		/** By person, for `Context.load`. */
		loads: ReadonlyMap<string, number> = new Map()
	) {
		this.world = world;
		this.#registry = registry;
		this.#chance = chance;
		this.#presence = presence;
		this.#profileOf = profileOf;
		this.#loads = loads;
	}

	/** Not a command: nobody asks the room for it, and no rule refuses it. */
	forget(who: Erased): void {
		this.world = forgotten(this.world, who);
		this.erased.push(who);
		this.urgent = true;
		this.touchedAll = true;
	}

	/** These instances begin again, as if nothing had ever been done with them. */
	reset(instances: readonly string[]): void {
		for (const { name, block, settings } of held(this.world)) {
			if (!instances.includes(name)) continue;
			const initial = bare(block.initial(settings));
			if (!sameJson(initial, this.world.states.get(name)!)) this.#setState(name, initial);
		}
		this.urgent = true;
		this.touchedAll = true;
	}

	run(request: Request): Answer {
		const before = this.world;
		const finished = this.finished.length;
		try {
			const result = this.#command(request, 0);
			if (request.by.id) this.touched.add(request.by.id);
			return { ok: true, result: result ?? null };
		} catch (error) {
			this.world = before;
			this.finished.length = finished;
			if (error instanceof Refused) return failed(error.refusal);
			throw error;
		}
	}

	#command(request: Request, depth: number): Json | void {
		if (depth > DEEPEST)
			throw new Error(`Wires of the format "${this.world.format.name}" go round in circles.`);
		const { type, by } = request;
		const permitted =
			by.role === 'server' ||
			// '*' is everybody in the room, and nobody else
			(memberOf(this.world, by.id) !== null &&
				may(this.world.format, nowOf(this.world)?.phase ?? null, by.role, type));
		if (isRoomCommand(type)) {
			this.urgent = true;
			const row = runRoomCommand(this.world, type, request.payload, by, this.#chance.now(), this.#registry);
			if (isRefusal(row)) throw new Refused(row);
			this.#refurnish(row);
			return;
		}
		const [name, verb] = split(type);
		const instance = this.world.instances.get(name);
		const command =
			instance && Object.hasOwn(instance.block.commands, verb) ? instance.block.commands[verb] : undefined;
		if (!instance || !command)
			throw new Refused(refuse('unknown', 'There is no command "{type}" in this room.', undefined, { type }));
		if (!permitted) throw new Refused(this.#notNow(type, by));
		if (this.world.row.state === 'archived' && by.role !== 'server')
			throw new Refused(refuse('archived', 'This room is archived; nothing can be changed.'));

		// a list would pass for an object without fields
		if (Array.isArray(request.payload))
			throw new Refused(refuse('invalid', 'A command takes fields with names, not a list.'));
		const payload = v.safeParse(command.payload, request.payload ?? {});
		if (!payload.success) throw new Refused(misfit(payload.issues));
		if (!command.storm) this.urgent = true;

		const events: { event: string; data: { [key: string]: Json | undefined } }[] = [];
		const context = this.#context(instance, by, (event, data) => events.push({ event, data }));
		let result: Json | void = undefined;
		const state = produce(this.world.states.get(name)!, (draft) => {
			const outcome = command.rule(draft as Tables, payload.output, context);
			if (isRefusal(outcome)) throw new Refused(outcome);
			result = outcome;
		});
		this.#setState(name, bare(state));
		for (const { event, data } of events) this.#react(`${name}.${event}`, data, depth);
		if (depth === 0 && nowOf(this.world)?.status === 'ended') this.#nextMeeting();
		return result;
	}

	/** The row decides which instances there are, and with which settings. */
	#refurnish(row: RoomRow): void {
		const before = this.world;
		const another = row.preset !== before.row.preset;
		const furnished = { ...before, ...furnish(row, this.#registry), row };
		this.world = configured(before, withStates(furnished, another ? 'agenda' : null));
		this.touchedAll = true;
		if (another) this.#command({ type: 'agenda.prepare', payload: {}, by: SERVER }, 1);
	}

	/** Begins the next meeting of this room, from what is carried over. */
	#nextMeeting(): void {
		this.finished.push(this.world);
		this.world = following(this.world, this.#chance.now());
		this.#command({ type: 'agenda.prepare', payload: {}, by: SERVER }, 1);
		this.touchedAll = true;
	}

	#setState(name: string, state: Tables): void {
		if (this.world.states.get(name) === state) return;
		this.world = { ...this.world, states: new Map(this.world.states).set(name, state) };
	}

	/** What the format wires to an event, and what a phase does when it opens. */
	#react(event: string, data: { [key: string]: Json | undefined }, depth: number): void {
		if (event === 'roster.succeeded') this.world = succeeded(this.world, String(data.from), String(data.to));
		if (event === 'agenda.opened') this.#phaseOpened(String(data.phase), depth);
		if (event === 'agenda.ended') this.#steps(this.#phase(data.phase)?.leave, depth);
		for (const wire of this.world.format.wires ?? []) {
			if (wire.on !== event) continue;
			const payload: { [key: string]: Json | undefined } = { ...wire.set };
			for (const [to, from] of Object.entries(wire.take ?? {})) payload[to] = data[from];
			this.#command({ type: wire.run, payload, by: SERVER }, depth + 1);
		}
	}

	#phaseOpened(id: string, depth: number): void {
		const left = Object.values(agendaOf(this.world).visits).at(-1);
		if (left) this.#steps(this.#phase(left.phase)?.leave, depth);
		this.#steps(this.#phase(id)?.enter, depth);
	}

	#phase(id: Json | undefined): Phase | undefined {
		return this.world.format.phases.find((phase) => phase.id === id);
	}

	#steps(steps: readonly Step[] | undefined, depth: number): void {
		for (const step of steps ?? [])
			this.#command({ type: step.run, payload: step.payload ?? {}, by: SERVER }, depth + 1);
	}

	#context(instance: Instance, by: Actor, emit: Context['emit']): Context {
		const chance = this.#chance;
		const facts = () => ({ ...this.#currentFacts(), presence: this.#presence });
		return {
			...sceneOf(this.world, instance),
			now: chance.now(),
			by,
			// counting up a large room takes time, and most rules do not ask
			get facts() {
				return facts();
			},
			profile: this.#profileOf,
			load: (person) => this.#loads.get(person) ?? 0,
			id: () => chance.id(),
			random: () => chance.random(),
			shuffle: (items) => {
				const copy = [...items];
				for (let i = copy.length - 1; i > 0; i--) {
					const j = Math.floor(chance.random() * (i + 1));
					[copy[i], copy[j]] = [copy[j]!, copy[i]!];
				}
				return copy;
			},
			emit,
			touch: (person) => {
				if (person === 'all') this.touchedAll = true;
				else this.touched.add(person);
			}
		};
	}

	#currentFacts(): Record<string, Facts> {
		if (this.#facts?.of !== this.world) this.#facts = { of: this.world, value: factsOf(this.world) };
		return this.#facts.value;
	}

	#notNow(type: string, by: Actor): Refusal {
		const { format } = this.world;
		if (!memberOf(this.world, by.id)) return refuse('not_member', 'You are not in this room. Join it first.');
		const elsewhere = format.phases.filter((phase) =>
			may({ ...format, always: {} }, phase.id, by.role, type)
		);
		if (elsewhere.length === 0)
			return refuse('forbidden', '{role} may not do this here.', undefined, {
				role: format.roles[by.role]?.name ?? by.role
			});
		const { before, after } = this.#around(elsewhere);
		if (before && after)
			return refuse(
				'not_open',
				'{over} is over, and this was open until then. Nothing was changed; it opens again in {next}.',
				undefined,
				{ over: said([before]), next: said([after]) }
			);
		if (before)
			return refuse(
				'not_open',
				'{over} is over, and this was open until then. Nothing was changed. If it still matters, tell whoever leads.',
				undefined,
				{ over: said([before]) }
			);
		if (after)
			return refuse('not_open', 'This is not open yet: it opens in {next}.', undefined, {
				next: said([after])
			});
		return refuse('not_open', 'This is not open now, but in {phases}. Nothing was changed.', undefined, {
			phases: said(elsewhere)
		});
	}

	/** Of these phases the one that was left last in this meeting, and the next that is to come. */
	#around(phases: readonly Phase[]): { before: Phase | undefined; after: Phase | undefined } {
		const all = this.world.format.phases;
		const at = all.findIndex(({ id }) => id === nowOf(this.world)?.phase);
		const left = Object.values(agendaOf(this.world).visits).map(({ phase }) => phase);
		const last = left.findLast((id) => phases.some((phase) => phase.id === id));
		return {
			before: phases.find(({ id }) => id === last),
			after: phases.find((phase) => all.indexOf(phase) > at)
		};
	}
}

/** As a sentence has them. */
function said(phases: readonly Phase[]): Text {
	const named = (language: keyof Text) =>
		phases.map(({ id, name }) => `${id} ${name[language] ?? name.en}`).join(', ');
	return { en: named('en'), de: named('de') };
}

function split(type: string): [string, string] {
	const cut = type.indexOf('.');
	return cut < 1 ? ['', ''] : [type.slice(0, cut), type.slice(cut + 1)];
}
