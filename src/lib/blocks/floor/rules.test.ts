import { describe, expect, it } from 'vitest';
import type { Json } from '../block.ts';
import { harness, type Harness } from '../testing.ts';
import type { FloorDesk, FloorOwn, FloorRecord } from './model.ts';
import { floor } from './rules.ts';

const group = {
	ruth: 'host',
	priya: 'presenter',
	tom: 'member',
	aisha: 'member',
	marek: 'member',
	lena: 'member'
};
const questions = {
	mode: 'questions',
	tags: true,
	tag: 'question',
	counted: ['member'],
	answers: ['presenter']
};

const room = (settings: Json = {}, people: Record<string, string> = group) =>
	harness(floor, settings, people);
const record = (h: Harness) => h.record() as FloorRecord;
const desk = (h: Harness) => h.desk() as FloorDesk;
const own = (h: Harness, person: string) => h.own(person) as FloorOwn;
const code = (outcome: ReturnType<Harness['run']>) => (outcome.ok ? null : outcome.error.code);
const line = (h: Harness) =>
	Object.values(record(h).queue)
		.sort((a, b) => a.place - b.place)
		.map((one) => one.person);

function speak(h: Harness, person: string, times: number, tag = 'question'): string {
	let last = '';
	for (let i = 0; i < times; i++) {
		const expects = record(h).now.turn ?? null;
		last = (h.must('ruth', 'start', { person, tag, expects }) as { turn: string }).turn;
	}
	return last;
}

describe('hands', () => {
	it('are one a person; another kind changes it and keeps its time', () => {
		const h = room();
		h.must('tom', 'raise', { kind: 'new' });
		h.clock.now += 1000;
		h.must('tom', 'raise', { kind: 'reply' });
		expect(record(h).queue.tom).toMatchObject({ kind: 'reply', at: h.clock.now - 1000 });
		expect(code(h.run('tom', 'raise', { kind: 'shout' }))).toBe('no_kind');
	});

	it('are called in their order, and two who call at once lose nobody', () => {
		const h = room({ kinds: ['clarify', 'new'] });
		h.must('tom', 'raise', { kind: 'clarify' });
		h.clock.now += 1;
		h.must('lena', 'raise');
		h.must('ruth', 'call', { person: 'tom', expects: null });
		expect(record(h).turns[record(h).now.turn!]).toMatchObject({ person: 'tom', tag: 'question' });
		expect(code(h.run('ruth', 'call', { person: 'tom' }))).toBe('passed');
		expect(code(h.run('ruth', 'call', { person: 'lena', expects: null }))).toBe('passed');
		expect(line(h)).toEqual(['lena']);
	});

	it('are moved by whoever leads, and given back to the policy', () => {
		const h = room();
		for (const person of ['tom', 'aisha', 'marek', 'lena']) {
			h.must(person, 'raise');
			h.clock.now += 1;
		}
		h.must('ruth', 'place', { person: 'lena', place: 0 });
		h.must('ruth', 'place', { person: 'marek', place: 0 });
		expect(line(h)).toEqual(['marek', 'lena', 'tom', 'aisha']);
		expect(record(h).queue.lena!.reason).toBe('placed');
		h.must('ruth', 'call', { person: 'marek' });
		expect(line(h)).toEqual(['lena', 'tom', 'aisha']);
		h.must('ruth', 'unplace');
		expect(line(h)).toEqual(['tom', 'aisha', 'lena']);
		h.must('ruth', 'dismiss', { person: 'tom' });
		expect(line(h)).toEqual(['aisha', 'lena']);
	});

	it('of those who left are not called', () => {
		const h = room();
		h.must('tom', 'raise');
		delete h.people.tom;
		expect(line(h)).toEqual([]);
		expect(code(h.run('ruth', 'call', { person: 'tom' }))).toBe('no_hand');
	});

	it('refuse what is not there', () => {
		const h = room();
		expect(code(h.run('tom', 'lower'))).toBe('no_hand');
		expect(code(h.run('ruth', 'dismiss', { person: 'tom' }))).toBe('no_hand');
		expect(code(h.run('ruth', 'place', { person: 'tom', place: 0 }))).toBe('no_hand');
		expect(code(h.run('stranger', 'raise'))).toBe('gone');
		expect(code(h.run('ruth', 'invite', { person: 'stranger' }))).toBe('gone');
		expect(code(h.run('ruth', 'invite', { person: 'ruth' }))).toBe('self');
		expect(code(h.run('tom', 'decline'))).toBe('not_invited');
		expect(code(h.run('tom', 'decline', { person: 'lena' }))).toBe('not_yours');
	});
});

