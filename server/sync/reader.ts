/**
 * What people wrote together, as a Y.Doc. Of updates that nobody's editor makes Yjs may need a minute for a few kilobytes,
 * and nothing else goes on where it does: so all but small ones are read in a thread first. What comes from there is taken
 * here in pieces, and between them others have their turn: SPEC.md, V12.
 */
import * as Y from 'yjs';
import { isSmall, packed } from './compactor.ts';
import { cut } from './cut.ts';
import { merge } from './merge.ts';
import { createThread } from './thread.ts';

export interface Reader {
	/** The caller destroys it. Null: whoever opens it would have to wait longer than anybody does. */
	read(updates: readonly Uint8Array[]): Promise<Y.Doc | null>;
	/** Gives up what is under way. */
	close(): Promise<void>;
}

/** Milliseconds of the processor that all of a document may take, and a piece of it. */
const BEARABLE = { whole: 10_000, piece: 100 };
/** How long the thread may take over one document, ms: whoever meant harm may have put all of it into one piece. */
const PATIENCE = 30_000;
/** For so long documents are put together here before others have their turn, ms. */
const SLICE = 8;

const PIECES = { structs: Infinity, deletions: Infinity, piece: { bytes: 0, parts: 1000 } };

/** The document as updates of few parts each, without what was deleted; null: it takes too long. For the thread. */
export function piecesOf(updates: readonly Uint8Array[]): Uint8Array[] | null {
	const all = cutAnyhow(merge(updates));
	const doc = putTogether(all, Infinity);
	if (doc === null) return null;
	const pieces = cutAnyhow(Y.encodeStateAsUpdate(doc));
	doc.destroy();
	const again = putTogether(pieces, BEARABLE.piece);
	again?.destroy();
	return again && pieces;
}

function cutAnyhow(update: Uint8Array): Uint8Array[] {
	const pieces = cut(update, PIECES);
	return typeof pieces === 'string' ? [update] : pieces;
}

/** `most`: what a piece may take. */
function putTogether(pieces: readonly Uint8Array[], most: number): Y.Doc | null {
	const doc = new Y.Doc();
	let whole = 0;
	for (const piece of pieces) {
		const before = process.threadCpuUsage();
		Y.applyUpdate(doc, piece);
		const { user, system } = process.threadCpuUsage(before);
		const took = (user + system) / 1000;
		whole += took;
		if (took <= most && whole <= BEARABLE.whole) continue;
		doc.destroy();
		return null;
	}
	return doc;
}

/** Where nobody else waits. */
export const readerHere: Reader = {
	read: async (updates) => applied(merge(updates)),
	close: async () => {}
};

export function createReader(): Reader {
	const thread = createThread<Uint8Array[] | null>(new URL('./reader-thread.ts', import.meta.url), {
		failed: 'A document was not read.',
		late: LATE,
		patience: PATIENCE
	});
	/** One at a time: those that wait are not in memory twice. */
	let line: Promise<unknown> = Promise.resolve();

	async function pieces(updates: readonly Uint8Array[]): Promise<Uint8Array[] | null> {
		try {
			return await thread.ask(packed(updates));
		} catch (error) {
			if (error instanceof Error && error.message === LATE) return null;
			throw error;
		}
	}

	return {
		async read(updates) {
			if (isSmall(updates)) return applied(merge(updates));
			const asked = line.then(() => pieces(updates));
			line = asked.catch(() => {});
			const all = await asked;
			return all && appliedInTurns(all);
		},
		close: () => thread.close()
	};
}

const LATE = 'A document was not read in time.';

function applied(update: Uint8Array): Y.Doc {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, update);
	return doc;
}

async function appliedInTurns(pieces: readonly Uint8Array[]): Promise<Y.Doc> {
	const doc = new Y.Doc();
	let begun = performance.now();
	for (const piece of pieces) {
		Y.applyUpdate(doc, piece);
		const passed = performance.now() - begun;
		if (passed < SLICE) continue;
		await new Promise((turn) => setTimeout(turn, passed));
		begun = performance.now();
	}
	return doc;
}
