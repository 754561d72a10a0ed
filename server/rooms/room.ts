/**
 * The authority over one room: takes commands one at a time, makes them durable in batches, publishes what they
 * changed, tells each person what concerns them alone, and keeps every open document's access true.
 */
import type { Json, Member, Tables } from '#lib/blocks/block.ts';
import { access, documentsFor, type AccessScene, type Principal } from './access.ts';
import { Attendance, type Listener, type RoomInfo } from './attendance.ts';
import { Batch, SERVER, type Answer, type Chance, type Request } from './batch.ts';
import { ledgerChanges, meetingRow, memberChanges, seeds, stateChanges, type Ledger } from './changes.ts';
import { concernedBy, ownOf, project, reachedIn } from './projection.ts';
import { Publisher } from './publisher.ts';
import { AGAIN, Timetable } from './timetable.ts';
import { memberOf, nowOf, rosterOf, type Registry, type World } from './world.ts';
import type { Committer } from '../storage/committer.ts';
import type { CommandRow, Store, Unit } from '../storage/store.ts';
import { CLOSE, type Hub } from '../sync/hub.ts';

export type { Listener, Message, RoomInfo } from './attendance.ts';

/** How often at most a storm of commands is shown, in milliseconds. */
const STORM = 100;
const LARGEST_BATCH = 500;

interface Pending {
	/** Null: only show what was not shown yet. */
	request: Request | null;
	/** The client's id of the command; null: the server itself. */
	id: string | null;
	settle(answer: Answer): void;
}

export interface RoomDeps {
	store: Store;
	committer: Committer;
	hub: Hub;
	registry: Registry;
	chance: Chance;
	log: { error(details: object, message: string): void };
}

const UNSAVED: Answer = {
	ok: false,
	error: {
		code: 'unsaved',
		message: 'The server could not save this. Nothing was changed; try again in a moment.'
	}
};

export class Room {
	readonly id: string;
	#world: World;
	#ledger: Ledger;
	readonly #deps: RoomDeps;
	#queue: Pending[] = [];
	#running: Promise<void> | null = null;
	readonly #publisher: Publisher;
	/** When it was shown last, by the real clock, also in a demo. */
	#published = 0;
	#publishTimer: NodeJS.Timeout | null = null;
	/** The documents may lag behind the state: after a storm, and after a crash in one. */
	#unpublished = true;
	/** Phases reached by meetings that have ended, loaded when asked for. */
	readonly #reached = new Map<number, ReadonlySet<string>>();
	#closed = false;
	readonly #attendance: Attendance;
	readonly #timetable: Timetable;

