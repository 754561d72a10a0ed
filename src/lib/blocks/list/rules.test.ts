import { describe, expect, it } from 'vitest';
import type { Json } from '../block.ts';
import { harness } from '../testing.ts';
import type { ListDesk, ListOwn, ListRecord } from './model.ts';
import { list } from './rules.ts';

const people = { sam: 'host', greta: 'speaker', yusuf: 'attendee', oskar: 'attendee', nadia: 'attendee' };

function room(settings: Json = {}) {
	const h = harness<ListRecord, ListDesk, ListOwn>(list, settings, people, ['host', 'speaker']);
	const code = (by: string, verb: string, payload: Json) => {
		const outcome = h.run(by, verb, payload);
		return outcome.ok ? 'ok' : outcome.error.code;
	};
	const ask = (by: string, text: string, more: { anonymous?: boolean } = {}) =>
		(h.must(by, 'submit', { text, ...more }) as { item: string }).item;
	return {
		...h,
		get state() {
			return h.state;
		},
		code,
		ask
	};
}

describe('asking', () => {
	it('shows an entry at once where nobody approves', () => {
		const r = room();
		const item = r.ask('yusuf', 'Where does my team’s cloud bill sit?');
		expect(r.record().items[item]).toMatchObject({
			askers: [{ id: 'yusuf' }],
			first: true,
			status: { is: 'open' }
		});
	});

	it('refuses what is closed, too long, wrongly signed or over the cap', () => {
		const r = room({ cap: 1, length: 10, anonymity: 'off' });
		expect(r.code('yusuf', 'submit', { text: '   ' })).toBe('invalid');
		expect(r.code('yusuf', 'submit', { text: 'a question that is long' })).toBe('too_long');
		expect(r.code('yusuf', 'submit', { text: 'why?', anonymous: true })).toBe('signed');
		const first = r.ask('yusuf', 'why?');
		expect(r.code('yusuf', 'submit', { text: 'how?' })).toBe('cap');
		r.must('yusuf', 'withdraw', { item: first });
		r.ask('yusuf', 'how?');
		r.must('sam', 'close', { what: 'asking' });
		expect(r.code('oskar', 'submit', { text: 'who?' })).toBe('closed');
		expect(room({ anonymity: 'required' }).code('yusuf', 'submit', { text: 'a', anonymous: false })).toBe(
			'unsigned'
		);
	});

	it('keeps what waits from everybody but its author and the desk', () => {
		const r = room({ moderation: true });
		const item = r.ask('yusuf', 'Who approves an accrual?');
		expect(r.record().items).toEqual({});
		expect(JSON.stringify(r.record())).not.toContain('accrual');
		expect(r.desk().items[item]).toMatchObject({ by: { id: 'yusuf' }, status: { is: 'pending' } });
		expect(r.own('yusuf').items).toHaveLength(1);
		expect(r.own('oskar').items).toHaveLength(0);
		r.must('sam', 'approve', { item });
		expect(r.record().items[item]?.text).toContain('accrual');
	});

	it('lets those who moderate ask without waiting', () => {
		const r = room({ moderation: true });
		const item = r.ask('sam', 'What is margin?');
		expect(r.record().items[item]).toBeDefined();
	});

	it('lets an author alone reword, and only what nobody has seen', () => {
		const r = room({ moderation: true });
		const item = r.ask('yusuf', 'Why?');
		expect(r.code('sam', 'reword', { item, text: 'Because' })).toBe('not_yours');
		r.must('yusuf', 'reword', { item, text: 'Why so?' });
		r.must('sam', 'approve', { item });
		expect(r.code('yusuf', 'reword', { item, text: 'Else' })).toBe('state');
		expect(r.code('oskar', 'withdraw', { item })).toBe('not_yours');
	});

	it('keeps what has been on stage', () => {
		const r = room();
		const item = r.ask('yusuf', 'Why?');
		r.must('sam', 'stage', { item, expects: null });
		expect(r.code('yusuf', 'withdraw', { item })).toBe('state');
	});
});

