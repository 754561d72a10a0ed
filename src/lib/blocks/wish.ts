/** What passes between a room that opens others, a programme, and the rooms it opened. */
import type { Json, Text } from './block.ts';
import type { Why } from './refusal.ts';

/** A room that a block wants to exist. See `Block.rooms`. */
export type RoomWish = {
	/** Names it within the instance for ever: the pair's id, the reviewee's. The same key is the same room. */
	key: string;
	format: string;
	preset: string | null;
	title: string;
	/** As in "new room"; see `roomSettings` in src/lib/formats/resolve.ts. */
	settings: { [key: string]: Json };
	/** Who is let in, in which role, without a code. The first in the owner's role owns the room. */
	people: { person: string; role: string }[];
	/** A role; null: the room belongs to nobody, it can be neither renamed nor deleted by those in it. */
	owner: string | null;
	/** Commands that the server carries out in it, in this order, each once. */
	orders: { id: string; type: string; payload: Json }[];
};

/** A number or a state; never what somebody wrote. */
export type ReportedFact = {
	name: Text;
	value: number | boolean | string | null;
	of: number | null;
	/** What the value is called, where it is a word. */
	word?: Text;
	/** What to do about it; only while there is something to do. */
	warn?: Text;
};

/** What a room lets its programme know: where it stands, and the facts that its format declares in `reports`. */
export type RoomReport = {
	state: 'open' | 'locked' | 'archived';
	/** Meetings that have ended. */
	held: number;
	phase: { id: string; name: Text; status: 'ahead' | 'live' | 'after' | 'ended'; since: number } | null;
	/** By `<instance>.<fact>`. */
	facts: { [fact: string]: ReportedFact };
};

/**
 * Words that their author gave to whoever runs the programme, field by field and without a name, by
 * `<instance>/<entry>`.
 */
export type Handed = { [key: string]: { [field: string]: string | number | boolean } };

/** As it is kept: with what the room asks of people, which the programme's rooms know together and nobody is told. */
export type KeptReport = RoomReport & { load?: { [person: string]: number }; handed?: Handed };

/** How far a wish has come. */
export type RoomNews = {
	key: string;
	/** Null: it is not open yet, or is gone. */
	room: { id: string; code: string } | null;
	/** Deleted by its owner; it is not opened again. */
	gone: boolean;
	/** Why it cannot be opened: the format lacks the preset, nobody of its people is known … */
	refused: Why | null;
	/** Who could not be let in, and why, by person. */
	turnedAway: { [person: string]: Why };
	/** Orders that were carried out (null) or refused (why), by id. */
	orders: { [id: string]: Why | null };
	report: RoomReport | null;
	handed?: Handed;
};
