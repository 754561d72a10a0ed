/** Plays a demo: a real room, whose people are invented and whose time went by at once. */
import * as Y from 'yjs';
import type { Json, Tables } from '#lib/blocks/block.ts';
import type { Demo, DemoStep, Seen } from '#lib/formats/demo.ts';
import { formatOf } from '#lib/formats/demos/index.ts';
import type { Person } from '../identity/person.ts';
import type { Committer } from '../storage/committer.ts';
import type { Hub } from '../sync/hub.ts';
import type { Chance } from './batch.ts';
import type { Room, RoomInfo } from './room.ts';
import type { Rooms } from './rooms.ts';
import { nowOf, sceneOf } from './world.ts';

const MINUTE = 60_000;

interface DemoDeps {
	rooms: Rooms;
	hub: Hub;
	committer: Committer;
	chance: Chance;
	demos: Readonly<Record<string, Demo>>;
}

export interface Demos {
	/** Their names: a format's, or `<format>/<name>`. */
	readonly names: readonly string[];
	/** What the person is called whose place whoever opens it takes; null: there is none of this name. */
	nameIn(name: string): string | null;
	/** Opens a new demo room; `person` takes the place of the demo's `me`. Null: there is none of this name. */
	open(name: string, person: Person): Promise<RoomInfo | null>;
}

export function createDemos(deps: DemoDeps): Demos {
	const demoOf = (name: string) => (Object.hasOwn(deps.demos, name) ? deps.demos[name] : undefined);
	return {
		names: Object.keys(deps.demos),
		nameIn(name) {
			const demo = demoOf(name);
			return demo?.people.find(({ key }) => key === demo.me)?.name ?? null;
		},
		async open(name, person) {
			const demo = demoOf(name);
			return demo ? play(demo, formatOf(name), person, deps) : null;
		}
	};
}

async function play(demo: Demo, format: string, person: Person, deps: DemoDeps): Promise<RoomInfo> {
	const { rooms, chance } = deps;
	const people = Object.fromEntries(demo.people.map(({ key }) => [key, chance.id()]));
	const opens = demo.steps.findIndex((step) => 'opens' in step);
	const steps = opens < 0 ? demo.steps : demo.steps.slice(0, opens);
	const lasts = steps.reduce((sum, step) => sum + ('wait' in step ? step.wait : 0), 0) * MINUTE;
	const [first, ...others] = demo.people;
	if (!first) throw new Error(`The demo of ${format} has no people.`);
	const invented = (one: Demo['people'][number]): Person => ({
		id: people[one.key]!,
		name: one.name,
		account: false,
		email: null,
		locale: null
	});
	const input = { title: demo.title, format, preset: demo.preset ?? null, settings: demo.settings ?? {} };
	const made = await rooms.create(invented(first), input, { ago: lasts });
	if (!made.ok) throw new Error(`The demo of ${format} could not be opened: ${made.refusal.message}`);
	const room = await rooms.find(made.value.room.id);
	if (!room) throw new Error(`The demo of ${format} is gone.`);

	for (const one of others) {
		const { id, name } = invented(one);
		await must(
			room.run('roster.enter', { id, name, role: one.role, account: false, owner: false, admitted: true }),
			`${one.name} enters`
		);
	}
	for (const { key, team } of demo.people)
		if (team)
			await must(room.command(people[key]!, chance.id(), 'roster.describe', { team }), `${key} has a team`);
	const results: Record<string, Json> = {};
	for (const [index, step] of steps.entries())
		await take(step, `step ${index + 1}`, seenIn(room, people, results), results, room, deps);
	await must(
		room.run('roster.succeed', {
			from: people[demo.me]!,
			to: person.id,
			name: person.name,
			account: person.account
		}),
		'you take your place'
	);
	return room.info(person.id);
}

/** What a step of a demo may refer to now. */
export function seenIn(room: Room, people: Seen['people'], results: Seen['results']): Seen {
	return {
		run: nowOf(room.world)?.run ?? '',
		people,
		results,
		now: room.now,
		record: (name) => recordOf(room, name)
	};
}

function recordOf({ world }: Room, name: string): Tables {
	const instance = world.instances.get(name);
	if (!instance) throw new Error(`The format has no instance "${name}".`);
	return instance.block.publish(world.states.get(name)!, sceneOf(world, instance)).record;
}

/** Takes one step; `at` says which, where it fails. A command's result goes into `results`. */
export async function take(
	step: DemoStep,
	at: string,
	seen: Seen,
	results: Record<string, Json>,
	room: Room,
	{ hub, committer, chance }: Pick<DemoDeps, 'hub' | 'committer' | 'chance'>
): Promise<void> {
	if ('opens' in step) return;
	if ('wait' in step) return room.pass(step.wait * MINUTE);
	const person = seen.people[step.by];
	if (person === undefined) throw new Error(`${at}: nobody in the demo is called "${step.by}".`);
	if ('run' in step) {
		const payload = step.with?.(seen) ?? {};
		const result = await must(
			room.command(person, chance.id(), step.run, payload),
			`${at}, ${step.by} ${step.run}`
		);
		if (step.as !== undefined) results[step.as] = result;
		return;
	}
	const use = room.world.format.documents[step.write];
	if (!use) throw new Error(`${at}: the format has no document "${step.write}".`);
	const name = {
		meeting: `m${room.world.row.meeting}/${step.write}`,
		room: step.write,
		person: `own/${person}`
	}[use.scope];
	const document = `${room.id}/${name}`;
	const doc = new Y.Doc();
	Y.applyUpdate(doc, await hub.read(document));
	const updates: Uint8Array[] = [];
	doc.on('update', (update: Uint8Array) => updates.push(update));
	step.change(doc, seen);
	doc.destroy();
	if (updates.length === 0) throw new Error(`${at}: ${step.by} wrote nothing in "${step.write}".`);
	await committer.commit({
		entries: updates.map((update) => ({ document, update, person, at: room.now, cause: null }))
	});
}

async function must(answer: ReturnType<Room['run']>, what: string): Promise<Json> {
	const given = await answer;
	if (!given.ok) throw new Error(`In the demo, ${what} was refused: ${given.error.message}`);
	return given.result;
}
