/**
 * Reminds people: in the app, and by mail; and tells them once a week how much there is in their digest. Each matter
 * and each week once, whatever happens: that somebody was told is a row, and a mail is marked before it is handed to
 * the mail server. What the server refuses is tried again, a few times.
 */
import { codeOf, type Mail } from '../identity/mail.ts';
import type { Digest } from '../digest/digest.ts';
import type { Letter } from '../identity/mail.ts';
import type { Person } from '../identity/person.ts';
import { weekly } from '../storage/digest-store.ts';
import type {
	NewReminder,
	ReminderStore,
	Reminded,
	ReminderSettings,
	WaitingMail
} from '../storage/reminder-store.ts';
import type { MatterEntry, Store } from '../storage/store.ts';
import {
	DAY,
	HOUR,
	dayOf,
	digestMonday,
	digestSpan,
	hourOf,
	isDigestDue,
	isDigestDueSomewhere,
	isStale,
	remindAt,
	widestSpan
} from './due.ts';
import { digestLetter, letterOf, type Line, type Reader } from './letter.ts';

const EVERY = 60_000;
/** East of everywhere it is eight in the morning so long before the day begins in UTC. */
const EARLIEST = 7 * HOUR;
const AT_ONCE = 500;
const PEOPLE = 50;
/** Between two looks for whom a digest is due: each goes through all members of rooms that met. */
const DIGEST_EVERY = 10 * 60_000;
/** Until the next try, after each that failed; then it is given up. */
const BACK_OFF = [1, 5, 30, 120, 480].map((minutes) => minutes * 60_000);
/** Of the morning, where the person is. */
const MAIL_HOUR = 8;
const KEPT = 90 * DAY;

export interface Reminders {
	/** Looks for what is due and sends what waits. One run at a time. */
	run(): Promise<void>;
	close(): Promise<void>;
}

interface RemindersDeps {
	store: Pick<Store, 'reminders' | 'mattersOf' | 'room' | 'digest'>;
	digest: Pick<Digest, 'count'>;
	mail: Mail | null;
	/** Where links in mails lead; null: there is no mail either. */
	origin: string | null;
	person(id: string): Promise<Person | null>;
	/** IANA, as the profile says; null: not known. */
	zoneOf(person: string): string | null;
	now(): number;
	log: {
		info(fields: object, message: string): void;
		warn(fields: object, message: string): void;
		error(fields: object, message: string): void;
	};
	/** Between two runs; null: only when asked. */
	every?: number | null;
}

/** What is known of a person in one run. */
interface Wanted {
	settings: ReminderSettings;
	person: Person | null;
	zone: string | null;
}

const isReminded = (kind: string): kind is Reminded => kind !== 'awaited';
/** The rooms of a week's digest are looked up when it is sent. */
const isOfWeek = ({ room }: WaitingMail): boolean => room === '';
const idsOf = (waiting: readonly WaitingMail[]): number[] => waiting.map(({ id }) => id);

