/** Plays a format's demo through the rules alone: no store, no sockets, time by hand. */
import * as Y from 'yjs';
import type { Json, Published } from '#lib/blocks/block.ts';
import { blocks } from '#lib/blocks/rules.ts';
import { typed } from '#lib/blocks/testing.ts';
import type { Demo } from '#lib/formats/demo.ts';
import type { Format } from '#lib/formats/format.ts';
import { Batch, SERVER } from '../../server/rooms/batch.ts';
import { nextDue } from '../../server/rooms/timetable.ts';
import { furnish, memberOf, nowOf, sceneOf, withStates, type World } from '../../server/rooms/world.ts';

export interface Rehearsal {
	readonly world: World;
	/** Meetings that ended on the way, as they were. */
	readonly finished: readonly World[];
	readonly people: Readonly<Record<string, string>>;
	readonly results: Readonly<Record<string, Json>>;
	published(instance: string): Published;
	own(person: string, instance: string): Json;
}

/** What a block publishes and shows one person, in its own types, which the registry has lost. */
export function recordOf<Record>(room: Pick<Rehearsal, 'published'>, instance: string): Record {
	return typed(room.published(instance).record);
}
export function ownOf<Own>(room: Pick<Rehearsal, 'own'>, person: string, instance: string): Own {
	return typed(room.own(person, instance));
}

/** `punctual`: what the server has to do by itself is done in its time, as in a real room. */
export function rehearse(format: Format, demo: Demo, { punctual = false } = {}): Rehearsal {
	const registry = { formats: { [format.name]: format }, blocks };
	let now = Date.UTC(2026, 3, 30, 10, 15);
	let ids = 0;
	const chance = { now: () => now, id: () => `id${++ids}`, random: () => 0.5 };
	const row = {
		id: 'room',
		code: 'R4T9WB',
		screen: 'screen',
		title: demo.title,
		format: format.name,
		preset: demo.preset ?? null,
		settings: demo.settings ?? {},
		state: 'open' as const,
		meeting: 1,
		created: now,
		updated: now,
		demo: false
	};
	let world = withStates({ row, ...furnish(row, registry), states: new Map() }, null);
	const finished: World[] = [];
	const people: Record<string, string> = {};
	const results: Record<string, Json> = {};
	const documents = new Map<string, Y.Doc>();

	function run(by: string | null, type: string, payload: Json): Json {
		const batch = new Batch(world, registry, chance, {});
		const member = by === null ? null : memberOf(world, by);
		const actor = member
			? { id: member.id, name: member.name, role: member.role, owner: member.owner, account: member.account }
			: SERVER;
		const answer = batch.run({ type, payload, by: actor });
		if (!answer.ok) throw new Error(`${member?.name ?? 'The server'}, ${type}: ${answer.error.message}`);
		world = batch.world;
		finished.push(...batch.finished);
		return answer.result;
	}

	/** Time goes by; what the server has to do in between is done in its time. */
	function pass(ms: number): void {
		const target = now + ms;
		for (let due = nextDue(world); punctual && due && due.at <= target; due = nextDue(world)) {
			now = Math.max(now, due.at);
			run(null, due.type, due.payload);
		}
		now = target;
	}

	function instanceOf(name: string) {
		return world.instances.get(name)!;
	}

	function published(name: string): Published {
		const instance = instanceOf(name);
		return instance.block.publish(world.states.get(name)!, sceneOf(world, instance));
	}

	run(null, 'agenda.prepare', {});
	demo.people.forEach(({ key, name, role }, index) => {
		people[key] = `person-${key}`;
		const owner = index === 0;
		run(null, 'roster.enter', { id: people[key], name, role, account: false, owner, admitted: true });
	});
	for (const [index, step] of demo.steps.entries()) {
		if ('opens' in step) continue;
		if ('wait' in step) {
			pass(step.wait * 60_000);
			continue;
		}
		const person = people[step.by];
		if (person === undefined) throw new Error(`Step ${index + 1}: nobody is called "${step.by}".`);
		const seen = {
			run: nowOf(world)?.run ?? '',
			people,
			results,
			now,
			record: (name: string) => published(name).record
		};
		if ('run' in step) {
			const result = run(person, step.run, step.with?.(seen) ?? {});
			if (step.as !== undefined) results[step.as] = result;
			continue;
		}
		if (!format.documents[step.write])
			throw new Error(`Step ${index + 1}: there is no document "${step.write}".`);
		const doc = documents.get(step.write) ?? new Y.Doc();
		documents.set(step.write, doc);
		step.change(doc, seen);
	}

	return {
		world,
		finished,
		people,
		results,
		published,
		own(person, name) {
			const instance = instanceOf(name);
			return instance.block.own?.(world.states.get(name)!, people[person]!, sceneOf(world, instance)) ?? null;
		}
	};
}
