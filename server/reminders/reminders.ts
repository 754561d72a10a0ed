/**
 * Reminds people: in the app, and by mail. Each matter once, whatever happens: that somebody was reminded is a row, and
 * a mail is marked before it is handed to the mail server. What the server refuses is tried again, a few times.
 */
import { codeOf, type Mail } from '../identity/mail.ts';
import type { Person } from '../identity/person.ts';
import type {
	NewReminder,
	ReminderStore,
	Reminded,
	ReminderSettings,
	WaitingMail
} from '../storage/reminder-store.ts';
import type { MatterEntry, Store } from '../storage/store.ts';
import { DAY, HOUR, dayOf, hourOf, isStale, remindAt } from './due.ts';
import { letterOf, type Line } from './letter.ts';

const EVERY = 60_000;
/** East of everywhere it is eight in the morning so long before the day begins in UTC. */
const EARLIEST = 7 * HOUR;
const AT_ONCE = 500;
const PEOPLE = 50;
/** Until the next try, after each that failed; then it is given up. */
const BACK_OFF = [1, 5, 30, 120, 480].map((minutes) => minutes * 60_000);
/** Of the morning, where the person is. */
const DIGEST_HOUR = 8;
const KEPT = 90 * DAY;

export interface Reminders {
	/** Looks for what is due and sends what waits. One run at a time. */
	run(): Promise<void>;
	close(): Promise<void>;
}

export interface RemindersDeps {
	store: Pick<Store, 'reminders' | 'mattersOf' | 'room'>;
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

export function createReminders(deps: RemindersDeps): Reminders {
	const { store, mail, origin, now, log, every = EVERY } = deps;
	const reminders: ReminderStore = store.reminders;
	let running: Promise<void> | null = null;
	let closed = false;
	let cleaned = 0;

	async function collect(): Promise<void> {
		const at = now();
		const span = { from: at - 8 * DAY, to: at + EARLIEST, waitedFrom: at - 14 * DAY, waitedTo: at - DAY };
		const wanted = new Map<string, Wanted>();
		// Those that are not due yet stand in the way of those behind them.
		for (let offset = 0; !closed;) {
			const found = await reminders.candidates({ ...span, limit: AT_ONCE, offset });
			const due: NewReminder[] = [];
			for (const { person, matter } of found) {
				const one = await dueNow(person, matter, at, wanted);
				if (one) due.push(one);
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
		{ digest }: ReminderSettings,
		zone: string | null,
		at: number
	): Promise<number> {
		if (digest === 'once') return at;
		const today = dayOf(at, zone);
		const morning = hourOf(today, DIGEST_HOUR, zone);
		if (at < morning) return morning;
		const last = await reminders.digested(person);
		return last > 0 && dayOf(last, zone) === today ? hourOf(dayOf(at + DAY, zone), DIGEST_HOUR, zone) : at;
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
		const [person, matters, settings] = await Promise.all([
			deps.person(id),
			store.mattersOf(id),
			reminders.settings(id)
		]);
		// What was settled meanwhile, or is in a room that they left, or is wanted no more, needs no mail.
		const lines: { waiting: WaitingMail; matter: MatterEntry; room: string }[] = [];
		const dropped: number[] = [];
		for (const waiting of taken) {
			const matter = matters.find(
				(one) => one.room === waiting.room && one.instance === waiting.instance && one.id === waiting.matter
			);
			const room = matter && (await store.room(matter.room));
			const stands = room && isReminded(matter.kind) && settings.mail[matter.kind] && person?.email != null;
			if (stands) lines.push({ waiting, matter, room: room.title });
			else dropped.push(waiting.id);
		}
		if (dropped.length > 0) await reminders.sent(dropped, 'off', now());
		if (lines.length === 0 || person?.email == null) return;
		const ids = lines.map(({ waiting }) => waiting.id);
		const to = { ...person, email: person.email, zone: deps.zoneOf(id) };
		const written: Line[] = lines.map(({ matter, room }) => ({ matter, room }));
		try {
			await mail.send(letterOf(to, written, origin));
		} catch (error) {
			const tries = Math.max(...lines.map(({ waiting }) => waiting.tries));
			const wait = BACK_OFF[tries];
			await reminders.sent(ids, wait === undefined ? 'failed' : 'waiting', now() + (wait ?? 0));
			// The mail server's answer may hold the address.
			const code = codeOf(error);
			log.warn(
				{ code, tries: tries + 1, given: wait === undefined ? 'up' : 'another try' },
				'A reminder could not be mailed'
			);
			return;
		}
		await reminders.sent(ids, 'sent', now());
		if (settings.digest === 'daily') await reminders.setDigested(id, now());
		log.info({ reminders: ids.length }, 'A reminder was mailed');
	}

	async function once(): Promise<void> {
		await collect();
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
