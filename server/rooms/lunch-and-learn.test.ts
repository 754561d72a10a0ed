import { describe, expect, it } from 'vitest';
import type { FollowupRecord } from '#lib/blocks/followup/model.ts';
import type { ListOwn, ListRecord } from '#lib/blocks/list/model.ts';
import type { SlotsRecord } from '#lib/blocks/slots/model.ts';
import { lunchAndLearnDemo } from '#lib/formats/demos/lunch-and-learn.ts';
import { lunchAndLearn } from '#lib/formats/lunch-and-learn.ts';
import { ownOf, recordOf, rehearse } from '../../tests/support/rehearse.ts';

describe('the lunch and learn of the demo', () => {
	const room = rehearse(lunchAndLearn, lunchAndLearnDemo, { punctual: true });
	const list = (name: string) => recordOf<ListRecord>(room, name);
	const form = (name: string) => recordOf<{ progress: { now: object } }>(room, name);

	it('is wanted by 27, and two could teach it', () => {
		const topics = list('topics');
		const talk = Object.values(topics.items).find((item) => item.text === 'Reading a P&L in 20 minutes')!;
		expect(topics.tally[talk.id]).toBe(27);
		expect(Object.values(topics.offers).filter((offer) => offer.item === talk.id)).toHaveLength(2);
	});

	it('has 11 questions: 7 answered live, 4 the next day by the speaker', () => {
		const questions = list('questions');
		const how = (way: string) =>
			Object.values(questions.items).filter(({ status }) => status.is === 'done' && status.how === way);
		expect(questions.figures.now).toMatchObject({ asked: 11, answered: 11, dismissed: 0 });
		expect(how('live')).toHaveLength(7);
		expect(how('writing').map((item) => item.answer?.by?.name)).toEqual(Array(4).fill('Greta Holm'));
	});

	it('asks most of all, with 8 votes, where the cloud bill sits, and for two people', () => {
		const { items, tally } = list('questions');
		const top = Object.values(items).sort((a, b) => (tally[b.id] ?? 0) - (tally[a.id] ?? 0))[0]!;
		expect(top).toMatchObject({ text: 'Where does my team’s cloud bill sit?', joined: 1, unnamed: 1 });
		expect(tally[top.id]).toBe(8);
	});

	it('makes of that question the next topic, with the votes that it had', () => {
		expect(Object.values(list('topics').items)).toContainEqual(
			expect.objectContaining({ text: 'Where does my team’s cloud bill sit?', before: 8 })
		);
	});

	it('makes an action of what Yusuf will try', () => {
		const { actions } = room.published('actions').record as { actions: Record<string, object> };
		expect(Object.values(actions)).toContainEqual(
			expect.objectContaining({
				owner: room.people.yusuf,
				text: 'Add cost per claim to the Monday deck.',
				due: '2026-05-21'
			})
		);
	});

	it('tells the asker of a question without a name what became of it, and nobody else who it was', () => {
		const own = ownOf<ListOwn>(room, 'mei', 'questions');
		expect(own.notices.map((notice) => notice.what)).toEqual(['answered']);
		const { record, desk } = room.published('questions');
		expect(JSON.stringify([record, desk])).not.toContain(room.people.mei);
	});

	it('gives ratings to the speaker, and to the room only their number', () => {
		expect(form('feedback')).toMatchObject({ progress: { now: { submitted: 9 } }, entries: {}, figures: {} });
		const own = ownOf<{ figures: { field: string; mean: number }[] }>(room, 'greta', 'feedback');
		expect(own.figures.map(({ field }) => field)).toContain('useful');
	});

	it('was used by 5 of the 14 who replied two weeks on', () => {
		const { rounds, words, figures } = recordOf<FollowupRecord>(room, 'applied');
		expect(Object.values(rounds)).toMatchObject([
			{ title: 'Reading a P&L in 20 minutes', is: 'closed', tally: { asked: 16, replies: 14, used: 5 } }
		]);
		expect(figures.now).toEqual({ asked: 16, replies: 14, used: 5 });
		expect(Object.values(words).map(({ text }) => text)).toContain('Two offers went out with another price.');
	});

	it('had 34 sign-ups for 40 seats, and 21 of them came', () => {
		const { slots, figures } = recordOf<SlotsRecord>(room, 'slots');
		const talk = Object.values(slots).find(({ is }) => is === 'held')!;
		expect(talk).toMatchObject({ capacity: 40, taken: 34, attended: { signed: 34, came: 21, more: 0 } });
		expect(talk.talk).toMatchObject({ first: true, helper: { name: 'Sam Okafor' } });
		expect(figures.now).toEqual({ held: 1, signed: 34, came: 21, talks: 1, first: 1 });
		expect(Object.values(slots).filter(({ is }) => is === 'open')).toHaveLength(2);
	});

	it('keeps of those who came their number alone', () => {
		expect(room.world.states.get('slots')!.seats).toEqual({});
	});
});