describe('anonymity', () => {
	it('names the author to nobody but the author', () => {
		const r = room({ moderation: true, anonymity: 'allowed' });
		const item = r.ask('yusuf', 'Is the bonus safe?', { anonymous: true });
		expect(JSON.stringify([r.record(), r.desk()])).not.toContain('yusuf');
		r.must('sam', 'return', { item, reason: 'Please leave the team out.' });
		r.must('yusuf', 'reword', { item, text: 'Is a bonus safe?' });
		r.must('sam', 'approve', { item });
		r.must('sam', 'next', { expects: null });
		r.must('sam', 'answer', { item, text: 'Yes.' });
		expect(JSON.stringify([r.record(), r.desk(), r.ledger(), r.emitted])).not.toContain('yusuf');
		expect(r.own('yusuf').items[0]).toMatchObject({ id: item, anonymous: true });
	});

	it('gives the mark of a first-time asker to signed entries only', () => {
		const r = room({ anonymity: 'allowed' });
		const unsigned = r.ask('yusuf', 'One', { anonymous: true });
		const signed = r.ask('yusuf', 'Two');
		const second = r.ask('yusuf', 'Three');
		const { items } = r.record();
		expect([items[unsigned]?.first, items[signed]?.first, items[second]?.first]).toEqual([
			false,
			true,
			false
		]);
	});

	it('tells the time of an anonymous entry to the minute only', () => {
		const r = room({ moderation: true, anonymity: 'required' });
		r.clock.now += 31_234;
		const item = r.ask('yusuf', 'One');
		expect(r.desk().items[item]!.asked % 60_000).toBe(0);
	});
});

describe('triage', () => {
	it('returns with a reason that only the author and the desk read, and takes it back reworded', () => {
		const r = room({ moderation: true });
		const item = r.ask('yusuf', 'Why did Jörg’s accruals change?');
		r.must('sam', 'return', { item, reason: 'Please leave the colleague’s name out.' });
		expect(r.own('yusuf').notices[0]).toMatchObject({ what: 'returned', by: 'sam', seen: false });
		expect(JSON.stringify(r.record())).not.toContain('colleague');
		r.must('yusuf', 'reword', { item, text: 'Why did accruals change?' });
		expect(r.desk().items[item]).toMatchObject({
			status: { is: 'pending', reworded: true },
			note: { by: 'sam' }
		});
		expect(r.own('yusuf').notices).toEqual([]);
	});

	it('returns an entry that was shown already', () => {
		const r = room();
		const item = r.ask('yusuf', 'Why?');
		r.must('sam', 'return', { item, reason: 'Which year?' });
		expect(r.record().items).toEqual({});
	});

	it('dismisses with a reason, counts it openly, and restores it where it was', () => {
		const r = room({ moderation: true });
		const item = r.ask('yusuf', 'Lunch?');
		expect(r.code('sam', 'dismiss', { item, reason: '' })).toBe('invalid');
		r.must('sam', 'dismiss', { item, reason: 'Not about figures.' });
		expect(r.record().figures.now).toMatchObject({ asked: 1, answered: 0, dismissed: 1 });
		expect(r.own('yusuf').notices[0]).toMatchObject({ what: 'dismissed', note: 'Not about figures.' });
		r.must('sam', 'restore', { item });
		expect(r.desk().items[item]?.status).toEqual({ is: 'pending', reworded: false });
		expect(r.own('yusuf').notices).toEqual([]);
	});

	it('archives and restores open and answered entries as they were', () => {
		const r = room();
		const [open, done] = [r.ask('yusuf', 'One'), r.ask('oskar', 'Two')];
		r.must('sam', 'answer', { item: done, text: 'So.' });
		for (const item of [open, done]) r.must('sam', 'archive', { item });
		expect(r.record().items).toEqual({});
		for (const item of [open, done]) r.must('sam', 'restore', { item });
		expect(r.record().items[open]?.status.is).toBe('open');
		expect(r.record().items[done]?.status).toMatchObject({ is: 'done', how: 'writing' });
	});

	it('refuses to treat what is not in that state', () => {
		const r = room({ moderation: true });
		expect(r.code('sam', 'approve', { item: 'nothing' })).toBe('gone');
		const item = r.ask('yusuf', 'One');
		r.must('sam', 'approve', { item });
		expect(r.code('sam', 'approve', { item })).toBe('state');
		expect(r.code('sam', 'restore', { item })).toBe('state');
	});

	it('holds replies of the audience back while entries wait for approval', () => {
		const r = room({ moderation: true });
		const item = r.ask('sam', 'One');
		const { reply } = r.must('yusuf', 'reply', { item, text: 'In the ledger.' }) as { reply: string };
		expect(r.record().replies).toEqual({});
		expect(r.desk().replies[reply]?.text).toBe('In the ledger.');
		r.must('sam', 'admitReply', { reply });
		expect(r.record().replies[reply]?.by.id).toBe('yusuf');
		expect(r.code('oskar', 'unreply', { reply })).toBe('not_yours');
		r.must('yusuf', 'unreply', { reply });
		expect(r.record().replies).toEqual({});
	});

	it('shows replies at once where nothing waits, and refuses them where a format has none', () => {
		const r = room();
		r.must('yusuf', 'reply', { item: r.ask('oskar', 'One'), text: 'Here.' });
		expect(Object.values(r.record().replies)).toHaveLength(1);
		const none = room({ replies: false, offers: false });
		const item = none.ask('oskar', 'One');
		expect(none.code('yusuf', 'reply', { item, text: 'a' })).toBe('off');
		expect(none.code('yusuf', 'offer', { item })).toBe('off');
	});
});

