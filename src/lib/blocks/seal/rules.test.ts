import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import type { Json } from '../block.ts';
import type { Tables } from '../block.ts';
import { harness } from '../testing.ts';
import type { SealOwn, SealRecord } from './model.ts';
import { seal } from './rules.ts';

const PEOPLE = { ruth: 'host', priya: 'presenter', tom: 'member', aisha: 'member', lena: 'member' };

function room(settings: Json = {}) {
	const h = harness<SealRecord, Tables, SealOwn>(seal, settings, PEOPLE);
	return {
		...h,
		get state() {
			return h.state;
		},
		write: (by: string, text: string) => (h.must(by, 'submit', { entry: { text } }) as { id: string }).id,
		texts: () => Object.values(h.record().revealed).map((one) => one.entry.text),
		shown: (text: string) => Object.values(h.record().revealed).find((one) => one.entry.text === text)!.id
	};
}

describe('before the reveal', () => {
	it('nothing but “n of m” is published, and everybody sees their own entry only', () => {
		const h = room();
		h.write('tom', 'a slow team');
		h.write('aisha', 'no shared definition');
		expect(h.record()).toEqual({
			progress: { now: { number: 1, revealed: null, due: null, submitted: 2, of: 5 } },
			revealed: {},
			accepted: {},
			earlier: {},
			alike: {},
			beside: {}
		});
		expect(JSON.stringify([h.record(), h.desk(), h.facts(), h.own('lena')])).not.toMatch(
			/slow|definition|tom|aisha/
		);
		expect(h.own('tom').mine.map((one) => one.entry.text)).toEqual(['a slow team']);
	});

	it('an author may change and take back the entry', () => {
		const h = room();
		const id = h.write('tom', 'first');
		h.write('tom', 'second');
		expect(h.record().progress.now?.submitted).toBe(1);
		expect(h.own('tom').mine[0]?.entry.text).toBe('second');
		h.must('tom', 'withdraw', { id });
		expect(h.facts()).toMatchObject({ submitted: 0 });
	});

	it('nobody touches the entry of another', () => {
		const h = room();
		const id = h.write('tom', 'mine');
		for (const verb of ['withdraw', 'release'])
			expect(h.run('aisha', verb, { id })).toMatchObject({ error: { code: 'gone', field: 'id' } });
		expect(h.run('aisha', 'submit', { id, entry: { text: 'theirs' } })).toMatchObject({
			error: { code: 'gone' }
		});
	});

	it('an entry that the fields do not take is refused at its field', () => {
		expect(room().run('tom', 'submit', { entry: { text: ' ' } })).toMatchObject({
			error: { code: 'required', field: 'entry.text' }
		});
	});

	it('each has at most as many entries as the format says', () => {
		const h = room({ per: 'many', most: 2 });
		h.write('tom', 'one');
		h.write('tom', 'two');
		expect(h.run('tom', 'submit', { entry: { text: 'three' } })).toMatchObject({ error: { code: 'enough' } });
	});
});

