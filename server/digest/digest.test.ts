import { describe, expect, it } from 'vitest';
import { blocks } from '#lib/blocks/rules.ts';
import { discussion } from '#lib/formats/discussion.ts';
import type { Format } from '#lib/formats/format.ts';
import type { Letter } from '../identity/mail.ts';
import { checkRooms } from '../operator/check-rooms.ts';
import { createReminders } from '../reminders/reminders.ts';
import { eraseFrom } from '../rooms/erasure.ts';
import { purge } from '../rooms/purging.ts';
import { hall, somebody } from '../rooms/testing.ts';
import { DEFAULTS } from '../storage/reminder-store.ts';
import { createDigest } from './digest.ts';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
/** A Thursday. */
const MEETING = Date.UTC(2026, 4, 14, 12);
const MONDAY = Date.UTC(2026, 4, 18);
const EVER = { from: 0, to: MEETING + 30 * DAY };
const TAKEAWAY = 'Ask clients before the note-taker joins.';

/** The same talk, with somebody who stands outside of it. */
const talk: Format = {
	...discussion,
	roles: {
		...discussion.roles,
		sponsor: { name: { en: 'Sponsor' }, about: { en: '' }, open: true, outside: [] }
	}
};
const registry = { formats: { discussion: talk }, blocks };

async function house() {
	const clock = { now: MEETING };
	let ids = 0;
	const chance = { ahead: 0, now: () => clock.now, id: () => `id${++ids}`, random: () => 0.5 };
	const all = await hall(undefined, chance, { known: registry, tick: 0 });
	const digest = createDigest({ store: all.store.digest, registry });
	const deps = { ...all, registry, now: () => clock.now };

	const letters: Letter[] = [];
	let refused = 0;
	const mail = {
		trouble: null,
		async send(letter: Letter) {
			// the others remind of what is due
			if (!letter.text.includes('/digest')) return;
			// long enough for another to come in between
			await new Promise((turn) => setImmediate(turn));
			if (refused-- > 0) throw Object.assign(new Error('no'), { code: 'EMESSAGE' });
			letters.push(letter);
		}
	};
	const zones: Record<string, string> = { ana: 'Europe/Berlin' };
	const locales: Record<string, string> = {};
	const log = { info() {}, warn() {}, error() {} };
	const node = () =>
		createReminders({
			...{ store: all.store, digest, mail, origin: 'https://learn.example.com', log, every: null },
			person: async (id) => ({
				...somebody(id, true),
				email: id === 'guest' ? null : `${id}@example.com`,
				locale: locales[id] ?? null
			}),
			zoneOf: (id) => zones[id] ?? null,
			now: () => clock.now
		});

	/** A meeting up to its end; each of them takes something along. */
	async function meet(input: object, says: Record<string, string>, demo?: { ago: number }) {
		const room = await all.open({ format: 'discussion', ...input }, demo);
		for (const id of Object.keys(says)) if (id !== 'hedda') await room.join(id);
		await room.must('hedda', 'agenda.start', room.expects());
		for (let phase = 1; phase < 5; phase++) await room.must('hedda', 'agenda.advance', room.expects());
		for (const [id, text] of Object.entries(says))
			await room.must(id, 'takeaways.submit', { entry: { text } });
		return { ...room, end: () => room.must('hedda', 'agenda.end', room.expects()) };
	}
	const read = async (person: string) =>
		(await digest.page(person, EVER, 50)).meetings.flatMap(({ room, meeting, takeaways }) =>
			takeaways.map(({ text, data }) => `${room.title} ${meeting}: ${text} (${String(data.by ?? 'nobody')})`)
		);
	const refuse = (times: number) => (refused = times);
	return { ...all, clock, deps, digest, node, letters, zones, locales, refuse, meet, read };
}

describe('the digest of a discussion', () => {
	it('is there for everybody in the room once the meeting has ended, and for nobody else', async () => {
		const { meet, read } = await house();
		const room = await meet({ title: 'New tech Thursday' }, { ana: TAKEAWAY, hedda: 'One topic is enough.' });
		await room.join('listener', 'observer');
		await room.join('patron', 'sponsor');
		expect(await read('ana')).toEqual([]);
		await room.end();
		const all = [
			`New tech Thursday 1: ${TAKEAWAY} (ANA)`,
			'New tech Thursday 1: One topic is enough. (HEDDA)'
		];
		for (const person of ['ana', 'hedda', 'listener']) expect(await read(person), person).toEqual(all);
		for (const person of ['stranger', 'patron']) expect(await read(person), person).toEqual([]);
		await room.must('hedda', 'roster.remove', { person: 'ana' });
		expect(await read('ana')).toEqual([]);
	});

	it('names nobody where the room names nobody', async () => {
		const { meet, read, store } = await house();
		const says = { ana: TAKEAWAY, ben: 'Nothing without a pilot.', hedda: 'One topic is enough.' };
		const room = await meet({ title: 'Quiet', settings: { options: { unattributed: true } } }, says);
		expect(await store.ledger(room.id)).toEqual([]);
		await room.end();
		const told = await read('ben');
		expect(told.sort()).toEqual(
			Object.values(says)
				.map((text) => `Quiet 1: ${text} (nobody)`)
				.sort()
		);
		expect(JSON.stringify(await store.ledger(room.id))).not.toMatch(/"(ana|ben|hedda|ANA|BEN|HEDDA)"/);
	});

	it('is without those who were erased, without what its time deleted, and without a room that is gone', async () => {
		const { meet, read, deps, rooms } = await house();
		const room = await meet({ title: 'New tech' }, { ana: TAKEAWAY, ben: 'Pilots first.' });
		await room.end();
		await eraseFrom(room.room, { ids: ['ana'], names: new Set(['ANA']) }, deps);
		expect(await read('hedda')).toEqual(['New tech 1: Pilots first. (BEN)']);
		await purge(room.room, { meeting: 1, instances: ['takeaways'], documents: [] }, deps);
		expect(await read('hedda')).toEqual([]);
		const other = await meet({ title: 'Other' }, { ana: TAKEAWAY });
		await other.end();
		expect(await read('hedda')).toHaveLength(1);
		await rooms.destroy(other.id);
		expect(await read('hedda')).toEqual([]);
	});
});