describe('merging', () => {
	it('counts every voter once, credits everybody who asked, and can be undone exactly', () => {
		const r = room({ anonymity: 'allowed' });
		const bill = r.ask('yusuf', 'Where does my cloud bill sit?');
		const aws = r.ask('nadia', 'Where is AWS?');
		const third = r.ask('oskar', 'Cloud costs?', { anonymous: true });
		for (const by of ['oskar', 'nadia']) r.must(by, 'vote', { item: bill });
		for (const by of ['nadia', 'greta']) r.must(by, 'vote', { item: aws });
		const before = r.record();
		r.must('sam', 'merge', { item: third, into: aws });
		r.must('sam', 'merge', { item: aws, into: bill });
		const merged = r.record();
		expect(Object.keys(merged.items)).toEqual([bill]);
		expect(merged.tally).toEqual({ [bill]: 3 });
		expect(merged.items[bill]).toMatchObject({
			askers: [{ id: 'yusuf' }, { id: 'nadia' }],
			unnamed: 1,
			joined: 2
		});
		expect(r.own('greta').votes).toEqual({ [bill]: 1 });
		expect(r.own('nadia').notices[0]?.what).toBe('merged');
		r.must('sam', 'unmerge', { item: aws });
		r.must('sam', 'unmerge', { item: third });
		expect(r.record()).toEqual(before);
	});

	it('does not publish words that nobody had approved', () => {
		const r = room({ moderation: true });
		const bill = r.ask('sam', 'Where does my cloud bill sit?');
		const rude = r.ask('yusuf', 'Where does Jörg hide our cloud bill?');
		r.must('sam', 'merge', { item: rude, into: bill });
		expect(JSON.stringify(r.record())).not.toContain('Jörg');
		expect(r.record().items[bill]).toMatchObject({ joined: 1, askers: [{ id: 'sam' }, { id: 'yusuf' }] });
		expect(r.desk().items[rude]?.into).toBe(bill);
		r.must('sam', 'unmerge', { item: rude });
		expect(r.desk().items[rude]?.status.is).toBe('pending');
	});

	it('tells everybody in it when it is answered', () => {
		const r = room();
		const [a, b] = [r.ask('yusuf', 'A'), r.ask('nadia', 'B')];
		r.must('sam', 'merge', { item: b, into: a });
		r.must('greta', 'answer', { item: a, text: 'In shared services.' });
		for (const person of ['yusuf', 'nadia'])
			expect(r.own(person).notices[0]).toMatchObject({ what: 'answered', note: 'In shared services.' });
	});

	it('refuses itself, what is merged already, and what is not open', () => {
		const r = room({ moderation: true });
		const [a, b, c] = [r.ask('sam', 'A'), r.ask('sam', 'B'), r.ask('yusuf', 'C')];
		expect(r.code('sam', 'merge', { item: a, into: a })).toBe('same');
		expect(r.code('sam', 'merge', { item: a, into: c })).toBe('state');
		r.must('sam', 'merge', { item: b, into: a });
		expect(r.code('sam', 'merge', { item: b, into: a })).toBe('merged');
		expect(r.code('sam', 'unmerge', { item: a })).toBe('gone');
		expect(r.code('sam', 'stage', { item: b, expects: null })).toBe('merged');
	});

	it('sets free what was merged into an entry that its author withdraws', () => {
		const r = room();
		const [a, b] = [r.ask('yusuf', 'A'), r.ask('nadia', 'B')];
		r.must('sam', 'merge', { item: b, into: a });
		r.must('yusuf', 'withdraw', { item: a });
		expect(Object.keys(r.record().items)).toEqual([b]);
	});
});