describe('a round', () => {
	it('gives everybody one turn or a pass before anybody has a second', () => {
		const h = room({ counted: ['member'] });
		h.must('ruth', 'round');
		expect(line(h)).toEqual(['tom', 'aisha', 'marek', 'lena']);
		h.must('ruth', 'call', { person: 'tom' });
		h.must('tom', 'raise');
		h.must('aisha', 'lower');
		expect(line(h)).toEqual(['marek', 'lena', 'tom']);
	});

	it('that is strict lets nobody speak twice before everybody spoke once or passed', () => {
		const h = room({ counted: ['member'], strict: true });
		h.must('ruth', 'round');
		const tom = (h.must('tom', 'start') as { turn: string }).turn;
		h.must('tom', 'stop', { turn: tom });
		expect(code(h.run('tom', 'start'))).toBe('round');
		expect(code(h.run('tom', 'raise'))).toBe('round');
		speak(h, 'lena', 1);
		h.must('aisha', 'lower');
		expect(h.emitted.filter(({ event }) => event === 'roundOver')).toHaveLength(0);
		delete h.people.marek;
		speak(h, 'tom', 1);
		expect(h.facts()).toMatchObject({ inRound: 1 });
	});

	it('says when the last one had their turn', () => {
		const h = room({ counted: ['member'], strict: true });
		h.must('ruth', 'round');
		for (const person of ['tom', 'aisha', 'marek']) h.must(person, 'lower');
		expect(h.emitted.some(({ event }) => event === 'roundOver')).toBe(false);
		h.must('ruth', 'call', { person: 'lena' });
		expect(h.emitted.filter(({ event }) => event === 'roundOver')).toHaveLength(1);
	});

	it('needs somebody', () => {
		expect(code(room({ counted: ['nobody'] }).run('ruth', 'round'))).toBe('nobody');
	});
});

