import { describe, expect, it } from 'vitest';
import { DAY } from '../days.ts';
import { harness } from '../testing.ts';
import { holds } from './holds.ts';
import type { FollowupOwn, FollowupRecord, FollowupSettings, FollowupState } from './model.ts';
import { followup } from './rules.ts';

const people = { ada: 'attendee', ben: 'attendee', cay: 'attendee', dan: 'attendee', host: 'host' };

function open(settings: Partial<FollowupSettings> = {}) {
	const room = harness<FollowupRecord, object, FollowupOwn>(followup, settings, people, ['host']);
	const keep = (person: string, text = `${person} will try it`) =>
		room.must('server', 'keep', { id: `try-${person}-${room.scene.meeting}`, person, text });
	/** Lets days go by; what the block has to do by itself is done in its time. */
	const pass = (days: number) => {
		const target = room.clock.now + days * DAY;
		for (let due = room.due(); due && due.at <= target; due = room.due()) {
			room.clock.now = Math.max(room.clock.now, due.at);
			room.must('server', due.verb, due.payload);
		}
		room.clock.now = target;
	};
	const says = (person: string, used: string, what?: string, meeting = 1) =>
		room.run(person, 'submit', { id: `try-${person}-${meeting}`, entry: { used, ...(what && { what }) } });
	/** What must hold at every moment. */
	const sound = () => {
		const { own } = room;
		expect(
			holds(room.state as FollowupState, { record: room.record(), desk: {}, own, scene: room.whole() })
		).toEqual([]);
	};
	return Object.assign(room, { keep, pass, says, sound });
}