describe('votes', () => {
	it('gives and takes back one vote, however often it is sent', () => {
		const r = room();
		const item = r.ask('yusuf', 'A');
		for (let n = 0; n < 3; n++) r.must('oskar', 'vote', { item });
		expect(r.record().tally).toEqual({ [item]: 1 });
		expect(r.code('oskar', 'vote', { item, votes: 2 })).toBe('per_item');
		r.must('oskar', 'vote', { item, votes: 0 });
		expect(r.record().tally).toEqual({});
		r.must('sam', 'close', { what: 'voting' });
		expect(r.code('oskar', 'vote', { item })).toBe('closed');
		expect(r.code('sam', 'vote', { item: 'nothing' })).toBe('closed');
	});

	it('keeps a budget of dots and hides them until voting closes', () => {
		const r = room({ kind: 'topic', budget: 2, perItem: 2, hideVotes: true });
		const [a, b] = [r.ask('yusuf', 'A'), r.ask('nadia', 'B')];
		r.must('oskar', 'vote', { item: a, votes: 2 });
		expect(r.code('oskar', 'vote', { item: b })).toBe('budget');
		r.must('nadia', 'vote', { item: b });
		expect(r.own('nadia')).toMatchObject({ votes: { [b]: 1 }, left: 1 });
		expect(r.record().tally).toEqual({});
		expect(r.ledger().map((row) => row.data.votes)).toEqual([0, 0]);
		r.must('sam', 'close', { what: 'voting' });
		expect(r.record().tally).toEqual({ [a]: 2, [b]: 1 });
	});

	it('opens with the votes closed where the format says so, and has none where there are none', () => {
		const r = room({ voting: false });
		const item = r.ask('yusuf', 'A');
		expect(r.code('oskar', 'vote', { item })).toBe('closed');
		r.must('server', 'open', { what: 'voting' });
		r.must('oskar', 'vote', { item });
		const none = room({ votes: false });
		none.must('server', 'open');
		expect(none.record().flow.now?.voting).toBe(false);
	});
});

describe('the stage', () => {
	it('moves only for somebody who saw what is on it', () => {
		const r = room();
		const [a, b] = [r.ask('yusuf', 'A'), r.ask('nadia', 'B')];
		r.must('sam', 'stage', { item: a, expects: null });
		expect(r.code('greta', 'stage', { item: b, expects: null })).toBe('passed');
		expect(r.code('greta', 'next', { expects: b })).toBe('passed');
		expect(r.code('greta', 'back', { expects: b })).toBe('passed');
		r.must('greta', 'stage', { item: b, expects: a });
		expect(r.record().items[a]?.status.is).toBe('open');
	});

	it('answers and takes the next by star, pin, votes and age', () => {
		const r = room();
		const [a, b, c, d] = ['A', 'B', 'C', 'D'].map((text) => {
			r.clock.now += 1000;
			return r.ask('yusuf', text);
		}) as [string, string, string, string];
		r.must('oskar', 'vote', { item: b });
		r.must('sam', 'pin', { item: c });
		r.must('sam', 'star', { item: d });
		const order: unknown[] = [];
		let expects: string | null = null;
		for (let n = 0; n < 5; n++) {
			expects = (r.must('sam', 'next', { expects }) as { item: string | null }).item;
			order.push(expects);
		}
		expect(order).toEqual([d, c, b, a, null]);
		expect(r.record().figures.now?.answered).toBe(4);
	});

	it('lifts first-time askers when the desk says so', () => {
		const r = room();
		const old = r.ask('yusuf', 'A');
		r.must('sam', 'archive', { item: old });
		const again = r.ask('yusuf', 'B');
		const fresh = r.ask('nadia', 'C');
		r.must('oskar', 'vote', { item: again });
		r.must('sam', 'order', { by: 'first' });
		expect(r.must('sam', 'next', { expects: null })).toEqual({ item: fresh });
	});

	it('takes back, restores and answers in writing', () => {
		const r = room();
		const item = r.ask('yusuf', 'A');
		r.must('sam', 'stage', { item, expects: null });
		r.must('sam', 'back', { expects: item });
		r.must('sam', 'answer', { item });
		expect(r.code('sam', 'answer', { item })).toBe('done');
		r.must('greta', 'answer', { item, text: 'More.' });
		expect(r.record().items[item]).toMatchObject({
			status: { how: 'live' },
			answer: { text: 'More.', by: { id: 'greta' } }
		});
		r.must('sam', 'restore', { item });
		expect(r.record().items[item]?.status.is).toBe('open');
	});
});

