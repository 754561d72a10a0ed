/** What takes long, done in a thread, where it holds up nobody: large updates are read, large documents searched. */
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { cut, type Cut } from './cut.ts';
import { decodeDepth, depthOf, type Depth } from './depth.ts';
import type { defaultLimits } from './limits.ts';
import { merge } from './merge.ts';
import { createThread } from './thread.ts';

export interface Aside {
	cut(update: Uint8Array): Promise<Cut>;
	/** What of a document somebody at `vector` lacks. */
	lacking(document: Uint8Array, vector: Uint8Array): Promise<Uint8Array>;
	/** Of a document of these updates. */
	depth(updates: readonly Uint8Array[]): Promise<Depth>;
	/** Gives up what is under way. */
	close(): Promise<void>;
}

export const CUT = 0;
export const LACKING = 1;
const DEPTH = 2;

export const depthOfAll = (updates: readonly Uint8Array[]): Depth =>
	depthOf(Y.decodeUpdate(merge(updates)).structs);

/** Where it is asked for. */
export const asideHere = (limits: typeof defaultLimits): Aside => ({
	cut: async (update) => cut(update, limits),
	lacking: async (document, vector) => Y.diffUpdate(document, vector),
	depth: async (updates) => depthOfAll(updates),
	close: async () => {}
});

/** With the limits that are the default. */
export function createAside(): Aside {
	const thread = createThread<unknown>(new URL('./aside-thread.ts', import.meta.url), {
		failed: 'A large update or document was not read.',
		late: 'A large update or document was not read in time.',
		patience: 30_000
	});
	const ask = (what: number, bytes: readonly Uint8Array[]) =>
		thread.ask(
			encoding.encode((encoder) => {
				encoding.writeVarUint(encoder, what);
				encoding.writeVarUint(encoder, bytes.length);
				for (const some of bytes) encoding.writeVarUint8Array(encoder, some);
			})
		);
	return {
		// each question has its answer: see `aside-thread.ts`
		cut: (update) => ask(CUT, [update]) as Promise<Cut>,
		lacking: (document, vector) => ask(LACKING, [document, vector]) as Promise<Uint8Array>,
		depth: async (updates) => decodeDepth((await ask(DEPTH, updates)) as Uint8Array),
		close: () => thread.close()
	};
}
