import type { Clock } from '../storage/clock.ts';
import type { Content } from './content.ts';
import type { Limits } from './limits.ts';
import type { Socket } from './socket.ts';

/** How often a slow socket is looked at again, ms. */
const LOOK = 250;

type Kind = 'saved' | 'denied' | 'step1';

/** What goes out to one socket, and how it spares those that are slow: SPEC.md, S. */
export class Outbox {
	readonly #socket: Socket;
	readonly #limits: Pick<Limits, 'buffer' | 'presenceBuffer'>;
	readonly #clock: Clock;
	/** Called once there is room again, with the state vector of what the client was sent before. */
	readonly #resync: (vector: Uint8Array) => void;
	/** State vector of what the socket was sent before it became too slow; null: it keeps up. */
	#behind: Uint8Array | null = null;
	/** Short messages that wait for room, the latest of each kind. */
	readonly #held = new Map<Kind, Uint8Array>();
	#callOff: (() => void) | null = null;

	constructor(
		socket: Socket,
		limits: Pick<Limits, 'buffer' | 'presenceBuffer'>,
		clock: Clock,
		resync: (vector: Uint8Array) => void
	) {
		this.#socket = socket;
		this.#limits = limits;
		this.#clock = clock;
		this.#resync = resync;
	}

	/** A short message of which only the latest of its kind matters. One who never reads must not pile them up. */
	say(kind: Kind, bytes: Uint8Array): void {
		if (this.#socket.bufferedAmount <= this.#limits.buffer) return this.#send(bytes);
		this.#held.set(kind, bytes);
		this.#lookLater();
	}

	/** Presence: better left out than piled up. */
	tell(bytes: Uint8Array): void {
		if (this.#behind === null && this.#socket.bufferedAmount <= this.#limits.presenceBuffer)
			this.#send(bytes);
	}

	/** Sends messages that together bring the client up to `content`, unless a resync will. */
	show(content: Content, ...messages: readonly Uint8Array[]): void {
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
		if (this.#socket.bufferedAmount > this.#limits.buffer / 4) return this.#lookLater();
		for (const message of this.#held.values()) this.#send(message);
		this.#held.clear();
		const vector = this.#behind;
		if (vector === null) return;
		this.#behind = null;
		this.#resync(vector);
	}
}