describe('question debt', () => {
	it('is due by the date that the format names, or in a week, unless somebody says otherwise', () => {
		const r = room({ anonymity: 'allowed', dueBy: 'dates.next' });
		const day = (days: number) => new Date(r.clock.now + days * 86_400_000).toISOString().slice(0, 10);
		const due = (more: object = {}) => {
			const item = r.ask('yusuf', 'Who pays for it?');
			r.must('sam', 'assign', { item, owner: 'oskar', ...more });
			return r.record().items[item]!.due;
		};
		expect(due()).toBe(day(7));
		r.others.dates = { next: r.clock.now + 6 * 86_400_000 };
		expect(due()).toBe(day(6));
		expect(due({ due: day(3) })).toBe(day(3));
		r.others.dates = { next: r.clock.now - 60_000 };
		expect(due()).toBe(day(7));
	});

	it('is counted of what wants an answer, and of nothing else', () => {
		const sorts = ['point', 'concern'].map((value) => ({ value, text: { en: value } }));
		const r = room({ kind: 'note', sorts, owed: ['concern'] });
		for (const sort of ['point', 'point', 'concern', 'concern'])
			r.must('yusuf', 'submit', { text: `A ${sort}`, sort });
		const concern = Object.values(r.record().items).find(({ sort }) => sort === 'concern')!;
		r.must('sam', 'answer', { item: concern.id, text: 'Yes.' });
		expect(r.record().figures.now).toMatchObject({ asked: 2, answered: 1 });
	});

	it('gives what is unanswered an owner and a date, and tells the asker', () => {
		const r = room({ anonymity: 'allowed' });
		const item = r.ask('yusuf', 'A', { anonymous: true });
		expect(r.code('sam', 'assign', { item, owner: 'nobody', due: '2026-05-14' })).toBe('gone');
		expect(r.code('sam', 'assign', { item, owner: 'greta', due: 'soon' })).toBe('invalid');
		expect(r.code('sam', 'assign', { item, owner: 'greta', due: '2020-01-01' })).toBe('past');
		r.must('sam', 'assign', { item, owner: 'oskar', due: '2026-05-14' });
		expect(r.own('yusuf').notices[0]).toMatchObject({ what: 'assigned', by: 'oskar', due: '2026-05-14' });
		expect(r.ledger()[0]).toMatchObject({
			kind: 'question',
			person: 'oskar',
			state: 'unanswered',
			due: '2026-05-14'
		});
		expect(r.code('nadia', 'answer', { item, text: 'So.' })).toBe('not_yours');
		r.must('oskar', 'answer', { item, text: 'So.' });
		expect(r.ledger()[0]?.state).toBe('answered');
	});

	it('hands everything out that is nobody’s when a phase says so', () => {
		const r = room();
		const [a, b] = [r.ask('yusuf', 'A'), r.ask('nadia', 'B')];
		r.must('sam', 'assign', { item: a, owner: 'oskar', due: '2026-05-14' });
		expect(r.must('server', 'handOut', { role: 'speaker', days: 1 })).toEqual({ assigned: 1 });
		expect(r.record().items[b]).toMatchObject({ owner: { id: 'greta' }, due: '2026-05-01' });
		expect(r.must('server', 'handOut', { role: 'nobody', days: 1 })).toEqual({ assigned: 0 });
	});

	it('opens the next meeting with what was left, its votes as history', () => {
		const r = room();
		const [a, b, c] = [r.ask('yusuf', 'A'), r.ask('nadia', 'B'), r.ask('oskar', 'C')];
		r.must('sam', 'answer', { item: a });
		r.must('oskar', 'vote', { item: b });
		r.must('sam', 'merge', { item: c, into: b });
		r.nextMeeting();
		expect(Object.keys(r.record().items)).toEqual([b]);
		expect(r.record()).toMatchObject({
			tally: {},
			items: { [b]: { carried: { times: 1, votes: 1 }, joined: 1 } }
		});
		expect(r.own('yusuf').notices[0]).toMatchObject({ what: 'answered', text: 'A' });
	});
});

