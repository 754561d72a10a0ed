/** What a message has around its update, at most. */
export const HEADER = 16;

/** Sizes in bytes, times in milliseconds. */
export interface Limits {
	/** One update. */
	update: number;
	/** A sync step 2: all that a client did offline, and the deletions that it knows. */
	step2: number;
	/** A document, merged. */
	document: number;
	/** The structs of one update, and its deletions: bound the time that decoding takes. */
	structs: number;
	deletions: number;
	/** A larger update is read in a thread, and taken in pieces of so many structs or deletions. */
	piece: { bytes: number; parts: number };
	/** A state vector. */
	vector: number;
	/** One person's presence. */
	presence: number;
	/** Above this many connections to a document, presence is not relayed. */
	presenceConnections: number;
	/** Messages per second that a connection may send for long, and how many at once after a pause. */
	rate: number;
	burst: number;
	/** The same for the work that a person makes, over all their connections; see `cost.ts`. */
	work: number;
	workBurst: number;
	/** What may wait in a socket before presence is skipped, and before updates wait for a resync. */
	presenceBuffer: number;
	buffer: number;
	/** What a connection may send while its document is being loaded. */
	waiting: number;
	/** What may have come and not be taken yet, messages that are not whole included: of a person, and of all. */
	backlogOfPerson: number;
	backlog: number;
	/** A document of which less was merged is merged whole for whoever joins; a larger one is given in parts. */
	mergeBelow: number;
	/** How long loading may take. */
	load: number;
	/** How long a document without connections stays in memory. */
	grace: number;
	/**
	 * What may have come since a document's snapshot, and would have to be read at a cold load, before a new one is
	 * kept: when it is unloaded, and while it is open; but never before it weighs as much as this share of the whole
	 * document, for which it would be written anew.
	 */
	unkept: Amount;
	unkeptLive: Amount;
	unkeptShare: number;
}

export interface Amount {
	entries: number;
	bytes: number;
}

/** What an entry takes in the store beside its update: who, when, of what, and its place in an index. */
const ROW = 64;

/** In bytes of the store. */
export function weightOf({ entries, bytes }: Amount): number {
	return bytes + ROW * entries;
}

export const defaultLimits: Limits = {
	update: 1024 * 1024,
	step2: 8 * 1024 * 1024,
	document: 32 * 1024 * 1024,
	structs: 200_000,
	// a step 2 repeats all deletions of its document
	deletions: 1_000_000,
	piece: { bytes: 16 * 1024, parts: 1000 },
	vector: 256 * 1024,
	presence: 16 * 1024,
	presenceConnections: 64,
	rate: 200,
	burst: 2000,
	work: 50,
	workBurst: 500,
	presenceBuffer: 64 * 1024,
	buffer: 1024 * 1024,
	waiting: 16 * 1024 * 1024,
	backlogOfPerson: 32 * 1024 * 1024,
	backlog: 256 * 1024 * 1024,
	mergeBelow: 64 * 1024,
	load: 10_000,
	grace: 10_000,
	unkept: { entries: 50, bytes: 64 * 1024 },
	unkeptLive: { entries: 500, bytes: 4 * 1024 * 1024 },
	unkeptShare: 1 / 8
};
