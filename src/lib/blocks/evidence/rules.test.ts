import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Json, Outcome } from '../block.ts';
import { harness, type Harness } from '../testing.ts';
import type { EvidenceOwn, EvidenceRecord, EvidenceState, Quoted } from './model.ts';
import { evidence } from './rules.ts';

const settings = { for: ['pro'], against: ['con'] };
const people = { ingrid: 'host', dev: 'pro', hana: 'pro', luis: 'con', mo: 'con', yusuf: 'crowd' };

const pilot: Quoted = {
	id: 'pilot',
	side: 'for',
	ref: 'F1',
	quote: 'Letters take 22 min; pilot 9 min, n=140',
	revision: 'r1'
};
const memo: Quoted = {
	id: 'memo',
	side: 'against',
	ref: 'A1',
	quote: 'Wrong rate = mis-selling.',
	revision: 'r1'
};

const card = (id: string, more: { [key: string]: Json } = {}): { [key: string]: Json } => ({
	id,
	claim: null,
	quote: `Quote of ${id}`,
	source: '',
	link: '',
	standing: '',
	date: '',
	kind: 'study',
	order: 1,
	author: 'dev',
	rebuts: [],
	...more
});
const claim = (id: string, more: { [key: string]: Json } = {}): { [key: string]: Json } => ({
	id,
	text: `Claim ${id}`,
	order: 1,
	parent: null,
	author: 'dev',
	rebuts: [],
	...more
});

let h: Harness<EvidenceRecord>;
const record = () => h.record();
const state = () => h.state as EvidenceState;
const code = (outcome: Outcome) => (outcome.ok ? 'ok' : outcome.error.code);

beforeEach(() => {
	h = harness<EvidenceRecord>(evidence, settings, people);
});

const challenge = (by: string, more: { [key: string]: Json } = {}) =>
	(
		h.must(by, 'challenge', { card: pilot, kind: 'irrelevant', text: 'Leaves out complaints.', ...more }) as {
			challenge: string;
		}
	).challenge;
const statement = (by: string, text: string) =>
	(h.must(by, 'state', { text }) as { statement: string }).statement;

describe('the motion', () => {
	test('is set with its definitions, and a gate can ask for it', () => {
		expect(h.facts().motion).toBe(false);
		h.must('ingrid', 'motion', { text: 'Use AI for letters.', definitions: 'Letters are signed.' });
		expect(record().motion.current).toMatchObject({
			text: 'Use AI for letters.',
			definitions: 'Letters are signed.'
		});
		expect(h.facts().motion).toBe(true);
		expect(h.emitted).toEqual([{ event: 'motion', data: { text: 'Use AI for letters.' } }]);
	});

	test('has words', () => {
		expect(code(h.run('ingrid', 'motion', { text: '  ' }))).toBe('invalid');
	});
});

describe('laying on the table', () => {
	test('shows a side’s claims and cards, and what it no longer has goes', () => {
		h.must('dev', 'lay', { claims: [claim('one'), claim('two')], cards: [card('a', { claim: 'one' })] });
		h.must('luis', 'lay', { claims: [claim('one')], cards: [] });
		expect(Object.keys(record().claims)).toEqual(['for/one', 'for/two', 'against/one']);
		expect(record().cards['for/a']).toMatchObject({ side: 'for', claim: 'one' });
		h.must('hana', 'lay', { claims: [claim('two')], cards: [card('a', { claim: 'one' })] });
		expect(Object.keys(record().claims).toSorted()).toEqual(['against/one', 'for/two']);
		expect(record().cards['for/a']).toMatchObject({ claim: null });
	});

	test('cuts claims that stand under each other', () => {
		h.must('dev', 'lay', { claims: [claim('a', { parent: 'b' }), claim('b', { parent: 'a' })], cards: [] });
		expect(Object.values(record().claims).filter(({ parent }) => parent === null)).toHaveLength(1);
	});

	test('knows no card by a name that every object has', () => {
		expect(code(h.run('dev', 'lay', { claims: [], cards: [card('__proto__')] }))).toBe('invalid');
		expect(code(h.run('dev', 'lay', { claims: [claim('__proto__')], cards: [] }))).toBe('invalid');
		h.must('dev', 'lay', { claims: [], cards: [card('constructor')] });
		expect(record().cards['for/constructor']?.id).toBe('constructor');
	});

	test('is for a side’s speakers', () => {
		expect(code(h.run('yusuf', 'lay', { claims: [], cards: [] }))).toBe('no_side');
		expect(code(h.run('ingrid', 'lay', { claims: [], cards: [] }))).toBe('no_side');
	});

	test('leaves out an address that is none', () => {
		h.must('dev', 'lay', {
			claims: [],
			cards: [card('a', { link: 'javascript:alert(1)' }), card('b', { link: 'https://example.org/x' })]
		});
		expect(record().cards['for/a']?.link).toBe('');
		expect(record().cards['for/b']?.link).toBe('https://example.org/x');
	});

	test('refuses a date that is none', () => {
		expect(code(h.run('dev', 'lay', { claims: [], cards: [card('a', { date: 'last year' })] }))).toBe(
			'invalid'
		);
	});
});

