/** Runs one block's rules in a test: no server, a clock that is set by hand, ids and chance that repeat. */
import { produce } from 'immer';
import * as v from 'valibot';
import type { Appointment } from './appointment.ts';
import type { Matter, MatterScene } from './matter.ts';
import type { Profile } from './profile.ts';
import { bare } from './tables.ts';
import type { Actor, Block, Context, Facts, Json, Member, Outcome, Scene, Tables } from './block.ts';
import { misfit } from './misfit.ts';
import { failed, isRefusal, type Refusal } from './refusal.ts';

export interface Emitted {
	event: string;
	data: { [key: string]: Json | undefined };
}

/** In the block's own types, which the registry has lost: whoever asks for them says which. */
export interface Harness<Shown = Tables, Desk = Tables, Own = Json> {
	/** `by` is a person's id, or 'server'. */
	run(by: string, verb: string, payload?: Json): Outcome;
	/** Like `run`, and throws when it is refused. */
	must(by: string, verb: string, payload?: Json): Json | undefined;
	readonly state: Tables;
	record(): Shown;
	desk(): Desk;
	own(person: string): Own;
	facts(): Facts;
	ledger(): ReturnType<NonNullable<Block['ledger']>>;
	/** What calendars have of it. */
	appointments(): Appointment[];
	/** What concerns people. */
	matters(): Matter[];
	/** What the server would run by itself, and when. */
	due(): ReturnType<NonNullable<Block['due']>>;
	/** The next meeting: a state of the room stays, one of the meeting is carried over. */
	nextMeeting(scope?: 'meeting' | 'room'): void;
	/** The room gives the instance other settings. */
	configure(settings: Json): void;
	readonly emitted: Emitted[];
	readonly touched: Set<string>;
	/** Facts of other blocks, by instance. */
	readonly others: Record<string, Facts>;
	readonly people: Record<string, Member>;
	/** Roles that moderate and facilitate. */
	readonly hosts: readonly string[];
	/** `may`: who may do what, by verb: ids of people; without an entry, everybody. */
	readonly scene: { phase: string | null; meeting: number; may: Record<string, string[]> };
	readonly clock: { now: number };
	/** As the block is told of it. */
	whole(): Scene;
	/** What the directory says, by person. */
	readonly profiles: Record<string, Profile>;
	/** What other rooms of the programme ask, by person. */
	readonly loads: Record<string, number>;
	/** The rooms that the block wishes for. */
	rooms(): ReturnType<NonNullable<Block['rooms']>>;
}

/**
 * What must hold of a block at every moment, whatever was commanded before: says what does not. Blocks keep theirs in
 * `holds.ts`; random commands are run through real rooms against them (tests/server/random.test.ts).
 */
export type Holds<State, Shown = Tables, Desk = Tables, Own = Json> = (
	state: State,
	seen: { record: Shown; desk: Desk; own(person: string): Own; scene: Scene }
) => string[];

/** A state, or what a block shows of it, in the block's own types, which the registry has lost. */
export const typed = <Own>(lost: Tables | Json[] | Json | undefined): Own => lost as unknown as Own;

const START = Date.UTC(2026, 3, 30, 10);

export function member(id: string, role: string, more: Partial<Member> = {}): Member {
	return { id, name: id, role, joined: START, account: false, owner: false, team: null, ...more };
}

class Refused extends Error {
	readonly refusal: Refusal;
	constructor(refusal: Refusal) {
		super(refusal.message);
		this.refusal = refusal;
	}
}

