/**
 * The authority over one room: takes commands one at a time, makes them durable in batches, publishes what they
 * changed, tells each person what concerns them alone, and keeps every open document's access true.
 */
import type { Facts, Json, Member, Tables } from '#lib/blocks/block.ts';
import { access, documentsFor, type AccessScene, type DocumentInfo, type Principal } from './access.ts';
import { Batch, SERVER, type Answer, type Chance, type Request } from './batch.ts';
import { ledgerChanges, meetingRow, memberChanges, seeds, stateChanges, type Ledger } from './changes.ts';
import { Publication } from './publication.ts';
import { agendaOf, memberOf, nowOf, rosterOf, sceneOf, type Registry, type World } from './world.ts';
import type { Committer } from '../storage/committer.ts';
import type { CommandRow, Entry, Store, Unit } from '../storage/store.ts';
import { CLOSE, type Hub } from '../sync/hub.ts';

/** How often at most a storm of commands is shown, in milliseconds. */
const STORM = 100;
const LARGEST_BATCH = 500;
/** Node runs a timer that is longer than this at once. */
const LONGEST_TIMER = 2 ** 31 - 1;
/** When to try again what the server does by itself and could not, in milliseconds. */
const AGAIN = 2000;

/** What a person in the room is told besides documents. */
export type Message =
	| { is: 'own'; own: Record<string, Json> }
	| { is: 'access'; info: RoomInfo }
	| { is: 'presence'; count: number; here: string[] | null; facilitatorsAwaySince: number | null }
	| { is: 'gone'; code: 'removed' | 'deleted' };

export interface RoomInfo {
	room: { id: string; code: string; title: string; format: string; preset: string | null; state: string };
	settings: Json;
	meeting: number;
	member: Member | null;
	waiting: boolean;
	documents: DocumentInfo[];
	/** The projector's link; only for those who moderate. */
	screen: string | null;
}

