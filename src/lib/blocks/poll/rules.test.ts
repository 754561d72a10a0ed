import { describe, expect, it } from 'vitest';
import type { Json } from '../block.ts';
import { harness, type Harness } from '../testing.ts';
import type { PollRecord, Result } from './model.ts';
import { poll } from './rules.ts';

const motion = {
	kind: 'choice',
	paired: true,
	voters: ['audience'],
	sides: ['for', 'against'],
	question: { en: 'Should branch staff use generative AI for customer letters?' },
	options: [
		{ id: 'for', text: { en: 'For' } },
		{ id: 'against', text: { en: 'Against' } },
		{ id: 'undecided', text: { en: 'Undecided' } }
	]
};

const lunch = {
	options: [
		{ id: 'a', text: { en: 'A' } },
		{ id: 'b', text: { en: 'B' } }
	]
};

function room(settings: Json, voters = 3): Harness {
	const people: Record<string, string> = { chair: 'host' };
	for (let i = 1; i <= voters; i++) people[`v${i}`] = 'audience';
	return harness(poll, settings, people);
}

const open = (h: Harness, more: { [key: string]: Json } = {}): string =>
	(h.must('chair', 'open', { expects: record(h).current.poll ?? null, ...more }) as { poll: string }).poll;
const record = (h: Harness) => h.record() as PollRecord;
const code = (outcome: ReturnType<Harness['run']>) => (outcome.ok ? null : outcome.error.code);

function cast(h: Harness, id: string, choices: string[]): void {
	choices.forEach((choice, index) => h.must(`v${index + 1}`, 'vote', { poll: id, choice }));
}

/** The walkthrough: 13 before, 12 of them after. The one who left was for it. */
function debate(): { h: Harness; id: string } {
	const h = room(motion, 13);
	const id = open(h);
	const before = [...Array(6).fill('for'), ...Array(3).fill('against'), ...Array(3).fill('undecided'), 'for'];
	cast(h, id, before);
	h.must('chair', 'close', { expects: id });
	h.must('chair', 'open', { expects: id, round: 'after' });
	cast(h, id, [...Array(6).fill('for'), ...Array(6).fill('against')]);
	return { h, id };
}

