import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import type { Json } from '../block.ts';
import type { Tables } from '../block.ts';
import { harness } from '../testing.ts';
import type { ActionsOwn, ActionsRecord } from './model.ts';
import { actions } from './rules.ts';

const PEOPLE = { ruth: 'coach', priya: 'presenter', tom: 'member', marek: 'member', wim: 'sponsor' };

function room(settings: Json = {}) {
	const h = harness<ActionsRecord, Tables, ActionsOwn>(actions, settings, PEOPLE, ['coach']);
	return {
		...h,
		get state() {
			return h.state;
		},
		add: (by: string, text: string, more: { [key: string]: Json } = {}) =>
			(h.must(by, 'add', { text, ...more }) as { id: string }).id,
		next() {
			h.nextMeeting('room');
			h.must('server', 'startReview');
		}
	};
}

const checklist = {
	text: 'A one-page checklist with two underwriters on 20 files',
	due: '2026-05-14',
	evidence: 'Fewer than 3 re-requests per file'
};

describe('promising', () => {
	it('keeps owner, first step, day and evidence, and puts them in the ledger', () => {
		const h = room();
		const { id } = h.must('priya', 'add', checklist) as { id: string };
		expect(h.record().actions[id]).toMatchObject({
			...checklist,
			owner: 'priya',
			name: 'priya',
			state: 'open',
			meeting: 1
		});
		expect(h.ledger()).toMatchObject([
			{ id, kind: 'action', person: 'priya', state: 'open', due: '2026-05-14', text: checklist.text }
		]);
		expect(h.emitted).toMatchObject([{ event: 'added', data: { owner: 'priya' } }]);
	});

	it.each([
		[{ text: '  ' }, 'invalid', 'text'],
		[{ text: 'x'.repeat(281) }, 'invalid', 'text'],
		[{ text: 'a', due: '2026-02-30' }, 'invalid', 'due'],
		[{ text: 'a', evidence: 'x'.repeat(281) }, 'invalid', 'evidence'],
		[{ text: 'a', owner: 'tom' }, 'not_yours', 'owner']
	])('refuses %j', (payload, code, field) => {
		expect(room().run('priya', 'add', payload)).toMatchObject({ error: { code, field } });
	});

	it('for somebody else needs a role that may, and a person who is there', () => {
		const h = room({ assigners: ['coach'] });
		expect(h.run('ruth', 'add', { text: 'a', owner: 'tom' }).ok).toBe(true);
		expect(h.run('ruth', 'add', { text: 'a', owner: 'gone' })).toMatchObject({ error: { code: 'gone' } });
	});

	it('needs a day where the format says so', () => {
		const h = room({ dated: true });
		expect(h.run('priya', 'add', { text: 'a' })).toMatchObject({ error: { code: 'no_date', field: 'due' } });
		const id = h.add('priya', 'a', { due: '2026-05-14' });
		expect(h.run('priya', 'edit', { id, due: null })).toMatchObject({ error: { code: 'no_date' } });
	});

	it('can be wired from another block, which says whose it is', () => {
		const h = room();
		expect(h.run('server', 'add', { text: 'a' })).toMatchObject({ error: { code: 'no_owner' } });
		const id = (h.must('server', 'add', { text: 'a', owner: 'tom', from: 'tryit' }) as { id: string }).id;
		expect(h.record().actions[id]).toMatchObject({ owner: 'tom', from: 'tryit' });
	});
});

describe('an owner', () => {
	it('is the only one who changes, ticks or drops the action', () => {
		const h = room();
		const id = h.add('priya', 'a');
		for (const [verb, payload] of [
			['edit', { id, text: 'b' }],
			['done', { id }],
			['drop', { id }],
			['reopen', { id }]
		] as const)
			expect(h.run('tom', verb, payload)).toMatchObject({
				error: { code: 'not_yours', message: 'Only priya can change this action.' }
			});
		h.must('priya', 'edit', { id, text: 'b', due: '2026-06-01', evidence: 'seen' });
		expect(h.record().actions[id]).toMatchObject({ text: 'b', due: '2026-06-01', evidence: 'seen' });
	});

	it('may be helped by the roles that the format names', () => {
		const h = room({ editors: ['coach'] });
		const id = h.add('priya', 'a');
		expect(h.run('ruth', 'done', { id }).ok).toBe(true);
	});

	it('ticks, and takes the tick away', () => {
		const h = room();
		const id = h.add('tom', 'a');
		h.must('tom', 'done', { id, learned: 'half the wait is re-keying' });
		h.must('tom', 'done', { id });
		expect(h.record().actions[id]).toMatchObject({ state: 'done', learned: 'half the wait is re-keying' });
		expect(h.facts()).toMatchObject({ open: 0, done: 1 });
		expect(h.emitted.filter(({ event }) => event === 'done')).toHaveLength(1);
		h.must('tom', 'done', { id, done: false });
		expect(h.record().actions[id]).toMatchObject({ state: 'open', settled: null });
		expect(h.run('tom', 'reopen', { id })).toMatchObject({ error: { code: 'open' } });
	});

	it('drops it from the room and the ledger, and can undo that', () => {
		const h = room();
		const id = h.add('tom', 'a');
		h.must('tom', 'drop', { id });
		expect(h.record().actions).toEqual({});
		expect(h.ledger()).toEqual([]);
		expect(h.run('tom', 'edit', { id, text: 'b' })).toMatchObject({ error: { code: 'gone', field: 'id' } });
		expect(h.run('priya', 'reopen', { id })).toMatchObject({ error: { code: 'gone' } });
		h.must('tom', 'reopen', { id });
		expect(h.record().actions[id]?.state).toBe('open');
	});
});