export function createReminders(deps: RemindersDeps): Reminders {
	const { store, mail, origin, now, log, every = EVERY } = deps;
	const reminders: ReminderStore = store.reminders;
	let running: Promise<void> | null = null;
	let closed = false;
	let cleaned = 0;
	let looked = 0;

	async function collect(): Promise<void> {
		const at = now();
		const span = { from: at - 8 * DAY, to: at + EARLIEST, waitedFrom: at - 14 * DAY, waitedTo: at - DAY };
		const wanted = new Map<string, Wanted>();
		await collectAll(
			(page) => reminders.candidates({ ...span, ...page }),
			({ person, matter }) => dueNow(person, matter, at, wanted)
		);
	}

	/** Whoever gets none is noted all the same: so they are not looked at again before the next week. */
	async function collectDigests(): Promise<void> {
		const at = now();
		const monday = digestMonday(at);
		if (mail === null || origin === null || !isDigestDueSomewhere(monday, at)) return;
		if (Math.abs(at - looked) < DIGEST_EVERY) return;
		looked = at;
		const span = { ...widestSpan(monday), reminder: monday };
		await collectAll(
			(page) => store.digest.readers({ ...span, ...page }),
			async (person): Promise<NewReminder | null> => {
				const zone = deps.zoneOf(person);
				if (!isDigestDue(monday, zone, at)) return null;
				const [settings, known] = await Promise.all([reminders.settings(person), deps.person(person)]);
				const byMail = known?.email != null && settings.mail.digest;
				return {
					...{ person, ...weekly(monday), at, shown: false },
					...{ mail: byMail ? 'waiting' : 'off', next: at }
				};
			}
		);
	}

	/** Those that are not due yet stand in the way of those behind them. */
	async function collectAll<Found>(
		find: (page: { limit: number; offset: number }) => Promise<Found[]>,
		reminderOf: (found: Found) => Promise<NewReminder | null>
	): Promise<void> {
		for (let offset = 0; !closed;) {
			const found = await find({ limit: AT_ONCE, offset });
			const due: NewReminder[] = [];
			for (const one of found) {
				const reminder = await reminderOf(one);
				if (reminder) due.push(reminder);
			}
			if (due.length > 0) await reminders.add(due);
			offset += found.length - due.length;
			if (found.length < AT_ONCE) return;
		}
	}

	async function dueNow(
		person: string,
		matter: MatterEntry,
		at: number,
		wanted: Map<string, Wanted>
	): Promise<NewReminder | null> {
		const { kind, room, instance, id } = matter;
		if (!isReminded(kind)) return null;
		let who = wanted.get(person);
		if (!who) {
			const [settings, known] = await Promise.all([reminders.settings(person), deps.person(person)]);
			wanted.set(person, (who = { settings, person: known, zone: deps.zoneOf(person) }));
		}
		const when = remindAt(matter, who.zone);
		if (when === null || when > at) return null;
		const stale = isStale(matter, when, at);
		const byMail =
			!stale && mail !== null && origin !== null && who.person?.email != null && who.settings.mail[kind];
		return {
			...{ person, room, instance, matter: id, at },
			shown: !stale && who.person !== null && who.settings.app[kind],
			mail: byMail ? 'waiting' : 'off',
			next: byMail ? await sendAt(person, who.settings, who.zone, at) : at
		};
	}

	/** At once, or with the next morning's mail. */
	async function sendAt(
		person: string,
		{ often }: ReminderSettings,
		zone: string | null,
		at: number
	): Promise<number> {
		if (often === 'once') return at;
		const today = dayOf(at, zone);
		const morning = hourOf(today, MAIL_HOUR, zone);
		if (at < morning) return morning;
		const last = await reminders.mailed(person);
		return last > 0 && dayOf(last, zone) === today ? hourOf(dayOf(at + DAY, zone), MAIL_HOUR, zone) : at;
	}

	async function send(): Promise<void> {
		if (mail === null || origin === null) return;
		for (const id of await reminders.mailFor(now(), PEOPLE)) {
			if (closed) return;
			await sendTo(id, mail, origin);
		}
	}

	async function sendTo(id: string, mail: Mail, origin: string): Promise<void> {
		const taken = await reminders.take(id, now());
		const [person, settings] = await Promise.all([deps.person(id), reminders.settings(id)]);
		if (person?.email == null) return drop(taken);
		const reader: Reader = { ...person, email: person.email, zone: deps.zoneOf(id) };

		const weeks = taken.filter(isOfWeek);
		const { lines, gone } = await linesOf(
			id,
			taken.filter((one) => !isOfWeek(one)),
			settings
		);
		await drop(gone);
		if (lines.length > 0) {
			const letter = letterOf(reader, lines, origin);
			const sent = await post(
				mail,
				letter,
				lines.map(({ waiting }) => waiting)
			);
			if (sent && settings.often === 'daily') await reminders.setMailed(id, now());
		}
		for (const week of weeks) {
			const rooms = settings.mail.digest
				? await deps.digest.count(id, digestSpan(week.matter, reader.zone))
				: [];
			const read = rooms.map(({ room, takeaways }) => ({ title: room.title, takeaways }));
			if (read.length > 0) await post(mail, digestLetter(reader, read, origin), [week]);
			else await drop([week]);
		}
	}

	/** What was settled meanwhile, or is in a room that they left, or is wanted no more, needs no mail. */
	async function linesOf(
		id: string,
		taken: readonly WaitingMail[],
		settings: ReminderSettings
	): Promise<{ lines: (Line & { waiting: WaitingMail })[]; gone: WaitingMail[] }> {
		const lines: (Line & { waiting: WaitingMail })[] = [];
		const gone: WaitingMail[] = [];
		const matters = taken.length > 0 ? await store.mattersOf(id) : [];
		for (const waiting of taken) {
			const matter = matters.find(
				(one) => one.room === waiting.room && one.instance === waiting.instance && one.id === waiting.matter
			);
			const room = matter && (await store.room(matter.room));
			if (room && isReminded(matter.kind) && settings.mail[matter.kind])
				lines.push({ waiting, matter, room: room.title });
			else gone.push(waiting);
		}
		return { lines, gone };
	}

	async function drop(waiting: readonly WaitingMail[]): Promise<void> {
		if (waiting.length > 0) await reminders.sent(idsOf(waiting), 'off', now());
	}

	/** True: the mail server has it. */
	async function post(mail: Mail, letter: Letter, waiting: readonly WaitingMail[]): Promise<boolean> {
		try {
			await mail.send(letter);
		} catch (error) {
			const tries = Math.max(...waiting.map(({ tries }) => tries));
			const wait = BACK_OFF[tries];
			await reminders.sent(idsOf(waiting), wait === undefined ? 'failed' : 'waiting', now() + (wait ?? 0));
			// The mail server's answer may hold the address.
			const code = codeOf(error);
			log.warn(
				{ code, tries: tries + 1, given: wait === undefined ? 'up' : 'another try' },
				'A reminder could not be mailed'
			);
			return false;
		}
		await reminders.sent(idsOf(waiting), 'sent', now());
		log.info({ reminders: waiting.length }, 'A reminder was mailed');
		return true;
	}

	async function once(): Promise<void> {
		await collect();
		await collectDigests();
		await send();
		if (Math.abs(now() - cleaned) > HOUR) {
			cleaned = now();
			await reminders.forget(now() - KEPT);
		}
	}

	const timer =
		every === null
			? null
			: setInterval(() => {
					run().catch((error: unknown) => log.error({ error }, 'Reminders could not be looked for'));
				}, every);
	timer?.unref();

	function run(): Promise<void> {
		if (closed) return Promise.resolve();
		return (running ??= once().finally(() => (running = null)));
	}

	return {
		run,
		async close() {
			closed = true;
			if (timer) clearInterval(timer);
			await running?.catch(() => undefined);
		}
	};
}
