import ICAL from 'ical.js';
import { expect, it } from 'vitest';
import { actions } from '#lib/blocks/actions/rules.ts';
import type { Format } from '#lib/formats/format.ts';
import { hall, fakeChance, meet, pad, registry } from '../rooms/testing.ts';
import { createFeed } from './feed.ts';

const STARTS = Date.UTC(2026, 4, 14, 10, 15);
const lunches = {
	...pad,
	appointments: () => [
		{
			...{
				id: 's1',
				starts: STARTS,
				ends: STARTS + 2_700_000,
				title: 'Reading a P&L',
				about: '',
				place: 'Canteen'
			},
			...{ revision: 2, changed: 1, cancelled: false, people: { taking: ['tom'], waiting: ['ida'] } }
		}
	]
};
const set: Format = {
	...meet,
	name: 'set',
	blocks: { ...meet.blocks, todo: { block: 'actions', scope: 'room', name: { en: 'Promises' } } },
	always: { ...meet.always, 'todo.*': '*' }
};
const known = { formats: { set }, blocks: { ...registry.blocks, pad: lunches, actions } };
const origin = 'https://learn.example.com';

const eventsIn = (file: string) =>
	ICAL.Component.fromString(file)
		.getAllSubcomponents('vevent')
		.map((one) => new ICAL.Event(one));

it('says under a secret address what concerns its person, and nothing once the address is closed', async () => {
	const house = await hall(undefined, fakeChance(), { known });
	const feed = createFeed({ store: house.store, language: async () => 'de' });
	const room = await house.open({ format: 'set', title: 'Lending Ops' });
	for (const id of ['tom', 'ida']) await room.join(id);
	await room.must('tom', 'todo.add', { text: 'Ask three brokers', due: '2026-05-14' });
	const demo = await house.open({ format: 'set', title: 'Invented' }, { ago: 0 });
	await demo.join('tom');
	await demo.must('tom', 'todo.add', { text: 'Ask an invented broker', due: '2026-05-14' });
	const now = Date.UTC(2026, 4, 11);
	const secret = await feed.renew('tom');
	const file = (await feed.read(secret, origin, now))!;
	const events = eventsIn(file);
	const titles = events.map(({ summary }) => summary);
	expect(titles).toContain('Ask three brokers (Lending Ops)');
	expect(titles.filter((title) => title.includes('nvented'))).toEqual([]);
	expect(titles).toContain('Reading a P&L (Lending Ops)');
	const due = events.find(({ summary }) => summary.startsWith('Ask'))!;
	expect([due.startDate.isDate, due.startDate.toString()]).toEqual([true, '2026-05-14']);
	expect(file).toContain('TRANSP:TRANSPARENT');
	const lunch = events.find(({ summary }) => summary.startsWith('Reading'))!;
	expect(lunch.startDate.toJSDate().getTime()).toBe(STARTS);
	expect(lunch.sequence).toBe(2);

	const ida = eventsIn((await feed.read(await feed.renew('ida'), origin, now))!);
	expect(ida.some(({ summary }) => summary.startsWith('Ask'))).toBe(false);
	expect(ida[0]!.component.getFirstPropertyValue('status')).toBe('TENTATIVE');

	const next = await feed.renew('tom');
	expect(await feed.read(secret, origin, now)).toBeNull();
	await room.must('hedda', 'roster.remove', { person: 'tom' });
	expect(eventsIn((await feed.read(next, origin, now))!)).toEqual([]);
	await feed.revoke('tom');
	expect(await feed.read(next, origin, now)).toBeNull();
	for (const wrong of ['', 'x'.repeat(32), '../../etc/passwd', '%00'])
		expect(await feed.read(wrong, origin, now)).toBeNull();
	await house.rooms.close();
});