describe('how sure somebody is', () => {
	const openings = { text: 'Record three openings', due: '2026-05-08', obstacle: 'No room: booked 12:30' };

	it('is asked where the format says so, and a step below it is unsure until it is smaller', () => {
		const h = room({ sure: 7 });
		expect(h.run('priya', 'add', openings)).toMatchObject({
			error: { code: 'no_confidence', field: 'confidence' }
		});
		for (const confidence of [-1, 11, 6.5])
			expect(h.run('priya', 'add', { ...openings, confidence })).toMatchObject({
				error: { code: 'invalid', field: 'confidence' }
			});
		const { id } = h.must('priya', 'add', { ...openings, confidence: 6 }) as { id: string };
		expect(h.facts()).toMatchObject({ unsure: 1 });
		h.must('priya', 'edit', { id, text: 'Record two openings', confidence: 8 });
		expect(h.facts()).toMatchObject({ unsure: 0 });
		expect(h.record().actions[id]).toMatchObject({
			text: 'Record two openings',
			will: {
				obstacle: 'No room: booked 12:30',
				confidence: 8,
				shrunk: [{ text: 'Record three openings', confidence: 6 }]
			}
		});
	});

	it('no longer matters of a step that was dropped or done', () => {
		const h = room({ sure: 7 });
		const id = h.add('priya', 'a', { confidence: 6 });
		h.must('priya', 'drop', { id });
		expect(h.facts()).toMatchObject({ unsure: 0 });
		h.must('priya', 'reopen', { id });
		h.must('priya', 'done', { id });
		expect(h.facts()).toMatchObject({ unsure: 0 });
	});

	it('is nothing that other formats keep', () => {
		const h = room();
		const id = h.add('priya', 'a', { confidence: 3 });
		h.must('priya', 'edit', { id, confidence: 4, obstacle: 'b' });
		expect(h.record().actions[id]?.will).toBeUndefined();
		expect(h.facts()).toMatchObject({ unsure: 0 });
	});
});

describe('the review', () => {
	it('asks for every action that is open from before, and is done when each has an answer', () => {
		const h = room();
		const tom = h.add('tom', 'Shadow two valuations');
		const marek = h.add('marek', 'Count re-requests for one week');
		expect(h.facts()).toMatchObject({ unreviewed: 0 });
		h.next();
		h.add('priya', 'new in this meeting');
		expect(h.facts()).toMatchObject({ toReview: 2, unreviewed: 2 });
		h.must('tom', 'review', { id: tom, outcome: 'done', learned: 'half the wait is re-keying' });
		h.must('marek', 'review', { id: marek, outcome: 'not' });
		expect(h.facts()).toMatchObject({ open: 2, done: 1, toReview: 2, unreviewed: 0 });
		expect(h.record().actions[marek]).toMatchObject({ state: 'not', settled: null });
		expect(h.record().actions[tom]).toMatchObject({ state: 'done', learned: 'half the wait is re-keying' });
	});

	it('takes up again what was not done, meeting after meeting', () => {
		const h = room();
		const id = h.add('marek', 'a');
		h.next();
		h.must('marek', 'review', { id, outcome: 'partly' });
		h.next();
		expect(h.facts()).toMatchObject({ unreviewed: 1 });
		h.must('marek', 'review', { id, outcome: 'done' });
		h.next();
		expect(h.facts()).toMatchObject({ toReview: 0, unreviewed: 0 });
		expect(Object.values(h.record().reviews).map((one) => one.outcome)).toEqual(['partly', 'done']);
	});

	it('asks what was learned where somebody ticked it between two meetings', () => {
		const h = room();
		const id = h.add('tom', 'a');
		h.nextMeeting('room');
		h.must('tom', 'done', { id });
		h.must('server', 'startReview');
		expect(h.facts()).toMatchObject({ unreviewed: 1 });
		h.must('tom', 'review', { id, outcome: 'done', learned: 'much' });
		expect(h.facts()).toMatchObject({ unreviewed: 0 });
	});

	it('can be started again without losing its answers, and an answer can be corrected', () => {
		const h = room();
		const id = h.add('tom', 'a');
		h.next();
		h.must('tom', 'review', { id, outcome: 'done' });
		h.must('server', 'startReview');
		h.must('tom', 'review', { id, outcome: 'not' });
		expect(h.facts()).toMatchObject({ open: 1, done: 0, toReview: 1, unreviewed: 0 });
	});

	it('lets nobody answer for another, but for the roles that stand in for who is away', () => {
		const h = room({ reviewers: ['coach'] });
		const id = h.add('tom', 'a');
		h.next();
		expect(h.run('marek', 'review', { id, outcome: 'done' })).toMatchObject({ error: { code: 'not_yours' } });
		expect(h.run('ruth', 'review', { id, outcome: 'not' }).ok).toBe(true);
		expect(h.run('ruth', 'edit', { id, text: 'b' })).toMatchObject({ error: { code: 'not_yours' } });
	});

	it('knows only what is in line', () => {
		const h = room();
		const id = h.add('tom', 'a');
		expect(h.run('tom', 'review', { id, outcome: 'done' })).toMatchObject({ error: { code: 'not_in_line' } });
	});

	it('waits for nothing that was dropped', () => {
		const h = room();
		const id = h.add('tom', 'a');
		h.next();
		h.must('tom', 'drop', { id });
		expect(h.facts()).toMatchObject({ unreviewed: 0 });
	});

	it('of what is due in this meeting already comes in the same meeting', () => {
		const h = room();
		h.add('tom', 'overdue', { due: '2026-04-29' });
		h.add('tom', 'later', { due: '2026-06-29' });
		h.must('server', 'startReview');
		expect(h.facts()).toMatchObject({ unreviewed: 1 });
	});
});

