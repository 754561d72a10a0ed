/** People worth knowing: why, who introduces, whether they were met, and what came of it. */

/** What a format leaves out. The page reads the format's settings as they stand, so it needs these too. */
export const DEFAULTS = {
	/** How many there are meant to be met. */
	wanted: null as number | null,
	/** Roles whose list it is: they change everything in it. Others change what they have added. */
	owners: [] as string[]
};

export type ContactsSettings = typeof DEFAULTS;

export type Contact = {
	id: string;
	name: string;
	why: string;
	/** Who introduces them. */
	through: string;
	/** ISO date; null: not yet. */
	met: string | null;
	learned: string;
	/** Who put them on the list. */
	by: string;
	at: number;
	dropped: boolean;
};

export type ContactsState = { contacts: Record<string, Contact> };

export type ContactsRecord = ContactsState;
