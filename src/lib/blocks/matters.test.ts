import { describe, expect, it } from 'vitest';
import { actions } from './actions/rules.ts';
import { agenda } from './agenda/rules.ts';
import { form } from './form/rules.ts';
import { goals } from './goals/rules.ts';
import { list } from './list/rules.ts';
import { poll } from './poll/rules.ts';
import { programme } from './programme/rules.ts';
import { seal } from './seal/rules.ts';
import type { Json } from './block.ts';
import { harness, type Harness } from './testing.ts';

const people = { ana: 'host', ben: 'member' };
const idOf = (result: Json | undefined) => (result as { id: string }).id;
const of = (h: Harness, person: string | null) =>
	h.matters().filter((one) => one.person === person) as ReturnType<Harness['matters']>;

describe('what concerns a person', () => {
	it('is an action that they promised, until it is done, with what became of it in each meeting', () => {
		const h = harness(actions, {}, people);
		const id = idOf(h.must('ben', 'add', { text: 'Ask three brokers', due: '2026-05-14' }));
		expect(of(h, 'ben')).toMatchObject([
			{ kind: 'promised', said: 'Ask three brokers', own: true, when: { day: '2026-05-14' }, item: id }
		]);
		expect(of(h, 'ana')).toEqual([]);
		h.nextMeeting('room');
		h.must('server', 'startReview');
		expect(of(h, 'ben').map(({ kind }) => kind)).toEqual(['promised', 'answer']);
		h.must('ben', 'review', { id, outcome: 'partly' });
		const [promised, ...rest] = of(h, 'ben');
		expect(rest).toEqual([]);
		expect(promised!.stages?.map(({ meeting, word }) => [meeting, word.en])).toEqual([
			[1, 'Promised'],
			[2, 'Partly']
		]);
		h.must('ben', promised!.quick![0]!.verb, promised!.quick![0]!.payload);
		expect(h.matters()).toEqual([]);
	});

	it('is no quick answer where the room does not let them', () => {
		const h = harness(actions, {}, people);
		h.must('ben', 'add', { text: 'Ask three brokers' });
		h.scene.may.done = ['ana'];
		expect(of(h, 'ben')[0]!.quick).toBeUndefined();
	});

	it('is a goal with its way on the scale, and the day to look at it again; nobody else’s private one', () => {
		const h = harness(goals, { every: 30 }, people);
		h.must('ben', 'add', { text: 'Chair a meeting', now: 3, target: 7, visibility: 'self' });
		const mine = of(h, 'ben');
		expect(mine.map(({ kind, when }) => [kind, when])).toEqual([
			['promised', null],
			['answer', { day: '2026-05-30' }]
		]);
		expect(mine[0]!.course).toMatchObject({ from: 0, to: 10, target: 7, points: [{ value: 3 }] });
		expect(h.matters().every(({ person }) => person === 'ben')).toBe(true);
	});

	it('is a question that was given to them, one that came back, and how many nobody looks after', () => {
		const h = harness(list, { moderation: true }, people);
		h.scene.may.approve = h.scene.may.assign = ['ana'];
		const first = (h.must('ben', 'submit', { text: 'Why two systems?' }) as { item: string }).item;
		expect(of(h, 'ana')).toMatchObject([
			{ id: 'pending', said: null, text: { en: 'Questions that wait for approval: 1' } }
		]);
		h.must('ana', 'return', { item: first, reason: 'Which two?' });
		expect(of(h, 'ben')).toMatchObject([{ kind: 'answer', said: 'Why two systems?', item: first }]);
		h.must('ben', 'reword', { item: first, text: 'Why two systems for one file?' });
		h.must('ana', 'approve', { item: first });
		expect(of(h, 'ana').map(({ id }) => id)).toEqual(['ownerless']);
		expect(of(h, 'ben').map(({ kind }) => kind)).toEqual(['awaited']);
		h.must('ana', 'assign', { item: first, owner: 'ana', due: '2026-05-20' });
		expect(of(h, 'ana')).toMatchObject([
			{ id: first, kind: 'answer', said: 'Why two systems for one file?', when: { day: '2026-05-20' } }
		]);
		expect(of(h, 'ana')[0]!.own).toBeUndefined();
	});

	it('is a form that they have not filled in, in no words of others', () => {
		const h = harness(form, { who: ['member'] }, people);
		expect(h.matters()).toMatchObject([{ person: 'ben', kind: 'answer', said: null }]);
		h.must('ben', 'submit', { entry: { text: 'Enough.' } });
		expect(h.matters()).toEqual([]);
	});

	it('is a seal that waits for them, and nothing once it is open', () => {
		const h = harness(seal, {}, people);
		expect(h.matters().map(({ person }) => person)).toEqual(['ana', 'ben']);
		h.must('ana', 'submit', { entry: { text: 'The secret of Ana' } });
		expect(h.matters().map(({ person }) => person)).toEqual(['ben']);
		expect(JSON.stringify(h.matters())).not.toContain('secret of Ana');
		h.must('server', 'reveal');
		expect(h.matters()).toEqual([]);
	});

	it('is a vote that is open and lacks theirs', () => {
		const h = harness(poll, {}, people);
		h.must('ana', 'open', {
			expects: null,
			question: 'Is it so?',
			options: ['Yes', 'No']
		});
		expect(h.matters().map(({ person }) => person)).toEqual(['ana', 'ben']);
	});

	it('is a meeting that is on, for everybody', () => {
		const phase = { minutes: null, fixed: false, gates: [] };
		const phases = [
			{ id: 'P0', when: 'ahead', ...phase },
			{ id: 'P1', when: 'live', ...phase }
		];
		const h = harness(agenda, { phases }, people);
		h.must('server', 'prepare');
		expect(h.matters()).toEqual([]);
		const { run } = (h.record().now as { current: { run: string } }).current;
		h.must('ana', 'start', { expects: run });
		expect(h.matters()).toMatchObject([{ person: null, kind: 'coming' }]);
	});

	it('is a room of the programme that could not be opened, for those who run it', () => {
		const h = harness(programme, { roles: { coach: 'coach' } }, people);
		h.scene.may.send = ['ana'];
		h.must('server', 'open', { key: 'one', coach: 'ben' });
		const news = {
			key: 'one',
			room: null,
			gone: false,
			refused: 'No such preset.',
			turnedAway: {},
			orders: {},
			report: null
		};
		h.must('server', 'reported', { rooms: [news] });
		expect(h.matters()).toMatchObject([{ person: 'ana', kind: 'answer', said: null }]);
	});
});
