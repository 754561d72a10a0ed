/** The command road, from the browser's side. One socket; commands wait while the line is down and are sent once. */
import { io, type Socket } from 'socket.io-client';
import type { Json, Outcome } from '#lib/blocks/block.ts';
import { newId } from '#lib/blocks/new-id.ts';
import type { Format } from '#lib/formats/format.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Message as RoomMessage, RoomInfo } from '../../../server/rooms/room.ts';

/** `again` is for the gateway alone. */
export type Message = (Exclude<RoomMessage, { is: 'again' }> | { is: 'gone'; code: 'signed-out' }) & {
	room?: string;
};

type Refused = { ok: false; error: { code: string; message: string } };
type Entered = { ok: true; info: RoomInfo } | Refused;
/** The room's format, and for whom it is that. */
type Sent = { ok: true; info: RoomInfo; format: Format } | Refused;

/** Milliseconds until it is tried again after the server has turned us down: at least, and spread over as much again. */
const AGAIN = 5000;

export class Live {
	/** 'lost': there was a line, and it will come back. */
	line = $state<'connecting' | 'open' | 'lost'>('connecting');
	/** Too many connections are open; this one is tried again by itself. */
	crowded = $state(false);
	/** Commands that wait for their answer. */
	waiting = $state(0);
	/** Since when nothing was answered that waits, by this device's clock; null: nothing waits. */
	since = $state<number | null>(null);
	/** What was asked last and is not answered yet. */
	#last: { asked: string; answer: Promise<Outcome> } | null = null;
	readonly #socket: Socket;
	#again: ReturnType<typeof setTimeout> | undefined;

	constructor(hear: (message: Message) => void, opened: () => void) {
		this.#socket = io({ transports: ['websocket'], retries: 100, ackTimeout: 8000 });
		this.#socket.on('connect', () => {
			this.line = 'open';
			this.crowded = false;
			opened();
		});
		this.#socket.on('disconnect', () => (this.line = 'lost'));
		this.#socket.on('connect_error', (error) => {
			this.crowded ||= error.message === 'crowded';
			// a line that fails is opened anew by the client itself, one that was turned down is not
			if (this.#socket.active) return;
			this.#again = setTimeout(() => this.#socket.connect(), AGAIN * (1 + Math.random()));
		});
		this.#socket.on('message', hear);
	}

	enter(room: string): Promise<Entered> {
		return this.#socket.emitWithAck('enter', room) as Promise<Entered>;
	}

	format(room: string): Promise<Sent> {
		return this.#socket.emitWithAck('format', room) as Promise<Sent>;
	}

	time(): Promise<number> {
		return this.#socket.emitWithAck('clock') as Promise<number>;
	}

	/**
	 * Resolves with the server's answer, however long the line is down. What is asked once more while it is on its way,
	 * with nothing in between, is asked once: a second click on a slow line means the first.
	 */
	command(room: string, type: string, payload: Json): Promise<Outcome> {
		const asked = JSON.stringify([room, type, payload]);
		if (this.#last?.asked === asked) return this.#last.answer;
		const answer = this.#send({ id: newId(), room, type, payload }).finally(() => {
			if (this.#last?.answer === answer) this.#last = null;
		});
		this.#last = { asked, answer };
		return answer;
	}

	async #send(command: { id: string; room: string; type: string; payload: Json }): Promise<Outcome> {
		this.waiting++;
		this.since ??= Date.now();
		try {
			return (await this.#socket.emitWithAck('command', command)) as Outcome;
		} catch {
			return { ok: false, error: { code: 'offline', message: m.ui_no_answer() } };
		} finally {
			this.waiting--;
			this.since = this.waiting > 0 ? Date.now() : null;
		}
	}

	close(): void {
		clearTimeout(this.#again);
		this.#socket.disconnect();
	}
}
