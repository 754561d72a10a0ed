/**
 * What people might want of a room now: mostly something that their roles and the phase let them do and that would be
 * carried out, most gladly what was done least; now and then something that nobody may, or nonsense.
 */
import type { Json } from '#lib/blocks/block.ts';
import type { ProfileOf } from '#lib/blocks/profile.ts';
import type { Format } from '#lib/formats/format.ts';
import { may } from '#lib/formats/permissions.ts';
import { Batch, type Answer, type Chance } from '../../server/rooms/batch.ts';
import {
	memberOf,
	nowOf,
	rosterOf,
	type Instance,
	type Registry,
	type World
} from '../../server/rooms/world.ts';
import type { Dice } from './chance.ts';
import { Known } from './names.ts';
import { payloadFor } from './payload.ts';

export interface Suggestion {
	by: string;
	type: string;
	payload: Json;
}

/** One verb of one instance, and the roles that may have it done now. */
interface Open {
	instance: Instance;
	verb: string;
	type: string;
	roles: readonly string[];
}

/** So many verbs are thought of, and for each so many ways to say it. */
const VERBS = 5;
const WAYS = 6;
/** After so many commands people have their mind on another part of the room, and as much more on that one. */
const FOCUS = { lasts: 40, counts: 8 };
const REMEMBERED = 8;
/** Nobody tries again what was refused so often until something else has happened. */
const PATIENCE = 12;

export interface SuggestionsParts {
	registry: Registry;
	dice: Dice;
	/** Who may come to mind although they are not in the room. */
	strangers: readonly string[];
	profileOf: ProfileOf;
	/** Whatever is asked of the blocks from now on is only tried. */
	rehearse<T>(work: () => T): T;
}

export class Suggestions {
	readonly #parts: SuggestionsParts;
	readonly #done = new Map<string, number>();
	readonly #vain = new Map<string, number>();
	/** By format, which is another after a change of the room's settings, and by phase. */
	readonly #open = new WeakMap<Format, Map<string, Open[]>>();
	/** By instance: who did something last, and what with. */
	readonly #last = new Map<string, { by: string; ids: readonly string[] }>();
	#phase = '';
	#focus = { on: '', left: 0 };

	constructor(parts: SuggestionsParts) {
		this.#parts = parts;
	}

