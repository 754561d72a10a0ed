/** Small groups that grow: each alone, then in pairs, in fours, all; what was written goes along. */

/** How many sit together; 0: everybody. */
export type Size = 0 | 1 | 2 | 3 | 4;

/** In each group it is one person's turn, one after the other; `listens`: who has it says nothing now. */
export type Turn = { n: number; listens: boolean };

export type Group = {
	id: string;
	size: Size;
	members: string[];
	/** Counted from 1, so that a group has a name that can be said aloud. */
	number: number;
};

/** A note belongs to the group that has it now; with every step it moves into the larger group. */
export type Note = {
	id: string;
	group: string;
	text: string;
	/** Who wrote it. Never published. */
	person: string;
	/** How many sat together when it was written. */
	size: Size;
	/** Number of the group that brought it along. */
	from: number;
	/** What the group takes to everybody. */
	picked: boolean;
	at: number;
};

export type GroupsState = {
	/** The size that is on now; nothing before the first step. */
	now: { size?: Size; turn?: Turn };
	groups: Record<string, Group>;
	notes: Record<string, Note>;
};

export type ShownNote = { id: string; group: number; text: string; size: Size; picked: boolean };

export type GroupsRecord = {
	now: { size?: Size; turn?: Turn };
	/** Who sits where is no secret; what they write is, until everybody sits together. */
	groups: Record<string, Group & { notes: number }>;
	notes: Record<string, ShownNote>;
};

export type GroupsOwn = {
	group: Group | null;
	notes: (Omit<Note, 'person' | 'group'> & { mine: boolean })[];
};

/** Whose turn it is in this group; a smaller group begins anew. */
export function turnIn({ members }: Pick<Group, 'members'>, turn: Turn | undefined): string | null {
	return turn === undefined ? null : (members[(turn.n - 1) % members.length] ?? null);
}

export const DEFAULTS = {
	/** Roles that sit in groups; none named: everybody. */
	who: [] as string[],
	/** Characters of a note. */
	length: 280,
	/** Notes that one group may have picked for everybody. */
	picks: 1
};

export type GroupsSettings = typeof DEFAULTS;
