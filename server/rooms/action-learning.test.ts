import { describe, expect, it } from 'vitest';
import type { ActionsOwn, ActionsRecord } from '#lib/blocks/actions/model.ts';
import type { FloorOwn, FloorRecord } from '#lib/blocks/floor/model.ts';
import type { FormOwn, FormRecord } from '#lib/blocks/form/model.ts';
import type { SealOwn, SealRecord } from '#lib/blocks/seal/model.ts';
import type { RosterRecord, RosterState } from '#lib/blocks/roster/model.ts';
import { actionLearning } from '#lib/formats/action-learning.ts';
import { turnIn, type GroupsOwn, type GroupsRecord } from '#lib/blocks/groups/model.ts';
import { actionLearningDemo } from '#lib/formats/demos/action-learning.ts';
import { actionLearningTroikasDemo } from '#lib/formats/demos/action-learning-troikas.ts';
import { ownOf, recordOf, rehearse } from '../../tests/support/rehearse.ts';
import { factsOf } from './world.ts';

describe('the action learning group of the demo', () => {
	const room = rehearse(actionLearning, actionLearningDemo);
	const record = <Record>(name: string) => recordOf<Record>(room, name);
	const own = <Own>(person: string, name: string) => ownOf<Own>(room, person, name);
	const everything = () =>
		JSON.stringify([...room.world.instances.keys()].map((name) => room.published(name)));

	it('is in its third meeting, in P7', () => {
		expect(room.world.row.meeting).toBe(3);
		expect(room.finished).toHaveLength(2);
		expect(factsOf(room.world).agenda).toMatchObject({ status: 'live', phase: 'P7' });
	});

	it('reviewed what Tom and Marek had promised: one done, one not, and carried over', () => {
		const { actions, reviews } = record<ActionsRecord>('actions');
		const of = (text: string) => Object.values(actions).find((one) => one.text === text)!;
		expect(of('Shadow two valuations')).toMatchObject({
			owner: room.people.tom,
			state: 'done',
			learned: 'Half the wait is re-keying.'
		});
		expect(of('Count re-requests for one week')).toMatchObject({ owner: room.people.marek, state: 'not' });
		const now = Object.values(reviews).filter((one) => one.meeting === 3);
		expect(now.map((one) => one.outcome)).toEqual(['done', 'not']);
		expect(factsOf(room.world).actions).toMatchObject({ toReview: 2, unreviewed: 0 });
	});

	it('asked: 14 of 15 turns were questions, and they were even', () => {
		const { figures, turns } = record<FloorRecord>('floor');
		expect(figures.group).toMatchObject({ questions: 14, statements: 1, ratio: 0.93, balance: 0.97 });
		const by = (person: string) =>
			Object.values(turns).filter((one) => one.person === room.people[person]).length;
		expect(['tom', 'aisha', 'marek', 'lena'].map(by)).toEqual([5, 4, 4, 2]);
	});

	it('showed the issue of the presenter alone; Lena’s waits for her turn', () => {
		const issue = record<SealRecord>('issue');
		expect(Object.values(issue.revealed).map((one) => one.author)).toEqual([room.people.priya]);
		expect(everything()).not.toContain('bounces twice');
		expect(own<SealOwn>('lena', 'issue').mine).toHaveLength(1);
	});

	it('wrote five sentences, four of them on a slow team, and Aisha’s was accepted', () => {
		const problem = record<SealRecord>('problem');
		const sentences = Object.values(problem.revealed).map((one) => String(one.entry.text));
		expect(sentences).toHaveLength(5);
		expect(sentences.filter((one) => /slow/.test(one))).toHaveLength(4);
		expect(problem.accepted[1]).toMatchObject({
			text: 'We have no shared definition of a complete file.',
			author: room.people.aisha,
			by: room.people.priya
		});
		expect(problem.beside.now).toEqual({
			text: 'Mortgage approvals take 19 working days; brokers are leaving.',
			by: room.people.priya
		});
	});

	it('ends with Priya’s checklist, due in two weeks, with its evidence', () => {
		const { actions } = record<ActionsRecord>('actions');
		const checklist = Object.values(actions).find((one) => one.owner === room.people.priya);
		expect(checklist).toMatchObject({
			text: 'A one-page checklist with two underwriters on 20 files',
			evidence: 'Fewer than 3 re-requests per file',
			state: 'open',
			meeting: 3
		});
	});

	it('knows who has presented, and whose turn it is: Aisha has not had hers yet', () => {
		const { tom, marek, priya, aisha } = room.people;
		const state = room.world.states.get('roster') as RosterState;
		expect(state.turns).toEqual({
			[tom!]: { times: 1, meeting: 1 },
			[marek!]: { times: 1, meeting: 2 },
			[priya!]: { times: 1, meeting: 3 }
		});
		expect(record<RosterRecord>('roster').rotation.now).toEqual({
			role: 'presenter',
			person: aisha,
			turns: null
		});
	});

	it('takes a learning as far as its author lets it go', () => {
		expect(Object.values(record<FormRecord>('learning').entries).map((one) => one.entry.for)).toEqual([
			'org',
			'team'
		]);
		expect(everything()).not.toContain('before I had a question');
		expect(own<FormOwn>('lena', 'learning').mine).toHaveLength(1);
		const form = room.world.instances.get('learning')!;
		const scene = { settings: form.settings } as Parameters<NonNullable<typeof form.block.ledger>>[1];
		const rows = form.block.ledger!(room.world.states.get('learning')!, scene);
		expect(rows.map((row) => row.text)).toEqual(['We measured days, not hand-backs.']);
	});

	it('hands the question that was kept and not asked on', () => {
		expect(Object.values(record<FloorRecord>('floor').unasked).map((one) => one.text)).toEqual([
			'Who gains from it being slow?'
		]);
		expect(own<FloorOwn>('lena', 'floor').jotted).toEqual([]);
	});

	it('shows the sponsor what Priya released, and nothing else of her own', () => {
		const brief = own<SealOwn>('maximiliane', 'brief');
		expect(brief.given).toMatchObject([{ name: 'Priya Raman' }]);
		expect(own<ActionsOwn>('maximiliane', 'actions').shared.map((one) => one.text)).toEqual([
			'A one-page checklist with two underwriters on 20 files'
		]);
		expect(JSON.stringify(record('brief'))).not.toContain('definition');
	});
});

