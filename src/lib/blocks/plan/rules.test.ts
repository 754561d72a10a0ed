import { describe, expect, it } from 'vitest';
import { startOf } from '../days.ts';
import { harness } from '../testing.ts';
import type { Item, PlanRecord } from './model.ts';
import { plan } from './rules.ts';

const settings = {
	phases: [
		{ id: 'P1', from: 1 },
		{ id: 'P2', from: 8 },
		{ id: 'P3', from: 31 }
	],
	template: [
		{ phase: 'P1', text: { en: 'Badge', de: 'Ausweis' }, owner: 'mentee', day: 1, group: 'access' },
		{ phase: 'P1', text: { en: 'Pulse', de: 'Puls' }, owner: 'mentee', day: 7, tag: 'day7' },
		{ phase: 'P2', text: { en: 'Introduce', de: 'Vorstellen' }, owner: 'mentor', day: 12 }
	],
	groups: { access: { en: 'Access' } },
	editors: ['mentor'],
	helper: 'mentor',
	told: ['manager']
};

function room() {
	const h = harness<PlanRecord>(plan, settings, { nia: 'mentee', omar: 'mentor', mara: 'manager' }, [
		'mentor'
	]);
	h.scene.phase = 'P0';
	return {
		...h,
		items: () => Object.values(h.record().items),
		item: (text: string): Item => Object.values(h.record().items).find((one) => one.text === text)!
	};
}
const begun = () => {
	const h = room();
	h.must('omar', 'begin', { day: '2026-05-04' });
	return h;
};

describe('a plan', () => {
	it('begins with the template, in the words of whoever begins, with days that count from the first', () => {
		const h = begun();
		expect(h.items().map(({ text, due, owner }) => [text, due, owner])).toEqual([
			['Badge', '2026-05-04', 'mentee'],
			['Pulse', '2026-05-10', 'mentee'],
			['Introduce', '2026-05-15', 'mentor']
		]);
		const german = room();
		german.must('omar', 'begin', { day: '2026-05-04', language: 'de' });
		expect(german.items()[0]?.text).toBe('Ausweis');
		expect(room().run('omar', 'begin', { day: '2026-02-30' })).toMatchObject({ error: { field: 'day' } });
		expect(room().run('omar', 'add', { text: 'a' })).toMatchObject({ error: { code: 'not_begun' } });
	});

	it('moves with the first day, but for what is done', () => {
		const h = begun();
		h.must('nia', 'tick', { id: h.item('Badge').id });
		h.must('omar', 'begin', { day: '2026-05-11' });
		expect(h.items().map(({ due }) => due)).toEqual(['2026-05-04', '2026-05-17', '2026-05-22']);
	});

	it('is ticked by those whose items they are', () => {
		const h = begun();
		const badge = h.item('Badge').id;
		expect(h.run('omar', 'tick', { id: badge })).toMatchObject({ error: { code: 'not_yours' } });
		h.must('nia', 'tick', { id: badge });
		expect(h.facts()).toEqual({ items: 3, done: 1, begun: true });
		h.must('nia', 'tick', { id: badge, done: false });
		expect(h.facts()).toMatchObject({ done: 0 });
		expect(h.run('nia', 'tick', { id: 'x' })).toMatchObject({ error: { code: 'gone', field: 'id' } });
	});

	it('takes items, changes and drops, and refuses what it does not know', () => {
		const h = begun();
		const { id } = h.must('omar', 'add', {
			text: 'Read',
			phase: 'P2',
			owner: 'mentee',
			due: '2026-05-20'
		}) as {
			id: string;
		};
		for (const [field, wrong] of [
			['phase', { phase: 'P9' }],
			['owner', { owner: 'manager' }],
			['owner', { owner: 'nobody' }],
			['due', { due: 'soon' }],
			['text', { text: ' ' }]
		] as const)
			expect(h.run('omar', 'edit', { id, ...wrong }), field).toMatchObject({ error: { field } });
		h.must('omar', 'edit', { id, text: 'Read two', due: null });
		expect(h.item('Read two').due).toBeNull();
		h.must('omar', 'drop', { id });
		expect(h.items()).toHaveLength(3);
		expect(h.run('omar', 'edit', { id, text: 'a' })).toMatchObject({ error: { code: 'gone' } });
		h.must('omar', 'restore', { id });
		expect(h.run('omar', 'restore', { id })).toMatchObject({ error: { code: 'gone' } });
		expect(h.emitted.filter(({ event }) => event === 'changed')).toHaveLength(2);
	});

	it('gets what somebody is stuck on, and a tick for what was done elsewhere', () => {
		const h = begun();
		h.must('server', 'raise', { text: ' ', from: 'pulse' });
		h.must('server', 'raise', { text: 'two escalation routes', from: 'pulse' });
		expect(h.item('two escalation routes')).toMatchObject({
			owner: 'mentor',
			due: '2026-05-07',
			from: 'pulse'
		});
		h.must('server', 'settle', { tag: 'day7' });
		h.must('server', 'settle', {});
		expect(h.items().filter(({ done }) => done !== null)).toMatchObject([{ text: 'Pulse' }]);
	});

	it('opens its phases on their days, and leads nobody back', () => {
		const h = begun();
		expect(h.due()).toEqual({ at: startOf('2026-05-04'), verb: 'reach', payload: {} });
		expect(h.run('server', 'reach')).toMatchObject({ error: { code: 'not_yet' } });
		h.clock.now = startOf('2026-05-04');
		h.must('server', 'reach');
		expect(h.emitted.at(-1)).toEqual({ event: 'reached', data: { phase: 'P1' } });
		h.scene.phase = 'P3';
		h.clock.now = startOf('2026-06-30');
		h.must('server', 'reach');
		h.must('server', 'reach');
		expect(h.emitted.filter(({ event }) => event === 'reached')).toHaveLength(1);
		expect(h.due()).toBeNull();
	});

	it('leads nobody anywhere once it has ended', () => {
		const h = begun();
		h.must('server', 'close');
		expect(h.due()).toBeNull();
		expect(h.ledger()).toEqual([]);
		h.must('omar', 'begin', { day: '2026-09-01' });
		expect(h.due()).toMatchObject({ at: startOf('2026-09-01') });
	});

	it('is found by those whose it is, with the day; whoever is told hears figures alone', () => {
		const h = begun();
		expect(h.ledger()[0]).toMatchObject({
			kind: 'action',
			person: 'nia',
			state: 'open',
			due: '2026-05-04',
			text: 'Badge'
		});
		expect(h.matters()[0]).toMatchObject({
			person: 'nia',
			kind: 'promised',
			said: 'Badge',
			when: { day: '2026-05-04' },
			quick: [{ verb: 'tick' }]
		});
		expect(h.own('mara')).toEqual({ told: { done: 0, of: 3, day: '2026-05-04' } });
		expect(h.own('nia')).toEqual({ told: null });
		h.touched.clear();
		h.must('nia', 'tick', { id: h.item('Badge').id });
		expect([...h.touched]).toEqual(['mara']);
	});
});
