import { describe, expect, it } from 'vitest';
import type { ActionsRecord } from '#lib/blocks/actions/model.ts';
import type { AgendaOwn, AgendaRecord } from '#lib/blocks/agenda/model.ts';
import type { Json } from '#lib/blocks/block.ts';
import { historyOf, standingOf, type GoalsOwn, type GoalsRecord } from '#lib/blocks/goals/model.ts';
import type { OptionsRecord } from '#lib/blocks/options/model.ts';
import type { SealRecord } from '#lib/blocks/seal/model.ts';
import { coaching } from '#lib/formats/coaching.ts';
import type { DemoStep } from '#lib/formats/demo.ts';
import { coachingDemo } from '#lib/formats/demos/coaching.ts';
import { ownOf, recordOf, type Rehearsal, rehearse } from '../../tests/support/rehearse.ts';
import { blocks } from '#lib/blocks/rules.ts';
import { Batch, SERVER } from './batch.ts';
import { matterChanges } from './matters.ts';
import { planned } from './retention.ts';
import { factsOf, nowOf, rosterOf } from './world.ts';

const closing = { now: () => Date.UTC(2026, 11, 1), id: () => crypto.randomUUID(), random: () => 0.5 };

/** The demo up to the first step that does this, and then these. */
function upTo(run: string, steps: DemoStep[] = [], payload?: (of: Json) => boolean): Rehearsal {
	const at = coachingDemo.steps.findIndex(
		(step) =>
			'run' in step &&
			step.run === run &&
			(payload === undefined ||
				payload(step.with?.({ run: '', people: {}, results: {}, now: 0, record: () => ({}) }) ?? {}))
	);
	expect(at).toBeGreaterThan(-1);
	return rehearse(coaching, { ...coachingDemo, steps: [...coachingDemo.steps.slice(0, at), ...steps] });
}

const moves = (by: string, to?: string): DemoStep => ({
	by,
	run: 'agenda.advance',
	with: ({ run }) => ({ expects: run, ...(to && { to }) })
});
const starts: DemoStep = { by: 'nadia', run: 'agenda.start', with: ({ run }) => ({ expects: run }) };
const does = (by: string, run: string, payload: Json = {}): DemoStep => ({ by, run, with: () => payload });

