import { systemClock, type Clock } from '../storage/clock.ts';
import type { Limits } from './limits.ts';
import {
	decodePresence,
	encodePresence,
	encodeState,
	joinPresence,
	Malformed,
	type PresenceState
} from './wire.ts';

/** Who is on the other side, as the gateway found out. */
export interface Who {
	person: string;
	name: string;
	colour?: number;
}

/** What presence needs of a connection. */
export interface Present {
	readonly who: Who;
	/**
	 * Left out rather than piled up in a slow socket. False: it was, and so is what follows, until the connection asks
	 * for `makeUp`.
	 */
	tell(message: Uint8Array): boolean;
}

interface Bound {
	client: number;
	/** As it was announced last; -1: never. */
	clock: number;
	/** JSON; null: not there. */
	state: string | null;
}

/** How long an awareness client that left stays its person's; longer than anybody's echo of it travels. */
const REMEMBERED = 60_000;
/** Clocks count changes: more than this is no clock, and would leave no room to count on. */
const HIGHEST_CLOCK = 2 ** 31;
/** Between two announcements, ms: with few people cursors may be smooth, with many they are thinned. */
const FEW = 16;
const PACE = { few: 33, many: 100 };
/** So far has a crowd to shrink until it is shown again who is where, or one that comes and goes would flicker. */
const SHRUNK = 3 / 4;

/**
 * Who is at a document and what they point at. Each connection has one awareness client; who it is comes from the
 * server; only the latest of each travels, once per tick, encoded once.
 */
export class Presence {
	readonly #limits: Pick<Limits, 'presence' | 'presenceConnections'>;
	readonly #clock: Clock;
	readonly #connections = new Set<Present>();
	readonly #bound = new Map<Present, Bound>();
	readonly #owners = new Map<number, Present>();
	readonly #left = new Map<number, { person: string; clock: number; until: number }>();
	/** To be announced at the tick, by awareness client. */
	readonly #changed = new Map<number, PresenceState>();
	/** Who was not told something, and whom they may have on their screen since: awareness clients with their clocks. */
	readonly #behind = new Map<Present, ReadonlyMap<number, number>>();
	#callOff: (() => void) | null = null;
	/** A crowd: nobody is shown to anybody. */
	#silent = false;

	constructor(limits: Pick<Limits, 'presence' | 'presenceConnections'>, clock: Clock = systemClock) {
		this.#limits = limits;
		this.#clock = clock;
	}