describe('the reveal', () => {
	it('shows the whole round with names, to all at once', () => {
		const h = room();
		h.write('tom', 'a slow team');
		h.write('aisha', 'no shared definition');
		h.must('server', 'reveal');
		expect(h.texts().sort()).toEqual(['a slow team', 'no shared definition']);
		expect(h.record().progress.now?.revealed).toBe(h.clock.now);
		expect(h.touched.has('all')).toBe(true);
		expect(h.emitted.filter(({ event }) => event === 'revealed')).toHaveLength(2);
	});

	it('comes by itself when all who are expected have submitted', () => {
		const h = room({ reveal: 'all', who: ['member'] });
		h.write('tom', 'one');
		h.write('lena', 'two');
		expect(h.texts()).toEqual([]);
		h.write('aisha', 'three');
		expect(h.texts()).toHaveLength(3);
	});

	it('never comes by itself where nobody is expected', () => {
		const h = room({ reveal: 'all', who: ['nobody'] });
		h.write('tom', 'one');
		expect(h.texts()).toEqual([]);
	});

	it('comes at the date, and only then', () => {
		const h = room({ reveal: 'date' });
		h.write('tom', 'one');
		expect(h.run('ruth', 'schedule', { at: h.clock.now - 1 })).toMatchObject({
			error: { code: 'past', field: 'at' }
		});
		const at = h.clock.now + 60_000;
		h.must('ruth', 'schedule', { at });
		expect(seal.due?.(h.state, {} as never)).toEqual({ at, verb: 'fall', payload: {} });
		expect(h.run('server', 'fall')).toMatchObject({ error: { code: 'not_yet' } });
		h.clock.now = at;
		h.must('server', 'fall');
		expect(h.texts()).toEqual(['one']);
		expect(h.run('ruth', 'schedule', { at: at + 1 })).toMatchObject({ error: { code: 'revealed' } });
	});

	it('at the date, with too few entries, leaves the round sealed', () => {
		const h = room({ reveal: 'date', least: 2 });
		h.write('tom', 'one');
		h.must('ruth', 'schedule', { at: h.clock.now + 1 });
		h.clock.now += 1;
		h.must('server', 'fall');
		expect(h.texts()).toEqual([]);
		expect(seal.due?.(h.state, {} as never)).toBeNull();
	});

	it('has no date where the format names none', () => {
		expect(room().run('ruth', 'schedule', { at: 9e12 })).toMatchObject({ error: { code: 'no_date' } });
	});

	it('waits for the minimum number and says how many are missing', () => {
		const h = room({ least: 3 });
		h.write('tom', 'one');
		expect(h.run('server', 'reveal')).toMatchObject({
			error: { code: 'too_few', message: '1 have submitted; 3 are needed before anything is revealed.' }
		});
		expect(room().run('ruth', 'reveal')).toMatchObject({ error: { code: 'too_few' } });
	});

	it('is final: no second one, nothing added, changed or taken back', () => {
		const h = room();
		const id = h.write('tom', 'one');
		h.must('ruth', 'reveal');
		expect(h.run('ruth', 'reveal')).toMatchObject({ error: { code: 'revealed' } });
		expect(h.run('server', 'reveal').ok).toBe(true);
		expect(h.run('tom', 'submit', { entry: { text: 'changed' } })).toMatchObject({
			error: { code: 'revealed' }
		});
		expect(h.run('lena', 'submit', { entry: { text: 'late' } })).toMatchObject({
			error: { code: 'revealed' }
		});
		expect(h.run('tom', 'withdraw', { id })).toMatchObject({ error: { code: 'revealed' } });
	});

	it('of one role leaves the others sealed, and the round open', () => {
		const h = room({ editable: true });
		h.write('priya', 'Approvals take 19 days');
		h.write('lena', 'My own issue');
		h.must('server', 'reveal', { role: 'presenter' });
		expect(h.texts()).toEqual(['Approvals take 19 days']);
		h.write('priya', 'Approvals take 19 working days');
		expect(h.texts()).toEqual(['Approvals take 19 working days']);
		expect(h.emitted.at(-1)).toMatchObject({ event: 'revised' });
	});

	it('of one role says again what that role has shown before, so that it can stand beside another block', () => {
		const h = room();
		h.write('priya', 'Approvals take 19 days');
		h.must('server', 'reveal', { role: 'presenter' });
		h.must('server', 'reveal', { role: 'presenter' });
		const presented = h.emitted.filter(({ event }) => event === 'presented');
		expect(presented.map(({ data }) => data.text)).toEqual(Array(2).fill('Approvals take 19 days'));
		h.must('server', 'beside', { text: 'Approvals take 19 days', by: 'priya' });
		expect(h.record().beside.now).toEqual({ text: 'Approvals take 19 days', by: 'priya' });
		h.must('server', 'again');
		expect(h.record().beside).toEqual({});
	});

	it('of hidden names carries no author and no id that was known before', () => {
		const h = room({ names: 'hidden' });
		const ids = [h.write('tom', 'one'), h.write('aisha', 'two'), h.write('lena', 'three')];
		expect(h.run('tom', 'release', { id: ids[0]! })).toMatchObject({ error: { code: 'hidden' } });
		expect(h.run('server', 'reveal', { role: 'member' })).toMatchObject({
			error: { code: 'hidden', field: 'role' }
		});
		h.must('server', 'reveal');
		const text = JSON.stringify(h.record());
		for (const word of [...ids, 'tom', 'aisha', 'lena']) expect(text).not.toContain(`"${word}"`);
		expect(
			h.emitted.filter(({ event }) => event === 'revealed').every(({ data }) => data.author === null)
		).toBe(true);
	});
});