describe('sharing', () => {
	it('shows the role outside what owners share, and nothing else', () => {
		const h = room({ to: 'sponsor' });
		const id = h.add('priya', 'shared');
		h.add('priya', 'kept');
		expect(h.own('wim').shared).toEqual([]);
		h.must('priya', 'share', { id });
		expect(h.touched.has('wim')).toBe(true);
		expect(h.own('wim').shared.map((one) => one.text)).toEqual(['shared']);
		expect(h.own('tom').shared).toEqual([]);
		expect(h.run('tom', 'share', { id, shared: false })).toMatchObject({ error: { code: 'not_yours' } });
		h.must('priya', 'share', { id, shared: false });
		expect(h.own('wim').shared).toEqual([]);
	});

	it('needs such a role', () => {
		const h = room();
		const id = h.add('priya', 'a');
		expect(h.run('priya', 'share', { id })).toMatchObject({ error: { code: 'nobody' } });
	});
});

it('carries over what is open where actions belong to one meeting', () => {
	const h = room();
	const open = h.add('tom', 'open');
	h.must('tom', 'done', { id: h.add('tom', 'done') });
	h.nextMeeting('meeting');
	expect(Object.keys(h.record().actions)).toEqual([open]);
});

it('forgets the actions of one person with their reviews', () => {
	const h = room();
	const id = h.add('tom', 'gone');
	h.add('priya', 'stays');
	h.next();
	h.must('tom', 'review', { id, outcome: 'not' });
	const state = structuredClone(h.state) as Parameters<NonNullable<typeof actions.forget>>[0];
	actions.forget?.(state, 'tom', {});
	expect(JSON.stringify(state)).not.toContain('tom');
	expect(JSON.stringify(state)).toContain('stays');
});

it('whatever people do, every action is open, done or dropped, and the ledger has the same ones as the room', () => {
	const people = ['priya', 'tom', 'marek'] as const;
	const move = fc.record({
		by: fc.constantFrom(...people),
		verb: fc.constantFrom('add', 'done', 'undo', 'review', 'drop', 'reopen', 'next'),
		which: fc.integer({ min: 1, max: 5 }),
		outcome: fc.constantFrom('done', 'partly', 'not')
	});
	let settled = 0;
	fc.assert(
		fc.property(fc.array(move, { maxLength: 50, size: 'max' }), (moves) => {
			const h = room();
			let added = 0;
			for (const { by, verb, which, outcome } of moves) {
				const id = `id-${which}`;
				if (verb === 'next') h.next();
				else if (verb === 'add') {
					h.add(by, 'a');
					added += 1;
				} else if (verb === 'review') h.run(by, 'review', { id, outcome });
				else if (verb === 'undo') h.run(by, 'done', { id, done: false });
				else h.run(by, verb, { id });
			}
			const all = Object.values((h.state as { actions: ActionsRecord['actions'] }).actions);
			const facts = h.facts() as { open: number; done: number; unreviewed: number; toReview: number };
			const dropped = all.filter((one) => one.state === 'dropped').length;
			expect(facts.open + facts.done + dropped).toBe(added);
			expect(facts.unreviewed).toBeLessThanOrEqual(facts.toReview);
			expect(
				h
					.ledger()
					.map((row) => row.id)
					.sort()
			).toEqual(Object.keys(h.record().actions).sort());
			for (const one of all)
				expect(one.settled === null).toBe(one.state !== 'done' && one.state !== 'dropped');
			settled += facts.done;
		}),
		{ numRuns: 300 }
	);
	expect(settled).toBeGreaterThan(20);
});