describe('the mail about it', () => {
	it('comes on Monday morning, where the reader is, with numbers and titles and not a word of what was said', async () => {
		const { meet, clock, node, letters, locales } = await house();
		const room = await meet(
			{ title: 'New tech Thursday\r\nBcc: all@example.com' },
			{ ana: TAKEAWAY, hedda: 'One topic is enough.' }
		);
		await room.end();
		const more = await meet({ title: 'Lending Ops' }, { hedda: 'Half the wait is re-keying.' });
		await more.end();
		const invented = await meet({ title: 'A demo' }, { hedda: 'Said by nobody.' }, { ago: 0 });
		await invented.end();
		const reminders = node();
		const at = async (now: number) => {
			clock.now = now;
			await reminders.run();
			return letters.map(({ to }) => to);
		};
		expect(await at(MEETING + HOUR)).toEqual([]);
		expect(await at(MONDAY + 5.9 * HOUR)).toEqual([]);
		expect(await at(MONDAY + 6.1 * HOUR)).toEqual(['ana@example.com']);
		locales.hedda = 'de';
		expect(await at(MONDAY + 8.1 * HOUR)).toEqual(['ana@example.com', 'hedda@example.com']);
		const [ana, hedda] = letters;
		expect(ana).toMatchObject({
			subject: '2 takeaways from New tech Thursday Bcc: all@example.com',
			headers: { 'List-Unsubscribe': '<https://learn.example.com/account#reminders>' }
		});
		expect(ana!.text).toContain('https://learn.example.com/digest');
		expect(hedda!.subject).toBe('3 Punkte mitgenommen aus 2 Gruppen');
		expect(hedda!.text).toContain('1 Punkt mitgenommen aus Lending Ops');
		const words = JSON.stringify(letters);
		for (const secret of [TAKEAWAY, 'One topic', 're-keying', 'A demo', 'Said by'])
			expect(words).not.toContain(secret);
	});

	it('comes once, whatever else runs, stops and starts again; what was refused is tried again', async () => {
		const { database, meet, clock, node, letters, refuse } = await house();
		await (await meet({ title: 'New tech' }, { ana: TAKEAWAY })).end();
		clock.now = MONDAY + 9 * HOUR;
		const [one, two] = [node(), node()];
		refuse(1);
		await Promise.all([one.run(), two.run()]);
		await one.close();
		expect(letters).toHaveLength(1);
		clock.now += HOUR;
		await Promise.all([two.run(), node().run()]);
		await node().run();
		expect(letters.map(({ to }) => to).sort()).toEqual(['ana@example.com', 'hedda@example.com']);
		expect(checkRooms(database, registry).findings).toEqual([]);
		clock.now = MONDAY + 7 * DAY + 9 * HOUR;
		await node().run();
		expect(letters).toHaveLength(2);
	});

	it('comes to nobody who does not want it, has no address, or has nothing new, and in no other half of the week', async () => {
		const { meet, clock, node, letters, store, rooms } = await house();
		const room = await meet({ title: 'New tech' }, { ana: TAKEAWAY, ben: 'Pilots first.' });
		await room.join('guest');
		await room.end();
		for (const id of ['ana', 'hedda'])
			await store.reminders.set(id, { ...DEFAULTS, mail: { ...DEFAULTS.mail, digest: false } });
		clock.now = MONDAY + 2.5 * DAY;
		await node().run();
		expect(letters).toEqual([]);
		clock.now = MONDAY + 9 * HOUR;
		await node().run();
		expect(letters.map(({ to }) => to)).toEqual(['ben@example.com']);
		// read by all that it was for, and gone before the next one was sent
		const gone = await meet({ title: 'Gone' }, { ben: 'Pilots first.' });
		await gone.end();
		clock.now = MONDAY + 7 * DAY + 9 * HOUR;
		await rooms.destroy(gone.id);
		await node().run();
		expect(letters).toHaveLength(1);
	});
});