describe('what an author lets go', () => {
	it('is shown at once, with the name, and handed to whatever the format wires', () => {
		const h = room({ per: 'many' });
		const id = h.write('tom', 'What happens between day 3 and day 11?');
		h.write('tom', 'Who pays?');
		h.must('tom', 'release', { id });
		expect(h.texts()).toEqual(['What happens between day 3 and day 11?']);
		expect(h.emitted.at(-1)).toMatchObject({
			event: 'released',
			data: { person: 'tom', text: 'What happens between day 3 and day 11?' }
		});
		expect(h.run('tom', 'release', { id })).toMatchObject({ error: { code: 'revealed', field: 'id' } });
	});

	it('goes to the role that the format names, and to nobody else', () => {
		const h = room({ per: 'many', to: 'presenter' });
		h.write('tom', 'unasked');
		expect(h.own('priya').given).toEqual([]);
		h.must('server', 'give');
		expect(h.own('priya').given).toMatchObject([{ entry: { text: 'unasked' }, name: 'tom' }]);
		expect(h.own('aisha').given).toEqual([]);
		expect(JSON.stringify(h.record())).not.toContain('unasked');
	});

	it('needs somebody to go to, and something to hand on', () => {
		expect(room().run('tom', 'give')).toMatchObject({ error: { code: 'nobody' } });
		expect(room({ to: 'presenter' }).run('tom', 'give')).toMatchObject({ error: { code: 'gone' } });
	});
});

describe('accepting', () => {
	it('makes one of the revealed entries the subject; another one may take its place', () => {
		const h = room();
		h.write('tom', 'a slow team');
		h.write('aisha', 'no shared definition');
		h.must('ruth', 'reveal');
		h.must('priya', 'accept', { entry: h.shown('a slow team') });
		h.must('priya', 'accept', { entry: h.shown('no shared definition') });
		expect(h.record().accepted).toMatchObject({
			1: { text: 'no shared definition', author: 'aisha', by: 'priya' }
		});
		expect(h.emitted.at(-1)).toMatchObject({ event: 'accepted', data: { author: 'aisha' } });
		expect(h.facts()).toMatchObject({ accepted: true, revealed: true });
	});

	it('takes nothing that is not revealed, or of an earlier round', () => {
		const h = room();
		h.write('tom', 'one');
		expect(h.run('priya', 'accept', { entry: 'id-1' })).toMatchObject({ error: { code: 'gone' } });
		h.must('ruth', 'reveal');
		const entry = h.shown('one');
		h.must('ruth', 'again');
		expect(h.run('priya', 'accept', { entry })).toMatchObject({ error: { code: 'passed', field: 'entry' } });
	});

	it('may take several rounds; another one begins only after the reveal', () => {
		const h = room();
		h.write('tom', 'one');
		expect(h.run('ruth', 'again')).toMatchObject({ error: { code: 'sealed' } });
		h.must('ruth', 'reveal');
		h.must('ruth', 'again');
		expect(h.facts()).toMatchObject({ round: 2, submitted: 0, revealed: false, accepted: false });
		h.write('tom', 'two');
		h.must('ruth', 'reveal');
		expect(h.texts()).toEqual(['one', 'two']);
	});

	it('is asked for anew by the server only where the last round was used', () => {
		const h = room();
		h.write('tom', 'one');
		h.must('server', 'again');
		expect(h.facts()).toMatchObject({ round: 1, submitted: 1 });
	});
});

