/** Dates with seats, through a real server: many at once, calendar files for those who may read them, who came. */
import ICAL from 'ical.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SlotsOwn, SlotsRecord } from '#lib/blocks/slots/model.ts';
import { ask, command, createRoom, guest, join, must, type Guest } from '../support/api.ts';
import { live } from '../support/live.ts';
import { startServer, type Server } from '../support/server.ts';
import { sync } from '../support/sync.ts';
import { until } from '../support/until.ts';

const HOUR = 3_600_000;
const TITLE = 'Reading a P&L; margin, cash\nand 🍜\r\nATTENDEE:mailto:x@example.org';

let server: Server;
let ines: Guest;
let crowd: Guest[];
let room: string;

beforeAll(async () => {
	server = await startServer({ env: { LIMITS: 'off' } });
	ines = await guest(server.origin, 'Ines');
	const made = await createRoom(ines, { title: 'Lunch & Learn Berlin', format: 'lunch-and-learn' });
	room = made.room.id;
	crowd = await Promise.all(
		Array.from({ length: 12 }, async (_, index) => {
			const one = await guest(server.origin, `Colleague ${index}`);
			await join(one, made.room.code);
			return one;
		})
	);
});
afterAll(() => server?.close());

async function opened(more: object = {}): Promise<string> {
	const at = Math.floor(Date.now() / 60_000) * 60_000 + 2 * HOUR;
	const made = await must<{ slots: string[] }>(ines, room, 'slots.open', { at, capacity: 5, ...more });
	return made.slots[0]!;
}

const calendar = (by: Guest, slot: string) =>
	ask(server.origin, `/api/rooms/${room}/calendar/${slot}.ics`, { token: by.token });

async function event(by: Guest, slot: string): Promise<ICAL.Event> {
	const file = ICAL.Component.fromString(await (await calendar(by, slot)).text());
	return new ICAL.Event(file.getFirstSubcomponent('vevent') ?? undefined);
}

describe('dates with seats', () => {
	let slot: string;

	it('when two take a date at the same moment, one has it and the other is told who', async () => {
		slot = await opened({ place: 'Canteen' });
		const answers = await Promise.all(
			crowd.slice(0, 4).map((one) => command(one, room, 'slots.claim', { slot, title: TITLE }))
		);
		expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
		for (const answer of answers) if (!answer.ok) expect(answer.error.code).toBe('claimed');
	});

	it('when twelve sign up at the same moment, five have a seat and seven wait', async () => {
		const answers = await Promise.all(
			crowd.map((one) => must<{ is: string }>(one, room, 'slots.signUp', { slot }))
		);
		expect(answers.filter(({ is }) => is === 'seat')).toHaveLength(5);
		expect(answers.filter(({ is }) => is === 'waiting')).toHaveLength(7);
	});

	it('a seat that is given up is the next one’s, who hears of it at once', async () => {
		const lines = await Promise.all(crowd.map((one) => live(server.origin, one.token)));
		await Promise.all(lines.map((line) => line.enter(room)));
		const own = await Promise.all(
			lines.map((line) =>
				line.hear<{ is: string; own: { slots: SlotsOwn } }>('message', ({ is }) => is === 'own')
			)
		);
		const seats = own.map((one) => one.own.slots.seats[slot]!);
		const first = seats.findIndex(({ is, ahead }) => is === 'waiting' && ahead === 0);
		await must(crowd[seats.findIndex(({ is }) => is === 'seat')]!, room, 'slots.giveUp', { slot });
		const heard = await lines[first]!.hear<{ is: string; own?: { slots: SlotsOwn } }>(
			'message',
			({ own }) => own?.slots.seats[slot]?.is === 'seat'
		);
		expect(heard.own!.slots.notices.map(({ what }) => what)).toEqual(['up']);
		for (const line of lines) line.close();
	});

	it('gives a calendar file to who is in the room, and to nobody else', async () => {
		const file = await calendar(crowd[0]!, slot);
		expect(file.status).toBe(200);
		expect(file.headers.get('content-type')).toBe('text/calendar; charset=utf-8; method=PUBLISH');
		expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="[a-z0-9-]+\.ics"$/);
		const stranger = await guest(server.origin, 'Somebody');
		expect((await calendar(stranger, slot)).status).toBe(404);
		expect((await ask(server.origin, `/api/rooms/${room}/calendar/${slot}.ics`)).status).toBe(401);
		for (const wrong of ['nothing', '..%2f..', '%0d%0aset-cookie:x'])
			expect((await calendar(crowd[0]!, wrong)).status).toBe(404);
		expect((await ask(server.origin, `/api/rooms/${room}/calendar`, { token: stranger.token })).status).toBe(
			404
		);
		const all = await ask(server.origin, `/api/rooms/${room}/calendar`, { token: crowd[11]!.token });
		expect((await all.text()).match(/BEGIN:VEVENT/g)).toHaveLength(1);
	});

	it('says in it what somebody wrote as one line, and nothing of its own', async () => {
		const told = await event(crowd[0]!, slot);
		expect(told.summary).toBe(`${TITLE.replaceAll(/\s+/g, ' ')} (Lunch & Learn Berlin)`);
		expect(told.attendees).toEqual([]);
		expect(told.location).toBe('Canteen');
	});

	it('moves the entry with the date and strikes it when it is called off', async () => {
		const before = await event(crowd[0]!, slot);
		await must(ines, room, 'slots.change', { slot, at: Date.now() + 26 * HOUR });
		const moved = await event(crowd[0]!, slot);
		expect(moved.uid).toBe(before.uid);
		expect(moved.sequence).toBeGreaterThan(before.sequence);
		expect(moved.startDate.toJSDate().getTime()).toBeGreaterThan(before.startDate.toJSDate().getTime());
		await must(ines, room, 'slots.cancel', { slot, reason: 'Ill.' });
		const gone = await event(crowd[0]!, slot);
		expect(gone.sequence).toBeGreaterThan(moved.sequence);
		expect(gone.component.getFirstPropertyValue('status')).toBe('CANCELLED');
	});

	it('counts who is connected when the meeting is on, and publishes nobody’s name', async () => {
		const next = await opened();
		for (const one of crowd.slice(0, 4)) await must(one, room, 'slots.signUp', { slot: next });
		const early = await live(server.origin, crowd[0]!.token);
		await early.enter(room);
		const record = sync(server.origin, room, 'm1/record', crowd[3]!.token);
		await record.ready();
		const now = (record.doc.getMap('agenda').get('now/current') as { run: string }).run;
		await must(ines, room, 'agenda.start', { expects: now });
		// somebody comes late, and twice; somebody comes without having signed up
		const late = await Promise.all([1, 1, 8].map((index) => live(server.origin, crowd[index]!.token)));
		for (const line of late) await line.enter(room);
		const shown = () =>
			record.doc.getMap('slots').get(`slots/${next}`) as SlotsRecord['slots'][string] | undefined;
		await until(
			() => shown()?.attended?.came === 2 && shown()?.attended?.more === 1,
			'two of four, and one more, are counted',
			60_000
		);
		expect(shown()!.attended).toEqual({ signed: 4, came: 2, more: 1 });
		expect(JSON.stringify(record.doc.getMap('slots').toJSON())).not.toContain(crowd[1]!.person.id);
		for (const line of [early, ...late]) line.close();
		record.close();
	});
});
