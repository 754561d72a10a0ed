/**
 * A real room, over a real store, to which people say whatever comes to mind; and what must hold of it all the same:
 * of every block, of the store, of the documents, and of commands that come twice or cannot be saved.
 */
import * as Y from 'yjs';
import type { Json, Tables } from '#lib/blocks/block.ts';
import type { Field } from '#lib/blocks/fields.ts';
import type { Demo } from '#lib/formats/demo.ts';
import type { Holds } from '#lib/blocks/testing.ts';
import { may } from '#lib/formats/permissions.ts';
import { Batch, type Answer, type Chance } from '../../server/rooms/batch.ts';
import { project } from '../../server/rooms/projection.ts';
import { readTables, sameJson } from '../../server/rooms/publication.ts';
import type { Room } from '../../server/rooms/room.ts';
import { fakeChance, hall, somebody } from '../../server/rooms/testing.ts';
import {
	memberOf,
	nowOf,
	rosterOf,
	sceneOf,
	type Instance,
	type Registry,
	type World
} from '../../server/rooms/world.ts';
import { openDemo, steps, type Hall } from './demo-room.ts';
import { payloadFor, type Dice } from './payload.ts';

/** What was really done, over all rooms of a run. */
export interface Tally {
	commands: number;
	accepted: number;
	repeated: number;
	unsaved: number;
	reloads: number;
	/** By code. */
	refused: Map<string, number>;
	/** `<block>.<verb>` that were carried out at least once. */
	verbs: Set<string>;
}

export const newTally = (): Tally => ({
	...{ commands: 0, accepted: 0, repeated: 0, unsaved: 0, reloads: 0 },
	refused: new Map(),
	verbs: new Set()
});

export type AllHolds = Readonly<Record<string, Holds<never, never, never, never>>>;

function diceOf(seed: number): Dice {
	let state = seed >>> 0;
	let said = 0;
	// mulberry32: small, and the same everywhere
	const roll = () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
	};
	return {
		roll,
		pick: (from) => from[Math.floor(roll() * from.length)],
		words: () => `said ${(++said).toString(36)} by ${seed.toString(36)}`
	};
}

const PEOPLE = ['ann', 'ben', 'cay', 'dev', 'eve', 'fay', 'gus'];

export class RandomRoom {
	readonly #house: Hall;
	readonly #room: Room;
	readonly #registry: Registry;
	readonly #holds: AllHolds;
	readonly #dice: Dice;
	readonly #tally: Tally;
	/** Commands that were carried out, for saying them again. */
	readonly #done: { by: string; id: string; type: string; payload: Json; answer: Answer }[] = [];
	/** What was refused since something was carried out, so that it is not tried for ever. */
	readonly #vain = new Map<string, number>();
	/** What is only tried takes no ids and no chance from what is done. */
	readonly #rehearsal: Chance = { now: () => this.#room.now, id: () => 'rehearsed', random: () => 0.5 };
	#count = 0;

	private constructor(house: Hall, room: Room, parts: Parts) {
		this.#house = house;
		this.#room = room;
		this.#registry = parts.registry;
		this.#holds = parts.holds;
		this.#tally = parts.tally;
		this.#dice = diceOf(parts.seed);
	}

	/** A new room, or one in the middle of its format's demo, where more can be done. */
	static async open(format: string, parts: Parts): Promise<RandomRoom> {
		const house = await hall(undefined, fakeChance(), { known: parts.registry, tick: 0 });
		const dice = diceOf(parts.seed + 1);
		const demo = parts.demos[format];
		if (!demo || dice.roll() < 0.25)
			return new RandomRoom(house, await fresh(house, format, parts, dice), parts);
		const room = await openDemo(house, format, demo);
		const taken = steps(house, room, demo, Math.floor(dice.roll() * (demo.steps.length + 1)));
		while (!(await taken.next()).done);
		return new RandomRoom(house, room, parts);
	}