describe('backstage', () => {
	it('shows a message and its receipt to the desk alone', () => {
		const r = room();
		const { message } = r.must('sam', 'tell', { text: 'Two more after this one.' }) as { message: string };
		expect(JSON.stringify(r.record())).not.toContain('Two more');
		expect(r.code('yusuf', 'seen', { messages: [message] })).toBe('forbidden');
		r.must('sam', 'seen', { messages: [message] });
		expect(r.desk().messages[message]?.seen).toBeNull();
		r.must('greta', 'seen', { messages: [message] });
		expect(r.desk().messages[message]?.seen?.by).toBe('greta');
	});

	it('lets one read one’s own notices only', () => {
		const r = room();
		const item = r.ask('yusuf', 'A');
		r.must('sam', 'answer', { item });
		const key = r.own('yusuf').notices[0]!.id;
		r.must('oskar', 'seen', { notices: [key] });
		expect(r.own('yusuf').notices[0]?.seen).toBe(false);
		r.must('yusuf', 'seen', { notices: [key] });
		expect(r.own('yusuf').notices[0]?.seen).toBe(true);
	});
});

describe('the rest', () => {
	it('labels, offers, promotes and blanks', () => {
		const r = room();
		const item = r.ask('yusuf', 'A');
		r.must('sam', 'label', { item, labels: ['claims', 'claims', 'cash'] });
		expect(r.record().items[item]?.labels).toEqual(['claims', 'cash']);
		r.must('nadia', 'offer', { item });
		expect(r.record().offers[`${item}/nadia`]?.by.id).toBe('nadia');
		r.must('nadia', 'offer', { item, on: false });
		expect(r.record().offers).toEqual({});
		r.must('sam', 'promote', { item });
		expect(r.emitted.at(-1)).toEqual({ event: 'promoted', data: { item, text: 'A', votes: 0 } });
		expect(r.code('sam', 'promote', { item })).toBe('promoted');
		const before = r.must('server', 'submit', { text: 'From elsewhere', before: 8 }) as { item: string };
		expect(r.record().items[before.item]).toMatchObject({ before: 8 });
		r.must('yusuf', 'submit', { text: 'Of my own', before: 99 });
		expect(Object.values(r.record().items).map((one) => one.before)).not.toContain(99);
		r.must('sam', 'blank', { on: true });
		r.must('sam', 'approveFirst', { on: true });
		expect(r.record().flow.now).toMatchObject({ blank: true, approve: true });
	});

	it('takes entries from the server, which nobody signed', () => {
		const r = room({ moderation: true });
		const item = r.ask('server', 'Cloud bill');
		expect(r.record().items[item]).toMatchObject({ askers: [], unnamed: 0 });
	});

	it('tells how many are in the room only while they are few', () => {
		expect(room({ few: 5 }).record().figures.now?.few).toBe(5);
		expect(room({ few: 4 }).record().figures.now?.few).toBeNull();
	});

	it('forgets a person altogether', () => {
		const r = room({ anonymity: 'allowed' });
		const item = r.ask('yusuf', 'A');
		r.must('yusuf', 'vote', { item });
		r.must('yusuf', 'reply', { item, text: 'B' });
		r.must('yusuf', 'offer', { item });
		r.must('sam', 'assign', { item, owner: 'yusuf', due: '2026-05-14' });
		const state = structuredClone(r.state);
		list.forget?.(state, 'yusuf', {});
		expect(JSON.stringify(state)).not.toContain('yusuf');
	});
});

