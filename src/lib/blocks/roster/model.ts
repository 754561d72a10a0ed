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

/** Somebody was asked to take a role, and has not answered. */
export type Offer = {
	role: string;
	by: string;
	at: number;
	/** What whoever asks says of it: for the one who is asked, and nobody else. */
	said?: string;
	/** Was let in to be asked, and is out again with a no. */
	came?: boolean;
};

type InMind = { id: string; name: string };

/** What the directory said of somebody when they came in, as far as this room warns of it. */
type Said = { /** The people they report to, nearest first. */ above: string[]; job: string | null };

/** How often somebody had the role that goes round, and in which meeting last. */
export type Turns = { times: number; meeting: number };

/** Whose turn it is; `turns`: those that they have had, null: none. */
export type Rotation = { role: string; person: string | null; turns: Turns | null };

export type RosterState = {
	members: Record<string, Member>;
	waiting: Record<string, Waiting>;
	removed: Record<string, { name: string; at: number }>;
	/** Guests who went on as an account: old id → new id. What they wrote carries the old one. */
	former: Record<string, string>;
	/** By person. */
	offers: Record<string, Offer>;
	/** Who was let in to be asked and said no: they are not asked a second time. */
	declined: Record<string, true>;
	/** By who thinks of them: whom somebody will ask, once the room lets them. Theirs alone. */
	inMind: Record<string, InMind>;
	/** Who put their name in for the lots. */
	standing: Record<string, true>;
	/** By person; empty where the room warns of nothing. */
	said: Record<string, Said>;
	/** By person, of all meetings; empty where no role goes round. */
	turns: Record<string, Turns>;
};

/** What a view needs to know of a role of the format. */
export type RoleFacts = {
	crowd: boolean;
	unseen?: boolean;
	open: boolean;
	most: number | null;
	facilitates: boolean;
	offered: boolean;
};

export type RosterRecord = {
	/** The format’s roles. */
	roles: Record<string, RoleFacts>;
	/** Without the roles that are a crowd. */
	members: Record<string, Member>;
	/** How many, by role; crowds included. */
	counts: Record<string, number>;
	former: Record<string, string>;
	/** Not by whom: that may be somebody who is unseen by now. */
	offers: Record<string, Pick<Offer, 'role' | 'at'>>;
	/** Where seats are drawn: how many put their names in. */
	lots: { now?: { standing: number } };
	/** Where a role goes round. */
	rotation: { now?: Rotation };
};

/** What whoever runs the room had better know of its people. */
export type Warnings = {
	/** Who reports to somebody that runs the room: the group is led by a boss. */
	line?: { boss: string; people: string[] }[];
	/** All of the group have the same team, or the same job. */
	alike?: { what: 'team' | 'job'; value: string };
};

export type RosterDesk = {
	/** The members of crowds. */
	crowd: Record<string, Member>;
	waiting: Record<string, Waiting>;
	removed: Record<string, { name: string; at: number }>;
	standing: Record<string, true>;
	warned: Warnings;
};

/** What a person sees of themselves, crowd or not; an offer with the name of who made it, who may be a stranger. */
export type RosterOwn = {
	member: Member | null;
	offer: { role: string; name: string; said: string } | null;
	inMind: InMind | null;
	standing: boolean;
};

/** A facilitator who has been away this long, in milliseconds, may be relieved by anybody in the room. */
export const RELIEF_AFTER = 60_000;
