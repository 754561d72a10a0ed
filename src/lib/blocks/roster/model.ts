/** Who belongs to a room, in which role; who waits at the door; who was shown out. */
import type { Member } from '../block.ts';

export type Waiting = {
	id: string;
	name: string;
	role: string;
	account: boolean;
	at: number;
	/** Missing in rows from before there was a directory. */
	team?: string | null;
};

export type RosterState = {
	members: Record<string, Member>;
	waiting: Record<string, Waiting>;
	removed: Record<string, { name: string; at: number }>;
	/** Guests who went on as an account: old id → new id. What they wrote carries the old one. */
	former: Record<string, string>;
};

/** What a view needs to know of a role of the format. */
export type RoleFacts = { crowd: boolean; open: boolean; most: number | null; facilitates: boolean };

export type RosterRecord = {
	/** The format’s roles. */
	roles: Record<string, RoleFacts>;
	/** Without the roles that are a crowd. */
	members: Record<string, Member>;
	/** How many, by role; crowds included. */
	counts: Record<string, number>;
	former: Record<string, string>;
};

export type RosterDesk = {
	/** The members of crowds. */
	crowd: Record<string, Member>;
	waiting: Record<string, Waiting>;
	removed: Record<string, { name: string; at: number }>;
};

/** What a person sees of themselves, crowd or not. */
export type RosterOwn = { member: Member | null };

/** A facilitator who has been away this long, in milliseconds, may be relieved by anybody in the room. */
export const RELIEF_AFTER = 60_000;