describe('a challenge', () => {
	test('is ruled on, and the card that was reworded has survived', () => {
		const id = challenge('mo');
		expect(h.facts()).toMatchObject({ challengesOpen: 1, survived: 0 });
		h.must('yusuf', 'rule', { challenge: id, ruling: 'stands-reworded', note: 'Say what was left out.' });
		expect(record().challenges[id]).toMatchObject({
			card: pilot,
			by: 'mo',
			ruling: { is: 'stands-reworded', note: 'Say what was left out.', by: 'yusuf' }
		});
		expect(h.facts()).toMatchObject({ challengesOpen: 0, survived: 1, fell: 0 });
	});

	test('is not for a card of one’s own side', () => {
		expect(code(h.run('dev', 'challenge', { card: pilot, kind: 'outdated', text: 'Old.' }))).toBe('own_card');
	});

	test('is not for a card of one’s own side that is called the other’s', () => {
		h.must('dev', 'lay', { claims: [], cards: [card('pilot')] });
		const forged = { ...pilot, side: 'against' };
		expect(code(h.run('dev', 'challenge', { card: forged, kind: 'outdated', text: 'Old.' }))).toBe(
			'own_card'
		);
	});

	test('of one kind waits once', () => {
		challenge('mo');
		expect(code(h.run('luis', 'challenge', { card: pilot, kind: 'irrelevant', text: 'Again.' }))).toBe(
			'again'
		);
		expect(code(h.run('luis', 'challenge', { card: pilot, kind: 'outdated', text: 'Old.' }))).toBe('ok');
	});

	test('is withdrawn by whoever made it, before the ruling', () => {
		const id = challenge('mo');
		expect(code(h.run('luis', 'withdraw', { challenge: id }))).toBe('not_yours');
		h.must('mo', 'withdraw', { challenge: id });
		expect(code(h.run('mo', 'withdraw', { challenge: id }))).toBe('gone');
		expect(code(h.run('ingrid', 'rule', { challenge: id, ruling: 'stands' }))).toBe('gone');
		const other = challenge('mo');
		h.must('ingrid', 'rule', { challenge: other, ruling: 'stands' });
		expect(code(h.run('mo', 'withdraw', { challenge: other }))).toBe('ruled');
	});

	test('is ruled on once, unless the ruling is taken back', () => {
		const id = challenge('mo');
		h.must('ingrid', 'rule', { challenge: id, ruling: 'falls' });
		expect(code(h.run('yusuf', 'rule', { challenge: id, ruling: 'stands' }))).toBe('ruled');
		h.must('ingrid', 'reopen', { challenge: id });
		h.must('yusuf', 'rule', { challenge: id, ruling: 'stands' });
		expect(record().challenges[id]?.ruling?.is).toBe('stands');
		expect(code(h.run('ingrid', 'reopen', { challenge: 'none' }))).toBe('gone');
	});
});