describe('turns', () => {
	it('follow one another: whoever begins ends the one before', () => {
		const h = room();
		const first = speak(h, 'tom', 1);
		h.clock.now += 20_000;
		const second = speak(h, 'lena', 1);
		expect(record(h).turns[first]).toMatchObject({ person: 'tom', ended: h.clock.now });
		h.clock.now += 5000;
		h.must('lena', 'stop', { turn: second });
		expect(record(h).turns[second]!.ended).toBe(h.clock.now);
		expect(record(h).now.turn).toBeUndefined();
	});

	it('make the figures of the walkthrough: 14 of 15, 0.93, and a balance of 0.97', () => {
		const h = room(questions);
		speak(h, 'tom', 5);
		speak(h, 'aisha', 4);
		speak(h, 'marek', 4);
		speak(h, 'lena', 1);
		const advice = speak(h, 'lena', 1);
		h.must('ruth', 'tag', { turn: advice, tag: 'statement' });
		expect(record(h).figures.group).toEqual({
			balance: 0.97,
			turns: 15,
			people: 4,
			questions: 14,
			statements: 1,
			ratio: 0.93
		});
	});

	it('tell only those who lead who is silent and who speaks most', () => {
		const h = room(questions);
		speak(h, 'tom', 6);
		speak(h, 'aisha', 1);
		expect(desk(h).amber.now).toMatchObject({ loudest: 'tom', quiet: ['marek', 'lena'] });
		expect(desk(h).shares.lena).toEqual({ person: 'lena', turns: 0, share: 0, invited: false });
		expect(JSON.stringify(h.record())).not.toContain('lena');
	});

	it('invite somebody silent, who alone sees it until they speak', () => {
		const h = room(questions);
		h.must('ruth', 'invite', { person: 'lena' });
		expect(own(h, 'lena').invited).toBe(true);
		expect(own(h, 'tom').invited).toBe(false);
		expect(JSON.stringify(h.record())).not.toContain('lena');
		expect([...h.touched]).toEqual(['lena']);
		h.must('lena', 'say', { text: 'What do brokers see?' });
		expect(own(h, 'lena').invited).toBe(false);
		h.must('ruth', 'invite', { person: 'tom' });
		h.must('tom', 'decline');
		expect(own(h, 'tom').invited).toBe(false);
	});

	it('refuse what is another one’s', () => {
		const h = room();
		expect(code(h.run('tom', 'start', { person: 'lena', expects: null }))).toBe('not_yours');
		expect(code(h.run('ruth', 'start', { person: 'stranger', expects: null }))).toBe('gone');
		const turn = speak(h, 'tom', 1);
		expect(code(h.run('lena', 'start', { expects: null }))).toBe('passed');
		expect(code(h.run('lena', 'start', { expects: turn }))).toBe('taken');
		expect(code(h.run('lena', 'stop', { turn }))).toBe('not_yours');
		expect(code(h.run('lena', 'tag', { turn, tag: 'answer' }))).toBe('not_yours');
		expect(code(h.run('lena', 'drop', { turn }))).toBe('not_yours');
		expect(code(h.run('ruth', 'tag', { turn: 'old', tag: 'answer' }))).toBe('gone');
		expect(code(h.run('ruth', 'drop', { turn: 'old' }))).toBe('gone');
		h.must('tom', 'drop', { turn });
		expect(record(h)).toMatchObject({ turns: {}, now: {} });
		expect(code(h.run('tom', 'stop', { turn }))).toBe('passed');
	});
});

