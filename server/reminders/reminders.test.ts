import { DatabaseSync } from 'node:sqlite';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, it } from 'vitest';
import { actions } from '#lib/blocks/actions/rules.ts';
import type { Format } from '#lib/formats/format.ts';
import { createDigest } from '../digest/digest.ts';
import { createMail } from '../identity/mail.ts';
import type { Person } from '../identity/person.ts';
import { hall, meet, registry } from '../rooms/testing.ts';
import { DEFAULTS, type ReminderSettings } from '../storage/reminder-store.ts';
import {
	digestMonday,
	digestSpan,
	hourOf,
	isDigestDue,
	isDigestDueSomewhere,
	remindAt,
	widestSpan
} from './due.ts';
import { letterOf } from './letter.ts';
import { createReminders } from './reminders.ts';

const set: Format = {
	...meet,
	name: 'set',
	blocks: { ...meet.blocks, todo: { block: 'actions', scope: 'room', name: { en: 'Promises' } } },
	always: { ...meet.always, 'todo.*': '*' }
};
const known = { formats: { set }, blocks: { ...registry.blocks, actions } };
const NOON = Date.UTC(2026, 4, 11, 12);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
	for (const end of ends.splice(0).reverse()) await end();
});

/** A mail server that speaks SMTP on a port of its own. `refuse`: so many mails are refused first. */
async function mailServer(refuse = 0) {
	const got: { to: string[]; text: string }[] = [];
	let left = refuse;
	const options: SMTPServerOptions = {
		authOptional: true,
		disabledCommands: ['STARTTLS'],
		onData(stream, session, done) {
			const parts: Buffer[] = [];
			stream.on('data', (part: Buffer) => parts.push(part));
			stream.on('end', () => {
				if (left-- > 0) return done(Object.assign(new Error('Try again later.'), { responseCode: 451 }));
				const text = Buffer.concat(parts).toString();
				got.push({ to: session.envelope.rcptTo.map(({ address }) => address), text });
				done();
			});
		}
	};
	const server = new SMTPServer(options);
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', () => listening()));
	ends.push(() => new Promise<void>((closed) => server.close(() => closed())));
	const { port } = server.server.address() as AddressInfo;
	return { got, url: `smtp://127.0.0.1:${port}` };
}

async function office(url: string, database = new DatabaseSync(':memory:'), clock = { now: NOON }) {
	const chance = { ahead: 0, now: () => clock.now, id: () => crypto.randomUUID(), random: () => 0.5 };
	const house = await hall(database, chance, { known, tick: 0 });
	ends.push(() => house.rooms.close());
	const logged: string[] = [];
	const note = (fields: object, message: string) => void logged.push(JSON.stringify({ ...fields, message }));
	const people = new Map<string, Person>();
	const person = (id: string, more: Partial<Person> = {}) =>
		people.set(id, {
			id,
			name: id.toUpperCase(),
			account: true,
			email: `${id}@example.com`,
			locale: null,
			...more
		});
	for (const id of ['hedda', 'tom', 'ida']) person(id);
	const mail = createMail({ smtp: { url, from: 'Peerloom <peerloom@example.com>' } }, () => clock.now);
	const reminders = createReminders({
		store: house.store,
		digest: createDigest({ store: house.store.digest, registry: known }),
		mail,
		origin: 'https://learn.example.com',
		person: async (id) => people.get(id) ?? null,
		zoneOf: () => 'Europe/Berlin',
		now: () => clock.now,
		log: { info: note, warn: note, error: note },
		every: null
	});
	ends.push(() => reminders.close());
	const wants = (id: string, more: Partial<ReminderSettings>) =>
		house.store.reminders.set(id, { ...DEFAULTS, ...more });
	return { house, clock, reminders, mail, logged, people, person, wants };
}

/** As it is read: lines that were folded and letters that were encoded for the way. */
function readable(mail: string): string {
	const [head = '', ...body] = mail.split('\r\n\r\n');
	const text = body.join('\n\n');
	const plain = /quoted-printable/i.test(head)
		? Buffer.from(
				text
					.replaceAll(/=\r?\n/g, '')
					.replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
				'latin1'
			).toString('utf8')
		: /base64/i.test(head)
			? Buffer.from(text, 'base64').toString('utf8')
			: text;
	return `${head}\n\n${plain}`;
}