describe('the next meeting', () => {
	it('gets what the format keeps', () => {
		const h = room({ keep: ['accepted', 'sealed', 'given'], to: 'presenter', per: 'many' });
		const asked = h.write('tom', 'asked');
		h.must('tom', 'release', { id: asked });
		h.must('priya', 'accept', { entry: h.shown('asked') });
		h.write('tom', 'handed on');
		h.must('server', 'give');
		h.write('lena', 'still mine');
		h.nextMeeting();
		expect(h.record()).toMatchObject({ revealed: {}, accepted: {}, earlier: { '1-1': { text: 'asked' } } });
		expect(h.own('priya').given).toMatchObject([{ entry: { text: 'handed on' } }]);
		expect(h.own('lena').mine).toMatchObject([{ entry: { text: 'still mine' }, round: 1 }]);
		expect(h.facts()).toMatchObject({ submitted: 1, round: 1 });
	});

	it('begins empty where it keeps nothing', () => {
		const h = room();
		h.write('tom', 'one');
		h.nextMeeting();
		expect(h.state).toEqual(seal.initial({}));
	});
});

it('forgets everything of one person', () => {
	const h = room();
	h.write('tom', 'one');
	h.write('aisha', 'two');
	h.must('ruth', 'reveal');
	h.must('priya', 'accept', { entry: h.shown('one') });
	h.must('server', 'beside', { text: 'the issue', by: 'tom' });
	const state = structuredClone(h.state) as Parameters<NonNullable<typeof seal.forget>>[0];
	seal.forget?.(state, 'tom', {});
	expect(JSON.stringify(state)).not.toMatch(/"tom"|"one"|the issue/);
	expect(JSON.stringify(state)).toContain('two');
});

it('whatever people do, nothing that is still sealed is published, and one entry of each is counted once', () => {
	const people = Object.keys(PEOPLE);
	const step = fc.record({
		by: fc.constantFrom(...people, 'server'),
		verb: fc.constantFrom('submit', 'withdraw', 'release', 'reveal', 'again', 'accept', 'give'),
		which: fc.integer({ min: 1, max: 12 })
	});
	let revealed = 0;
	fc.assert(
		fc.property(
			fc.array(step, { maxLength: 40, size: 'max' }),
			fc.constantFrom('shown', 'hidden'),
			fc.constantFrom('one', 'many'),
			(steps, names, per) => {
				const h = room({ names, per, to: 'presenter' });
				steps.forEach(({ by, verb, which }, index) => {
					const id = `id-${which}`;
					if (verb === 'submit' && by !== 'server')
						h.run(by, 'submit', { entry: { text: `<secret-${index}>` } });
					else if (verb === 'accept') h.run(by, 'accept', { entry: id });
					else if (verb === 'withdraw' || verb === 'release') h.run(by, verb, { id });
					else if (verb !== 'submit') h.run(by, verb);
				});
				const published = JSON.stringify([h.record(), h.desk(), h.facts()]);
				const sealed = Object.values((h.state as { sealed: Record<string, SealOwn['mine'][number]> }).sealed);
				for (const one of sealed) {
					if (one.shown === null) expect(published).not.toContain(String(one.entry.text));
					else revealed += 1;
					if (one.shown === null || names === 'hidden') expect(published).not.toContain(`"${one.id}"`);
				}
				const now = h.record().progress.now!;
				const authors = new Set(sealed.filter((one) => one.round === now.number).map((one) => one.person));
				expect(now.submitted).toBe(authors.size);
				if (names === 'hidden')
					expect(Object.values(h.record().revealed).every((one) => one.author === null)).toBe(true);
				if (per === 'one')
					expect(new Set(sealed.map((one) => `${one.round}/${one.person}`)).size).toBe(sealed.length);
			}
		),
		{ numRuns: 300 }
	);
	expect(revealed).toBeGreaterThan(50);
});