describe('written questions', () => {
	it('are turns, are answered in writing or aloud, and what is unanswered is in the ledger', () => {
		const h = room(questions);
		const say = (person: string, text: string) => (h.must(person, 'say', { text }) as { turn: string }).turn;
		const first = say('tom', 'What happens between day 3 and day 11?');
		const second = say('aisha', 'Who decides a file is complete?');
		const third = say('marek', 'Who re-keys?');
		h.must('priya', 'answer', { turn: first, text: 'It waits for income documents.' });
		h.must('priya', 'answer', { turn: second });
		expect(record(h).turns[first]!.answer).toMatchObject({
			by: 'priya',
			text: 'It waits for income documents.'
		});
		expect(record(h).turns[second]!.answer).toMatchObject({ text: null });
		expect(h.ledger()).toMatchObject([{ id: third, kind: 'question', person: 'priya', state: 'unanswered' }]);
		expect(h.facts()).toMatchObject({ questions: 3, unanswered: 1 });
		h.nextMeeting();
		expect(record(h).carried).toEqual({
			[third]: {
				id: third,
				text: 'Who re-keys?',
				by: 'marek',
				name: 'marek',
				to: ['priya'],
				was: 'unanswered',
				answer: null
			}
		});
	});

	it('that are left open are carried on until whoever they were meant for answers, or lets them go', () => {
		const h = room(questions);
		const { turn } = h.must('tom', 'say', { text: 'Who re-keys?' }) as { turn: string };
		const { jotted } = h.must('lena', 'jot', { text: 'Who pays for it?' }) as { jotted: string };
		const { jotted: third } = h.must('lena', 'jot', { text: 'Who is asked first?' }) as { jotted: string };
		h.must('server', 'release');
		h.nextMeeting();
		h.nextMeeting();
		expect(Object.keys(record(h).carried).sort()).toEqual([turn, jotted, third].sort());
		expect(h.ledger().map(({ id, person, state }) => [id, person, state])).toContainEqual([
			jotted,
			'priya',
			'unasked'
		]);
		// Somebody else presents by now: the question stays with whom it was meant for.
		h.people.priya!.role = 'member';
		h.people.marek!.role = 'presenter';
		expect(code(h.run('marek', 'answer', { turn: jotted, text: 'The branch.' }))).toBe('not_yours');
		h.must('priya', 'answer', { turn: jotted, text: 'The branch.' });
		expect(record(h).carried[jotted]!.answer).toMatchObject({ by: 'priya', text: 'The branch.' });
		expect(code(h.run('marek', 'discard', { jotted: third }))).toBe('gone');
		h.must('lena', 'discard', { jotted: third });
		h.must('tom', 'say', { text: 'Who re-keys?', jotted: turn });
		h.nextMeeting();
		expect(Object.values(record(h).carried).map(({ text }) => text)).toEqual(['Who re-keys?']);
	});

	it('wait for those whom they were meant for once the phase is over, and nothing sealed with them', () => {
		const h = room(questions);
		h.must('tom', 'say', { text: 'Who re-keys?' });
		h.must('lena', 'jot', { text: 'Who pays for it?' });
		expect(h.matters()).toEqual([]);
		h.nextMeeting();
		expect(h.matters().map(({ person, kind, said }) => [person, kind, said])).toEqual([
			['priya', 'answer', 'Who re-keys?'],
			['tom', 'awaited', 'Who re-keys?']
		]);
		const { jotted } = h.must('lena', 'jot', { text: 'Who pays for it?' }) as { jotted: string };
		expect(JSON.stringify(h.matters())).not.toContain('pays');
		h.must('server', 'release');
		expect(h.matters()).toContainEqual(
			expect.objectContaining({ person: 'priya', kind: 'answer', said: 'Who pays for it?', item: jotted })
		);
		h.must('priya', 'answer', { turn: jotted });
		expect(JSON.stringify(h.matters())).not.toContain('pays');
		h.scene.may.answer = [];
		expect(h.matters()).toEqual([]);
	});

	it('kept for later are their author’s alone until the format releases them', () => {
		const h = room(questions);
		const { jotted } = h.must('tom', 'jot', { text: 'Who pays for it?' }) as { jotted: string };
		const { jotted: asked } = h.must('tom', 'jot', { text: 'Who checks?' }) as { jotted: string };
		h.must('tom', 'say', { text: 'Who checks?', jotted: asked });
		expect(own(h, 'tom').jotted).toEqual([{ id: jotted, text: 'Who pays for it?' }]);
		expect(JSON.stringify([h.record(), h.desk(), h.own('lena')])).not.toContain('pays');
		expect(code(h.run('ruth', 'release'))).toBe('forbidden');
		h.must('server', 'release');
		expect(record(h).unasked[jotted]).toEqual({
			id: jotted,
			text: 'Who pays for it?',
			by: 'tom',
			name: 'tom',
			to: ['priya'],
			was: 'unasked',
			answer: null
		});
		expect(h.emitted.filter((one) => one.event === 'unasked')).toHaveLength(1);
		h.must('server', 'release');
		expect(h.emitted.filter((one) => one.event === 'unasked')).toHaveLength(1);
	});

	it('that were never released go nowhere', () => {
		const h = room(questions);
		h.must('tom', 'jot', { text: 'Who pays for it?' });
		h.nextMeeting();
		expect(JSON.stringify(h.state)).not.toContain('pays');
	});

	it('refuse what is no question, too long, or not there', () => {
		const h = room(questions);
		expect(code(h.run('tom', 'say', { text: 'You should use a tool.' }))).toBe('no_question');
		expect(code(h.run('tom', 'say', { text: `${'x'.repeat(140)}?` }))).toBe('too_long');
		expect(code(h.run('tom', 'jot', { text: 'Use a tool.' }))).toBe('no_question');
		expect(code(h.run('tom', 'jot', { text: `${'x'.repeat(140)}?` }))).toBe('too_long');
		expect(code(h.run('tom', 'discard', { jotted: 'old' }))).toBe('gone');
		expect(code(h.run('stranger', 'say', { text: 'Who?' }))).toBe('gone');
		expect(code(h.run('priya', 'answer', { turn: 'old' }))).toBe('gone');
		const { turn } = h.must('tom', 'say', { text: 'Use a tool.', tag: 'statement' }) as { turn: string };
		expect(code(h.run('priya', 'answer', { turn }))).toBe('no_question');
		const asked = h.must('tom', 'say', { text: 'Who?' }) as { turn: string };
		expect(code(h.run('priya', 'answer', { turn: asked.turn, text: 'x'.repeat(501) }))).toBe('too_long');
		h.must('priya', 'answer', { turn: asked.turn, text: 'Three people, differently.' });
		expect(code(h.run('ruth', 'answer', { turn: asked.turn }))).toBe('answered');
		expect(code(h.run('tom', 'drop', { turn: asked.turn }))).toBe('answered');
		for (let i = 0; i < 20; i++) h.must('lena', 'jot', { text: `Who ${i}?` });
		expect(code(h.run('lena', 'jot', { text: 'Who?' }))).toBe('full');
	});

	it('leave with their author, who asks to be forgotten', () => {
		const h = room(questions);
		h.must('tom', 'say', { text: 'Who checks?' });
		h.must('tom', 'jot', { text: 'Who pays?' });
		h.must('tom', 'raise', {});
		const state = structuredClone(h.state);
		floor.forget!(state, 'tom', {});
		expect(JSON.stringify(state)).not.toContain('tom');
	});
});

