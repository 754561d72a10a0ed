/** A room's commands, one after the other: they queue up, and what came in together is decided and saved together. */
import type { Facts, Json } from '#lib/blocks/block.ts';
import type { ProfileOf } from '#lib/blocks/profile.ts';
import { failed, refuse } from '#lib/blocks/refusal.ts';
import type { CommandRow, Store, Unit } from '../storage/store.ts';
import { Batch, SERVER, type Answer, type Chance, type Request } from './batch.ts';
import type { Erased } from './forgetting.ts';
import type { Credit, Credits } from './credits.ts';
import type { Keeper } from './keeper.ts';
import { memberOf, type Registry, type World } from './world.ts';

const LARGEST_BATCH = 500;

/** What nobody commands: people are taken out of the state (see forgetting.ts), or instances begin again. */
type Deletion = { forget: Erased } | { reset: readonly string[] };

interface Pending {
	/** Null: only show what was not shown yet. */
	request: Request | Deletion | null;
	/** The client's id of the command; null: the server itself. */
	id: string | null;
	/** Written together with what the command changes. */
	alongside?: Unit['children'];
	settle(answer: Answer): void;
}

interface CommandsParts {
	store: Store;
	registry: Registry;
	keeper: Keeper;
	/** With the room's time. */
	chance: Chance;
	log: { error(details: object, message: string): void };
	/** Facts that rules may ask for under `presence`. */
	presence(): Facts;
	profile: ProfileOf;
	credits: Credits;
	/** What the other rooms of this one's programme ask of people. */
	loads(): Promise<ReadonlyMap<string, number>>;
	/** A batch was saved. */
	saved(before: World, batch: Batch): void;
}

const UNSAVED: Answer = failed(
	refuse('unsaved', 'The server could not save this. Nothing was changed; try again in a moment.')
);

export class Commands {
	readonly #parts: CommandsParts;
	#queue: Pending[] = [];
	#running: Promise<void> | null = null;
	/** The batch that is being decided and saved. */
	#batching: Promise<void> = Promise.resolve();
	/** Ends with what has the room to itself. */
	#alone: Promise<void> = Promise.resolve();
	#loners = 0;
	#closed = false;

	constructor(parts: CommandsParts) {
		this.#parts = parts;
	}

	get idle(): boolean {
		return this.#queue.length === 0 && this.#running === null && this.#loners === 0;
	}

	get waiting(): number {
		return this.#queue.length;
	}

	/** A person's command. The same id from the same person is carried out once and answered alike. */
	give(person: string, id: string, type: string, payload: unknown): Promise<Answer> {
		return new Promise((settle) =>
			this.#enqueue({ id, settle, request: { type, payload, by: { ...SERVER, id: person, role: 'nobody' } } })
		);
	}

	/** The server's own command; if it is carried out, `alongside` is written with it. */
	run(type: string, payload: Json, alongside?: Unit['children']): Promise<Answer> {
		return new Promise((settle) =>
			this.#enqueue({ id: null, alongside, settle, request: { type, payload, by: SERVER } })
		);
	}