describe('other settings', () => {
	it('throw the switches that they name, and leave those that somebody has thrown', () => {
		const r = room();
		r.must('sam', 'order', { by: 'newest' });
		r.configure({ moderation: true });
		expect(r.record().flow.now).toMatchObject({ approve: true, order: 'newest' });
		r.must('sam', 'approveFirst', { on: false });
		r.configure({ moderation: true, cap: 2 });
		expect(r.record().flow.now).toMatchObject({ approve: false, order: 'newest' });
		r.configure({ moderation: true, votes: false });
		expect(r.record().flow.now).toMatchObject({ voting: false });
	});

	it('take back the votes that there are no more, of each person those that were given last', () => {
		const r = room({ kind: 'topic', budget: 5, perItem: 2 });
		const [a, b, c] = ['A', 'B', 'C'].map((text) => r.ask('yusuf', text));
		for (const [item, votes] of [
			[a!, 2],
			[b!, 2],
			[c!, 1]
		] as const)
			r.must('oskar', 'vote', { item, votes });
		r.must('yusuf', 'vote', { item: a!, votes: 1 });
		r.configure({ kind: 'topic', budget: 3, perItem: 2 });
		expect(r.record().tally).toEqual({ [a!]: 3, [b!]: 1 });
		expect(r.own('oskar').left).toBe(0);
		r.configure({ kind: 'topic' });
		expect(r.record().tally).toEqual({ [a!]: 2, [b!]: 1 });
	});

	it('take back no vote for one that was given to what is not there any more', () => {
		const r = room({ kind: 'topic', budget: 3, perItem: 2 });
		const [a, b] = ['A', 'B'].map((text) => r.ask('yusuf', text));
		r.must('oskar', 'vote', { item: a!, votes: 2 });
		r.must('oskar', 'vote', { item: b!, votes: 1 });
		r.must('yusuf', 'withdraw', { item: a! });
		r.configure({ kind: 'topic', budget: 1, perItem: 1 });
		expect(r.record().tally).toEqual({ [b!]: 1 });
	});
});

describe('a box of time', () => {
	const boxed = () => {
		const r = room({ kind: 'topic', boxMinutes: 8, boxMore: [4, 2] });
		const first = r.ask('yusuf', 'Passkeys');
		const second = r.ask('oskar', 'Wi-Fi');
		r.must('sam', 'next', { expects: null });
		return { r, first, second };
	};
	const boxOf = (r: ReturnType<typeof room>, item: string) => {
		const { status } = r.record().items[item]!;
		return status.is === 'stage' ? status.box : null;
	};

	it('runs out by itself, and says so once', () => {
		const { r, first } = boxed();
		expect(r.due()).toEqual({ at: r.clock.now + 480_000, verb: 'boxOver', payload: { item: first } });
		expect(r.code('server', 'boxOver', { item: first })).toBe('not_yet');
		r.clock.now += 480_000;
		r.must('server', 'boxOver', { item: first });
		expect(r.emitted.at(-1)).toMatchObject({ event: 'boxOver', data: { item: first } });
		expect(r.due()).toBeNull();
	});

	it('is given four minutes more, then two, then no more', () => {
		const { r, first, second } = boxed();
		r.clock.now += 500_000;
		r.must('server', 'more', { item: first });
		expect(boxOf(r, first)).toMatchObject({ endsAt: r.clock.now + 240_000, total: 720_000, granted: 1 });
		r.must('sam', 'more', { item: first });
		expect(boxOf(r, first)).toMatchObject({ endsAt: r.clock.now + 360_000, granted: 2 });
		expect(r.code('sam', 'more', { item: first })).toBe('no_more');
		r.must('server', 'more', { item: first });
		expect(r.record().items[first]).toMatchObject({ status: { is: 'done' }, spent: 500_000 });
		expect(r.record().items[second]!.status.is).toBe('stage');
	});

	it('is not moved by a vote on what is on stage no longer', () => {
		const { r, first, second } = boxed();
		r.must('sam', 'stage', { item: second, expects: first });
		r.must('server', 'more', { item: first });
		r.must('server', 'goOn', { item: first });
		expect(boxOf(r, second)).toMatchObject({ granted: 0 });
		expect(r.code('sam', 'more', { item: first })).toBe('passed');
		r.must('server', 'goOn', { item: second });
		expect(r.record().items[second]!.status.is).toBe('done');
	});
});

