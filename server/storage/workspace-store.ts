/** What the workspace asks of a store: people with accounts, their profiles, administrators, invitations, settings. */
import type { Json } from '#lib/blocks/block.ts';
import type { Profile } from '#lib/blocks/profile.ts';

/** A profile without what the person itself says: id and name. */
export type ProfileData = Omit<Profile, 'id' | 'name'>;

/** Somebody with an account, or for whom an administrator has made ready one. */
export interface Colleague {
	id: string;
	name: string;
	email: string | null;
	locale: string | null;
	administrator: boolean;
	/** False: has never signed in; the account waits to be claimed by invitation. */
	joined: boolean;
	/** Null: nothing was said yet. */
	profile: ProfileData | null;
}

export interface PeopleChange {
	/** New people, who have not signed in yet. */
	add?: { id: string; name: string; email: string; created: number }[];
	rename?: { id: string; name: string }[];
	profiles?: { person: string; data: ProfileData; updated: number }[];
}

export interface InvitationRow {
	id: string;
	/** Hash of the secret in the link. */
	token: string;
	/** For one mailbox; null: for whoever has the link. */
	email: string | null;
	/** The account made ready that it is for; null: for a new one. */
	person: string | null;
	by: string;
	created: number;
	expires: number;
	/** How many people may come by it, and how many have. */
	most: number;
	used: number;
	/** When it was taken back. */
	revoked: number | null;
}

/** How much there is of what; never what is in it. */
export interface Counts {
	accounts: number;
	waiting: number;
	guests: number;
	/** Demo rooms, which count nowhere else. */
	demos: number;
	/** By format. */
	formats: { format: string; rooms: number; archived: number; meetings: number }[];
}

export interface WorkspaceStore {
	/** Everybody with an account, by name. */
	people(): Promise<Colleague[]>;
	profiles(): Promise<{ person: string; data: ProfileData }[]>;
	/** All of it or nothing. */
	changePeople(change: PeopleChange): Promise<void>;
	/**
	 * Takes out what these people said of themselves, where they are somebody's manager, and what they were invited by.
	 * Where the last administrator goes, whoever has been here longest follows.
	 */
	forget(people: readonly string[]): Promise<void>;
	/** False: that would leave the workspace without an administrator, or there is no such account. */
	appoint(person: string, administrator: boolean): Promise<boolean>;

	invitations(): Promise<InvitationRow[]>;
	invitationByToken(token: string): Promise<InvitationRow | null>;
	invite(invitations: InvitationRow[]): Promise<void>;
	/** Counts one who came by it. False: it is used up, revoked or too old. */
	accept(id: string, now: number): Promise<boolean>;
	revoke(id: string, now: number): Promise<void>;

	settings(): Promise<{ [name: string]: Json }>;
	set(name: string, value: Json): Promise<void>;

	counts(): Promise<Counts>;
}