describe('strength', () => {
	const rate = (by: string, strength: number, of = pilot) => h.run(by, 'rate', { card: of, strength });

	test('is blind until every speaker of both sides has rated', () => {
		rate('dev', 4);
		rate('hana', 3);
		rate('luis', 1);
		expect(record().strengths).toEqual({});
		expect(record().progress.pilot).toEqual({ revision: 'r1', rated: 3, of: 4 });
		rate('mo', 2);
		expect(record().strengths.pilot).toEqual({
			card: pilot,
			for: { mean: 3.5, count: 2 },
			against: { mean: 1.5, count: 2 }
		});
		expect(record().progress).toEqual({});
	});

	test('may be rated again until it shows, and not after', () => {
		rate('dev', 4);
		rate('dev', 2);
		expect((h.own('dev') as EvidenceOwn).ratings.pilot?.strength).toBe(2);
		expect((h.own('mo') as EvidenceOwn).ratings).toEqual({});
		for (const person of ['hana', 'luis', 'mo']) rate(person, 2);
		expect(code(rate('dev', 0))).toBe('shown');
		expect(record().strengths.pilot?.for.mean).toBe(2);
	});

	test('stays with the words that were rated: new words are rated anew, and the old figure is kept meanwhile', () => {
		for (const person of ['dev', 'hana', 'luis', 'mo']) rate(person, 2);
		const reworded = { ...pilot, quote: 'complaints excluded', revision: 'r2' };
		expect(code(rate('luis', 4, reworded))).toBe('ok');
		expect(record().strengths.pilot?.card.revision).toBe('r1');
		expect(record().progress.pilot).toEqual({ revision: 'r2', rated: 1, of: 4 });
		for (const person of ['dev', 'hana', 'mo']) rate(person, 4, reworded);
		expect(record().strengths.pilot).toMatchObject({
			card: reworded,
			for: { mean: 4 },
			against: { mean: 4 }
		});
	});

	test('is shown before all have rated, once each side has', () => {
		rate('dev', 3);
		expect(code(h.run('ingrid', 'unblind', { card: 'pilot' }))).toBe('one_side');
		expect(code(h.run('ingrid', 'unblind', { card: 'memo' }))).toBe('gone');
		rate('mo', 1);
		rate('mo', 1, memo);
		h.must('server', 'unblind');
		expect(record().strengths.pilot).toMatchObject({
			for: { mean: 3, count: 1 },
			against: { mean: 1, count: 1 }
		});
		expect(record().strengths.memo).toBeUndefined();
	});

	test('is given by speakers, from 0 to 4', () => {
		expect(code(rate('yusuf', 2))).toBe('no_side');
		expect(code(rate('dev', 5))).toBe('invalid');
		expect(code(rate('dev', 1.5))).toBe('invalid');
	});

	test('is one rating a speaker and card, and nothing of it shows while a side is silent', () => {
		const raters = ['dev', 'hana', 'luis', 'mo'] as const;
		let shown = 0;
		fc.assert(
			fc.property(
				fc.array(
					fc.record({
						by: fc.constantFrom(...raters),
						strength: fc.integer({ min: 0, max: 4 }),
						revision: fc.constantFrom('r1', 'r2')
					}),
					{ maxLength: 12 }
				),
				(steps) => {
					h = harness<EvidenceRecord>(evidence, settings, people);
					const last = new Map<string, { strength: number; revision: string }>();
					for (const { by, strength, revision } of steps)
						if (rate(by, strength, { ...pilot, revision }).ok) last.set(by, { strength, revision });
					const given = Object.entries(state().ratings);
					expect(given).toHaveLength(last.size);
					for (const [path, rating] of given) expect(rating).toMatchObject(last.get(path.split('/')[1]!)!);
					const strength = record().strengths.pilot;
					if (!strength) {
						expect(JSON.stringify(h.record())).not.toContain('"strength"');
						return;
					}
					shown++;
					for (const side of ['for', 'against'] as const) expect(strength[side].count).toBe(2);
				}
			),
			{ numRuns: 300 }
		);
		expect(shown).toBeGreaterThan(10);
	});
});

describe('the switch', () => {
	test('is done when the other side finds the statement fair, and counts the tries', () => {
		const first = statement('mo', 'It is fast.');
		expect(record().statements[first]).toMatchObject({ case: 'for', try: 1, verdict: null });
		h.must('dev', 'fair', { statement: first, ok: false, note: 'And nothing of the pilot?' });
		const second = statement('mo', 'The pilot halved the time.');
		expect(record().statements[second]?.try).toBe(2);
		h.must('hana', 'fair', { statement: second });
		expect(h.facts()).toMatchObject({ fairFor: true, fairAgainst: false });
		expect(h.emitted.at(-1)).toEqual({ event: 'fair', data: { side: 'for', tries: 2 } });
		expect(code(h.run('luis', 'state', { text: 'More.' }))).toBe('settled');
	});

	test('replaces a statement that nobody has answered, without counting a try', () => {
		const first = statement('mo', 'It is fast.');
		const second = statement('luis', 'It is fast and cheap.');
		expect(Object.keys(record().statements)).toEqual([second]);
		expect(record().statements[second]?.try).toBe(1);
		expect(code(h.run('dev', 'fair', { statement: first }))).toBe('passed');
	});

	test('is answered once, by those whose case it is or by whoever runs the room', () => {
		const first = statement('mo', 'It is fast.');
		expect(code(h.run('luis', 'fair', { statement: first }))).toBe('not_yours');
		expect(code(h.run('yusuf', 'fair', { statement: first }))).toBe('not_yours');
		h.must('ingrid', 'fair', { statement: first });
		expect(code(h.run('dev', 'fair', { statement: first, ok: false }))).toBe('answered');
	});

	test('is for those who speak for a side', () => {
		expect(code(h.run('ingrid', 'state', { text: 'Both.' }))).toBe('no_side');
	});

	test('holds the meeting only where the format says so', () => {
		expect(h.facts().switched).toBe(true);
		h = harness<EvidenceRecord>(evidence, { ...settings, mustBeFair: true }, people);
		expect(h.facts().switched).toBe(false);
		h.must('dev', 'fair', { statement: statement('mo', 'Fast.') });
		h.must('mo', 'fair', { statement: statement('dev', 'Risky.') });
		expect(h.facts().switched).toBe(true);
	});
});

