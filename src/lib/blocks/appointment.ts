import type { Text } from './refusal.ts';

/** A date that belongs in people's calendars. See `Block.appointments`. */
export type Appointment = {
	/** Unique in the room for ever. */
	id: string;
	/** Milliseconds since the epoch. */
	starts: number;
	ends: number;
	/** What it is called; empty: as the room is. */
	title: string;
	/** What is worth knowing beforehand, in lines; may be empty. */
	about: string;
	/** What the tool says of it, in the reader's language, where a room's dates are listed. */
	notes?: readonly Text[];
	/** Where one meets, besides the room itself; may be empty. */
	place: string;
	/** Grows by one with each change that a calendar has to take over. */
	revision: number;
	/** When that was. */
	changed: number;
	cancelled: boolean;
	/** Those who take part, and those who would if there were a seat; null: everybody in the room. */
	people: { taking: string[]; waiting: string[] } | null;
};
