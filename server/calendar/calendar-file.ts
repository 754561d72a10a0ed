/**
 * Calendar files (RFC 5545): what an appointment becomes in the calendar of one person. Times are instants in UTC, which
 * every calendar shows in its reader's own time zone. The same appointment keeps its UID, and SEQUENCE grows with its
 * changes, so that a calendar which takes the file again moves the entry instead of having two.
 */
import ical, { ICalCalendarMethod, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import type { Appointment } from '#lib/blocks/appointment.ts';

/** What a calendar shows of one appointment. */
export interface CalendarEntry {
	/** The same for ever, and no other in the world has it. */
	uid: string;
	/** See `Appointment.revision`. */
	sequence: number;
	/** Milliseconds since the epoch; of a whole day its midnights in UTC. */
	starts: number;
	ends: number;
	/** It is of a day, and takes no time of it. */
	allDay?: boolean;
	changed: number;
	title: string;
	about: string;
	place: string;
	/** The room's address. */
	url: string;
	/** 'tentative': on the waiting list. */
	status: 'confirmed' | 'tentative' | 'cancelled';
}

interface CalendarRoom {
	id: string;
	code: string;
	title: string;
}

/** An appointment of a room, for one person. `origin`: where Peerloom is found, 'https://peerloom.example.org'. */
export function calendarEntry(
	room: CalendarRoom,
	appointment: Appointment,
	person: string,
	origin: string
): CalendarEntry {
	const { id, revision, starts, ends, changed, title, about, place, people, cancelled } = appointment;
	const waits = people?.waiting.includes(person) ?? false;
	return {
		uid: `${id}.${room.id}@peerloom`,
		sequence: revision,
		starts,
		ends,
		changed,
		title: title === '' || title === room.title ? room.title : `${title} (${room.title})`,
		about,
		place,
		url: `${origin}/r/${room.code}`,
		status: cancelled ? 'cancelled' : waits ? 'tentative' : 'confirmed'
	};
}

/** The file's text; lines end with CRLF and are at most 75 octets long. */
export function calendarFile(entries: readonly CalendarEntry[]): string {
	const file = ical({
		prodId: { company: 'Peerloom', product: 'Peerloom', language: 'EN' },
		method: ICalCalendarMethod.PUBLISH
	});
	for (const entry of entries) {
		const place = line(entry.place);
		const about = text(entry.about);
		file.createEvent({
			id: entry.uid,
			sequence: entry.sequence,
			start: new Date(entry.starts),
			end: new Date(entry.ends),
			...(entry.allDay ? { allDay: true, transparency: ICalEventTransparency.TRANSPARENT } : {}),
			stamp: new Date(entry.changed),
			lastModified: new Date(entry.changed),
			summary: line(entry.title),
			description: about === '' ? entry.url : `${about}\n\n${entry.url}`,
			location: place === '' ? entry.url : place,
			url: entry.url,
			status: statuses[entry.status]
		});
	}
	return file.toString();
}

const statuses = {
	confirmed: ICalEventStatus.CONFIRMED,
	tentative: ICalEventStatus.TENTATIVE,
	cancelled: ICalEventStatus.CANCELLED
} as const;

/** The standard allows no control characters but tab and line break, and a lone half of an emoji is no UTF-8. */
function text(said: string): string {
	return said
		.replaceAll(/\r\n?|[\u2028\u2029]/g, '\n')
		.replaceAll(/[^\P{Cc}\n\t]/gu, '')
		.toWellFormed()
		.trim();
}

const line = (said: string): string => text(said).replaceAll(/\s+/g, ' ');
