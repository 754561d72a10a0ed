/**
 * A calendar of all that concerns one person, to subscribe to. Whoever has its address can read it: it says what the
 * person wrote themselves and what the tool says, and of others only the titles of rooms and of dates.
 */
import { randomBytes } from 'node:crypto';
import { hash } from '../hash.ts';
import type { MatterEntry, RoomRow, Store } from '../storage/store.ts';
import { calendarFile, type CalendarEntry } from './calendar-file.ts';

const DAY = 24 * 60 * 60_000;
/** Of a moment that has no end. */
const HALF_AN_HOUR = 30 * 60_000;
/** What is over for longer is left out. */
const BACK = 60 * DAY;

export interface Feed {
	/** Makes a new secret address; the one before is void. It is told this once. */
	renew(person: string): Promise<string>;
	revoke(person: string): Promise<void>;
	has(person: string): Promise<boolean>;
	/** The calendar under that secret, or null. */
	read(secret: string, origin: string, now: number): Promise<string | null>;
}

interface FeedDeps {
	store: Pick<Store, 'reminders' | 'mattersOf' | 'room'>;
	/** In the person's language. */
	language(person: string): Promise<'en' | 'de'>;
}

export function createFeed({ store, language }: FeedDeps): Feed {
	return {
		async renew(person) {
			const secret = randomBytes(24).toString('base64url');
			await store.reminders.setFeed(person, hash(secret));
			return secret;
		},
		revoke: (person) => store.reminders.setFeed(person, null),
		has: (person) => store.reminders.hasFeed(person),
		async read(secret, origin, now) {
			if (!/^[A-Za-z0-9_-]{32}$/.test(secret)) return null;
			const person = await store.reminders.ofFeed(hash(secret));
			if (person === null) return null;
			const speaks = await language(person);
			const entries: CalendarEntry[] = [];
			const rooms = new Map<string, RoomRow | null>();
			for (const matter of await store.mattersOf(person)) {
				if (matter.kind === 'awaited' || matter.when === null) continue;
				if (!rooms.has(matter.room)) rooms.set(matter.room, await store.room(matter.room));
				const room = rooms.get(matter.room);
				if (!room || room.demo) continue;
				const entry = entryOf(matter, room, speaks, origin);
				if (entry.ends > now - BACK) entries.push(entry);
			}
			return calendarFile(entries.sort((a, b) => a.starts - b.starts));
		}
	};
}

function entryOf(
	{ when, text, said, own, date, instance, id, since }: MatterEntry,
	room: { id: string; code: string; title: string },
	language: 'en' | 'de',
	origin: string
): CalendarEntry {
	const words = text[language] ?? text.en;
	const about = { about: date?.about ?? '', place: date?.place ?? '', url: `${origin}/r/${room.code}` };
	const title = said !== null && (own || date) ? said : words;
	const common = {
		...about,
		// as in the file of the date alone, so that a calendar which has both shows one
		uid: `${date ? date.id : `${instance}.${id}`}.${room.id}@peerloom`,
		sequence: date?.revision ?? 0,
		changed: date?.changed ?? since,
		title: title === room.title ? title : `${title} (${room.title})`,
		status: date?.waiting ? ('tentative' as const) : ('confirmed' as const)
	};
	if (when && 'at' in when) return { ...common, starts: when.at, ends: when.until ?? when.at + HALF_AN_HOUR };
	const starts = Date.parse(`${when?.day}T00:00:00Z`);
	return { ...common, starts, ends: starts + DAY, allDay: true };
}