describe('entries that say nearly the same', () => {
	const told = (h: ReturnType<typeof room>) =>
		Object.values(h.record().alike).map(({ entries, of, same, words }) => [
			entries.length,
			of,
			same ?? words
		]);

	it('are told when the round is revealed, and not before', () => {
		const h = room({ who: ['presenter', 'member'], reveal: 'all' });
		h.write('tom', 'We are a slow team.');
		h.write('lena', 'A slow team without tools');
		h.write('aisha', 'No shared definition of a complete file');
		expect(h.record().alike).toEqual({});
		expect(JSON.stringify([h.facts(), h.own('aisha')])).not.toContain('slow');
		h.write('priya', 'My team is slow');
		expect(told(h)).toEqual([[3, 4, ['team', 'slow']]]);
		h.must('ruth', 'again');
		expect(told(h)).toHaveLength(1);
	});

	it('are not told of what somebody shows alone', () => {
		const h = room({ editable: true });
		for (const by of ['tom', 'lena']) {
			const id = h.write(by, 'We are a slow team.');
			h.must(by, 'release', { id });
			h.must(by, 'submit', { id, entry: { text: 'We are a slow team!' } });
		}
		expect(h.record().alike).toEqual({});
		h.must('ruth', 'reveal');
		expect(told(h)).toEqual([[2, 2, 'We are a slow team!']]);
	});

	it('follow what their authors change', () => {
		const h = room({ editable: true });
		const id = h.write('tom', 'We are a slow team.');
		h.write('lena', 'We are a slow team.');
		h.must('ruth', 'reveal');
		h.must('tom', 'submit', { id, entry: { text: 'The brokers leave.' } });
		expect(told(h)).toEqual([]);
		h.must('tom', 'submit', { id, entry: { text: 'Slow team!' } });
		expect(told(h)).toEqual([[2, 2, ['Slow', 'team']]]);
	});

	it('carry no name where names are hidden', () => {
		const h = room({ names: 'hidden' });
		const ids = ['tom', 'lena'].map((by) => h.write(by, 'We are a slow team.'));
		h.must('ruth', 'reveal');
		expect(told(h)).toEqual([[2, 2, 'We are a slow team.']]);
		for (const secret of [...ids, 'tom', 'lena'])
			expect(JSON.stringify(h.record().alike)).not.toContain(secret);
	});
});

describe('a room that is set to show names, or to hide them, after something was written', () => {
	const authors = (h: ReturnType<typeof room>) => Object.values(h.record().revealed).map((one) => one.author);

	it('names nobody who wrote while names were hidden, not even one role at a time', () => {
		const h = room({ names: 'hidden', per: 'many' });
		const id = h.write('tom', 'written without a name');
		h.configure({ names: 'shown', per: 'many' });
		h.write('aisha', 'written with a name');
		expect(h.run('tom', 'release', { id })).toMatchObject({ error: { code: 'hidden' } });
		h.must('ruth', 'reveal', { role: 'member' });
		expect(h.texts()).toEqual(['written with a name']);
		h.must('ruth', 'reveal');
		expect(authors(h).sort()).toEqual(['aisha', null]);
		expect(h.record().revealed[id]).toBeUndefined();
	});

	it('takes the names away from what was shown with them', () => {
		const h = room();
		h.write('tom', 'written with a name');
		h.must('ruth', 'reveal');
		h.must('ruth', 'accept', { entry: h.shown('written with a name') });
		h.configure({ names: 'hidden' });
		expect(authors(h)).toEqual([null]);
		expect(JSON.stringify(h.record())).not.toContain('tom');
	});
});