	/** So many commands, some at the same time; looks at everything now and then, and at the end. */
	async play(commands: number): Promise<void> {
		while (this.#count < commands) {
			await this.#together(1 + Math.floor(this.#dice.roll() * 24));
			this.#checkBlocks();
			if (this.#dice.roll() < 0.15) await this.#checkDocuments();
			if (this.#dice.roll() < 0.04) await this.#checkReload();
		}
		await this.#checkDocuments();
		await this.#checkReload();
	}

	async close(): Promise<void> {
		await this.#house.rooms.close();
		await this.#house.committer.drain();
		await this.#house.hub.close();
		await this.#house.store.close();
	}

	async #together(size: number): Promise<void> {
		const { roll } = this.#dice;
		const { world } = this.#room;
		if (roll() < 0.1) this.#house.chance.ahead += Math.floor(roll() * 600_000);
		const fails = roll() < 0.05;
		this.#house.fails.commit = fails;
		const answers = await Promise.all(Array.from({ length: size }, () => this.#say()));
		this.#house.fails.commit = false;
		if (!fails) return;
		this.#tally.unsaved += size;
		if (this.#room.world !== world) throw new Error('The room went on although nothing could be saved.');
		if (answers.some(({ answer, again }) => answer.ok && !again))
			throw new Error('A command was answered with yes and not saved.');
	}

	async #say(): Promise<{ answer: Answer; again: boolean }> {
		const { roll, pick } = this.#dice;
		this.#count++;
		this.#tally.commands++;
		const old = roll() < 0.03 ? pick(this.#done) : undefined;
		if (old) {
			const answer = await this.#room.command(old.by, old.id, old.type, old.payload);
			this.#tally.repeated++;
			if (!sameJson(answer as unknown as Json, old.answer as unknown as Json) && answer.ok)
				throw new Error(`${old.type} came twice and was answered ${JSON.stringify([old.answer, answer])}.`);
			return { answer, again: true };
		}
		if (roll() < 0.02) {
			const person = pick(PEOPLE)!;
			await this.#house.rooms.join(somebody(person), this.#room.id, null);
			return { answer: { ok: false, error: { code: '', message: '' } }, again: true };
		}
		const { by, type, payload } = this.#promising(this.#room.world);
		const id = `c${this.#count}`;
		const answer = await this.#room.command(by, id, type, payload);
		if (answer.ok) {
			this.#tally.accepted++;
			const [instance = '', verb = ''] = type.split('.');
			this.#tally.verbs.add(`${this.#room.world.instances.get(instance)?.block.name ?? instance}.${verb}`);
			this.#done.push({ by, id, type, payload, answer });
			this.#vain.clear();
		} else {
			const { code } = answer.error;
			this.#tally.refused.set(code, (this.#tally.refused.get(code) ?? 0) + 1);
			this.#vain.set(type, (this.#vain.get(type) ?? 0) + 1);
			if (answer.error.code === 'internal')
				throw new Error(`A rule failed: ${by} ${type} ${JSON.stringify(payload)}`);
		}
		return { answer, again: false };
	}

	/** Mostly one that would be carried out as things stand, of a few that come to mind. */
	#promising(world: World): { by: string; type: string; payload: Json } {
		const most = this.#dice.roll() < 0.8 ? 5 : 1;
		for (let tries = 1; ; tries++) {
			const command = this.#command(world);
			const member = memberOf(world, command.by);
			if (tries >= most) return command;
			if (!member) continue;
			const { id, name, role, owner, account } = member;
			const batch = new Batch(world, this.#registry, this.#rehearsal, {});
			if (batch.run({ ...command, by: { id, name, role, owner, account } }).ok) return command;
			this.#vain.set(command.type, (this.#vain.get(command.type) ?? 0) + 1);
		}
	}

	#command(world: World): { by: string; type: string; payload: Json } {
		const { roll, pick } = this.#dice;
		const now = nowOf(world);
		const here = Object.keys(rosterOf(world).members);
		const few = here.filter((id) => !world.format.roles[memberOf(world, id)!.role]?.crowd);
		const some = roll() < 0.6 && few.length > 0 ? few : here;
		const by = (roll() < 0.03 ? pick([...PEOPLE, 'stranger']) : pick(some)) ?? 'stranger';
		if (roll() < 0.04) return this.#onward(world);
		const role = memberOf(world, by)?.role ?? 'nobody';
		if (roll() < 0.015) return { by, ...this.#ofRoom() };
		const all = [...world.instances.values()].flatMap((instance) =>
			Object.keys(instance.block.commands).map((verb) => ({
				instance,
				verb,
				type: `${instance.name}.${verb}`
			}))
		);
		const open = all.filter(({ type }) => may(world.format, now?.phase ?? null, role, type));
		const liked = open.filter(
			({ instance, verb, type }) => weight(instance, verb) / (1 + (this.#vain.get(type) ?? 0)) > roll()
		);
		const { instance, verb, type } = (roll() < 0.9 ? pick(liked) : undefined) ?? pick(all)!;
		return { by, type, payload: this.#payload(world, instance, verb, by) };
	}

	#payload(world: World, instance: Instance, verb: string, by: string): Json {
		const tables = Object.values(world.states.get(instance.name)!).filter(
			(table) => Object.keys(table).length > 0
		);
		const settings = instance.settings as { fields?: Field[] };
		const now = nowOf(world);
		const current = Object.values(
			world.states.get(instance.name)!.current ?? world.states.get(instance.name)!.now ?? {}
		);
		const seen = current.find((value) => typeof value === 'string');
		return payloadFor(instance.block.commands[verb]!.payload, this.#dice, {
			id: () => this.#idFor(by, tables),
			people: Object.keys(rosterOf(world).members),
			fields: settings.fields ?? [],
			expects: instance.name === 'agenda' ? (now?.run ?? null) : ((seen as string | undefined) ?? null),
			phases: world.format.phases.map(({ id }) => id),
			roles: Object.keys(world.format.roles),
			now: this.#room.now
		});
	}

	/** Mostly of something that has to do with this person, because others' things are mostly refused. */
	#idFor(by: string, tables: readonly Tables[string][]): string {
		const { roll, pick } = this.#dice;
		const likely = roll() < 0.8;
		let key = 'none';
		for (let tries = 0; tries < 8; tries++) {
			const table = pick(tables) ?? {};
			key = pick(Object.keys(table)) ?? key;
			if (!likely || key.includes(by) || JSON.stringify(table[key] ?? null).includes(by)) break;
		}
		return pick(key.split('/'))!;
	}

	/** The meeting goes on, or there is nothing to be seen of its later phases. */
	#onward(world: World): { by: string; type: string; payload: Json } {
		const { roll, pick } = this.#dice;
		const leading = Object.values(rosterOf(world).members).filter(
			({ role }) => world.format.roles[role]?.facilitates
		);
		const now = nowOf(world);
		const begun = now?.status !== 'ahead' && roll() < 0.9;
		const to = roll() < 0.3 ? { to: pick(world.format.phases)!.id } : {};
		return {
			by: pick(leading)?.id ?? 'stranger',
			type: begun ? (roll() < 0.06 ? 'agenda.end' : 'agenda.advance') : 'agenda.start',
			payload: { expects: now?.run ?? '', ...to }
		};
	}

	#ofRoom(): { type: string; payload: Json } {
		const { roll, words } = this.#dice;
		const kind = Math.floor(roll() * 8);
		if (kind === 0) return { type: 'room.lock', payload: { locked: roll() < 0.3 } };
		if (kind === 1) return { type: 'room.archive', payload: { archived: roll() < 0.2 } };
		if (kind === 2) return { type: 'room.configure', payload: { settings: {} } };
		return kind < 5
			? { type: 'room.rename', payload: { title: words() } }
			: { type: 'room.archive', payload: { archived: false } };
	}

	/* ── What must hold ─────────────────────────────────────────────────────── */

	#checkBlocks(): void {
		const { world } = this.#room;
		const wrong: string[] = [];
		for (const instance of world.instances.values()) {
			const state = world.states.get(instance.name)!;
			const scene = sceneOf(world, instance);
			const { record, desk = {} } = instance.block.publish(state, scene);
			const own = (person: string) => instance.block.own?.(state, person, scene) ?? null;
			const holds = this.#holds[instance.block.name];
			// the block's own types, which the registry has lost
			const problems = holds?.(state as never, { record, desk, own, scene } as never) ?? [];
			wrong.push(...problems.map((one) => `${instance.name}: ${one}`));
		}
		if (wrong.length > 0) throw new Error(wrong.join('\n'));
	}

	/** The documents that others read are the projection of what the room holds, and nothing besides. */
	async #checkDocuments(): Promise<void> {
		await this.#room.show();
		const { world } = this.#room;
		const { record, desk } = project(world);
		for (const [short, expected] of Object.entries({ record, desk })) {
			const doc = new Y.Doc();
			Y.applyUpdate(doc, await this.#house.hub.read(`${this.#room.id}/m${world.row.meeting}/${short}`));
			const there = new Set([...doc.share.keys(), ...expected.keys()]);
			for (const instance of there)
				if (!sameJson(readTables(doc, instance) as Json, filled(expected.get(instance) ?? {})))
					throw new Error(`${short} says something else of ${instance} than the room holds.`);
			doc.destroy();
		}
	}

	/** Whoever opens the room from the store now finds the same. */
	async #checkReload(): Promise<void> {
		// its time may come for something while it is loaded: then it is looked at anew
		for (let tries = 0; tries < 50; tries++) if (await this.#reloadsAs(this.#room.world)) return;
		throw new Error('The room never rests.');
	}

	/** False if the room went on from `world` meanwhile, so that nothing can be said of it. */
	async #reloadsAs(world: World): Promise<boolean> {
		await this.#room.show();
		const before = await this.#house.store.documents(this.#room.id);
		// by a clock that stands at the beginning of all time nothing is due, so that it only looks
		const early = { ...fakeChance(), now: () => 0 };
		const again = await hall(this.#house.database, early, { known: this.#registry, tick: 0 });
		try {
			const room = (await again.rooms.get(this.#room.id))!;
			const ledger = await again.store.ledger(this.#room.id);
			const members = Object.values(rosterOf(world).members);
			const memberships = await Promise.all(
				members.map(({ id }) => again.store.membership(this.#room.id, id))
			);
			const after = await this.#house.store.documents(this.#room.id);
			if (this.#room.world !== world) return false;
			this.#tally.reloads++;
			sameStates(world, room.world);
			for (const [index, { id, role, owner }] of members.entries())
				same(`the membership of ${id}`, memberships[index], { role, owner });
			same('what is shown in documents', after, before);
			const rows = new Set(ledger.map((row) => `${row.instance}/${row.id}`));
			for (const instance of world.instances.values())
				for (const row of instance.block.ledger?.(
					world.states.get(instance.name)!,
					sceneOf(world, instance)
				) ?? [])
					if (!rows.has(`${instance.name}/${row.id}`)) throw new Error(`The ledger lacks ${row.id}.`);
			return true;
		} finally {
			await again.rooms.close();
			await again.hub.close();
		}
	}
}

/** Says in the error where the two differ. */
function same(what: string, one: unknown, other: unknown): void {
	const [found, expected] = [plain(one), plain(other)];
	if (!sameJson(found, expected))
		throw new Error(
			`After a restart ${what} is another: ${JSON.stringify(found)}, not ${JSON.stringify(expected)}.`
		);
}

function sameStates(live: World, loaded: World): void {
	same('the room', loaded.row, live.row);
	for (const [name, state] of live.states) {
		for (const [collection, entries] of Object.entries(state)) {
			const found = loaded.states.get(name)?.[collection] ?? {};
			for (const key of new Set([...Object.keys(entries), ...Object.keys(found)]))
				same(`${name}.${collection}.${key}`, found[key], entries[key]);
			same(`the order of ${name}.${collection}`, Object.keys(found), Object.keys(entries));
		}
		same(name, loaded.states.get(name), state);
	}
}

/** Seven people in roles by lot, and one of the format's presets now and then. */
async function fresh(house: Hall, format: string, { registry }: Parts, dice: Dice): Promise<Room> {
	const presets = Object.keys(registry.formats[format]!.presets ?? {});
	const preset = dice.roll() < 0.5 ? null : (dice.pick(presets) ?? null);
	const made = await house.rooms.create(somebody(PEOPLE[0]!, true), { title: 'Random', format, preset });
	if (!made.ok) throw new Error(made.refusal.message);
	const room = (await house.rooms.get(made.value.room.id))!;
	for (const person of PEOPLE.slice(1)) {
		await house.rooms.join(somebody(person), room.id, null);
		const role = dice.pick(Object.keys(room.world.format.roles))!;
		await room.command(PEOPLE[0]!, `first ${person}`, 'roster.assign', { person, role });
	}
	return room;
}

interface Parts {
	registry: Registry;
	demos: Readonly<Record<string, Demo>>;
	holds: AllHolds;
	tally: Tally;
	seed: number;
}

/** How gladly a command is given: a meeting that ends at once shows nothing. */
function weight({ block }: Instance, verb: string): number {
	if (block.name === 'agenda') return verb === 'end' ? 0.02 : 0.15;
	if (block.name === 'roster') return verb === 'remove' || verb === 'leave' ? 0.03 : 0.25;
	return 1;
}

/** Collections without entries leave nothing in a document. */
function filled(tables: Tables): Json {
	return Object.fromEntries(
		Object.entries(tables).filter(([, entries]) => Object.keys(entries).length > 0)
	) as Json;
}

const plain = (value: unknown) => JSON.parse(JSON.stringify(value ?? null)) as Json;
