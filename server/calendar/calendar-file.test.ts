import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import type { Appointment } from '#lib/blocks/appointment.ts';
import { calendarEntry, calendarFile } from './calendar-file.ts';

const room = { id: 'a1b2', code: 'K7Q2MX', title: 'Lunch & Learn Berlin' };
const origin = 'https://peerloom.example.org';

const lunch: Appointment = {
	id: 's1',
	starts: Date.UTC(2026, 2, 26, 11, 15),
	ends: Date.UTC(2026, 2, 26, 12),
	title: 'Reading a P&L in 20 minutes',
	about: 'Margin before volume\nOne-offs\nCash ≠ profit',
	place: 'Canteen, 2nd floor',
	revision: 0,
	changed: Date.UTC(2026, 2, 1, 9),
	cancelled: false,
	people: { taking: ['yusuf'], waiting: ['nadia'] }
};

const fileOf = (more: Partial<Appointment> = {}, person = 'yusuf') =>
	calendarFile([calendarEntry(room, { ...lunch, ...more }, person, origin)]);

/** Read by another program than the one that wrote it. */
function read(file: string) {
	const calendar = ICAL.Component.fromString(file);
	return { calendar, events: calendar.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one)) };
}

const only = (file: string) => read(file).events[0]!;

describe('a calendar file', () => {
	it('says what, when and where, with a UID that is the same each time', () => {
		const event = only(fileOf());
		expect(event.summary).toBe('Reading a P&L in 20 minutes (Lunch & Learn Berlin)');
		expect(event.startDate.toJSDate().getTime()).toBe(lunch.starts);
		expect(event.endDate.toJSDate().getTime()).toBe(lunch.ends);
		expect(event.location).toBe('Canteen, 2nd floor');
		expect(event.description).toBe(`${lunch.about}\n\n${origin}/r/K7Q2MX`);
		expect(event.uid).toBe('s1.a1b2@peerloom');
		expect(fileOf()).toBe(fileOf());
		const { calendar } = read(fileOf());
		expect(calendar.getFirstPropertyValue('version')).toBe('2.0');
		expect(calendar.getFirstPropertyValue('method')).toBe('PUBLISH');
	});

	it('gives instants, so that a quarter past twelve in Berlin is one before and after the clocks change', () => {
		const after = Date.UTC(2026, 3, 2, 10, 15);
		for (const [starts, written] of [
			[lunch.starts, 'DTSTART:20260326T111500Z'],
			[after, 'DTSTART:20260402T101500Z']
		] as const) {
			const file = fileOf({ starts, ends: starts + 2_700_000 });
			expect(file).toContain(written);
			const start = only(file).startDate.toJSDate();
			expect(start.toLocaleTimeString('de', { timeZone: 'Europe/Berlin', timeStyle: 'short' })).toBe('12:15');
		}
	});

	it('moves the entry when it was changed, and strikes it when it was called off', () => {
		const moved = only(fileOf({ revision: 2, starts: lunch.starts + 600_000 }));
		expect(moved.uid).toBe(only(fileOf()).uid);
		expect(moved.sequence).toBe(2);
		const gone = only(fileOf({ revision: 3, cancelled: true }));
		expect(gone.uid).toBe(moved.uid);
		expect(gone.component.getFirstPropertyValue('status')).toBe('CANCELLED');
	});

	it('is tentative for who waits for a seat', () => {
		const status = (person: string) => only(fileOf({}, person)).component.getFirstPropertyValue('status');
		expect(status('nadia')).toBe('TENTATIVE');
		expect(status('yusuf')).toBe('CONFIRMED');
	});

	it('is called as the room is where it has no title of its own', () => {
		expect(only(fileOf({ title: '' })).summary).toBe(room.title);
	});

	it('keeps commas, semicolons, quotes and emoji, and folds at 75 octets', () => {
		const title = 'Ünïcode, "quotes"; \\ back 👩🏽‍💻 '.repeat(8).trim();
		const file = fileOf({ title });
		expect(only(file).summary).toBe(`${title} (${room.title})`);
		for (const row of file.split('\r\n')) expect(new TextEncoder().encode(row).length).toBeLessThan(76);
	});

	it('takes no line of its own from what somebody wrote', () => {
		const evil = 'Lunch\r\nATTENDEE:mailto:x@example.org\u2028END:VEVENT\nBEGIN:VALARM\u0000\u0007';
		const file = fileOf({ title: evil, place: evil, about: evil });
		const { calendar, events } = read(file);
		expect(calendar.getAllSubcomponents()).toHaveLength(1);
		expect(events[0]!.attendees).toEqual([]);
		expect(events[0]!.component.getAllSubcomponents()).toEqual([]);
		expect(file).not.toMatch(/^(ATTENDEE|BEGIN:VALARM)/m);
		expect(file).not.toMatch(/[^\P{Cc}\r\n]/u);
	});

	it('can be read again, whatever was written', () => {
		const said = fc.string({ unit: 'binary', maxLength: 90 });
		fc.assert(
			fc.property(said, said, (title, about) => {
				const file = fileOf({ title, about });
				const { events } = read(file);
				expect(events).toHaveLength(1);
				expect(events[0]!.uid).toBe('s1.a1b2@peerloom');
				for (const row of file.split('\r\n')) expect(Buffer.byteLength(row)).toBeLessThan(76);
			}),
			{ numRuns: 60, seed: 4 }
		);
	});
});
