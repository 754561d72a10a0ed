/** What of a room one person can put into their calendar. */
import type { Appointment } from '#lib/blocks/appointment.ts';
import type { Room } from '../rooms/room.ts';
import { calendarEntry, calendarFile } from './calendar-file.ts';

export interface Calendar {
	/** The file of one appointment; null: there is none that this person may read. */
	one(
		room: Room,
		person: string,
		appointment: string,
		origin: string
	): { title: string; file: string } | null;
	/** Of all that this person takes part in or waits for. */
	mine(room: Room, person: string, origin: string): string;
}

export const calendar: Calendar = {
	one(room, person, id, origin) {
		const found = room.appointments(person).find((one) => one.id === id);
		if (!found) return null;
		const row = room.world.row;
		const file = calendarFile([calendarEntry(row, found, person, origin)]);
		return { title: found.title || row.title, file };
	},
	mine(room, person, origin) {
		const mine = room.appointments(person).filter((one) => concerns(one, person));
		return calendarFile(mine.map((one) => calendarEntry(room.world.row, one, person, origin)));
	}
};

/** It has a place in this person's calendar. */
function concerns({ people }: Appointment, person: string): boolean {
	return people === null || people.taking.includes(person) || people.waiting.includes(person);
}
