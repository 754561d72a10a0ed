import type { Clock } from '../storage/clock.ts';
import type { Content } from './content.ts';
import type { Limits } from './limits.ts';
import type { Socket } from './socket.ts';

/** How often a slow socket is looked at again, ms. */
const LOOK = 250;

type Kind = 'saved' | 'denied' | 'step1';

/** What is asked for once there is room again. */
interface Again {
	/** `vector`: the state vector of what the client was sent before. */
	resync(vector: Uint8Array): void;
	presence(): void;
	/** `vector`: of the step 1 that came last while there was no room. */
	asked(vector: Uint8Array): void;
}

/** What goes out to one socket, and how it spares those that are slow: SPEC.md, S. */
export class Outbox {
	readonly #socket: Socket;
	readonly #limits: Pick<Limits, 'buffer' | 'presenceBuffer'>;
	readonly #clock: Clock;
	readonly #again: Again;
	/** State vector of what the socket was sent before it became too slow; null: it keeps up. */
	#behind: Uint8Array | null = null;
	/** Presence was left out. */
	#missed = false;
	/** What was asked for while there was no room for an answer. */
	#asked: Uint8Array | null = null;
	/** Short messages that wait for room, the latest of each kind. */
	readonly #held = new Map<Kind, Uint8Array>();
	#callOff: (() => void) | null = null;

	constructor(socket: Socket, limits: Pick<Limits, 'buffer' | 'presenceBuffer'>, clock: Clock, again: Again) {
		this.#socket = socket;
		this.#limits = limits;
		this.#clock = clock;
		this.#again = again;
	}

	/** A short message of which only the latest of its kind matters. One who never reads must not pile them up. */
	say(kind: Kind, bytes: Uint8Array): void {
		if (this.#socket.bufferedAmount <= this.#limits.buffer) return this.#send(bytes);
		this.#held.set(kind, bytes);
		this.#lookLater();
	}

	/** Presence: better left out than piled up. False: it was, and so is all that follows until it is made up for. */
	tell(bytes: Uint8Array): boolean {
		if (
			!this.#missed &&
			this.#behind === null &&
			this.#socket.bufferedAmount <= this.#limits.presenceBuffer
		) {
			this.#send(bytes);
			return true;
		}
		this.#missed = true;
		this.#lookLater();
		return false;
	}

	/** Whether there is room for an answer; if not, what was asked last is asked again once there is. */
	mayAnswer(vector: Uint8Array): boolean {
		if (this.#socket.bufferedAmount <= this.#limits.buffer) return true;
		this.#asked = vector;
		this.#lookLater();
		return false;
	}

	/** Sends messages that together bring the client up to `content`, unless a resync will. */
	show(content: Content, messages: readonly Uint8Array[]): void {
		if (this.#behind !== null) return;
		for (const message of messages) this.#send(message);
		if (this.#socket.bufferedAmount <= this.#limits.buffer) return;
		this.#behind = content.vector();
		this.#lookLater();
	}

	stop(): void {
		this.#callOff?.();
		this.#callOff = null;
		this.#behind = null;
		this.#missed = false;
		this.#asked = null;
		this.#held.clear();
	}

	#send(bytes: Uint8Array): void {
		if (this.#socket.isOpen) this.#socket.send(bytes);
	}

	#lookLater(): void {
		this.#callOff ??= this.#clock.after(LOOK, () => this.#look());
	}

	#look(): void {
		this.#callOff = null;
		if (this.#hasRoom(this.#limits.buffer)) this.#catchUp();
		if (this.#missed && this.#behind === null && this.#hasRoom(this.#limits.presenceBuffer)) {
			this.#missed = false;
			this.#again.presence();
		}
		const waits = this.#missed || this.#behind !== null || this.#asked !== null || this.#held.size > 0;
		if (waits) this.#lookLater();
	}

	#hasRoom(most: number): boolean {
		return this.#socket.bufferedAmount <= most / 4;
	}

	#catchUp(): void {
		for (const message of this.#held.values()) this.#send(message);
		this.#held.clear();
		const asked = this.#asked;
		this.#asked = null;
		if (asked !== null) this.#again.asked(asked);
		const vector = this.#behind;
		if (vector === null) return;
		this.#behind = null;
		this.#again.resync(vector);
	}
}