	/** It was carried out, or refused. */
	learn({ by, type, payload }: Suggestion, answer: Answer): void {
		if (!answer.ok) return count(this.#vain, type);
		count(this.#done, type);
		const instance = type.slice(0, type.indexOf('.'));
		const ids = [
			...stringsIn(answer.result),
			...stringsIn(payload),
			...(this.#last.get(instance)?.ids ?? [])
		];
		this.#last.set(instance, { by, ids: ids.slice(0, REMEMBERED) });
		for (const [one, times] of this.#vain) this.#vain.set(one, times - 0.1);
	}

	next(world: World, now: number): Suggestion {
		const { dice } = this.#parts;
		return dice.roll() < 0.12 ? this.#wild(world, now) : this.#promising(world, now);
	}

	/** Anybody asks for anything. */
	#wild(world: World, now: number): Suggestion {
		const { roll, pick } = this.#parts.dice;
		const members = Object.keys(rosterOf(world).members);
		const by = pick(roll() < 0.15 ? this.#parts.strangers : members) ?? 'stranger';
		const instance = pick([...world.instances.values()])!;
		const verb = pick(Object.keys(instance.block.commands)) ?? 'none';
		return { by, type: `${instance.name}.${verb}`, payload: this.#payload(world, instance, verb, by, now) };
	}

	#promising(world: World, now: number): Suggestion {
		const { dice } = this.#parts;
		const here = new Map<string, string[]>();
		for (const { id, role } of Object.values(rosterOf(world).members))
			(here.get(role) ?? here.set(role, []).get(role)!).push(id);
		const run = nowOf(world)?.run ?? '';
		if (run !== this.#phase) this.#vain.clear();
		this.#phase = run;
		const open = this.#openIn(world).filter(({ roles }) => roles.some((role) => here.has(role)));
		if (this.#focus.left-- <= 0)
			this.#focus = { on: dice.pick(open)?.instance.name ?? '', left: FOCUS.lasts };
		let last: Suggestion | null = null;
		for (let verbs = 0; verbs < VERBS; verbs++) {
			const chosen = dice.weighed(open, (one) => this.#weight(one));
			if (!chosen) break;
			const { instance, verb, type } = chosen;
			for (let ways = 0; ways < WAYS; ways++) {
				const by = this.#actor(world, chosen, here);
				last = { by, type, payload: this.#payload(world, instance, verb, by, now) };
				const then = this.#tried(world, last, now);
				if (then && this.#welcome(world, then)) return last;
				if (then) break;
			}
			count(this.#vain, type);
		}
		return last ?? this.#wild(world, now);
	}

	/** Often whoever did something there last: what is one's own goes on. */
	#actor(world: World, { instance, roles }: Open, here: ReadonlyMap<string, readonly string[]>): string {
		const { roll, pick } = this.#parts.dice;
		const last = memberOf(world, this.#last.get(instance.name)?.by ?? '');
		if (last && roll() < 0.3 && roles.includes(last.role)) return last.id;
		return pick(here.get(pick(roles.filter((role) => here.has(role)))!)!)!;
	}

	#weight({ type, instance }: Open): number {
		const vain = Math.max(0, this.#vain.get(type) ?? 0);
		const gladly = instance.name === this.#focus.on ? FOCUS.counts : 1;
		return vain > PATIENCE ? 0 : gladly / ((1 + (this.#done.get(type) ?? 0)) * (1 + vain) ** 2);
	}

	#openIn(world: World): Open[] {
		const phase = nowOf(world)?.phase ?? '';
		const known = this.#open.get(world.format) ?? new Map<string, Open[]>();
		this.#open.set(world.format, known);
		let open = known.get(phase);
		if (!open) {
			open = [...world.instances.values()].flatMap((instance) =>
				Object.keys(instance.block.commands).map((verb) => {
					const type = `${instance.name}.${verb}`;
					const roles = Object.keys(world.format.roles).filter((role) =>
						may(world.format, phase, role, type)
					);
					return { instance, verb, type, roles };
				})
			);
			known.set(phase, (open = open.filter(({ roles }) => roles.length > 0)));
		}
		return open;
	}

	/** The world after it; null: it would be refused. */
	#tried(world: World, { by, type, payload }: Suggestion, now: number): World | null {
		const { registry, rehearse, profileOf } = this.#parts;
		const { id, name, role, owner, account } = memberOf(world, by)!;
		// what is only tried takes no ids and no chance from what is done
		const chance: Chance = { now: () => now, id: () => 'rehearsed', random: () => 0.5 };
		const batch = new Batch(world, registry, chance, {}, profileOf);
		const answer = rehearse(() => batch.run({ type, payload, by: { id, name, role, owner, account } }));
		return answer.ok ? batch.world : null;
	}

	/** A meeting that ends at once shows nothing, nor does one from which everybody goes. */
	#welcome(world: World, then: World): boolean {
		const { roll } = this.#parts.dice;
		if (nowOf(world)?.run !== nowOf(then)?.run) return roll() < 0.05;
		const [before, after] = [rosterOf(world).members, rosterOf(then).members];
		if (before === after) return true;
		if (Object.keys(after).length < Object.keys(before).length) return roll() < 0.15;
		return roll() < 0.5;
	}

	#payload(world: World, instance: Instance, verb: string, by: string, now: number): Json {
		const command = instance.block.commands[verb];
		if (!command) return {};
		return payloadFor(command.payload, this.#parts.dice, {
			by,
			recent: this.#last.get(instance.name)?.ids ?? [],
			known: new Known(world.states.get(instance.name)!, instance.settings),
			people: [...Object.keys(rosterOf(world).members), ...this.#parts.strangers],
			phases: world.format.phases.map(({ id }) => id),
			roles: Object.keys(world.format.roles),
			run: nowOf(world)?.run ?? null,
			now
		});
	}
}

/** What may name something, in what a command was given or answered with. */
function stringsIn(value: Json | undefined): string[] {
	if (typeof value === 'string') return value.length > 0 && value.length <= 64 ? [value] : [];
	if (typeof value !== 'object' || value === null) return [];
	return Object.values(value).flatMap(stringsIn);
}

function count(times: Map<string, number>, of: string): void {
	times.set(of, (times.get(of) ?? 0) + 1);
}
