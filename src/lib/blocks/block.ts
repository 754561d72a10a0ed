/**
 * What a block is, on both sides of the wire.
 *
 * A block's truth is its *state*, held by the server as rows. Three pure projections of the state are all that
 * anybody ever sees: `record` (everyone in the room), `desk` (those who moderate) and `own` (one person). What is
 * sealed, anonymous or secret stays in the state and is simply not projected before its time.
 */
import type { GenericSchema, InferOutput } from 'valibot';
import type * as Y from 'yjs';
import type { Awareness } from 'y-protocols/awareness';
import type { Finds } from './finds.ts';
import type { Appointment } from './appointment.ts';
import type { Matter, MatterScene } from './matter.ts';
import type { Profile } from './profile.ts';
import type { Failure, Refusal, Text, Why } from './refusal.ts';
import type { Handed, RoomWish } from './wish.ts';

export { isRefusal, refuse } from './refusal.ts';
export type { Failure, Refusal, Text } from './refusal.ts';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json | undefined };

/** Collections of keyed values. One key is one row in the store and one entry in the published document. */
export type Tables = Record<string, Record<string, Json>>;

export type Member = {
	id: string;
	name: string;
	/** A role of the room's format. */
	role: string;
	/** Milliseconds since the epoch. */
	joined: number;
	/** Has an account; otherwise a guest. */
	account: boolean;
	/** Created the room or was handed it: may rename, lock, archive and delete it. */
	owner: boolean;
	/** Team or function, if the person said so. */
	team: string | null;
};

/** The phase that is open now. */
export interface OpenPhase {
	/** As the format names it: 'P3'. */
	id: string;
	/** Changes at every move of the agenda; commands that move something name the run that they expect. */
	run: string;
	/** When it was opened, ms since the epoch. */
	opened: number;
}

/** What a projection may look at besides the state. No clock: a projection changes only when something happened. */
export interface Scene<Settings = unknown> {
	room: { id: string; title: string; format: string };
	/** 1 for the first. */
	meeting: number;
	phase: OpenPhase | null;
	people: Readonly<Record<string, Member>>;
	settings: Settings;
	/** Roles that moderate (see the desk), and roles that facilitate (run the agenda), as the format says. */
	moderates(role: string): boolean;
	facilitates(role: string): boolean;
}

/** Who commands. The server itself acts as `{id: '', role: 'server'}` (timers, what a phase does on entering). */
export interface Actor {
	id: string;
	name: string;
	role: string;
	owner: boolean;
	account: boolean;
}

/** What a rule may use besides state and payload. Time, ids and chance come from here, so that tests hold them. */
export interface Context<Settings = unknown> extends Scene<Settings> {
	/** Milliseconds since the epoch, by the server's clock. */
	now: number;
	by: Actor;
	/** The facts of the room's blocks, by instance: `facts.actions?.unreviewed`; and `facts.presence`. */
	facts: Readonly<Record<string, Facts>>;
	/** What the workspace's directory says of a person now; null: nothing. A rule keeps what it decides by. */
	profile(person: string): Profile | null;
	/**
	 * What the other rooms of this room's programme ask of a person by now (`Block.load`); 0 where there are none.
	 * Only for commands that say they ask (`loads`).
	 */
	load(person: string): number;
	/** A new id, unique for ever. */
	id(): string;
	/** In [0, 1). */
	random(): number;
	/** A random order of a copy. */
	shuffle<T>(items: readonly T[]): T[];
	/** Says that something happened which a format may wire to another block's command. */
	emit(event: string, data: { [key: string]: Json | undefined }): void;
	/** This person's `own` view changed ('all': everybody's). The one who commands is always told. */
	touch(person: string | 'all'): void;
}

/**
 * Decides one command. `state` is an Immer draft: change it in place. Return a refusal and nothing of it is kept;
 * return anything else (or nothing) and that is the command's result.
 */
export type Rule<State, Payload, Settings> = (
	state: State,
	payload: Payload,
	ctx: Context<Settings>
) => Refusal | Json | void;