	enter(connection: Present): void {
		this.#connections.add(connection);
		if (!this.#silent && this.#connections.size > this.#limits.presenceConnections) this.#hush();
		this.tellAll(connection);
	}

	/** Tells one connection of all others. */
	tellAll(connection: Present): void {
		const states = this.#others(connection);
		if (states.length > 0 && !connection.tell(encodePresence(states))) this.#missed(connection, []);
	}

	/** There is room again for one that was not told something: it hears how all are now, and who has gone meanwhile. */
	makeUp(connection: Present): void {
		const shown = this.#behind.get(connection) ?? new Map<number, number>();
		this.#behind.delete(connection);
		const states = this.#others(connection);
		const here = new Set([this.#bound.get(connection)?.client, ...states.map(({ client }) => client)]);
		for (const [client, clock] of shown) if (!here.has(client)) states.push({ client, clock, state: 'null' });
		if (states.length > 0 && !connection.tell(encodePresence(states))) this.#behind.set(connection, shown);
	}

	/** All that one connection is shown of others. */
	#others(connection: Present): PresenceState[] {
		const states: PresenceState[] = [];
		if (this.#silent) return states;
		for (const [other, { client, clock, state }] of this.#bound) {
			if (other !== connection && state !== null) states.push({ client, clock, state });
		}
		return states;
	}

	/** Whom it has on its screen is known no better than this: all who are here, and those of whom it was to be told. */
	#missed(connection: Present, untold: readonly PresenceState[]): void {
		if (this.#behind.has(connection)) return;
		const all = [...this.#bound.values(), ...this.#changed.values(), ...untold];
		this.#behind.set(connection, new Map(all.map(({ client, clock }) => [client, clock])));
	}

	/** Throws Malformed if the bytes are no awareness update. */
	receive(connection: Present, bytes: Uint8Array): void {
		for (const said of decodePresence(bytes, (client) => this.#mayBe(connection, client))) {
			if (said.state.length > this.#limits.presence) continue;
			const state = identified(said.state, connection.who);
			const bound = this.#bound.get(connection) ?? this.#bind(connection, said.client, state);
			// the first id that was used is the connection's; stock clients send back everybody else's
			if (bound === null || bound.client !== said.client) continue;
			const clock = said.clock > HIGHEST_CLOCK ? 0 : said.clock;
			bound.clock = Math.max(clock, bound.clock + 1);
			bound.state = state;
			this.#announce(bound);
		}
	}

	leave(connection: Present): void {
		this.#connections.delete(connection);
		this.#behind.delete(connection);
		const bound = this.#bound.get(connection);
		if (bound !== undefined) this.#release(connection, bound);
		if (this.#silent && this.#connections.size <= this.#limits.presenceConnections * SHRUNK) this.#speak();
	}

	#release(connection: Present, bound: Bound): void {
		this.#bound.delete(connection);
		this.#owners.delete(bound.client);
		this.#remember(bound, connection.who.person);
		if (bound.state === null) return;
		// with the clock that they know: a state of that clock or lower can only come back as a new one
		bound.state = null;
		this.#announce(bound);
	}

	dispose(): void {
		this.#callOff?.();
		this.#callOff = null;
	}

	/** Nobody is to stay on anybody's screen: what happens to them from now on is not told. */
	#hush(): void {
		this.dispose();
		for (const { client, clock, state } of this.#bound.values()) {
			if (state !== null) this.#changed.set(client, { client, clock, state: 'null' });
		}
		this.#flush();
		this.#silent = true;
	}

	#speak(): void {
		this.#silent = false;
		for (const bound of this.#bound.values()) {
			// they were gone with this clock, and come back with none that is not higher
			bound.clock++;
			if (bound.state !== null) this.#announce(bound);
		}
	}

	#mayBe(connection: Present, client: number): boolean {
		const own = this.#bound.get(connection);
		if (own !== undefined) return own.client === client;
		const { person } = connection.who;
		const owner = this.#owners.get(client);
		if (owner !== undefined) return owner.who.person === person;
		const left = this.#left.get(client);
		return left === undefined || left.person === person || left.until < this.#clock.now();
	}

	#bind(connection: Present, client: number, state: string | null): Bound | null {
		if (state === null) return null;
		// the same person's tab that came back before its old socket was found dead
		const owner = this.#owners.get(client);
		const before = owner === undefined ? this.#left.get(client) : this.#bound.get(owner);
		if (owner !== undefined) this.#bound.delete(owner);
		this.#left.delete(client);
		const bound = { client, clock: before?.clock ?? -1, state };
		this.#bound.set(connection, bound);
		this.#owners.set(client, connection);
		return bound;
	}

	#remember({ client, clock }: Bound, person: string): void {
		const now = this.#clock.now();
		for (const [id, { until }] of this.#left) if (until < now) this.#left.delete(id);
		this.#left.set(client, { person, clock, until: now + REMEMBERED });
	}

	#announce({ client, clock, state }: Bound): void {
		if (this.#silent) return;
		this.#changed.set(client, { client, clock, state: state ?? 'null' });
		const pace = this.#connections.size > FEW ? PACE.many : PACE.few;
		this.#callOff ??= this.#clock.after(pace, () => this.#flush());
	}

	#flush(): void {
		this.#callOff = null;
		const changed = [...this.#changed.values()];
		this.#changed.clear();
		if (changed.length === 0) return;
		const states = changed.map(encodeState);
		const all = joinPresence(states);
		const places = new Map(changed.map(({ client }, place) => [client, place]));
		for (const connection of this.#connections) {
			const own = this.#bound.get(connection)?.client;
			const place = own === undefined ? undefined : places.get(own);
			// nobody hears of themselves: a clock that was raised here would overwrite what they are doing now
			if (place !== undefined && states.length === 1) continue;
			const news = place === undefined ? all : joinPresence(states.toSpliced(place, 1));
			if (!connection.tell(news)) this.#missed(connection, changed);
		}
	}
}

function identified(json: string, { person, name, colour }: Who): string | null {
	let state: unknown;
	try {
		state = JSON.parse(json);
	} catch (error) {
		throw new Malformed('presence that is no JSON', { cause: error });
	}
	if (state === null) return null;
	if (typeof state !== 'object' || Array.isArray(state)) throw new Malformed('presence that is no object');
	return JSON.stringify({ ...state, user: { id: person, name, colour } });
}