describe('the action learning format', () => {
	const upTo = (phase: string) => {
		const at = actionLearningDemo.steps.findIndex(
			(step) => 'run' in step && step.run === 'actions.review' && step.by === 'marek'
		);
		const steps = actionLearningDemo.steps.slice(0, at);
		return () =>
			rehearse(actionLearning, {
				...actionLearningDemo,
				steps: [
					...steps,
					{ by: 'ruth', run: 'agenda.advance', with: ({ run }) => ({ expects: run, to: phase }) }
				]
			});
	};

	it('keeps P3 locked until each action of the review has its answer', () => {
		expect(upTo('P3')).toThrow(/P3 is locked until P1 is done/);
		expect(upTo('P2')).not.toThrow();
	});

	it('keeps P5 and P6 locked until the presenter has accepted a sentence; who leaves both out may go on', () => {
		const accepts = actionLearningDemo.steps.findLastIndex(
			(step) => 'run' in step && step.run === 'problem.accept'
		);
		const to = (phase: string) => () =>
			rehearse(actionLearning, {
				...actionLearningDemo,
				steps: [
					...actionLearningDemo.steps.slice(0, accepts),
					{ by: 'ruth', run: 'agenda.advance', with: ({ run }) => ({ expects: run, to: phase }) }
				]
			});
		for (const phase of ['P5', 'P6']) expect(to(phase)).toThrow(/The presenter accepts one sentence first/);
		expect(to('P7')).not.toThrow();
	});

	it('lets a second presenter begin again at P2 with an issue and a problem of their own', () => {
		const room = rehearse(actionLearning, {
			...actionLearningDemo,
			steps: [
				...actionLearningDemo.steps.slice(
					0,
					actionLearningDemo.steps.findIndex((step) => 'run' in step && step.run === 'brief.submit')
				),
				{ by: 'ruth', run: 'roster.next', with: ({ people }) => ({ person: people.lena! }) }
			]
		});
		expect(factsOf(room.world)).toMatchObject({
			agenda: { phase: 'P2', status: 'live' },
			roster: { presenter: 1 }
		});
		const problem = recordOf<SealRecord>(room, 'problem');
		expect(problem.progress.now).toMatchObject({ number: 2, submitted: 0, revealed: null });
		expect(problem.accepted[1]?.author).toBe(room.people.aisha);
		expect(problem.beside.now).toEqual({
			text: 'Nobody answers for a payment that bounces twice.',
			by: room.people.lena
		});
	});

	it('runs as a Troika, in which whoever brought the issue does not talk while the others consult', () => {
		const move = (verb: string) => ({
			by: 'ruth',
			run: `agenda.${verb}`,
			with: ({ run }: { run: string }) => ({ expects: run })
		});
		const talks = (by: string) => ({ by, run: 'floor.start' });
		const steps = [
			{ by: 'priya', run: 'issue.submit', with: () => ({ entry: { title: 'Brokers are leaving.' } }) },
			move('start'),
			move('advance'),
			move('advance'),
			talks('tom')
		];
		const demo = { ...actionLearningDemo, preset: 'troika', steps };
		expect(factsOf(rehearse(actionLearning, demo).world).agenda).toMatchObject({ phase: 'T3' });
		expect(() => rehearse(actionLearning, { ...demo, steps: [...steps, talks('priya')] })).toThrow(
			/T2 Clarify is over, .* opens again in T4 Reflect/
		);
	});
});