	/** `ago`: milliseconds by which the room's clock is put back at first, for a demo. */
	constructor(world: World, ledger: Ledger, deps: RoomDeps, ago = 0) {
		this.id = world.row.id;
		this.#world = world;
		this.#ledger = ledger;
		this.#deps = deps;
		this.#publisher = new Publisher(this.id, deps.hub);
		this.#attendance = new Attendance({
			world: () => this.#world,
			info: (person) => this.info(person),
			now: () => deps.chance.now()
		});
		this.#timetable = new Timetable({
			chance: deps.chance,
			ago,
			world: () => this.#world,
			run: (type, payload) => this.run(type, payload),
			failed: (due, answer) => deps.log.error({ room: this.id, due, answer }, 'A timer was refused')
		});
		this.#timetable.arm();
	}

	get world(): World {
		return this.#world;
	}

	/** Nobody listens and nothing waits. */
	get idle(): boolean {
		return (
			this.#attendance.empty &&
			this.#queue.length === 0 &&
			this.#running === null &&
			this.#timetable.idle &&
			!this.#unpublished
		);
	}

	/* ── Commands ───────────────────────────────────────────────────────────── */

	/** A person's command. The same id from the same person is carried out once and answered alike. */
	command(person: string, id: string, type: string, payload: unknown): Promise<Answer> {
		return new Promise((settle) =>
			this.#enqueue({ id, settle, request: { type, payload, by: { ...SERVER, id: person, role: 'nobody' } } })
		);
	}

	/** The server's own command. */
	run(type: string, payload: Json): Promise<Answer> {
		return new Promise((settle) =>
			this.#enqueue({ id: null, settle, request: { type, payload, by: SERVER } })
		);
	}

	/** Publishes what was not published yet. */
	show(): Promise<Answer> {
		return new Promise((settle) => this.#enqueue({ id: null, settle, request: null }));
	}

	#enqueue(pending: Pending): void {
		if (this.#closed) return pending.settle(UNSAVED);
		this.#queue.push(pending);
		this.#running ??= this.#drain();
	}

	async #drain(): Promise<void> {
		// A turn of the event loop, so that what arrived together is decided together.
		await new Promise((turn) => setImmediate(turn));
		while (this.#queue.length > 0) {
			const pending = this.#queue.splice(0, LARGEST_BATCH);
			try {
				await this.#batch(pending);
			} catch (error) {
				this.#deps.log.error({ error, room: this.id }, 'A batch of commands failed');
				for (const { settle } of pending) settle(UNSAVED);
			}
		}
		// At once with the look at the queue: what comes in a moment later must not wait for a drain that has ended.
		this.#running = null;
	}

	async #batch(pending: Pending[]): Promise<void> {
		const { registry } = this.#deps;
		const { chance } = this.#timetable;
		const before = this.#world;
		const batch = new Batch(before, registry, chance, this.#attendance.facts);
		const answers: { pending: Pending; answer: Answer }[] = [];
		const seen = new Map<string, Answer>();
		const commands: CommandRow[] = [];
		for (const one of pending) {
			const { request, id } = one;
			if (!request) {
				batch.urgent = true;
				answers.push({ pending: one, answer: { ok: true, result: null } });
				continue;
			}
			const key = id === null ? null : `${request.by.id} ${id}`;
			const known =
				key === null ? undefined : (seen.get(key) ?? (await this.#carriedOut(request.by.id, id!)));
			const answer = known ?? this.#decide(batch, request);
			if (key !== null && answer.ok && !known)
				commands.push({
					room: this.id,
					id: id!,
					person: request.by.id,
					type: request.type,
					at: chance.now(),
					result: answer.result
				});
			if (key !== null) seen.set(key, answer);
			answers.push({ pending: one, answer });
		}
		const saved = await this.#save(batch, commands);
		for (const { pending: one, answer } of answers) one.settle(saved || !answer.ok ? answer : UNSAVED);
		if (saved) this.#follow(before, batch);
	}

	async #carriedOut(person: string, id: string): Promise<Answer | undefined> {
		const known = await this.#deps.store.command(this.id, person, id);
		return known ? { ok: true, result: known.result } : undefined;
	}

	#decide(batch: Batch, request: Request): Answer {
		try {
			return batch.run({ ...request, by: this.#actor(batch.world, request) });
		} catch (error) {
			this.#deps.log.error({ error, room: this.id, type: request.type }, 'A rule failed');
			return {
				ok: false,
				error: { code: 'internal', message: 'The server made a mistake. Nothing was changed.' }
			};
		}
	}

	#actor(world: World, { by }: Request): Request['by'] {
		if (by.role === 'server') return by;
		const member = memberOf(world, by.id);
		if (!member) return { ...by, role: 'nobody' };
		return {
			id: member.id,
			name: member.name,
			role: member.role,
			owner: member.owner,
			account: member.account
		};
	}

	/** One unit with all that the batch changed. False: nothing was written, and the world is as before. */
	async #save(batch: Batch, commands: CommandRow[]): Promise<boolean> {
		const { committer, log } = this.#deps;
		const { chance } = this.#timetable;
		if (
			batch.world === this.#world &&
			batch.finished.length === 0 &&
			commands.length === 0 &&
			!this.#unpublished
		)
			return true;
		const now = chance.now();
		const unit: Required<
			Pick<Unit, 'entries' | 'state' | 'ledger' | 'unledger' | 'meetings' | 'members' | 'commands'>
		> &
			Unit = {
			entries: [],
			state: [],
			ledger: [],
			unledger: [],
			meetings: [],
			members: [],
			commands
		};
		let ledger = this.#ledger;
		let from = this.#world;
		try {
			for (const world of [...batch.finished, batch.world]) {
				unit.state.push(...stateChanges(from, world));
				unit.members.push(...memberChanges(from, world));
				const books = ledgerChanges(ledger, world, now);
				ledger = books.ledger;
				unit.ledger.push(...books.put);
				unit.unledger.push(...books.remove);
				if (world.row.meeting !== from.row.meeting)
					for (const { name, update } of seeds(world, this.#deps.registry, false))
						unit.entries.push({
							document: `${this.id}/${name}`,
							update,
							person: null,
							at: now,
							cause: 'agenda.prepare'
						});
				if (nowOf(world) !== nowOf(from)) unit.meetings.push(meetingRow(world));
				from = world;
			}
			if (batch.world.row !== this.#world.row) unit.room = batch.world.row;
			// By the real clock, which a demo's is not; one that was set back tells nothing, and it is shown.
			const since = Math.abs(this.#deps.chance.now() - this.#published);
			const show = batch.urgent || batch.finished.length > 0 || since >= STORM;
			if (show) {
				for (const world of [...batch.finished, batch.world])
					unit.entries.push(...(await this.#publisher.entries(world, now)));
				this.#published = this.#deps.chance.now();
			}
			await committer.commit(unit);
			this.#unpublished = !show;
			if (!show) this.#publishLater(STORM - since);
		} catch (error) {
			log.error({ error, room: this.id }, 'A batch of commands could not be saved');
			this.#publisher.forget();
			if (this.#unpublished) this.#publishLater(AGAIN);
			return false;
		}
		this.#world = batch.world;
		this.#ledger = ledger;
		return true;
	}

	#publishLater(wait: number): void {
		if (this.#closed) return;
		this.#publishTimer ??= setTimeout(() => {
			this.#publishTimer = null;
			if (!this.#closed && this.#unpublished) void this.show();
		}, wait);
	}

	/* ── After a batch ──────────────────────────────────────────────────────── */

	#follow(before: World, batch: Batch): void {
		for (const ended of batch.finished) this.#reached.set(ended.row.meeting, reachedIn(ended));
		const concerned = concernedBy(before, this.#world);
		if (concerned) {
			this.#applyAccess(concerned);
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
		if (this.#world.format.roles[member.role]?.outside) return {};
		return Object.fromEntries(project(this.#world).record);
	}

	own(person: string): Record<string, Json> {
		return ownOf(this.#world, person);
	}

	info(person: string): RoomInfo {
		const world = this.#world;
		const member = memberOf(world, person);
		const documents = member ? documentsFor(this.accessScene(), { is: 'member', member }) : [];
		const moderates = member ? (world.format.roles[member.role]?.moderates ?? false) : false;
		return {
			room: {
				id: this.id,
				code: world.row.code,
				title: world.row.title,
				format: world.row.format,
				preset: world.row.preset,
				state: world.row.state
			},
			settings: world.row.settings as Json,
			meeting: world.row.meeting,
			member,
			waiting: rosterOf(world).waiting[person] !== undefined,
			documents,
			screen: moderates ? world.row.screen : null
		};
	}

	accessScene(): AccessScene {
		const world = this.#world;
		return {
			format: world.format,
			meeting: world.row.meeting,
			phase: nowOf(world)?.phase ?? null,
			archived: world.row.state === 'archived',
			reached: (meeting) =>
				meeting === world.row.meeting ? reachedIn(world) : (this.#reached.get(meeting) ?? new Set())
		};
	}

	/** May this principal open this document? Loads what an ended meeting had reached. */
	async access(principal: Principal, name: string): Promise<'none' | 'read' | 'write'> {
		const meeting = Number(/^m(\d+)\//.exec(name)?.[1] ?? 0);
		if (meeting > 0 && meeting < this.#world.row.meeting && !this.#reached.has(meeting)) {
			const rows = await this.#deps.store.state(this.id, meeting);
			const visits = rows.filter((row) => row.instance === 'agenda' && row.collection === 'visits');
			this.#reached.set(meeting, new Set(visits.map((row) => (row.value as { phase: string }).phase)));
		}
		return access(this.accessScene(), principal, name);
	}

	/** The same at once, for a document that was asked for already. */
	accessNow(person: string, name: string): 'none' | 'read' | 'write' {
		const principal = this.principal(person);
		return principal ? access(this.accessScene(), principal, name) : 'none';
	}

	/** The principal that a connection of this person has now; null: none. */
	principal(person: string): Principal | null {
		if (person === SCREEN) return { is: 'screen' };
		const member = memberOf(this.#world, person);
		return member && { is: 'member', member };
	}

	/** `people`: whose place in the roster is another now; 'all': the phase or the room is. */
	#applyAccess(people: ReadonlySet<string> | 'all'): void {
		for (const connection of this.#deps.hub.connections(`${this.id}/`)) {
			if (people !== 'all' && !people.has(connection.person)) continue;
			const may = this.accessNow(connection.person, connection.document.slice(this.id.length + 1));
			if (may === 'none') connection.close(CLOSE.forbidden);
			else connection.access = may;
		}
		this.#attendance.tellAccess(people);
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

	tellDeleted(): void {
		this.#attendance.tellDeleted();
	}

	/** Finishes what was accepted and shows what was not shown yet. */
	async close(): Promise<void> {
		await this.#running;
		if (this.#unpublished) await this.show();
		this.#closed = true;
		this.#timetable.close();
		this.#attendance.close();
		if (this.#publishTimer) clearTimeout(this.#publishTimer);
	}
}

/** The `person` of a projector's connection; no person has this id. */
export const SCREEN = 'screen';
