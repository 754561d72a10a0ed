import type { Passage } from '#lib/blocks/finds.ts';
import type { RoomRow } from './store.ts';

/** A document whose words are not all in the search yet. */
interface Stale {
	/** Number to go on from. */
	id: number;
	/** `<room>/<full name>` */
	document: string;
	/** Seq of its last entry. */
	last: number;
}

/** Words of one thing, with the part of the room that it belongs to. */
export interface IndexedPassage extends Passage {
	instance: string;
}

export interface Hit {
	room: Pick<RoomRow, 'id' | 'code' | 'title' | 'format' | 'preset' | 'meeting' | 'demo'>;
	/** The seeker's role there; null: not in it, it was given to the whole workspace. */
	role: string | null;
	/** Full name in its room; null: from the ledger. */
	document: string | null;
	instance: string;
	item: string;
	/** A part of the text; what was found lies between \u0001 and \u0002. */
	snippet: string;
}

export interface Seeker {
	person: string;
	/** Has an account: finds what was given to the whole workspace. */
	account: boolean;
}

/** Words that somebody wrote, found across rooms. What stands behind it decides nothing but whether somebody is a member. */
export interface SearchStore {
	/** Calls `listener` with a document that was rewritten: its words are out of the search until they are taken in anew. */
	onRewritten(listener: (document: string) => void): () => void;
	/** The next documents after number `after` that went on since they were taken in. */
	stale(after: number, limit: number): Promise<Stale[]>;
	/**
	 * Takes in all words of the document as of `upTo`, in place of those before. Nothing happens if the document was
	 * deleted or rewritten meanwhile.
	 */
	index(document: string, upTo: number, passages: readonly IndexedPassage[]): Promise<void>;
	/**
	 * What came last first, from rooms that the seeker is in now; each group of words is alternatives, of which one has to
	 * begin a word of the text. Never what stands in another person's own document. Whoever asks still has to ask of
	 * each hit whether the seeker's role may read the document.
	 */
	find(seeker: Seeker, words: readonly (readonly string[])[], limit: number, offset: number): Promise<Hit[]>;
}
