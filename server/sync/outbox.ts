import type { Clock } from '../storage/clock.ts';
import type { Content } from './content.ts';
import type { Limits } from './limits.ts';
import type { Socket } from './socket.ts';

/** How often a slow socket is looked at again, ms. */
const LOOK = 250;

/** What goes out to one socket, and how it spares those that are slow: SPEC.md, S. */
export class Outbox {
	readonly #socket: Socket;
	readonly #limits: Pick<Limits, 'buffer' | 'presenceBuffer'>;
	readonly #clock: Clock;
	/** Called once there is room again, with the state vector of what the client was sent before. */
	readonly #resync: (vector: Uint8Array) => void;
	/** What the socket was sent before it became too slow; null: it keeps up. */
	#behind: { vector: Uint8Array; callOff: () => void } | null = null;

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

	send(bytes: Uint8Array): void {
		if (this.#socket.isOpen) this.#socket.send(bytes);
	}

	/** Presence: better left out than piled up. */
	tell(bytes: Uint8Array): void {
		if (this.#behind === null && this.#socket.bufferedAmount <= this.#limits.presenceBuffer) this.send(bytes);
	}

	/** Sends messages that bring the client up to `content`, unless a resync will. */
	show(content: Content, ...messages: Uint8Array[]): void {
		if (this.#behind !== null) return;
		for (const message of messages) this.send(message);
		if (this.#socket.bufferedAmount <= this.#limits.buffer) return;
		this.#behind = { vector: content.vector(), callOff: this.#lookLater() };
	}

	stop(): void {
		this.#behind?.callOff();
		this.#behind = null;
	}

	#lookLater(): () => void {
		return this.#clock.after(LOOK, () => this.#look());
	}

	#look(): void {
		if (this.#behind === null) return;
		if (this.#socket.bufferedAmount > this.#limits.buffer / 4) {
			this.#behind.callOff = this.#lookLater();
			return;
		}
		const { vector } = this.#behind;
		this.#behind = null;
		this.#resync(vector);
	}
}