describe('Nadia and Ben', () => {
	const room = rehearse(coaching, coachingDemo);
	const goal = () => Object.values(recordOf<GoalsRecord>(room, 'goals').goals)[0]!;

	it('are in the close of their sixth meeting', () => {
		expect(room.world.row.meeting).toBe(6);
		expect(factsOf(room.world).agenda).toMatchObject({ phase: 'P8', status: 'after', held: 6 });
	});

	it('brought the goal from 3 to 7, and its history says by what', () => {
		const { goals, points } = recordOf<GoalsRecord>(room, 'goals');
		expect(Object.values(goals)).toHaveLength(1);
		expect(goal()).toMatchObject({
			text: 'Present to the risk committee without reading slides',
			sign: 'Two questions answered without notes.',
			target: 7,
			state: 'met'
		});
		const history = historyOf(points, goal().id);
		expect(standingOf(goal(), history)).toEqual({ first: 3, now: 7, gain: 4, reached: true });
		const rated = history.filter((one) => one.kind === 'rating');
		expect(rated.map((one) => [one.meeting, one.value])).toEqual([
			[2, 4],
			[3, 5],
			[4, 5],
			[5, 6],
			[6, 7]
		]);
		expect(rated[0]?.said).toBe('Looked up twice.');
		expect(history.find((one) => one.kind === 'checkin')).toMatchObject({
			progress: 'some',
			said: 'One done, less awful.',
			meeting: 2
		});
	});

	it('made the first step smaller: confidence 6, then 8', () => {
		const { actions } = recordOf<ActionsRecord>(room, 'actions');
		const step = Object.values(actions).find((one) => one.text === 'Record two openings');
		expect(step).toMatchObject({
			state: 'done',
			will: {
				obstacle: 'No room: booked 12:30',
				confidence: 8,
				shrunk: [{ text: 'Record three openings', confidence: 6 }]
			}
		});
	});

	it('kept the options that were not chosen', () => {
		const { options } = recordOf<OptionsRecord>(room, 'options');
		const texts = Object.values(options).map((one) => one.text);
		expect(texts).toContain('Swap slots with Omar');
		expect(texts).toContain('Ask for questions early');
		expect(texts).not.toContain('Record a 2-minute opening');
		expect(Object.values(options).find((one) => one.text === 'Ask for questions early')).toMatchObject({
			by: room.people.ben,
			suggested: true,
			meeting: 1
		});
	});

	it('rated how they fitted, sealed until both had', () => {
		const { revealed } = recordOf<SealRecord>(room, 'fit');
		expect(
			Object.values(revealed)
				.map(({ author, entry }) => [author, entry.fit])
				.sort()
		).toEqual([
			[room.people.ben, 4],
			[room.people.nadia, 5]
		]);
	});

	it('are to their sponsor “active, 6 of 6 held”, and nothing else', () => {
		const room = upTo('goals.show');
		const { told } = ownOf<AgendaOwn>(room, 'sara', 'agenda');
		expect(told).toMatchObject({ planned: 6, closed: null });
		expect(told?.held).toHaveLength(6);
		expect(ownOf<GoalsOwn>(room, 'sara', 'goals')).toEqual({ goals: [], points: [], shared: [] });
		const all = JSON.stringify([...room.world.instances.keys()].map((name) => room.own('sara', name)));
		expect(all).not.toMatch(/committee|opening|lead a team|Looked up/);
	});

	it('tell their sponsor the title of a goal once Nadia shows it, and its title alone', () => {
		expect(ownOf<GoalsOwn>(room, 'sara', 'goals')).toEqual({
			goals: [],
			points: [],
			shared: [{ id: goal().id, text: 'Present to the risk committee without reading slides' }]
		});
	});

	it('know nothing of what Nadia keeps to herself, but she does', () => {
		const shown = [...room.world.instances.keys()].map((name) => [
			room.published(name),
			room.own('ben', name)
		]);
		expect(JSON.stringify(shown)).not.toMatch(/lead a team|little I sleep|looks at the door/);
		expect(ownOf<GoalsOwn>(room, 'nadia', 'goals').goals.map((one) => one.text)).toEqual([
			'Find out whether I want to lead a team'
		]);
	});
});

