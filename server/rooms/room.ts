/**
 * The authority over one room: takes commands one at a time, makes them durable in batches, publishes what they
 * changed, tells each person what concerns them alone, and keeps every open document's access true.
 */
import type { Appointment } from '#lib/blocks/appointment.ts';
import type { Json, Member, Tables } from '#lib/blocks/block.ts';
import type { Format } from '#lib/formats/format.ts';
import type { ProfileOf } from '#lib/blocks/profile.ts';
import type { RoomReport } from '#lib/blocks/wish.ts';
import type { Access, Principal } from './access.ts';
import { Attendance, type Listener, type Message, type RoomInfo } from './attendance.ts';
import type { Answer, Batch, Chance } from './batch.ts';
import { reportOf, told } from './children.ts';
import { Commands } from './commands.ts';
import { Credits } from './credits.ts';
import { Doorkeeper } from './doorkeeper.ts';
import type { Erased } from './forgetting.ts';
import { Family, type Kin, type Kinship } from './family.ts';
import { Keeper } from './keeper.ts';
import { appointmentsFor, concernedBy, ownOf, project, toldSettings } from './projection.ts';
import { RollCall } from './roll-call.ts';
import { Timetable } from './timetable.ts';
import type { Books } from './unit.ts';
import { memberOf, nowOf, rosterOf, type Registry, type World } from './world.ts';
import type { Committer } from '../storage/committer.ts';
import type { Observer } from '../storage/observer.ts';
import type { Store, Unit } from '../storage/store.ts';
import type { Hub } from '../sync/hub.ts';

export type { Listener, Message, RoomInfo } from './attendance.ts';
export { SCREEN } from './doorkeeper.ts';

export interface RoomDeps {
	store: Store;
	committer: Committer;
	hub: Hub;
	registry: Registry;
	chance: Chance;
	observer?: Pick<Observer, 'commanded'>;
	log: { error(details: object, message: string): void };
	directory: Directory;
	/** How many days archived rooms are kept, as the operator says; without: until somebody deletes them. */
	archivedDays?: number | null;
}

/** What rooms may ask about people who are not in them. */
export interface Directory {
	profile: ProfileOf;
	/** Null: there is no such person. */
	person(id: string): { id: string; name: string; account: boolean } | null;
}

/** In memory, how a room is tied to others. */
export type Ties = RoomDeps & { kinship: Kinship };

export class Room {
	readonly id: string;
	readonly #keeper: Keeper;
	readonly #commands: Commands;
	readonly #doorkeeper: Doorkeeper;
	readonly #attendance: Attendance;
	readonly #timetable: Timetable;
	readonly #family: Family;
	readonly #credits: Credits;