describe('the set of the demo that splits in threes', () => {
	const { steps } = actionLearningTroikasDemo;
	/** As far as the nth of these phases, with what is done in it. */
	const until = (phase: number) => {
		const moves = steps.flatMap((step, index) =>
			'run' in step && step.run === 'agenda.advance' ? [index] : []
		);
		return rehearse(actionLearning, {
			...actionLearningTroikasDemo,
			steps: steps.slice(0, moves[phase - 1]!)
		});
	};
	const turnOf = (room: ReturnType<typeof rehearse>) => {
		const { groups, now } = recordOf<GroupsRecord>(room, 'groups');
		return Object.values(groups).map((group) => turnIn(group, now.turn));
	};

	it('sits in two threes, which stay together, and each of the six has the turn once', () => {
		const rounds = [1, 5, 9].map(until);
		for (const room of rounds) {
			const { groups } = recordOf<GroupsRecord>(room, 'groups');
			expect(Object.values(groups).map(({ members }) => members.length)).toEqual([3, 3]);
		}
		expect(rounds.flatMap(turnOf).sort()).toEqual(Object.values(rounds[0]!.people).sort());
	});

	it('shows each three what it wrote, the other nothing of it, and nobody an issue that was written ahead', () => {
		const room = until(3);
		const seen = Object.keys(room.people).map((key) => ownOf<GroupsOwn>(room, key, 'groups'));
		for (const { group, notes } of seen) {
			expect(notes).toHaveLength(3);
			expect(notes.filter(({ mine }) => mine)).toHaveLength(1);
			expect(group!.members).toHaveLength(3);
		}
		const published = JSON.stringify([...room.world.instances.keys()].map((name) => room.published(name)));
		expect(published).not.toContain('When was it last otherwise');
		expect(published).not.toContain('four do not');
	});

	it('lets whoever brought it write nothing while the two consult, and the two go on', () => {
		const room = until(3);
		const listening = turnOf(room);
		const key = (id: string) => Object.keys(room.people).find((one) => room.people[one] === id)!;
		const listener = key(listening[0]!);
		const consultant = Object.keys(room.people).find((one) => !listening.includes(room.people[one]!))!;
		const moves = steps.findIndex((step) => 'opens' in step);
		const writes = (by: string) =>
			rehearse(actionLearning, {
				...actionLearningTroikasDemo,
				steps: [
					...steps.slice(0, moves),
					{ by, run: 'groups.write', with: () => ({ text: 'What I hear is a question of trust.' }) }
				]
			});
		expect(() => writes(listener)).toThrow(/The others consult now, and you only listen/);
		expect(() => writes(consultant)).not.toThrow();
	});

	it('ends with a step of each who took one, carried into the next meeting', () => {
		const room = rehearse(actionLearning, actionLearningTroikasDemo);
		expect(room.world.row.meeting).toBe(2);
		const { actions } = recordOf<ActionsRecord>(room, 'actions');
		expect(Object.values(actions)).toHaveLength(5);
		expect(factsOf(room.world).actions).toMatchObject({ open: 5 });
	});
});