describe('a fishbowl', () => {
	const bowl = () => room({ chairs: 3 });

	it('lets those in the circle speak, as long as one chair is empty', () => {
		const h = bowl();
		expect(code(h.run('tom', 'start'))).toBe('no_seat');
		h.must('tom', 'sit');
		h.must('lena', 'sit');
		h.must('lena', 'sit');
		const turn = (h.must('tom', 'start') as { turn: string }).turn;
		expect(Object.keys(record(h).seated)).toEqual(['tom', 'lena']);
		h.must('aisha', 'sit');
		expect(code(h.run('marek', 'sit'))).toBe('taken');
		expect(code(h.run('lena', 'start', { expects: turn }))).toBe('taken');
		h.must('tom', 'stop', { turn });
		expect(code(h.run('lena', 'start', { expects: null }))).toBe('no_empty_chair');
		expect(code(h.run('lena', 'stand', { person: 'tom' }))).toBe('not_yours');
		h.must('tom', 'stand');
		expect(code(h.run('tom', 'stand'))).toBe('no_seat');
		h.must('lena', 'start', { expects: null });
	});

	it('ends the turn of whoever leaves the circle', () => {
		const h = bowl();
		h.must('tom', 'sit');
		h.must('tom', 'start');
		h.must('ruth', 'stand', { person: 'tom' });
		expect(record(h).now.turn).toBeUndefined();
		expect(code(room().run('tom', 'sit'))).toBe('no_chairs');
	});
});

describe('without attribution', () => {
	it('turns that are over name nobody, and the group’s figures stay', () => {
		const h = room({ unnamed: true });
		speak(h, 'tom', 3);
		speak(h, 'lena', 2);
		expect(record(h).turns[record(h).now.turn!]).toMatchObject({ person: 'lena' });
		h.must('lena', 'stop', { turn: record(h).now.turn! });
		expect(JSON.stringify(record(h).turns)).not.toMatch(/tom|lena/);
		expect(record(h).figures.group).toMatchObject({ turns: 5 });
	});

	it('turns stay nobody’s when the room shows names again', () => {
		const h = room({ unnamed: true });
		speak(h, 'tom', 2);
		h.configure({});
		speak(h, 'lena', 2);
		const people = Object.values(record(h).turns).map(({ person }) => person);
		expect(people.filter((person) => person === 'tom')).toEqual([]);
		expect(people).toContain('lena');
	});
});