describe('a mail', () => {
	it('says the room, what sort of thing and the person’s own words, and how to turn it off', async () => {
		const server = await mailServer();
		const { house, clock, reminders, wants } = await office(server.url);
		await wants('tom', { often: 'once' });
		const room = await house.open({ format: 'set', title: 'Lending Ops\r\nBcc: all@example.com' });
		await room.join('tom');
		await room.must('hedda', 'pad.whisper', { text: 'The secret of Hedda' });
		await room.must('tom', 'todo.add', { text: 'Ask three brokers', due: '2026-05-12' });
		await reminders.run();
		expect(server.got).toEqual([]);
		clock.now = Date.UTC(2026, 4, 12, 6, 30);
		await reminders.run();
		expect(server.got).toHaveLength(1);
		const text = readable(server.got[0]!.text);
		expect(server.got[0]!.to).toEqual(['tom@example.com']);
		expect(text).toContain('Ask three brokers');
		expect(text).toContain('Lending Ops');
		expect(text).toContain('https://learn.example.com/week');
		expect(text).toContain('https://learn.example.com/account#reminders');
		expect(text).toMatch(/^list-unsubscribe: <https:\/\/learn\.example\.com\/account#reminders>/im);
		expect(text).toMatch(/^auto-submitted: auto-generated/im);
		expect(text).not.toContain('secret of Hedda');
		expect(text).not.toMatch(/^bcc:/im);
		expect(text).not.toContain('hedda@');
	});

	it('comes once, over restarts and over a crash while it is on its way', async () => {
		const server = await mailServer();
		const database = new DatabaseSync(':memory:');
		const first = await office(server.url, database);
		await first.wants('tom', { often: 'once' });
		const room = await first.house.open({ format: 'set' });
		await room.join('tom');
		await room.must('tom', 'todo.add', { text: 'Ask three brokers', due: '2026-05-11' });
		await first.reminders.run();
		await first.reminders.run();
		expect(server.got).toHaveLength(1);
		const again = await office(server.url, database);
		await again.reminders.run();
		expect(server.got).toHaveLength(1);
		// handed over, and the process was gone before it heard whether it was taken
		await room.must('tom', 'todo.add', { text: 'Ask four', due: '2026-05-11' });
		const store = first.house.store.reminders;
		const row = { person: 'tom', room: room.id, instance: 'todo', at: NOON, shown: true, next: NOON };
		const all = await first.house.store.mattersOf('tom');
		const { id: matter } = all.find(({ said }) => said === 'Ask four')!;
		await store.add([{ ...row, matter, mail: 'waiting' }]);
		expect(await store.take('tom', NOON)).toHaveLength(1);
		await again.reminders.run();
		expect(server.got).toHaveLength(1);
	});

	it('is tried again a few times, further and further apart, and logged without an address', async () => {
		const server = await mailServer(2);
		const { house, clock, reminders, mail, logged, wants } = await office(server.url);
		await wants('tom', { often: 'once' });
		const room = await house.open({ format: 'set' });
		await room.join('tom');
		await room.must('tom', 'todo.add', { text: 'Ask three brokers', due: '2026-05-11' });
		await reminders.run();
		await reminders.run();
		expect(server.got).toHaveLength(0);
		expect(logged).toHaveLength(1);
		expect(mail!.trouble).toEqual({ since: NOON, code: 'EMESSAGE 451' });
		clock.now += 2 * MINUTE;
		await reminders.run();
		expect(mail!.trouble).toMatchObject({ since: NOON });
		expect(logged).toHaveLength(2);
		clock.now += 4 * MINUTE;
		await reminders.run();
		expect(server.got).toHaveLength(0);
		clock.now += 2 * MINUTE;
		await reminders.run();
		expect(server.got).toHaveLength(1);
		expect(mail!.trouble).toBeNull();
		expect(logged.join()).not.toContain('@');
	});

	it('does not come from a demo room, nor does a reminder', async () => {
		const server = await mailServer();
		const { house, reminders, wants } = await office(server.url);
		await wants('tom', { often: 'once' });
		const room = await house.open({ format: 'set' }, { ago: 0 });
		await room.join('tom');
		await room.must('tom', 'todo.add', { text: 'Ask an invented broker', due: '2026-05-11' });
		await reminders.run();
		expect(server.got).toEqual([]);
		expect(await house.store.reminders.shown('tom', 10)).toEqual([]);
	});

	it('is given up where the mail server never takes it', async () => {
		const { house, clock, reminders, logged, wants } = await office('smtp://127.0.0.1:9');
		await wants('tom', { often: 'once' });
		const room = await house.open({ format: 'set' });
		await room.join('tom');
		await room.must('tom', 'todo.add', { text: 'Ask three brokers', due: '2026-05-11' });
		for (let hour = 0; hour < 30; hour++) {
			await reminders.run();
			clock.now += 60 * MINUTE;
		}
		expect(logged).toHaveLength(6);
		expect(logged.at(-1)).toContain('up');
	});

	it('carries a day’s reminders together, in the morning, in the reader’s language', async () => {
		const server = await mailServer();
		const { house, clock, reminders, person } = await office(server.url);
		person('tom', { locale: 'de' });
		const room = await house.open({ format: 'set' });
		await room.join('tom');
		await room.must('tom', 'todo.add', { text: 'Drei Makler fragen', due: '2026-05-11' });
		await room.must('tom', 'todo.add', { text: 'Vier Makler fragen', due: '2026-05-11' });
		await reminders.run();
		expect(server.got).toHaveLength(1);
		const text = readable(server.got[0]!.text);
		expect(text).toContain('Drei Makler fragen');
		expect(text).toContain('Vier Makler fragen');
		expect(text).toContain('2 Erinnerungen');
		expect(text).toContain('fällig Montag');
		// what comes later on that day waits for the next morning
		await room.must('tom', 'todo.add', { text: 'Noch einer', due: '2026-05-11' });
		clock.now += 60 * MINUTE;
		await reminders.run();
		expect(server.got).toHaveLength(1);
		clock.now = Date.UTC(2026, 4, 12, 6, 1);
		await reminders.run();
		expect(server.got).toHaveLength(2);
	});

	it('does not come for what was settled, left or turned off before it went out, nor without an address', async () => {
		const server = await mailServer();
		const { house, clock, reminders, person, wants } = await office(server.url);
		person('ida', { account: false, email: null });
		const room = await house.open({ format: 'set' });
		for (const id of ['tom', 'ida']) await room.join(id);
		clock.now = Date.UTC(2026, 4, 11, 3);
		for (const id of ['tom', 'ida', 'hedda'])
			await room.must(id, 'todo.add', { text: `The step of ${id}`, due: '2026-05-10' });
		await reminders.run();
		await room.must('hedda', 'roster.remove', { person: 'tom' });
		await wants('hedda', { mail: { ...DEFAULTS.mail, promised: false } });
		clock.now = Date.UTC(2026, 4, 11, 7);
		await reminders.run();
		expect(server.got).toEqual([]);
		expect(await house.store.reminders.unseen('ida')).toBe(1);
		expect(await house.store.reminders.unseen('tom')).toBe(0);
	});
});

describe('in the app', () => {
	it('a reminder is new until it was seen, and gone when the thing is settled', async () => {
		const server = await mailServer();
		const { house, reminders, wants } = await office(server.url);
		const room = await house.open({ format: 'set' });
		await room.join('tom');
		await wants('hedda', { app: { promised: false, answer: true, coming: true } });
		await room.must('hedda', 'todo.add', { text: 'Mine', due: '2026-05-11' });
		await room.must('tom', 'todo.add', { text: 'Ask three brokers', due: '2026-05-11' });
		await reminders.run();
		const store = house.store.reminders;
		expect(await store.unseen('hedda')).toBe(0);
		expect(await store.unseen('tom')).toBe(1);
		expect(await store.shown('tom', 10)).toMatchObject([
			{ seen: false, matter: { said: 'Ask three brokers', kind: 'promised' } }
		]);
		await store.see('tom', NOON);
		expect(await store.unseen('tom')).toBe(0);
		const [one] = await store.shown('tom', 10);
		await room.must('tom', 'todo.done', { id: one!.matter.item });
		expect(await store.shown('tom', 10)).toEqual([]);
		await store.set('tom', { ...DEFAULTS, often: 'once' });
		expect((await store.settings('tom')).often).toBe('once');
		expect(await store.settings('nobody')).toEqual(DEFAULTS);
	});
});

it('a mail calls something that is told days before by its own day, and by no other', () => {
	const to = { name: 'Tom', email: 'tom@example.com', locale: 'en', zone: null };
	const text = { en: 'On 26 May this room is deleted' };
	const matter = { text, said: null, when: { day: '2026-05-12', by: '2026-05-26' } };
	const letter = letterOf(to, [{ room: 'Tea', matter }], 'https://example.com');
	expect(letter.text).toMatch(/due Tuesday,? 26 May 2026/);
	expect(letter.text).not.toContain('12 May');
});

describe('the time of a reminder', () => {
	const matter = { id: 'a', person: 'p', text: { en: '' }, said: null, item: null, since: NOON };

	it('is the morning of the day, where the person is, before and after the clocks change', () => {
		const of = (day: string, zone: string | null) =>
			new Date(remindAt({ ...matter, kind: 'promised', when: { day } }, zone)!).toISOString();
		expect(of('2026-03-28', 'Europe/Berlin')).toBe('2026-03-28T07:00:00.000Z');
		expect(of('2026-03-30', 'Europe/Berlin')).toBe('2026-03-30T06:00:00.000Z');
		expect(of('2026-05-11', null)).toBe('2026-05-11T08:00:00.000Z');
		expect(of('2026-05-11', 'Nowhere/Land')).toBe('2026-05-11T08:00:00.000Z');
		expect(hourOf('2026-05-11', 8, 'Pacific/Kiritimati')).toBe(Date.UTC(2026, 4, 10, 18));
	});

	it('of a week’s digest is its Monday from the morning on, until Wednesday, wherever somebody is', () => {
		const monday = '2026-03-30';
		const dueIn = (zone: string | null) => {
			const hours = Array.from({ length: 24 * 9 }, (_, hour) => Date.UTC(2026, 2, 28, hour));
			const due = hours.filter((now) => digestMonday(now) === monday && isDigestDue(monday, zone, now));
			expect(due.every((now) => isDigestDueSomewhere(monday, now))).toBe(true);
			return due.map((now) => new Date(now).toISOString().slice(0, 13));
		};
		for (const [zone, first, last] of [
			['Pacific/Kiritimati', '2026-03-29T18', '2026-03-31T17'],
			['Europe/Berlin', '2026-03-30T06', '2026-04-01T05'],
			[null, '2026-03-30T08', '2026-04-01T07'],
			['Etc/GMT+12', '2026-03-30T20', '2026-04-01T19']
		] as const) {
			const due = dueIn(zone);
			expect([due[0], due.at(-1), due.length], `${zone}`).toEqual([first, last, 48]);
			const { from, to } = digestSpan(monday, zone);
			expect(widestSpan(monday).from).toBeLessThanOrEqual(from);
			expect(widestSpan(monday).to).toBeGreaterThanOrEqual(to);
		}
		// the week in which the clocks changed is an hour shorter
		const { from, to } = digestSpan(monday, 'Europe/Berlin');
		expect((to - from) / (60 * MINUTE)).toBe(7 * 24 - 1);
	});

	it('is an hour before what begins, a day after a question, and never for what has begun or waits for others', () => {
		const at = NOON + DAY;
		expect(remindAt({ ...matter, kind: 'coming', when: { at } }, null)).toBe(at - 60 * MINUTE);
		expect(remindAt({ ...matter, kind: 'coming', when: { at: NOON - 1 } }, null)).toBeNull();
		expect(remindAt({ ...matter, kind: 'answer', when: null }, null)).toBe(NOON + DAY);
		expect(remindAt({ ...matter, kind: 'promised', when: null }, null)).toBeNull();
		expect(remindAt({ ...matter, kind: 'awaited', when: { at } }, null)).toBeNull();
	});
});