	/** `ago`: milliseconds by which the room's clock is put back at first, for a demo. */
	constructor(world: World, books: Books, kin: Kin, deps: Ties, ago = 0) {
		const { log, chance, directory } = deps;
		this.id = world.row.id;
		this.#family = new Family(kin, deps.kinship, () => chance.id());
		this.#keeper = new Keeper(world, books, {
			...deps,
			family: this.#family,
			show: () => void this.show()
		});
		this.#doorkeeper = new Doorkeeper({ ...deps, world: () => this.world });
		const rollCall = new RollCall({
			world: () => this.world,
			run: (type, payload) => this.run(type, payload),
			failed: (answer) => log.error({ room: this.id, answer }, 'Who is here could not be told')
		});
		this.#attendance = new Attendance({
			world: () => this.world,
			info: (person) => this.info(person),
			now: () => chance.now(),
			present: (here) => rollCall.call(here)
		});
		this.#timetable = new Timetable({
			chance,
			ago,
			world: () => this.world,
			run: (type, payload) => this.run(type, payload),
			failed: (due, answer) => log.error({ room: this.id, due, answer }, 'A timer was refused')
		});
		this.#credits = new Credits({
			room: this.id,
			store: deps.store,
			world: () => this.world,
			wake: () => void this.show()
		});
		this.#commands = new Commands({
			...deps,
			keeper: this.#keeper,
			chance: this.#timetable.chance,
			presence: () => this.#attendance.facts,
			profile: directory.profile,
			credits: this.#credits,
			loads: () => this.#family.loads(this.id),
			saved: (before, batch) => this.#follow(before, batch)
		});
		this.#timetable.arm();
	}

	get world(): World {
		return this.#keeper.world;
	}

	/** The room that opened this one; null: a person did. */
	get programme(): string | null {
		return this.#family.programme;
	}

	/** Commands that wait, and whether documents lag behind the state. */
	get waiting(): { commands: number; unpublished: boolean } {
		return { commands: this.#commands.waiting, unpublished: this.#keeper.unpublished };
	}

	/** Nobody listens and nothing waits. */
	get idle(): boolean {
		return (
			this.#attendance.empty &&
			this.#commands.idle &&
			this.#timetable.idle &&
			!this.#keeper.unpublished &&
			!this.#credits.waiting
		);
	}

	/** Somebody wrote in a co-written document, by its full name; what they wrote is durable. */
	written(name: string): void {
		this.#credits.written(name);
	}

	/* ── Commands ───────────────────────────────────────────────────────────── */

	/** A person's command. The same id from the same person is carried out once and answered alike. */
	command(person: string, id: string, type: string, payload: unknown): Promise<Answer> {
		return this.#commands.give(person, id, type, payload);
	}

	/** The server's own command; if it is carried out, `alongside` is written with it. */
	run(type: string, payload: Json, alongside?: Unit['children']): Promise<Answer> {
		return this.#commands.run(type, payload, alongside);
	}

	/** Takes people out of the state; see forgetting.ts. */
	forget(who: Erased): Promise<Answer> {
		return this.#commands.delete({ forget: who });
	}

	/** These instances begin again. */
	reset(instances: readonly string[]): Promise<Answer> {
		return this.#commands.delete({ reset: instances });
	}

	/**
	 * Runs `work` between two batches: until it ends no command is decided and nothing is published. What it does to
	 * the documents and the books behind the room's back is read anew afterwards.
	 */
	alone(work: () => Promise<void>): Promise<void> {
		return this.#commands.alone(async () => {
			try {
				await work();
			} finally {
				await this.#keeper.reread();
			}
		});
	}

	/** Publishes what was not published yet. */
	show(): Promise<Answer> {
		return this.#commands.show();
	}

	/** A batch was saved: those whom it concerns are told. */
	#follow(before: World, batch: Batch): void {
		for (const ended of batch.finished) this.#doorkeeper.ended(ended);
		const concerned = concernedBy(before, this.world);
		if (concerned) {
			this.#doorkeeper.apply(concerned);
			this.#attendance.tellAccess(concerned);
			this.#attendance.note();
		}
		this.#attendance.tellOwn(batch.touchedAll ? 'all' : batch.touched);
		this.#timetable.arm();
	}

	/* ── Time ───────────────────────────────────────────────────────────────── */

	/** By the room's clock, which in a demo is behind. */
	get now(): number {
		return this.#timetable.chance.now();
	}

	/** Lets `ms` go by at once, in a demo. */
	pass(ms: number): Promise<void> {
		return this.#timetable.pass(ms);
	}

	/* ── Reading ────────────────────────────────────────────────────────────── */

	/** The current meeting's record as it stands now, by instance; empty for a role that does not read it. */
	published(member: Member): Record<string, Tables> {
		if (this.world.format.roles[member.role]?.outside) return {};
		return Object.fromEntries(project(this.world).record);
	}

	/** The blocks that a member now sees in the middle of the room, by name. */
	stage({ role }: Member): string[] {
		const { format } = this.world;
		const phase = nowOf(this.world)?.phase;
		const shown = format.roles[role]?.outside ?? format.phases.find(({ id }) => id === phase)?.stage ?? [];
		return shown.flatMap((instance) => format.blocks[instance]?.block ?? []);
	}

	own(person: string): Record<string, Json> {
		return ownOf(this.world, person);
	}

	/** The dates that this person may read, the earliest first; none for who is not in the room. */
	appointments(person: string): Appointment[] {
		return appointmentsFor(this.world, person);
	}

	info(person: string): RoomInfo {
		const { world } = this;
		const { id, code, title, format, preset, state, demo } = world.row;
		const member = memberOf(world, person);
		const moderates = member ? (world.format.roles[member.role]?.moderates ?? false) : false;
		return {
			room: { id, code, title, format, preset, state, demo },
			settings: toldSettings(world),
			meeting: world.row.meeting,
			member,
			waiting: rosterOf(world).waiting[person] !== undefined,
			documents: member ? this.#doorkeeper.documents(person) : [],
			screen: moderates ? world.row.screen : null
		};
	}

	/** Where it stands and the facts that its format declares: nothing that anybody wrote. */
	get report(): RoomReport {
		return told(reportOf(this.world));
	}

	/** The format with the method of that meeting, which may have been changed since. */
	formatOf(meeting: number): Promise<Format> {
		return this.#doorkeeper.formatOf(meeting);
	}

	/** May this principal open this document? Loads how an ended meeting was. */
	access(principal: Principal, name: string): Promise<Access> {
		return this.#doorkeeper.access(principal, name);
	}

	/** The same at once, for a document that was asked for already. */
	accessNow(person: string, name: string): Access {
		return this.#doorkeeper.accessNow(person, name);
	}

	/** The principal that a connection of this person has now; null: none. */
	principal(person: string): Principal | null {
		return this.#doorkeeper.principal(person);
	}

	/** How many of its members are connected. */
	get present(): number {
		return this.#attendance.present;
	}

	/** From now on the listener is told what concerns its person; returns a function that ends it. */
	listen(listener: Listener): () => void {
		return this.#attendance.listen(listener);
	}

	/* ── The end ────────────────────────────────────────────────────────────── */

	/** To all who are here, for the last time. */
	dismiss(message: Message): void {
		this.#attendance.dismiss(message);
	}

	/** Finishes what was accepted and shows what was not shown yet. */
	async close(): Promise<void> {
		await this.#commands.settled();
		if (this.#keeper.unpublished) await this.show();
		this.#commands.close();
		this.#timetable.close();
		this.#credits.close();
		this.#attendance.close();
		this.#keeper.close();
	}
}
