/**
 * A real room, over a real store, to which people say whatever comes to mind; and what must hold of it all the same:
 * of every block, of the store, of the documents, and of commands that come twice or cannot be saved. Chance and time
 * come from outside, so that the same seed says and does the same.
 */
import type { Block, Json } from '#lib/blocks/block.ts';
import { isRefusal } from '#lib/blocks/refusal.ts';
import { methodsOf } from '#lib/formats/resolve.ts';
import type { Answer } from '../../server/rooms/batch.ts';
import { sameJson } from '../../server/rooms/publication.ts';
import type { Room } from '../../server/rooms/room.ts';
import { fakeChance, hall, somebody } from '../../server/rooms/testing.ts';
import { nowOf, rosterOf, type Registry, type World } from '../../server/rooms/world.ts';
import { diceOf, type Dice } from './chance.ts';
import type { Hall } from './demo-room.ts';
import { checkBlocks, checkDocuments, checkReload, type AllHolds } from './random-checks.ts';
import { anySettings, openAt, people, PEOPLE, type OpeningParts, type Start } from './random-opening.ts';
import { Suggestions, type Suggestion } from './suggestions.ts';

/** What was really done, over all rooms of a run. */
export interface Tally {
	commands: number;
	accepted: number;
	repeated: number;
	unsaved: number;
	reloads: number;
	/** By code. */
	refused: Map<string, number>;
	/** How often, by `<block>.<verb>`, also by the server itself. */
	verbs: Map<string, number>;
}

export const newTally = (): Tally => ({
	...{ commands: 0, accepted: 0, repeated: 0, unsaved: 0, reloads: 0 },
	refused: new Map(),
	verbs: new Map()
});

export interface Parts extends OpeningParts {
	holds: AllHolds;
	tally: Tally;
	seed: number;
	/** Lets so many milliseconds go by, for the clock and for what waits for its time. */
	pass(ms: number): void;
}

/** Come in now and then, besides those who are in from the beginning. */
const STRANGERS = [...PEOPLE, 'hal', 'ida', 'stranger'];

interface Said extends Suggestion {
	id: string;
	answer: Answer;
}

export class RandomRoom {
	readonly #house: Hall;
	readonly #room: Room;
	readonly #parts: Parts;
	readonly #dice: Dice;
	readonly #suggestions: Suggestions;
	/** Commands that were carried out, for saying them again. */
	readonly #done: Said[] = [];
	/** Who is connected, and what ends that. */
	readonly #here = new Map<string, () => void>();
	/** Guests who have an account by now: they are no more. */
	readonly #adopted = new Set<string>();
	/** To which phase of which meeting those who lead it are on their way. */
	#target = { meeting: 0, phase: '' };
	#count = 0;

