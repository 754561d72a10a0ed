/**
 * A line of the command road, below socket.io: how much it may say, and how much may wait for it. Whoever says too much
 * or does not read is cut off without a word; a client that comes back is told anew how everything is.
 */
import type { Socket } from 'socket.io';
import type { Clock } from '../storage/clock.ts';
import { Rate } from '../sync/rate.ts';

export type Line = Socket['conn'];

export interface LineLimits {
	/** Packets a second that a line may send for long, and how many at once after a pause. */
	rate: number;
	burst: number;
	/** What may wait for a line that does not read. */
	waiting: { packets: number; bytes: number };
}

/** A person's commands are counted apart, over all their lines. A browser sends one at a time. */
export const lineLimits: LineLimits = {
	rate: 50,
	burst: 250,
	waiting: { packets: 1000, bytes: 1024 * 1024 }
};

/** `ended`: it was cut off; of `tooFast` nothing more was parsed. */
export function guardLine(
	line: Line,
	limits: LineLimits,
	clock: Pick<Clock, 'now'>,
	ended: (why: 'tooFast' | 'slow') => void
): void {
	const rate = new Rate(clock, limits.rate, limits.burst);
	const waiting = { packets: 0, bytes: 0 };

	function end(why: 'tooFast' | 'slow'): void {
		if (line.readyState !== 'open') return;
		// `ws` would wait half a minute for the other side's goodbye and read on; not in engine.io's types
		const { socket } = line.transport as { socket?: { terminate?(): void } };
		line.close(true);
		socket?.terminate?.();
		ended(why);
	}

	// before it is parsed
	line.on('packet', () => {
		if (!rate.take()) end('tooFast');
	});
	line.on('packetCreate', ({ data }: { data?: string | Uint8Array }) => {
		waiting.packets++;
		waiting.bytes += data?.length ?? 0;
		// one that is large is sent all the same
		if (waiting.packets === 1) return;
		if (waiting.packets > limits.waiting.packets || waiting.bytes > limits.waiting.bytes) end('slow');
	});
	// all that waited was handed to the socket, which takes more once that is sent
	line.on('flush', () => {
		waiting.packets = waiting.bytes = 0;
	});
}