export interface Command<State, Schema extends GenericSchema, Settings> {
	payload: Schema;
	rule: Rule<State, InferOutput<Schema>, Settings>;
	/** May be published up to 100 ms later, together with others of its kind: votes, marks, presence of a hand. */
	storm?: boolean;
	/** Asks for `ctx.load`. */
	loads?: boolean;
}

export type Facts = Record<string, number | boolean | string | null>;

/** A row that outlives the meeting and is found across rooms. */
export type LedgerRow = {
	/** Unique in the room for ever; survives being carried over. */
	id: string;
	/**
	 * 'takeaway': what everybody who reads the record may know was taken along from the meeting. Once that has ended it
	 * stands in their digest, with the name in `data.by`, where there is one.
	 */
	kind: 'action' | 'goal' | 'question' | 'learning' | 'topic' | 'takeaway' | 'contact';
	/** Whose it is; null: nobody's yet. */
	person: string | null;
	/**
	 * As the block names its states: 'open', 'done', 'unanswered' … `shared`: its author gave it to the whole
	 * workspace, and everybody with an account finds it.
	 */
	state: string;
	/** ISO date (2026-05-14), where there is one. */
	due: string | null;
	text: string;
	data: { [key: string]: Json | undefined };
};

export interface Published {
	record: Tables;
	desk?: Tables;
}

/** The server's half of a block. Everything in it is pure. */
export interface Block<State extends Tables = Tables, Settings = any> {
	/** The folder's name. */
	name: string;
	/** What a format may set for its instance; every entry has a default, so that `{}` is valid. */
	settings: GenericSchema<any, Settings>;
	initial(settings: Settings): State;
	/** By verb. A command's type is `<instance>.<verb>`. */
	commands: Record<string, Command<State, any, Settings>>;
	publish(state: State, scene: Scene<Settings>): Published;
	/** What one person alone sees: own ballots, own pending input with the reasons given, notices. */
	own?(state: State, person: string, scene: Scene<Settings>): Json;
	/** Numbers that gates and other blocks may ask for. Nothing sealed may be computable from them. */
	facts?(state: State, scene: Scene<Settings>): Facts;
	/** Rows for the ledger; rows no longer returned are removed from it. */
	ledger?(state: State, scene: Scene<Settings>): LedgerRow[];
	/** The dates that it knows of, those that were called off and those that are over too: what calendar files are made from. */
	appointments?(state: State, scene: Scene<Settings>): Appointment[];
	/**
	 * What of the state concerns one person wherever they are: what they promised, what waits for them, what comes up.
	 * Nothing in it may be sealed from that person. What is no longer returned is settled.
	 */
	matters?(state: State, scene: MatterScene<Settings>): Matter[];
	/** State of the next meeting's instance, from this meeting's. Without it the next one begins empty. */
	carry?(state: State, settings: Settings): State;
	/** The instance's settings are others now than `before`: changes in a state what was made from them. */
	configured?(state: State, before: Settings, settings: Settings): void;
	/** When the server has to do something by itself: it runs `verb` with `payload` at `at` (ms since the epoch). */
	due?(state: State, scene: Scene<Settings>): { at: number; verb: string; payload: Json } | null;
	/**
	 * The rooms that this one wants to exist, as a programme does. The server opens each once, lets in whoever is not
	 * in it yet and carries out its orders once each; then it runs this block's `reported` with `{rooms: RoomNews[]}`.
	 * A wish that is no longer returned changes nothing.
	 */
	rooms?(state: State, scene: Scene<Settings>): RoomWish[];
	/** Where in what it publishes, and in its documents, words stand that can be searched for. */
	finds?: Finds;
	/**
	 * What this room asks of people, by person: of one that a programme opened. Rules in its other rooms hear the sum
	 * of somebody (`ctx.load`), and nobody is told whose it is or where from.
	 */
	load?(state: State, scene: Scene<Settings>): Readonly<Record<string, number>>;
	/** What its authors gave to whoever runs the programme, by entry; only where the format says so (`handed`). */
	hands?(state: State, settings: Settings): Handed;
	/** What new rooms take over from it as a setting of theirs (`Format.begins`); null: nothing. */
	leaves?(state: State, settings: Settings): Json | null;
	/** Writes a new co-written document's first content, on the server, once. `template` is the format's word. */
	seed?(doc: Y.Doc, template: string): void;
	/**
	 * A person has a new id, and the state says it wherever it said the old one. Only for a block whose rows lie
	 * somewhere that depends on the id itself.
	 */
	succeeded?(state: State, person: string): void;
	/** Takes everything of one person out, where the law or the person asks for it. */
	forget?(state: State, person: string, settings: Settings): void;
}