	private constructor(house: Hall, room: Room, dice: Dice, parts: Parts, watch: Watch) {
		this.#house = house;
		this.#room = room;
		this.#parts = parts;
		this.#dice = dice;
		const profileOf = (id: string) => house.profiles.get(id) ?? null;
		this.#suggestions = new Suggestions({
			...{ ...parts, dice, profileOf, strangers: STRANGERS, rehearse: watch.rehearse }
		});
	}

	static async open(start: Start, given: Parts): Promise<RandomRoom> {
		const dice = diceOf(given.seed);
		const watch = watchOver(given.registry, given.tally);
		const parts = { ...given, registry: watch.registry };
		const chance = { ...fakeChance(), random: diceOf(given.seed + 1).roll };
		const house = await hall(undefined, chance, { known: parts.registry, tick: 0 });
		people(house, STRANGERS, dice);
		return new RandomRoom(house, await openAt(start, house, parts, dice), dice, parts, watch);
	}

	/** So many commands, some at the same time; looks at everything now and then, and at the end. */
	async play(commands: number): Promise<void> {
		const { roll } = this.#dice;
		while (this.#count < commands) {
			await this.#together(1 + Math.floor(roll() * (roll() < 0.5 ? 24 : 4)));
			checkBlocks(this.#room.world, this.#parts.holds);
			if (roll() < 0.12) await checkDocuments(this.#house, this.#room);
			if (roll() < 0.03) await this.#reload();
		}
		await checkDocuments(this.#house, this.#room);
		await this.#reload();
	}

	async close(): Promise<void> {
		await this.#house.rooms.close();
		await this.#house.committer.drain();
		await this.#house.hub.close();
		await this.#house.store.close();
	}

	async #reload(): Promise<void> {
		await checkReload(this.#house, this.#room, this.#parts.registry);
		this.#parts.tally.reloads++;
	}

	async #together(size: number): Promise<void> {
		const { roll } = this.#dice;
		const { world } = this.#room;
		const long = roll();
		this.#parts.pass(Math.floor(roll() * (long < 0.08 ? 600_000 : long < 0.2 ? 20_000 : 50)));
		const fails = roll() < 0.05;
		this.#house.fails.commit = fails;
		const answers = await Promise.all(Array.from({ length: size }, () => this.#say()));
		this.#house.fails.commit = false;
		if (!fails) return;
		this.#parts.tally.unsaved += size;
		if (this.#room.world !== world) throw new Error('The room went on although nothing could be saved.');
		if (answers.some(({ answer, again }) => answer?.ok && !again))
			throw new Error('A command was answered with yes and not saved.');
	}

	async #say(): Promise<{ answer: Answer | null; again: boolean }> {
		const { roll, pick } = this.#dice;
		this.#count++;
		this.#parts.tally.commands++;
		const old = roll() < 0.03 ? pick(this.#done) : undefined;
		if (old) return { answer: await this.#repeat(old), again: true };
		if (roll() < 0.03) {
			await this.#comeOrGo();
			return { answer: null, again: false };
		}
		const suggestion = this.#next(this.#room.world);
		const { by, type, payload } = suggestion;
		const id = `c${this.#count}`;
		const answer = await this.#room.command(by, id, type, payload);
		this.#suggestions.learn(suggestion, answer);
		if (answer.ok) {
			this.#parts.tally.accepted++;
			this.#done.push({ by, id, type, payload, answer });
		} else {
			const { code } = answer.error;
			count(this.#parts.tally.refused, code);
			if (code === 'internal') throw new Error(`A rule failed: ${by} ${type} ${JSON.stringify(payload)}`);
		}
		return { answer, again: false };
	}

	/** Somebody comes in, connects, goes away for a moment, or is a guest who signs in to the account that they have. */
	async #comeOrGo(): Promise<void> {
		const { roll, pick } = this.#dice;
		const { members } = rosterOf(this.#room.world);
		const member = pick(Object.values(members));
		if (member && roll() < 0.5) return this.#connect(member.id);
		if (member && !member.account && !member.owner && roll() < 0.3) {
			const account = somebody(`${member.id}@`, true);
			this.#house.people.set(account.id, account);
			this.#adopted.add(member.id);
			return this.#house.rooms.adopt(somebody(member.id), account);
		}
		const person = pick(STRANGERS.filter((one) => !this.#adopted.has(one)));
		if (person === undefined) return;
		const role = roll() < 0.7 ? null : pick(Object.keys(this.#room.world.format.roles))!;
		await this.#house.rooms.join(somebody(person, roll() < 0.5), this.#room.id, role);
	}

	#connect(person: string): void {
		const end = this.#here.get(person);
		end?.();
		if (end) this.#here.delete(person);
		else this.#here.set(person, this.#room.listen({ person, hear: () => {} }));
	}

	async #repeat({ by, id, type, payload, answer: first }: Said): Promise<Answer> {
		const answer = await this.#room.command(by, id, type, payload);
		this.#parts.tally.repeated++;
		// plain data, by its type
		if (!sameJson(answer as unknown as Json, first as unknown as Json) && answer.ok)
			throw new Error(`${type} came twice and was answered ${JSON.stringify([first, answer])}.`);
		return answer;
	}

	#next(world: World): Suggestion {
		const { roll } = this.#dice;
		if (roll() < (world.row.state === 'open' ? 0.015 : 0.3)) return this.#ofRoom(world);
		const { phase, meeting } = this.#target;
		const there = meeting === world.row.meeting && phase === nowOf(world)?.phase;
		return roll() < (there ? 0.01 : 0.06)
			? this.#onward(world)
			: this.#suggestions.next(world, this.#room.now);
	}

	/** To a phase by lot, at once or one after the other; or there is nothing to be seen of the later ones. */
	#onward(world: World): Suggestion {
		const { roll, pick } = this.#dice;
		const leading = Object.values(rosterOf(world).members).filter(
			({ role }) => world.format.roles[role]?.facilitates
		);
		const now = nowOf(world);
		const { meeting } = world.row;
		if (this.#target.meeting !== meeting || this.#target.phase === now?.phase)
			this.#target = { meeting, phase: pick(world.format.phases)!.id };
		const by = pick(leading)?.id ?? 'stranger';
		const expects = now?.run ?? '';
		const { length } = world.format.phases;
		if (roll() < 0.3 / length) return { by, type: 'agenda.end', payload: { expects } };
		if (now?.status === 'ahead' && roll() < 0.5) return { by, type: 'agenda.start', payload: { expects } };
		const to = roll() < 0.6 ? { to: this.#target.phase } : {};
		return { by, type: 'agenda.advance', payload: { expects, ...to } };
	}

	#ofRoom(world: World): Suggestion {
		const { roll, pick, words } = this.#dice;
		const owner = Object.values(rosterOf(world).members).find((member) => member.owner);
		const by = (roll() < 0.8 ? owner?.id : pick(STRANGERS)) ?? 'stranger';
		// what is archived or locked shows nothing: it is brought back soon
		if (world.row.state !== 'open' && roll() < 0.7)
			return world.row.state === 'locked'
				? { by, type: 'room.lock', payload: { locked: false } }
				: { by, type: 'room.archive', payload: { archived: false } };
		const { registry } = this.#parts;
		const { format } = world.row;
		const preset = roll() < 0.5 ? {} : { preset: pick(methodsOf(registry.formats[format]!)) ?? null };
		return pick([
			{ by, type: 'room.lock', payload: { locked: true } },
			{ by, type: 'room.archive', payload: { archived: true } },
			{ by, type: 'room.rename', payload: { title: words() } },
			{
				by,
				type: 'room.configure',
				payload: { settings: anySettings(registry, format, this.#dice), ...preset }
			}
		])!;
	}
}

interface Watch {
	registry: Registry;
	/** Nothing counts of what the blocks are asked in it. */
	rehearse<T>(work: () => T): T;
}

/** The same blocks, whose rules say which of their verbs were carried out, whoever asked: people or the server. */
function watchOver({ formats, blocks }: Registry, { verbs }: Tally): Watch {
	let rehearsing = false;
	const watched = (block: Block): Block => ({
		...block,
		commands: Object.fromEntries(
			Object.entries(block.commands).map(([verb, command]) => [
				verb,
				{
					...command,
					rule: (...asked: Parameters<typeof command.rule>) => {
						const outcome = command.rule(...asked);
						if (!rehearsing && !isRefusal(outcome)) count(verbs, `${block.name}.${verb}`);
						return outcome;
					}
				}
			])
		)
	});
	return {
		registry: {
			formats,
			blocks: Object.fromEntries(Object.entries(blocks).map(([name, block]) => [name, watched(block)]))
		},
		rehearse(work) {
			rehearsing = true;
			try {
				return work();
			} finally {
				rehearsing = false;
			}
		}
	};
}

function count(times: Map<string, number>, of: string): void {
	times.set(of, (times.get(of) ?? 0) + 1);
}