describe('sorts of entries', () => {
	const sorts = ['point', 'concern'].map((value) => ({ value, text: { en: value } }));
	const notes = () => room({ kind: 'note', sorts, owed: ['concern'] });

	it('are chosen from those that there are', () => {
		const r = notes();
		expect(r.code('yusuf', 'submit', { text: 'x', sort: 'joke' })).toBe('no_sort');
		const point = r.ask('yusuf', 'Hardware keys cost 40 euros.');
		expect(r.record().items[point]!.sort).toBe('point');
	});

	it('say who owes an answer: a concern is owed one and carried over, a point is not', () => {
		const r = notes();
		const point = r.ask('yusuf', 'A point.');
		const { item } = r.must('yusuf', 'submit', { text: 'No private phones.', sort: 'concern' }) as {
			item: string;
		};
		expect(r.code('sam', 'assign', { item: point, owner: 'oskar', due: '2026-05-14' })).toBe('no_answer');
		expect(r.facts()).toMatchObject({ ownerless: 1 });
		r.must('sam', 'assign', { item, owner: 'oskar', due: '2026-05-14' });
		expect(r.facts()).toMatchObject({ ownerless: 0 });
		expect(r.ledger()).toMatchObject([{ id: item, kind: 'question', person: 'oskar', state: 'unanswered' }]);
		r.nextMeeting();
		expect(Object.keys(r.record().items)).toEqual([item]);
	});
});

describe('what the server writes for somebody', () => {
	it('is theirs; nobody else can write in another’s name', () => {
		const r = room();
		expect(r.code('oskar', 'submit', { text: 'x', author: 'yusuf' })).toBe('forbidden');
		const { item } = r.must('server', 'submit', { text: 'Passkeys', author: 'yusuf' }) as { item: string };
		expect(r.record().items[item]!.askers).toEqual([{ id: 'yusuf', name: 'yusuf' }]);
		const unsigned = r.must('server', 'submit', { text: 'Wi-Fi', author: null }) as { item: string };
		expect(r.record().items[unsigned.item]).toMatchObject({ askers: [], unnamed: 0 });
	});
});

describe('a question that others could use', () => {
	const answered = (settings: Json = { faq: true }) => {
		const r = room(settings);
		const item = r.ask('yusuf', 'Which escalation route?');
		return { r, item };
	};

	it('is found everywhere once whoever asked says so, with its answer and without a name', () => {
		const { r, item } = answered();
		expect(r.code('yusuf', 'publish', { item })).toBe('state');
		r.must('sam', 'answer', { item, text: 'The duty desk.' });
		expect(r.code('sam', 'publish', { item })).toBe('not_yours');
		r.must('yusuf', 'publish', { item });
		expect(r.record().items[item]?.faq).toEqual(expect.any(Number));
		expect(r.ledger()).toEqual([
			{
				...{ id: item, kind: 'question', person: null, state: 'shared', due: null },
				...{ text: 'Which escalation route?', data: { answer: 'The duty desk.', unnamed: true } }
			}
		]);
		r.must('yusuf', 'publish', { item, on: false });
		expect(r.ledger()[0]).toMatchObject({ state: 'answered' });
	});

	it('stays where it is without an answer in writing, or where the format says nothing of it', () => {
		const { r, item } = answered();
		r.must('sam', 'answer', { item });
		expect(r.code('yusuf', 'publish', { item })).toBe('no_answer');
		const other = answered({});
		other.r.must('sam', 'answer', { item: other.item, text: 'a' });
		expect(other.r.code('yusuf', 'publish', { item: other.item })).toBe('no_faq');
	});

	it('is nobody’s to publish any more once its author is gone', () => {
		const { r, item } = answered();
		r.must('sam', 'answer', { item, text: 'The duty desk.' });
		r.must('yusuf', 'publish', { item });
		const state = structuredClone(r.state);
		list.forget!(state, 'yusuf', {});
		expect(state.items![item]).not.toHaveProperty('faq');
	});
});