/** Keeps a block's own types while it is written, and loses them for the registry. */
export function defineBlock<State extends Tables, Settings>(block: Block<State, Settings>): Block {
	return block as unknown as Block;
}

/** Keeps the payload's type in the rule. */
export function command<State, Settings, const Schema extends GenericSchema>(
	payload: Schema,
	rule: Rule<State, InferOutput<Schema>, Settings>,
	options: { storm?: boolean; loads?: boolean } = {}
): Command<State, Schema, Settings> {
	return { payload, rule, ...options };
}

/* ── The browser's half ─────────────────────────────────────────────────────────────────────────── */

export type Outcome = { ok: true; result: Json | undefined } | { ok: false; error: Failure };

/** A co-written document as a block's view gets it. */
export interface Writing {
	/** Full name: 'm3/board'. */
	name: string;
	doc: Y.Doc;
	awareness: Awareness;
	/** May this person change it now? Reactive. */
	readonly writable: boolean;
	/** Reactive: false until the first answer from the server or from this device's copy. */
	readonly ready: boolean;
}

/** What a view knows of the phase bar. */
export interface PhaseView extends OpenPhase {
	name: string;
}

/**
 * What a block's view is given: reactive reading, and one way to ask for something.
 * Every getter is reactive in Svelte; read it inside `$derived` or markup.
 */
export interface Handle<R = any, D = any, O = any, S = any> {
	/** The instance's name in the format. */
	readonly instance: string;
	/** What it is called, in the reader's language. */
	readonly title: string;
	readonly record: R;
	/** Null for those who do not moderate. */
	readonly desk: D | null;
	readonly own: O | null;
	readonly settings: S;
	readonly me: Member;
	readonly people: Readonly<Record<string, Member>>;
	/** Ids of the people who are connected now. */
	readonly here: ReadonlySet<string>;
	readonly phase: PhaseView | null;
	readonly meeting: number;
	/** The meeting has ended, or the room is archived: nothing can be changed. */
	readonly frozen: boolean;
	readonly moderates: boolean;
	readonly facilitates: boolean;
	/** May I do this, in my role, in this phase? */
	may(verb: string): boolean;
	/**
	 * The name of the next phase in which my role may do this ('P6 Commit'), or null. `write` asks for the
	 * instance's co-written document.
	 */
	opens(verb: string): string | null;
	/** Asks the server; a failure is also shown as a toast unless `quiet`. */
	send(verb: string, payload?: Json, options?: { quiet?: boolean }): Promise<Outcome>;
	/** The co-written document that the format names for this instance, or one of that name. */
	writing(name?: string): Writing | null;
	/** The address of the calendar file of one of the instance's appointments, by its id. */
	calendar(appointment: string): string;
	/** The server's clock now, ms since the epoch; reactive to the second when read in markup. */
	now(): number;
	/** A role's or a phase's name in the reader's language. */
	roleName(role: string): string;
	text(text: Text): string;
	/** Why something was refused, in the reader's language. */
	why(why: Why): string;
	/** A person's name, or the word for somebody who is not in the roster. */
	name(person: string | null): string;
	/** Keeps a half-written text across reloads, on this device. */
	draft(key: string): { value: string };
}