describe('the library', () => {
	const kept = (id: string) => ({
		id,
		side: 'for',
		claim: 'A claim',
		quote: `Quote of ${id}`,
		kind: 'study'
	});

	test('takes surviving cards, and the next meeting begins with them', () => {
		h.must('ingrid', 'motion', { text: 'Use AI for letters.' });
		challenge('mo', { card: pilot });
		h.must('ingrid', 'keep', { cards: [kept('pilot'), kept('calls')] });
		expect(record().library.pilot).toMatchObject({ motion: 'Use AI for letters.', meeting: 1 });
		expect(h.ledger()).toHaveLength(2);
		expect(h.ledger()[0]).toMatchObject({ id: 'pilot', kind: 'learning', text: 'Quote of pilot' });
		h.nextMeeting();
		expect(Object.keys(record().library)).toEqual(['pilot', 'calls']);
		expect(record().motion).toEqual({});
		expect(record().challenges).toEqual({});
		h.must('ingrid', 'drop', { card: 'calls' });
		expect(code(h.run('ingrid', 'drop', { card: 'calls' }))).toBe('gone');
	});

	test('keeps what was laid and did not fall by itself, with the claim that it stands for', () => {
		h.must('ingrid', 'motion', { text: 'Use AI for letters.' });
		h.must('dev', 'lay', { claims: [claim('one')], cards: [card('a'), card('b')] });
		const seen = { ...pilot, id: 'b', side: 'for' };
		h.must('ingrid', 'rule', { challenge: challenge('mo', { card: seen }), ruling: 'falls' });
		h.must('server', 'keepStanding');
		expect(Object.keys(record().library)).toEqual(['a']);
		expect(record().library.a).toMatchObject({ side: 'for', motion: 'Use AI for letters.', meeting: 1 });
		h.must('ingrid', 'drop', { card: 'a' });
		h.nextMeeting();
		expect(record().library).toEqual({});
	});

	test('lets a card go that is used again and falls', () => {
		h.must('dev', 'lay', { claims: [], cards: [card('a')] });
		h.must('server', 'keepStanding');
		h.nextMeeting();
		expect(Object.keys(record().library)).toEqual(['a']);
		h.must('dev', 'lay', { claims: [], cards: [card('a')] });
		const seen = { ...pilot, id: 'a', side: 'for' };
		h.must('ingrid', 'rule', { challenge: challenge('mo', { card: seen }), ruling: 'falls' });
		h.must('server', 'keepStanding');
		expect(record().library).toEqual({});
	});

	test('refuses a card that fell, and takes none of its companions', () => {
		h.must('ingrid', 'rule', { challenge: challenge('mo'), ruling: 'falls' });
		expect(code(h.run('ingrid', 'keep', { cards: [kept('calls'), kept('pilot')] }))).toBe('fell');
		expect(record().library).toEqual({});
	});
});

test('forgets a person: ratings, challenges and statements go, laid words lose the name', () => {
	h.must('dev', 'lay', { claims: [claim('one')], cards: [card('a')] });
	h.must('dev', 'rate', { card: memo, strength: 2 });
	h.must('dev', 'challenge', { card: memo, kind: 'outdated', text: 'Old.' });
	h.must('yusuf', 'rule', { challenge: challenge('mo'), ruling: 'stands', note: 'Read it.' });
	statement('dev', 'It is risky.');
	h.must('dev', 'fair', { statement: statement('mo', 'It is fast.'), ok: false, note: 'No.' });
	const left = structuredClone(h.state);
	evidence.forget?.(left, 'dev', {});
	evidence.forget?.(left, 'yusuf', {});
	expect(JSON.stringify(left)).not.toMatch(/dev|yusuf/);
	expect(Object.keys((left as EvidenceState).challenges)).toHaveLength(1);
});