export interface Listener {
	person: string;
	hear(message: Message): void;
}

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
	#publications: { meeting: number; record: Publication; desk: Publication } | null = null;
	/** By the real clock, also in a demo. */
	#published = 0;
	#publishTimer: NodeJS.Timeout | null = null;
	#dueTimer: NodeJS.Timeout | null = null;
	/** After a failure nothing is due before this. */
	#dueAgain = 0;
	/** The documents may lag behind the state: after a storm, and after a crash in one. */
	#unpublished = true;
	readonly #listeners = new Set<Listener>();
	/** What each listener was last told of its access. */
	readonly #told = new Map<Listener, string>();
	#facilitatorsAwaySince: number | null;
	#presenceTimer: NodeJS.Timeout | null = null;
	/** Phases reached by meetings that have ended, loaded when asked for. */
	readonly #reached = new Map<number, ReadonlySet<string>>();
	#closed = false;
	/** Milliseconds by which this room's clock is off; other than 0 only while a demo is being played. */
	#shift = 0;
	readonly #chance: Chance;

	constructor(world: World, ledger: Ledger, deps: RoomDeps) {
		this.id = world.row.id;
		this.#world = world;
		this.#ledger = ledger;
		this.#deps = deps;
		this.#chance = { ...deps.chance, now: () => deps.chance.now() + this.#shift };
		this.#facilitatorsAwaySince = deps.chance.now();
		this.#arm();
	}

	get world(): World {
		return this.#world;
	}

	/** Nobody listens and nothing waits. */
	get idle(): boolean {
		return (
			this.#listeners.size === 0 &&
			this.#queue.length === 0 &&
			this.#running === null &&
			this.#dueTimer === null &&
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
		const chance = this.#chance;
		const before = this.#world;
		const batch = new Batch(before, registry, chance, this.#presenceFacts());
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
		const chance = this.#chance;
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
						unit.entries.push(this.#entry(name, update, 'agenda.prepare'));
				if (nowOf(world) !== nowOf(from)) unit.meetings.push(meetingRow(world));
				from = world;
			}
			if (batch.world.row !== this.#world.row) unit.room = batch.world.row;
			// By the real clock: a demo's may have been put back since.
			const since = this.#deps.chance.now() - this.#published;
			const show = batch.urgent || batch.finished.length > 0 || since >= STORM;
			if (show) {
				for (const world of [...batch.finished, batch.world])
					unit.entries.push(...(await this.#publish(world)));
				this.#published = this.#deps.chance.now();
			}
			await committer.commit(unit);
			this.#unpublished = !show;
			if (!show) this.#publishLater(STORM - since);
		} catch (error) {
			log.error({ error, room: this.id }, 'A batch of commands could not be saved');
			this.#publications = null;
			if (this.#unpublished) this.#publishLater(AGAIN);
			return false;
		}
		this.#world = batch.world;
		this.#ledger = ledger;
		return true;
	}

	#entry(name: string, update: Uint8Array, cause: string | null): Entry {
		return { document: `${this.id}/${name}`, update, person: null, at: this.#chance.now(), cause };
	}

	async #publish(world: World): Promise<Entry[]> {
		const { record, desk } = project(world);
		const publications = await this.#open(world.row.meeting);
		return [publications.record, publications.desk].flatMap((publication, index) => {
			const update = publication.write(index === 0 ? record : desk);
			return update ? [this.#entry(publication.name, update, 'publish')] : [];
		});
	}

	async #open(meeting: number) {
		if (this.#publications?.meeting === meeting) return this.#publications;
		const load = async (name: string) =>
			new Publication(name, await this.#deps.hub.read(`${this.id}/${name}`));
		const [record, desk] = await Promise.all([load(`m${meeting}/record`), load(`m${meeting}/desk`)]);
		this.#publications = { meeting, record, desk };
		return this.#publications;
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
		const world = this.#world;
		for (const ended of batch.finished) this.#reached.set(ended.row.meeting, reachedIn(ended));
		const concerned = concernedBy(before, world);
		if (concerned) {
			this.#applyAccess(concerned);
			this.#notePresence();
		}
		for (const listener of this.#listeners)
			if (batch.touchedAll || batch.touched.has(listener.person)) this.#tellOwn(listener);
		this.#arm();
	}

	/** Sets a timer for the next thing that the server has to do by itself. */
	#arm(): void {
		if (this.#dueTimer) clearTimeout(this.#dueTimer);
		this.#dueTimer = null;
		const next = this.#nextDue();
		if (!next || this.#closed) return;
		const wait = Math.max(next.at, this.#dueAgain) - this.#chance.now();
		this.#dueTimer = setTimeout(() => this.#doDue(), Math.min(Math.max(0, wait), LONGEST_TIMER));
	}

	#doDue(): void {
		this.#dueTimer = null;
		const due = this.#nextDue();
		if (!due || due.at > this.#chance.now()) return this.#arm();
		const { type, payload } = due;
		void this.run(type, payload).then((answer) => {
			if (answer.ok || this.#closed) return;
			this.#deps.log.error({ room: this.id, type, error: answer.error }, 'A timer was refused');
			this.#dueAgain = this.#chance.now() + AGAIN;
			this.#arm();
		});
	}

	#nextDue(): { at: number; type: string; payload: Json } | null {
		let next: { at: number; type: string; payload: Json } | null = null;
		for (const instance of this.#world.instances.values()) {
			const due = instance.block.due?.(
				this.#world.states.get(instance.name)!,
				sceneOf(this.#world, instance)
			);
			if (due && (next === null || due.at < next.at))
				next = { at: due.at, type: `${instance.name}.${due.verb}`, payload: due.payload };
		}
		return next;
	}

	/* ── A demo's time ──────────────────────────────────────────────────────── */

	get now(): number {
		return this.#chance.now();
	}

	/** Puts the room's clock back by `ms`; `pass` brings it forward again. */
	beginAgo(ms: number): void {
		this.#shift = -ms;
	}

	/** Lets `ms` go by at once; what the server has to do in between is done in its time. */
	async pass(ms: number): Promise<void> {
		const target = this.#shift + ms;
		for (;;) {
			const due = this.#nextDue();
			const shift = due === null ? Infinity : this.#shift + due.at - this.#chance.now();
			if (due === null || shift > target) break;
			this.#shift = Math.max(this.#shift, shift);
			const answer = await this.run(due.type, due.payload);
			if (!answer.ok) throw new Error(`${due.type} was refused: ${answer.error.message}`);
		}
		this.#shift = target;
		this.#arm();
	}

	/* ── Reading ────────────────────────────────────────────────────────────── */

	/** The current meeting's record as it stands now, by instance; empty for a role that does not read it. */
	published(member: Member): Record<string, Tables> {
		if (this.#world.format.roles[member.role]?.outside) return {};
		return Object.fromEntries(project(this.#world).record);
	}

	own(person: string): Record<string, Json> {
		const own: Record<string, Json> = {};
		for (const instance of this.#world.instances.values())
			if (instance.block.own)
				own[instance.name] = instance.block.own(
					this.#world.states.get(instance.name)!,
					person,
					sceneOf(this.#world, instance)
				);
		return own;
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
		for (const listener of [...this.#listeners])
			if (people === 'all' || people.has(listener.person)) this.#tellAccess(listener);
	}

	#tellAccess(listener: Listener): void {
		const info = this.info(listener.person);
		const text = JSON.stringify(info);
		if (this.#told.get(listener) === text) return;
		this.#told.set(listener, text);
		listener.hear({ is: 'access', info });
		if (!info.member && !info.waiting) listener.hear({ is: 'gone', code: 'removed' });
	}

	/** Who waits at the door hears only whether they may come in. */
	#tellOwn(listener: Listener): void {
		if (memberOf(this.#world, listener.person)) listener.hear({ is: 'own', own: this.own(listener.person) });
	}

	/* ── Presence ───────────────────────────────────────────────────────────── */

	listen(listener: Listener): () => void {
		this.#listeners.add(listener);
		this.#tellAccess(listener);
		this.#tellOwn(listener);
		this.#notePresence();
		return () => {
			this.#listeners.delete(listener);
			this.#told.delete(listener);
			this.#notePresence();
		};
	}

	here(): Set<string> {
		const members = rosterOf(this.#world).members;
		return new Set(
			[...this.#listeners].map((listener) => listener.person).filter((person) => members[person])
		);
	}

	/** Tells who is here, at most four times a second. */
	#notePresence(): void {
		this.#presenceTimer ??= setTimeout(() => {
			this.#presenceTimer = null;
			const here = this.here();
			const { roles } = this.#world.format;
			const members = rosterOf(this.#world).members;
			const facilitated = [...here].some((person) => roles[members[person]?.role ?? '']?.facilitates);
			if (facilitated) this.#facilitatorsAwaySince = null;
			else this.#facilitatorsAwaySince ??= this.#deps.chance.now();
			const named = [...here].filter((person) => !roles[members[person]?.role ?? '']?.crowd);
			const message: Message = {
				is: 'presence',
				count: here.size,
				here: named,
				facilitatorsAwaySince: this.#facilitatorsAwaySince
			};
			for (const listener of this.#listeners) if (members[listener.person]) listener.hear(message);
		}, 250);
	}

	#presenceFacts(): Facts {
		return { here: this.#listeners.size, facilitatorsAwaySince: this.#facilitatorsAwaySince };
	}

	/* ── The end ────────────────────────────────────────────────────────────── */

	tellDeleted(): void {
		for (const listener of this.#listeners) listener.hear({ is: 'gone', code: 'deleted' });
		this.#listeners.clear();
	}

	/** Finishes what was accepted and shows what was not shown yet. */
	async close(): Promise<void> {
		await this.#running;
		if (this.#unpublished) {
			await this.show();
		}
		this.#closed = true;
		for (const timer of [this.#publishTimer, this.#dueTimer, this.#presenceTimer])
			if (timer) clearTimeout(timer);
	}
}

/** The `person` of a projector's connection; no person has this id. */
export const SCREEN = 'screen';

/** What every instance publishes, and the room itself. */
function project(world: World): { record: Map<string, Tables>; desk: Map<string, Tables> } {
	const record = new Map<string, Tables>();
	const desk = new Map<string, Tables>();
	for (const instance of world.instances.values()) {
		const published = instance.block.publish(world.states.get(instance.name)!, sceneOf(world, instance));
		record.set(instance.name, published.record);
		desk.set(instance.name, published.desk ?? {});
	}
	record.set('room', { info: { room: describe(world) } });
	return { record, desk };
}

/** Whose access may be another after a change; 'all' if the phase, the meeting or the room itself changed. */
function concernedBy(before: World, after: World): ReadonlySet<string> | 'all' | null {
	if (before.row !== after.row || nowOf(before) !== nowOf(after)) return 'all';
	const [old, now] = [rosterOf(before), rosterOf(after)];
	if (old === now) return null;
	const people = new Set<string>();
	for (const table of ['members', 'waiting', 'removed'] as const)
		for (const id of new Set([...Object.keys(old[table]), ...Object.keys(now[table])]))
			if (old[table][id] !== now[table][id]) people.add(id);
	return people;
}

function reachedIn(world: World): Set<string> {
	const agenda = agendaOf(world);
	const reached = new Set(Object.values(agenda.visits).map((visit) => visit.phase));
	if (agenda.now.current) reached.add(agenda.now.current.phase);
	return reached;
}

function describe(world: World): Json {
	const { id, code, title, format, preset, state, settings } = world.row;
	return { id, code, title, format, preset, state, settings };
}
