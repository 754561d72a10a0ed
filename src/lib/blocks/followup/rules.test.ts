import { describe, expect, it } from 'vitest';
import type { Scene } from '../block.ts';
import { DAY } from '../days.ts';
import { harness } from '../testing.ts';
import { holds } from './holds.ts';
import type { FollowupOwn, FollowupRecord, FollowupState } from './model.ts';
import { followup } from './rules.ts';

const people = { ada: 'attendee', ben: 'attendee', cay: 'attendee', dan: 'attendee', host: 'host' };

function open() {
	const room = harness<FollowupRecord, object, FollowupOwn>(followup, {}, people, ['host']);
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
		const scene = { people: room.people, settings: { least: 3 } } as unknown as Scene;
		const { own } = room;
		expect(holds(room.state as FollowupState, { record: room.record(), desk: {}, own, scene })).toEqual([]);
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
		expect(room.due()).toBeNull();
		room.sound();
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
		room.keep('ada', 'Other words.');
		expect(room.own('ada').tries).toMatchObject([{ text: 'Other words.' }]);
		expect(room.emitted.filter(({ event }) => event === 'kept')).toHaveLength(1);
		room.nextMeeting('room');
		room.must('server', 'held', { meeting: 2, title: 'Nobody listened', starts: room.clock.now });
		room.pass(14);
		expect(Object.keys(room.record().rounds)).toEqual(['m1']);
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
