/** The log of one meeting's documents, as a browser gets it to play the meeting back. */
import type { Format } from '#lib/formats/format.ts';

export interface Change {
	/** ms since the epoch. */
	at: number;
	/** A Yjs update, base64. */
	update: string;
}

export interface History {
	meeting: number;
	/** The method as it was in that meeting. */
	format: Format;
	/** By short name; oldest first. */
	documents: Record<string, Change[]>;
	/** There was more than is sent; the end is missing. */
	cut: boolean;
}