/** `people`: role by id. `hosts`: roles that moderate and facilitate. */
export function harness<Shown = Tables, Desk = Tables, Own = Json>(
	block: Block,
	settings: Json,
	people: Record<string, string>,
	hosts: readonly string[] = ['host']
): Harness<Shown, Desk, Own> {
	let parsed: unknown = v.parse(block.settings, settings);
	const members = Object.fromEntries(Object.entries(people).map(([id, role]) => [id, member(id, role)]));
	const clock = { now: START };
	const at = { phase: 'P1' as string | null, meeting: 1, may: {} as Record<string, string[]> };
	const others: Record<string, Facts> = {};
	const profiles: Record<string, Profile> = {};
	const loads: Record<string, number> = {};
	const emitted: Emitted[] = [];
	const touched = new Set<string>();
	let state = bare(block.initial(parsed));
	let ids = 0;
	let seed = 7;

	function random(): number {
		seed = (seed * 16_807) % 2_147_483_647;
		return seed / 2_147_483_647;
	}

	function shuffle<T>(items: readonly T[]): T[] {
		const copy = [...items];
		for (let i = copy.length - 1; i > 0; i--) {
			const j = Math.floor(random() * (i + 1));
			[copy[i], copy[j]] = [copy[j] as T, copy[i] as T];
		}
		return copy;
	}

	const scene = (): Scene => ({
		room: { id: 'room', title: 'A room', format: 'test' },
		meeting: at.meeting,
		phase: at.phase === null ? null : { id: at.phase, run: `run-${at.phase}`, opened: START },
		people: members,
		settings: parsed,
		moderates: (role) => hosts.includes(role),
		facilitates: (role) => hosts.includes(role)
	});

	const matterScene = (): MatterScene => {
		const may = (person: string, verb: string) => at.may[verb]?.includes(person) ?? true;
		const whoMay = (verb: string) => Object.values(members).filter(({ id }) => may(id, verb));
		return { ...scene(), title: { en: 'This' }, may, whoMay, asked: whoMay };
	};

	function actor(by: string): Actor {
		if (by === 'server') return { id: '', name: '', role: 'server', owner: false, account: false };
		const { id, name, role, owner, account } = members[by] ?? member(by, 'nobody');
		return { id, name, role, owner, account };
	}

	function run(by: string, verb: string, payload: Json = {}): Outcome {
		const command = block.commands[verb];
		if (!command) throw new Error(`The block "${block.name}" has no verb "${verb}".`);
		const input = v.safeParse(command.payload, payload);
		if (!input.success) {
			return failed(misfit(input.issues));
		}
		const events: Emitted[] = [];
		const context: Context = {
			...scene(),
			now: clock.now,
			by: actor(by),
			facts: others,
			profile: (person) => profiles[person] ?? null,
			load: (person) => loads[person] ?? 0,
			id: () => `id-${++ids}`,
			random,
			shuffle,
			emit: (event, data) => events.push({ event, data }),
			touch: (person) => touched.add(person)
		};
		let result: Json | undefined;
		try {
			const decided = produce(state, (draft) => {
				const outcome = command.rule(draft as Tables, input.output, context);
				if (isRefusal(outcome)) throw new Refused(outcome);
				result = outcome ?? undefined;
			});
			state = bare(decided);
		} catch (error) {
			if (!(error instanceof Refused)) throw error;
			return failed(error.refusal);
		}
		emitted.push(...events);
		return { ok: true, result };
	}

	return {
		run,
		must(by, verb, payload) {
			const outcome = run(by, verb, payload);
			if (outcome.ok) return outcome.result;
			throw new Error(`${verb} by ${by} was refused: ${outcome.error.code}, ${outcome.error.message}`);
		},
		configure(given) {
			const [before, now] = [parsed, v.parse(block.settings, given)];
			parsed = now;
			state = bare(produce(state, (draft: Tables) => block.configured?.(draft, before, now)));
		},
		get state() {
			return state;
		},
		// the one place that gives them back their types
		record: () => block.publish(state, scene()).record as Shown,
		desk: () => (block.publish(state, scene()).desk ?? {}) as Desk,
		own: (person) => (block.own?.(state, person, scene()) ?? null) as Own,
		facts: () => block.facts?.(state, scene()) ?? {},
		ledger: () => block.ledger?.(state, scene()) ?? [],
		matters: () => block.matters?.(state, matterScene()) ?? [],
		appointments: () => block.appointments?.(state, scene()) ?? [],
		rooms: () => block.rooms?.(state, scene()) ?? [],
		profiles,
		loads,
		due: () => block.due?.(state, scene()) ?? null,
		nextMeeting(scope = 'meeting') {
			at.meeting += 1;
			if (scope === 'meeting') state = bare(block.carry ? block.carry(state, parsed) : block.initial(parsed));
		},
		emitted,
		touched,
		others,
		people: members,
		hosts,
		scene: at,
		whole: scene,
		clock
	};
}
