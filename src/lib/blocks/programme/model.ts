/** The rooms that a programme has opened: a pair's, a reviewee's, a lunch's. */
import type { Why } from '../refusal.ts';
import type { RoomNews, RoomReport } from '../wish.ts';

/** People as an event named them, by the event's field; the names are for the title. */
export type Named = { person: string; name: string };

export type WishedRoom = {
	key: string;
	people: Record<string, Named[]>;
	/** Other words of the event that stand in the title. */
	words: Record<string, string>;
	/** When it was asked for, ms since the epoch. */
	asked: number;
};

/** Something that all its rooms, or some, have to do. */
export type Order = {
	id: string;
	/** Counts from 1: in this order they are carried out. */
	n: number;
	/** As the settings name it. */
	name: string;
	payload: { [key: string]: string | number | boolean | null };
	/** Keys of the rooms. */
	to: string[];
	at: number;
	/** Who gave it; null: the server. */
	by: string | null;
	/** The first one that this one repeats, for rooms that refused it. */
	repeats?: string;
};

export type ProgrammeState = {
	rooms: Record<string, WishedRoom>;
	/** By key, as the server brings it. */
	news: Record<string, RoomNews>;
	orders: Record<string, Order>;
};

export type Counts = { rooms: number; opened: number; refused: number; gone: number; held: number };

export type ProgrammeRecord = { counts: { now: Counts } };

/** A room as those see it who run the programme: where it stands, nothing of what is said in it, and no way in. */
export type RoomLine = {
	key: string;
	title: string;
	people: number;
	asked: number;
	is: 'waiting' | 'open' | 'refused' | 'gone';
	/** Why it could not be opened. */
	refused: Why | null;
	/** People who could not be let in: name and why. */
	turnedAway: { name: string; why: Why }[];
	report: RoomReport | null;
};

/** How far an order has come. */
export type OrderLine = Omit<Order, 'to' | 'repeats'> & {
	of: number;
	done: number;
	/** Rooms that refused it, and why, by key. */
	refused: Record<string, Why>;
};

export type ProgrammeDesk = { rooms: Record<string, RoomLine>; orders: Record<string, OrderLine> };

/** The rooms in which somebody is. */
export type ProgrammeOwn = {
	rooms: { key: string; title: string; role: string; code: string | null; phase: RoomReport['phase'] }[];
};