describe('a vote before and after', () => {
	/** So many vote both times, one more before only. */
	const held = (pairs: number) => {
		const h = room({ ...motion, least: 3 }, pairs + 1);
		const id = open(h);
		cast(h, id, Array(pairs + 1).fill('for'));
		h.must('chair', 'close', { expects: id });
		h.must('chair', 'open', { expects: id, round: 'after' });
		cast(h, id, Array(pairs).fill('against'));
		h.must('chair', 'close', { expects: id });
		h.must('chair', 'reveal', { expects: id });
		return { h, id };
	};

	it.each([0, 1, 2])('says of %i who voted both times how many are missing, and nothing else', (pairs) => {
		const { h, id } = held(pairs);
		expect(record(h).results[id]).toEqual({ is: 'few', ballots: pairs, least: 3 });
		expect(JSON.stringify(h.record())).not.toMatch(/"(before|after)":\{"for"/);
		expect(h.emitted).not.toContainEqual({ event: expect.stringMatching(/^won/), data: expect.anything() });
	});

	it('shows the result of three', () => {
		const { h, id } = held(3);
		expect(record(h).results[id]).toMatchObject({
			is: 'paired',
			before: { for: 3 },
			after: { against: 3 },
			matrix: null
		});
	});
});

describe('a vote', () => {
	it('is counted once a person, however often they change it', () => {
		const h = room(lunch);
		const id = open(h);
		cast(h, id, ['a', 'b', 'a']);
		h.must('v1', 'vote', { poll: id, choice: 'b' });
		h.must('v3', 'vote', { poll: id, choice: null });
		h.must('chair', 'close', { expects: id });
		h.must('chair', 'reveal', { expects: id });
		expect(record(h).results[id]).toMatchObject({ ballots: 2, totals: { a: 0, b: 2 }, leading: 'b' });
	});

	it('shows how many voted and nothing else until the reveal', () => {
		const h = room({ ...lunch, voters: ['audience'] });
		const id = open(h);
		cast(h, id, ['a', 'a']);
		expect(record(h).turnout[id]).toEqual({ voted: 2, of: 3 });
		expect(record(h).live).toEqual({});
		h.must('chair', 'close', { expects: id });
		expect(record(h).results).toEqual({});
		expect(record(h).polls[id]!.turnout).toEqual({ once: { voted: 2, of: 3 } });
		expect(JSON.stringify([h.record(), h.desk(), h.facts()])).not.toMatch(/"v\d"/);
	});

	it('can be watched while it is open where it is not sealed, and is open with its close', () => {
		const h = room({ ...lunch, sealed: false });
		const id = open(h);
		cast(h, id, ['a', 'b', 'a']);
		expect(record(h).live[id]).toEqual({ a: 2, b: 1 });
		h.must('chair', 'close', { expects: id });
		expect(record(h).polls[id]!.stage.is).toBe('revealed');
	});

	it('shows its own ballot to each voter while it is open, and to nobody afterwards', () => {
		const h = room(lunch);
		const id = open(h);
		cast(h, id, ['a']);
		expect(h.own('v1')).toEqual({ poll: id, round: 'once', choice: 'a' });
		expect(h.own('v2')).toBeNull();
		h.must('chair', 'close', { expects: id });
		expect(h.own('v1')).toBeNull();
		expect(h.state.ballots).toEqual({});
	});

	it('shows no result of fewer ballots than the threshold', () => {
		const h = room({ ...lunch, least: 3 });
		const id = open(h);
		cast(h, id, ['a', 'b']);
		h.must('chair', 'close', { expects: id });
		h.must('chair', 'reveal', { expects: id });
		expect(record(h).results[id]).toEqual({ is: 'few', ballots: 2, least: 3 });
	});

	it('names the voters where it is a roll-call, and forgets one who asks for it', () => {
		const h = room({ ...lunch, named: true });
		const id = open(h);
		cast(h, id, ['a', 'b']);
		h.must('chair', 'close', { expects: id });
		expect(JSON.stringify(h.record())).not.toContain('v1');
		h.must('chair', 'reveal', { expects: id });
		expect(record(h).results[id]).toMatchObject({ by: { v1: 'a', v2: 'b' } });
	});

	it('takes question and options of whoever opens it', () => {
		const h = room({});
		const id = open(h, { question: 'When do we meet?', options: ['Monday', 'Thursday'] });
		expect(record(h).polls[id]).toMatchObject({ authored: true, question: { en: 'When do we meet?' } });
		cast(h, id, ['1', '2', '2']);
		h.must('chair', 'close', { expects: id });
		h.must('chair', 'reveal', { expects: id });
		expect(record(h).results[id]).toMatchObject({ leading: '2' });
	});

	it('gives the mean of a scale', () => {
		const h = room({ kind: 'scale', scale: { from: 1, to: 5 } });
		const id = open(h);
		cast(h, id, ['5', '4', '4']);
		h.must('chair', 'close', { expects: id });
		h.must('chair', 'reveal', { expects: id });
		expect(record(h).results[id]).toMatchObject({ mean: 4.33, totals: { 1: 0, 4: 2, 5: 1 } });
	});

	it('closes by itself when its time is over', () => {
		const h = room({ ...lunch, seconds: 20, revealAtClose: true });
		const id = open(h);
		cast(h, id, ['a']);
		const due = h.due();
		expect(due).toEqual({ at: h.clock.now + 20_000, verb: 'close', payload: { expects: id } });
		h.must('server', due!.verb, due!.payload);
		expect(record(h).results[id]).toMatchObject({ leading: 'a' });
		expect(h.due()).toBeNull();
	});
});

describe('a roman vote', () => {
	it('says what it decided, so that a format can wire more time to it', () => {
		const h = room({ kind: 'roman', revealAtClose: true }, 6);
		const { poll: id } = h.must('server', 'open', { about: 'topic1' }) as { poll: string };
		cast(h, id, ['up', 'up', 'up', 'up', 'side', 'down']);
		h.must('server', 'close');
		expect(record(h).results[id]).toMatchObject({ totals: { up: 4, side: 1, down: 1 } });
		expect(h.emitted.map((one) => one.event)).toEqual(['opened', 'closed', 'revealed', 'won.up']);
		expect(h.emitted.at(-1)!.data).toEqual({ poll: id, about: 'topic1' });
	});

	it('says nothing where two are even', () => {
		const h = room({ kind: 'roman', revealAtClose: true }, 2);
		const id = open(h);
		cast(h, id, ['up', 'down']);
		h.must('chair', 'close', { expects: id });
		expect(h.emitted.some((one) => one.event.startsWith('won.'))).toBe(false);
	});

	it('on the next thing closes the one before', () => {
		const h = room({ kind: 'roman' });
		const { poll: first } = h.must('server', 'open', { about: 'topic1' }) as { poll: string };
		expect(h.must('server', 'open', { about: 'topic1' })).toEqual({ poll: first });
		const { poll: second } = h.must('server', 'open', { about: 'topic2' }) as { poll: string };
		expect(record(h).polls[first]!.stage).toEqual({ is: 'closed', round: 'once' });
		expect(record(h).current.poll).toBe(second);
	});
});

describe('a vote before and after', () => {
	it('counts only those who voted twice: 6/3/3 become 6/6/0, and against wins by 25 points', () => {
		const { h, id } = debate();
		h.must('chair', 'close', { expects: id });
		h.must('chair', 'reveal', { expects: id });
		expect(record(h).results[id]).toEqual({
			is: 'paired',
			pairs: 12,
			before: { for: 6, against: 3, undecided: 3 },
			after: { for: 6, against: 6, undecided: 0 },
			shift: { for: 0, against: 25, undecided: -25 },
			verdict: { is: 'won', option: 'against', margin: 25 },
			matrix: {
				for: { for: 6, against: 0, undecided: 0 },
				against: { for: 0, against: 3, undecided: 0 },
				undecided: { for: 0, against: 3, undecided: 0 }
			},
			matrixFrom: 8
		} satisfies Result);
		expect(record(h).polls[id]!.turnout).toEqual({
			before: { voted: 13, of: 13 },
			after: { voted: 12, of: 13 }
		});
	});

	it('never shows the figure that counts the one who left', () => {
		const { h, id } = debate();
		h.must('chair', 'close', { expects: id });
		h.must('chair', 'reveal', { expects: id });
		expect(JSON.stringify(h.record())).not.toContain('3.8');
	});

	it('keeps nothing that pairs one ballot with another after the close', () => {
		const { h, id } = debate();
		expect(Object.keys(h.state.ballots!)).toHaveLength(25);
		h.must('chair', 'close', { expects: id });
		expect(h.state.ballots).toEqual({});
		expect(JSON.stringify(h.state)).not.toMatch(/"v\d/);
	});

	it('shows no total of the first round before the second is revealed', () => {
		const { h, id } = debate();
		expect(record(h).results).toEqual({});
		expect(record(h).live).toEqual({});
		h.must('chair', 'close', { expects: id });
		expect(record(h).results).toEqual({});
	});

	it('hides who went where below eight pairs', () => {
		const h = room(motion, 7);
		const id = open(h);
		cast(h, id, Array(7).fill('undecided'));
		h.must('chair', 'close', { expects: id });
		h.must('chair', 'open', { expects: id, round: 'after' });
		cast(h, id, Array(7).fill('for'));
		h.must('chair', 'close', { expects: id });
		h.must('chair', 'reveal', { expects: id });
		expect(record(h).results[id]).toMatchObject({
			pairs: 7,
			matrix: null,
			verdict: { is: 'won', option: 'for' }
		});
	});

	it('is a draw when one voter made the difference in a small room', () => {
		const h = room(motion, 10);
		const id = open(h);
		cast(h, id, Array(10).fill('undecided'));
		h.must('chair', 'close', { expects: id });
		h.must('chair', 'open', { expects: id, round: 'after' });
		cast(h, id, [...Array(5).fill('for'), ...Array(4).fill('against'), 'undecided']);
		h.must('chair', 'close', { expects: id });
		h.must('chair', 'reveal', { expects: id });
		expect(record(h).results[id]).toMatchObject({ verdict: { is: 'draw', why: 'margin' } });
	});

	it('lets the steps of phases come twice, and loses no ballot by it', () => {
		const h = room(motion);
		const { poll: id } = h.must('server', 'open', { round: 'before' }) as { poll: string };
		cast(h, id, ['for']);
		h.must('server', 'close');
		h.must('server', 'open', { round: 'before' });
		expect(h.own('v1')).toMatchObject({ choice: 'for' });
		expect(h.must('server', 'open', { round: 'before' })).toEqual({ poll: id });
		h.must('server', 'open', { round: 'after' });
		h.must('v1', 'vote', { poll: id, choice: 'against' });
		h.must('server', 'reveal');
		h.must('server', 'reveal');
		h.must('server', 'close');
		expect(h.must('server', 'open', { round: 'after' })).toEqual({ poll: id });
		expect(record(h).results[id]).toMatchObject({ pairs: 1, shift: { for: -100, against: 100 } });
	});
});

describe('a vote refuses', () => {
	it('whoever saw another poll', () => {
		const h = room(lunch);
		expect(code(h.run('chair', 'open'))).toBe('expects');
		const id = open(h);
		expect(code(h.run('chair', 'close', { expects: 'old' }))).toBe('passed');
		expect(code(h.run('v1', 'vote', { poll: 'old', choice: 'a' }))).toBe('passed');
		expect(code(h.run('chair', 'open', { expects: id }))).toBe('open');
	});

	it('what comes at the wrong time', () => {
		const h = room(motion);
		expect(code(h.run('chair', 'reveal', { expects: null }))).toBe('none');
		expect(code(h.run('chair', 'cancel', { expects: null }))).toBe('none');
		expect(code(h.run('chair', 'open', { expects: null, round: 'after' }))).toBe('no_before');
		const id = open(h);
		expect(code(h.run('chair', 'reveal', { expects: id }))).toBe('open');
		h.must('chair', 'close', { expects: id });
		expect(code(h.run('v1', 'vote', { poll: id, choice: 'for' }))).toBe('closed');
		expect(code(h.run('chair', 'close', { expects: id }))).toBe('closed');
		expect(code(h.run('chair', 'reveal', { expects: id }))).toBe('no_after');
		h.must('chair', 'open', { expects: id, round: 'after' });
		h.must('chair', 'close', { expects: id });
		expect(code(h.run('chair', 'open', { expects: id, round: 'after' }))).toBe('counted');
		h.must('chair', 'reveal', { expects: id });
		expect(code(h.run('chair', 'reveal', { expects: id }))).toBe('revealed');
		expect(code(h.run('chair', 'cancel', { expects: id }))).toBe('revealed');
	});

	it('who has no vote, what is no option, and options that are none', () => {
		const h = room(motion);
		const id = open(h);
		expect(code(h.run('chair', 'vote', { poll: id, choice: 'for' }))).toBe('no_vote');
		expect(code(h.run('v1', 'vote', { poll: id, choice: 'maybe' }))).toBe('no_option');
		expect(code(room({}).run('chair', 'open', { expects: null }))).toBe('no_options');
		expect(code(room({}).run('chair', 'open', { expects: null, options: ['A', 'A'] }))).toBe('double');
	});

	it('nothing when one opened by mistake is taken back, with its ballots', () => {
		const h = room(lunch);
		const id = open(h);
		cast(h, id, ['a']);
		h.must('chair', 'cancel', { expects: id });
		expect(h.state).toEqual({ polls: {}, current: {}, ballots: {}, results: {} });
	});
});
