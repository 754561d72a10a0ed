/** What the engine asks of a socket. The gateway adapts real ones; tests use pairs in memory. */
export interface Socket {
	readonly isOpen: boolean;
	/** Bytes that were handed to `send` and have not left yet. */
	readonly bufferedAmount: number;
	/**
	 * Only while it is open. The same array is sent to many sockets, one after the other: it may be framed once, and
	 * must not be changed.
	 */
	send(bytes: Uint8Array): void;
	/** Reads no more from it, so that whoever sends has to wait, until it is resumed. Some may still come. */
	pause(): void;
	resume(): void;
	close(code: number, reason: string): void;
}