	delete(request: Deletion): Promise<Answer> {
		return new Promise((settle) => this.#enqueue({ id: null, settle, request }));
	}

	/** Runs `work` between two batches. */
	async alone(work: () => Promise<void>): Promise<void> {
		const before = this.#alone;
		const { promise, resolve } = Promise.withResolvers<void>();
		this.#alone = promise;
		this.#loners++;
		try {
			await before;
			await this.#batching.catch(() => {});
			await work();
		} finally {
			this.#loners--;
			resolve();
		}
	}

	/** Publishes what was not published yet. */
	show(): Promise<Answer> {
		return new Promise((settle) => this.#enqueue({ id: null, settle, request: null }));
	}

	/** All that was accepted is answered. */
	async settled(): Promise<void> {
		await this.#running;
	}

	/** From now on nothing is accepted. */
	close(): void {
		this.#closed = true;
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
			// whoever asked meanwhile has the room first
			for (let seen; seen !== this.#alone;) await (seen = this.#alone);
			try {
				await (this.#batching = this.#batch(pending));
			} catch (error) {
				this.#log(error, {}, 'A batch of commands failed');
				for (const { settle } of pending) settle(UNSAVED);
			}
		}
		// At once with the look at the queue: what comes in a moment later must not wait for a drain that has ended.
		this.#running = null;
	}

	async #batch(pending: Pending[]): Promise<void> {
		const { keeper, registry, chance, presence, profile, saved } = this.#parts;
		const loads = await this.#loadsFor(pending);
		const before = keeper.world;
		const batch = new Batch(before, registry, chance, presence(), profile, loads);
		const answers: { pending: Pending; answer: Answer }[] = [];
		const seen = new Map<string, Answer>();
		const commands: CommandRow[] = [];
		const alongside: NonNullable<Unit['children']> = [];
		// Before anything moves on: a meeting that ends takes along what was written until now.
		const moves = pending.some(
			({ request }) => request !== null && 'type' in request && request.type.startsWith('agenda.')
		);
		for (const { type, payload } of await this.#due(moves))
			this.#decide(batch, { type, payload, by: SERVER });
		for (const one of pending) {
			const { request, id } = one;
			if (!request) {
				batch.urgent = true;
				answers.push({ pending: one, answer: { ok: true, result: null } });
				continue;
			}
			if (!('type' in request)) {
				if ('forget' in request) batch.forget(request.forget);
				else batch.reset(request.reset);
				answers.push({ pending: one, answer: { ok: true, result: null } });
				continue;
			}
			const key = id === null ? null : `${request.by.id} ${id}`;
			const known =
				key === null ? undefined : (seen.get(key) ?? (await this.#carriedOut(request.by.id, id!)));
			const answer = known ?? this.#decide(batch, request);
			if (key !== null && answer.ok && !known)
				commands.push({
					room: before.row.id,
					id: id!,
					person: request.by.id,
					type: request.type,
					at: chance.now(),
					result: answer.result
				});
			if (key !== null) seen.set(key, answer);
			if (answer.ok) alongside.push(...(one.alongside ?? []));
			answers.push({ pending: one, answer });
		}
		const done = await keeper.save(batch, commands, chance.now(), alongside);
		for (const { pending: one, answer } of answers) one.settle(done || !answer.ok ? answer : UNSAVED);
		if (done) saved(before, batch);
	}

	/** What the programme's other rooms ask of people, where a command wants to know. */
	async #loadsFor(pending: readonly Pending[]): Promise<ReadonlyMap<string, number> | undefined> {
		const { keeper, loads } = this.#parts;
		const { instances } = keeper.world;
		const asks = pending.some(({ request }) => {
			if (request === null || !('type' in request)) return false;
			const [instance = '', verb = ''] = request.type.split('.');
			const commands = instances.get(instance)?.block.commands ?? {};
			return Object.hasOwn(commands, verb) && commands[verb]?.loads === true;
		});
		if (!asks) return undefined;
		try {
			return await loads();
		} catch (error) {
			this.#log(error, {}, 'What other rooms ask of people could not be read');
			return undefined;
		}
	}

	/** Who wrote what, where that is to be told now. */
	async #due(moves: boolean): Promise<Credit[]> {
		const { credits } = this.#parts;
		if (moves) credits.recount();
		if (!credits.waiting) return [];
		try {
			return await credits.due();
		} catch (error) {
			this.#log(error, {}, 'Who wrote what could not be counted');
			return [];
		}
	}

	async #carriedOut(person: string, id: string): Promise<Answer | undefined> {
		const known = await this.#parts.store.command(this.#parts.keeper.world.row.id, person, id);
		return known ? { ok: true, result: known.result } : undefined;
	}

	#decide(batch: Batch, request: Request): Answer {
		try {
			return batch.run({ ...request, by: actor(batch.world, request) });
		} catch (error) {
			this.#log(error, { type: request.type }, 'A rule failed');
			return failed(refuse('internal', 'The server made a mistake. Nothing was changed.'));
		}
	}

	#log(error: unknown, details: object, message: string): void {
		this.#parts.log.error({ error, room: this.#parts.keeper.world.row.id, ...details }, message);
	}
}

/** Who commands, as the roster knows them at this moment. */
function actor(world: World, { by }: Request): Request['by'] {
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