describe('the coaching format', () => {
	it('chooses a coach only once there is a goal with a scale and a sign', () => {
		expect(() => upTo('goals.add', [moves('nadia')])).toThrow(/First a goal, with a scale and a sign/);
		const bare = [does('nadia', 'goals.add', { text: 'Present', now: 3, target: 7 }), moves('nadia')];
		expect(() => upTo('goals.add', bare)).toThrow(/First a goal/);
		const offer: DemoStep = {
			by: 'nadia',
			run: 'roster.offer',
			with: ({ people }) => ({ person: people.ben!, role: 'coach' })
		};
		expect(() => upTo('goals.add', [offer])).toThrow(/it opens in P1/);
		const assign: DemoStep = { ...offer, run: 'roster.assign' };
		expect(() => upTo('roster.offer', [assign])).toThrow(/may not do this/);
	});

	it('has a coach who said yes, and a contract that both signed, before the first meeting', () => {
		expect(() => upTo('roster.answer', [starts])).toThrow(/There is no coach yet/);
		expect(() => upTo('contract.sign', [starts])).toThrow(/The contract comes first/);
		const room = upTo('agenda.start');
		expect(rosterOf(room.world).members[room.people.ben!]?.role).toBe('coach');
		expect(factsOf(room.world).contract).toMatchObject({ signed: true });
		expect(() => upTo('agenda.start', [starts])).not.toThrow();
	});

	it('lets either of the two move the phases', () => {
		expect(factsOf(upTo('options.add', []).world).agenda).toMatchObject({ phase: 'P5' });
		expect(factsOf(upTo('options.add', [moves('ben', 'P4')]).world).agenda).toMatchObject({ phase: 'P4' });
	});

	it('has no advice before it is asked for', () => {
		const advice = does('ben', 'options.add', { text: 'Ask for questions early' });
		expect(() => upTo('options.wish', [advice])).toThrow(/Nobody has asked for a suggestion/);
		expect(() => upTo('options.wish', [does('ben', 'options.wish')])).toThrow(/may not do this|cannot ask/);
		expect(() => upTo('options.wish', [does('nadia', 'options.wish'), advice])).not.toThrow();
	});

	it('leads to a step only past three options, and on only with a step that somebody is sure of', () => {
		expect(() => upTo('options.choose', [moves('ben', 'P6')])).toThrow(/Three or more options come first/);
		expect(() => upTo('options.wish', [moves('ben', 'P6')])).toThrow(/Three or more options/);
		expect(() => upTo('actions.edit', [moves('ben', 'P7')])).toThrow(/below 7/);
	});

	it('leaves goals and steps to the one who is coached', () => {
		for (const run of ['goals.add', 'goals.rate', 'actions.add', 'actions.edit', 'options.choose'])
			expect(() => upTo('actions.edit', [does('ben', run, { text: 'a', id: 'x', value: 3 })])).toThrow(
				/may not do this|This is open/
			);
	});

	it('is deleted for good 90 days after its close, and not before it has closed', () => {
		expect(planned(upTo('agenda.start').world, [], null)).toEqual([]);
		const room = upTo('fit.submit');
		const { run } = nowOf(room.world)!;
		const batch = new Batch(room.world, { formats: { coaching }, blocks }, closing, {});
		expect(batch.run({ type: 'agenda.end', payload: { expects: run }, by: SERVER })).toMatchObject({
			ok: true
		});
		const [plan] = planned(batch.world, [], null);
		expect(plan).toMatchObject({ what: 'room', at: closing.now() + 90 * 86_400_000 });
	});

	it('ends without the close too: archived it goes after 90 days, and after a year without a meeting', () => {
		const DAY = 86_400_000;
		const { world } = upTo('agenda.start');
		const archived = { ...world, row: { ...world.row, state: 'archived' as const, updated: 5 } };
		expect(planned(archived, [], null)).toMatchObject([{ what: 'room', at: 5 + 90 * DAY }]);
		const met = [{ room: 'room', number: 1, started: 1, ended: 7 }];
		expect(planned(world, met, null)).toMatchObject([{ what: 'room', at: 7 + 365 * DAY }]);
	});

	it('asks both to close once six were held, and neither the sponsor', () => {
		const ends: DemoStep = { by: 'ben', run: 'agenda.end', with: ({ run }) => ({ expects: run }) };
		// of the sixth meeting they forget the close
		const at = coachingDemo.steps.length - 1;
		const close = coachingDemo.steps.findLastIndex(
			(step, index) =>
				index < at &&
				'run' in step &&
				step.run === 'agenda.advance' &&
				JSON.stringify(
					step.with?.({ run: '', people: {}, results: {}, now: 0, record: () => ({}) })
				).includes('P8')
		);
		const { world } = rehearse(coaching, {
			...coachingDemo,
			steps: [...coachingDemo.steps.slice(0, close), ends]
		});
		const asked = matterChanges(new Map(), null, world, 0, { meetings: [], archivedDays: null }).put.filter(
			({ instance }) => instance === 'agenda'
		);
		expect(asked.map(({ person, kind }) => [person, kind])).toEqual([
			['person-nadia', 'answer'],
			['person-ben', 'answer']
		]);
	});

	it('closes in the last meeting, and is active until then', () => {
		const room = rehearse(coaching, {
			...coachingDemo,
			steps: [...coachingDemo.steps, { by: 'ben', run: 'agenda.end', with: ({ run }) => ({ expects: run }) }]
		});
		expect(recordOf<AgendaRecord>(room, 'agenda').series.now).toMatchObject({
			held: 6,
			closed: expect.any(Number)
		});
		expect(ownOf<AgendaOwn>(room, 'sara', 'agenda').told?.closed).toEqual(expect.any(Number));
	});

	it.each(['oskar', 'clear'])('runs as %s, from the same beginning to the same end', (preset) => {
		const room = rehearse(coaching, { ...coachingDemo, preset });
		expect(factsOf(room.world).agenda).toMatchObject({ phase: 'P8', held: 6 });
		expect(room.world.format.phases.reduce((sum, { minutes }) => sum + (minutes ?? 0), 0)).toBe(45);
	});
});