describe('a follow-up', () => {
	it('asks whoever took something away two weeks after the date, whatever the room does then', () => {
		const room = open();
		room.keep('ada', 'Add cost per claim.');
		room.must('server', 'held', { meeting: 1, title: 'Reading a P&L', starts: room.clock.now });
		expect(room.emitted).toContainEqual({
			event: 'kept',
			data: { id: 'try-ada-1', person: 'ada', text: 'Add cost per claim.', due: '2026-05-14' }
		});
		room.nextMeeting('room');
		room.pass(7);
		room.keep('ben');
		room.keep('ada', 'Something else.');
		expect(room.matters()).toEqual([]);
		expect(room.says('ada', 'yes')).toMatchObject({ error: { code: 'too_early' } });
		room.pass(7);
		expect(room.touched).toContain('ada');
		expect(room.matters()).toMatchObject([
			{ person: 'ada', kind: 'answer', said: 'Add cost per claim.', own: true, when: { day: '2026-05-14' } }
		]);
		expect(room.record().rounds).toMatchObject({
			m1: { title: 'Reading a P&L', is: 'asking', tries: 1, replies: 0 },
			m2: { is: 'ahead', tries: 2 }
		});
		room.says('ada', 'yes');
		expect(room.matters()).toEqual([]);
		expect(room.own('ada').tries[0]).toMatchObject({ answer: { entry: { used: 'yes' } } });
		room.pass(7);
		expect(room.matters().map(({ person, id }) => [person, id])).toEqual([
			['ben', 'used/try-ben-2'],
			['ada', 'used/try-ada-2']
		]);
		room.sound();
	});

	it('shows how many used it, of those who replied, only once the answers are closed', () => {
		const room = open();
		for (const person of ['ada', 'ben', 'cay', 'dan']) room.keep(person);
		expect(room.run('host', 'close', { round: 'm1' })).toMatchObject({ error: { code: 'not_asked' } });
		room.pass(14);
		room.says('ada', 'yes', 'The deck has a new line.');
		room.says('ben', 'not-yet');
		room.says('cay', 'not-yet');
		room.says('cay', 'yes');
		expect(room.record().rounds.m1).toMatchObject({ tries: 4, replies: 3, tally: null });
		expect(JSON.stringify(room.record())).not.toContain('new line');
		expect(room.facts()).toEqual({ replies: 0, used: 0, asking: true, told: false });
		room.pass(14);
		expect(room.record().rounds.m1).toMatchObject({
			is: 'closed',
			tally: { asked: 4, replies: 3, used: 2 }
		});
		expect(Object.values(room.record().words).map(({ text }) => text)).toEqual(['The deck has a new line.']);
		expect(room.facts()).toEqual({ replies: 3, used: 2, asking: false, told: true });
		expect(room.says('dan', 'yes')).toMatchObject({ error: { code: 'closed' } });
		room.sound();
	});

	it('keeps no more than the figures of a date that was closed 90 days ago', () => {
		const room = open();
		for (const person of ['ada', 'ben', 'cay']) room.keep(person);
		room.pass(14);
		for (const person of ['ada', 'ben', 'cay']) room.says(person, 'yes', 'It came of it.');
		room.must('host', 'close', { round: 'm1' });
		room.nextMeeting('room');
		room.keep('dan');
		room.pass(89);
		room.sound();
		expect(room.own('ada').tries).toHaveLength(1);
		expect(Object.keys(room.record().words)).toHaveLength(3);
		room.touched.clear();
		room.pass(1);
		room.sound();
		expect(room.touched).toContain('ada');
		expect(room.own('ada').tries).toEqual([]);
		expect(room.record()).toMatchObject({
			rounds: { m1: { is: 'closed', tries: 0, tally: { asked: 3, replies: 3, used: 3 } } }
		});
		expect(room.record().words).toEqual({});
		// and a date to which too few had replied is gone by then
		room.pass(200);
		expect(Object.keys(room.record().rounds)).toEqual(['m1']);
		expect(room.state.tries).toEqual({});
		expect(room.facts()).toEqual({ replies: 3, used: 3, asking: false, told: true });
		expect(room.due()).toBeNull();
		// what comes in after all that is an action, and nobody is asked about it
		room.scene.meeting = 1;
		room.must('server', 'keep', { id: 'late', person: 'ada', text: 'Late.' });
		expect(room.emitted.at(-1)).toMatchObject({ event: 'kept', data: { id: 'late' } });
		expect(room.own('ada').tries).toEqual([]);
	});

	it('does not grow with the years: early dates are one sum, and words have a bound', () => {
		const room = open({ dates: 3, words: 8 });
		for (let meeting = 1; meeting <= 30; meeting++) {
			for (const person of ['ada', 'ben', 'cay']) room.keep(person);
			room.must('server', 'held', { meeting, title: `Date ${meeting}`, starts: room.clock.now });
			room.pass(14);
			for (const person of ['ada', 'ben', 'cay']) room.says(person, 'yes', 'It came of it.', meeting);
			room.must('host', 'close', { round: `m${meeting}` });
			room.sound();
			expect(Object.keys(room.record().words).length).toBeLessThanOrEqual(8);
			// those that wait for 90 days to go by, and three
			expect(Object.keys(room.record().rounds).length).toBeLessThanOrEqual(10);
			room.nextMeeting('room');
		}
		room.pass(90);
		expect(Object.keys(room.record().rounds)).toEqual(['m28', 'm29', 'm30']);
		expect(room.record()).toMatchObject({
			figures: {
				now: { asked: 90, replies: 90, used: 90 },
				older: { dates: 27, asked: 81, replies: 81, used: 81 }
			}
		});
		expect(room.facts()).toMatchObject({ replies: 90, used: 90, told: true });
	});

	it('shows nothing of a date to which too few have replied', () => {
		const room = open();
		for (const person of ['ada', 'ben', 'cay']) room.keep(person);
		room.pass(15);
		room.says('ada', 'yes', 'A word that would be known.');
		room.says('ben', 'yes');
		room.must('host', 'close', { round: 'm1' });
		expect(room.record()).toMatchObject({
			rounds: { m1: { is: 'closed', tally: null } },
			words: {},
			figures: { now: { replies: 0 } }
		});
		room.sound();
	});

	it('takes an answer from nobody but whoever it is of, and only one that fits', () => {
		const room = open();
		room.keep('ada');
		room.pass(14);
		expect(room.run('ben', 'submit', { id: 'try-ada-1', entry: { used: 'yes' } })).toMatchObject({
			error: { code: 'not_yours' }
		});
		expect(room.says('ada', 'perhaps')).toMatchObject({ error: { field: 'entry.used' } });
		expect(room.own('ben').tries).toEqual([]);
	});

	it('follows better words, and asks nobody about a date on which nothing was taken away', () => {
		const room = open();
		room.keep('ada');
		room.must('server', 'reword', { id: 'try-ada-1', person: 'ada', text: 'Other words.' });
		expect(room.own('ada').tries).toMatchObject([{ text: 'Other words.' }]);
		expect(room.emitted.filter(({ event }) => event === 'kept')).toHaveLength(1);
		room.nextMeeting('room');
		room.must('server', 'held', { meeting: 2, title: 'Nobody listened', starts: room.clock.now });
		room.pass(14);
		expect(Object.keys(room.record().rounds)).toEqual(['m1']);
	});

	it('asks about what was taken away before it came to the room once that is reworded, and tells nobody', () => {
		const room = open();
		room.must('server', 'reword', { id: 'before', person: 'ada', text: 'Add cost per claim.' });
		expect(room.emitted).toEqual([]);
		room.pass(14);
		expect(room.matters()).toMatchObject([{ person: 'ada', said: 'Add cost per claim.' }]);
		room.sound();
	});

	it('forgets what somebody said, and keeps what was counted', () => {
		const room = open();
		for (const person of ['ada', 'ben', 'cay']) room.keep(person);
		room.pass(14);
		for (const person of ['ada', 'ben', 'cay']) room.says(person, 'yes', `It came of ${person}`);
		room.must('host', 'close', { round: 'm1' });
		const state = structuredClone(room.state) as FollowupState;
		followup.forget!(state, 'ada', {});
		expect(JSON.stringify(state)).not.toContain('ada');
		expect(state.rounds.m1!.tally).toEqual({ asked: 3, replies: 3, used: 3 });
	});
});
