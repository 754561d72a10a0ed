import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import type { Json } from '../block.ts';
import type { Tables } from '../block.ts';
import { harness } from '../testing.ts';
import type { FormOwn, FormRecord } from './model.ts';
import { form } from './rules.ts';

const PEOPLE = { greta: 'speaker', sam: 'host', yusuf: 'attendee', ana: 'attendee', ben: 'attendee' };
const en = (text: string) => ({ en: text });

const LEARNING = {
	audience: 'for',
	ledger: 'learning',
	per: 'many',
	fields: [
		{ name: 'text', text: en('What did you learn?'), kind: 'text', required: true },
		{
			name: 'for',
			text: en('For'),
			kind: 'choice',
			required: true,
			values: ['self', 'team', 'org'].map((value) => ({ value, text: en(value) }))
		}
	]
};

const FEEDBACK = {
	show: 'role',
	to: ['speaker'],
	fields: [
		{ name: 'useful', text: en('Useful'), kind: 'scale' },
		{ name: 'more', text: en('More of'), kind: 'text' }
	]
};

function room(settings: Json = {}) {
	const h = harness<FormRecord, Tables, FormOwn>(form, settings, PEOPLE);
	// spread, its state would be the first one for ever
	return Object.assign(h, {
		fill: (by: string, entry: Json) => (h.must(by, 'submit', { entry }) as { id: string }).id
	});
}

const all = (value: unknown) => JSON.stringify(value);

describe('filling in', () => {
	it('shows an entry to the room with its author, and emits its fields for formats to wire', () => {
		const h = room();
		const id = h.fill('yusuf', { text: 'Add cost per claim to the Monday deck' });
		expect(h.record().entries[id]).toMatchObject({ author: 'yusuf', name: 'yusuf' });
		expect(h.emitted).toEqual([
			{
				event: 'submitted',
				data: {
					id,
					person: 'yusuf',
					text: 'Add cost per claim to the Monday deck',
					gist: 'Add cost per claim to the Monday deck'
				}
			}
		]);
		expect(h.record().progress.now).toMatchObject({ submitted: 1, of: 5, closed: null });
	});

	it('a second time changes the one entry that a person has', () => {
		const h = room();
		const id = h.fill('yusuf', { text: 'first' });
		expect(h.fill('yusuf', { text: 'second' })).toBe(id);
		expect(Object.values(h.record().entries).map((one) => one.entry.text)).toEqual(['second']);
		expect(h.emitted.at(-1)?.event).toBe('edited');
	});

	it('may be taken back, by its author alone', () => {
		const h = room();
		const id = h.fill('yusuf', { text: 'mine' });
		expect(h.run('ana', 'withdraw', { id })).toMatchObject({ error: { code: 'gone', field: 'id' } });
		expect(h.run('ana', 'submit', { id, entry: { text: 'theirs' } })).toMatchObject({
			error: { code: 'gone' }
		});
		h.must('yusuf', 'withdraw', { id });
		expect(h.record().entries).toEqual({});
	});

	it('is refused beyond the most that one may have, and where the fields do not take it', () => {
		const h = room({ per: 'many', most: 1 });
		h.fill('yusuf', { text: 'one' });
		expect(h.run('yusuf', 'submit', { entry: { text: 'two' } })).toMatchObject({ error: { code: 'enough' } });
		expect(h.run('ana', 'submit', { entry: {} })).toMatchObject({
			error: { code: 'required', field: 'entry.text' }
		});
	});

	it('ends when the form is closed, for good', () => {
		const h = room();
		const id = h.fill('yusuf', { text: 'one' });
		h.must('sam', 'close');
		expect(h.run('ana', 'submit', { entry: { text: 'late' } })).toMatchObject({ error: { code: 'closed' } });
		expect(h.run('yusuf', 'withdraw', { id })).toMatchObject({ error: { code: 'closed' } });
		expect(h.run('sam', 'close')).toMatchObject({ error: { code: 'closed' } });
		expect(h.run('server', 'close').ok).toBe(true);
	});
});

describe('a learning goes as far as its author chooses', () => {
	it('self is the author’s alone, team stays in the room, org is found in all rooms', () => {
		const h = room(LEARNING);
		h.fill('yusuf', { text: 'I interrupt', for: 'self' });
		h.fill('ana', { text: 'We start late', for: 'team' });
		const org = h.fill('greta', { text: 'We measured days, not hand-backs.', for: 'org' });
		expect(all(h.record())).not.toContain('I interrupt');
		expect(h.own('yusuf').mine).toHaveLength(1);
		expect(Object.values(h.record().entries).map((one) => one.author)).toEqual(['ana', 'greta']);
		expect(h.ledger()).toEqual([
			{
				id: org,
				kind: 'learning',
				person: 'greta',
				state: 'shared',
				due: null,
				text: 'We measured days, not hand-backs.',
				data: { text: 'We measured days, not hand-backs.', for: 'org' }
			}
		]);
	});

	it('and is taken out of the ledger when the author narrows it', () => {
		const h = room(LEARNING);
		const id = h.fill('greta', { text: 'open', for: 'org' });
		h.must('greta', 'submit', { id, entry: { text: 'open', for: 'team' } });
		expect(h.ledger()).toEqual([]);
	});
});

it('says what its author gave away, word for word, and when they take it back', () => {
	const h = room(LEARNING);
	const passed = () =>
		h.emitted.flatMap(({ event, data }) =>
			event === 'handed' || event === 'tookBack' ? [[event, data.text ?? null]] : []
		);
	const id = h.fill('greta', { text: 'Between us', for: 'team' });
	h.must('greta', 'submit', { id, entry: { text: 'Between us two', for: 'self' } });
	expect(passed()).toEqual([]);
	h.must('greta', 'submit', { id, entry: { text: 'For all', for: 'org' } });
	h.must('greta', 'submit', { id, entry: { text: 'For them all', for: 'org' } });
	expect(Object.values(form.hands!(h.state, { ...LEARNING, names: 'shown', show: 'room' }))).toEqual([
		{ text: 'For them all' }
	]);
	h.must('greta', 'submit', { id, entry: { text: 'Between us', for: 'team' } });
	h.must('greta', 'withdraw', { id });
	h.must('greta', 'withdraw', { id: h.fill('greta', { text: 'All', for: 'org' }) });
	expect(passed()).toEqual([
		['handed', 'For all'],
		['handed', 'For them all'],
		['tookBack', null],
		['handed', 'All'],
		['tookBack', null]
	]);
});

it('nothing leaves a room of which its author was not asked for whom it is', () => {
	const h = room({ ...LEARNING, audience: null });
	h.fill('greta', { text: 'We measured days, not hand-backs.', for: 'org' });
	expect(h.ledger()).toEqual([]);
});

describe('what is taken away', () => {
	const TAKEN = { ledger: 'takeaway' };

	it('is in the ledger for the room’s digest as the room sees it, with the name', () => {
		const h = room(TAKEN);
		const id = h.fill('ana', { text: 'Ask clients first.' });
		expect(h.ledger()).toEqual([
			{
				...{ id, kind: 'takeaway', person: 'ana', state: 'room', due: null, text: 'Ask clients first.' },
				data: { by: 'ana' }
			}
		]);
		h.must('ana', 'withdraw', { id });
		expect(h.ledger()).toEqual([]);
	});

	it('is not there before the room sees it, nor with a name where names are hidden', () => {
		const h = room({ ...TAKEN, names: 'hidden' });
		const ids = ['yusuf', 'ana', 'ben'].map((person, n) => h.fill(person, { text: `Thought number ${n}` }));
		expect(h.ledger()).toEqual([]);
		h.must('sam', 'close');
		expect(h.ledger()).toHaveLength(3);
		expect(h.ledger().map(({ id }) => id)).toEqual(Object.keys(h.record().entries));
		expect(h.ledger().every(({ person, data, id }) => person === null && !data.by && !ids.includes(id))).toBe(
			true
		);
		const few = room({ ...TAKEN, names: 'hidden' });
		few.fill('ana', { text: 'Alone with it' });
		few.must('sam', 'close');
		expect(few.ledger()).toEqual([]);
	});

	it('leaves out what is for its author or a role alone, and goes to all at work by its author’s word only', () => {
		const h = room({ ...LEARNING, ...TAKEN });
		h.fill('yusuf', { text: 'I interrupt', for: 'self' });
		h.fill('ana', { text: 'We start late', for: 'team' });
		h.fill('greta', { text: 'We measured days', for: 'org' });
		expect(h.ledger().map(({ text, state }) => [text, state])).toEqual([
			['We start late', 'room'],
			['We measured days', 'shared']
		]);
		const few = room({ ...FEEDBACK, ...TAKEN });
		few.fill('yusuf', { more: 'cash flow' });
		expect(few.ledger()).toEqual([]);
		few.must('greta', 'share');
		expect(few.ledger()).toHaveLength(1);
		const counts = room({ ...FEEDBACK, ...TAKEN, show: 'counts' });
		counts.fill('yusuf', { more: 'cash flow' });
		expect(counts.ledger()).toEqual([]);
	});
});

describe('what a role sees first', () => {
	it('comes to that role alone, and to the room when it is shared', () => {
		const h = room(FEEDBACK);
		h.fill('yusuf', { useful: 5, more: 'cash flow' });
		expect(h.touched.has('greta')).toBe(true);
		expect(all([h.record(), h.own('ana')])).not.toContain('cash flow');
		expect(h.own('greta').entries).toHaveLength(1);
		h.must('greta', 'share');
		expect(Object.values(h.record().entries)).toHaveLength(1);
		expect(h.own('greta').entries).toEqual([]);
		expect(h.run('greta', 'share')).toMatchObject({ error: { code: 'shown' } });
		expect(room().run('greta', 'share')).toMatchObject({ error: { code: 'shown' } });
	});

	it('includes no figure before the close, so that none trickles', () => {
		const h = room({ ...FEEDBACK, show: 'counts' });
		for (const person of ['yusuf', 'ana', 'ben']) h.fill(person, { useful: 4 });
		expect(h.record().figures).toEqual({});
		h.must('sam', 'close');
		expect(h.record().figures).toEqual({ useful: { field: 'useful', count: 3, mean: 4, spread: { 4: 3 } } });
		expect(h.record().entries).toEqual({});
	});

	it('is withheld where fewer answered than the threshold', () => {
		const h = room({ ...FEEDBACK, show: 'counts' });
		for (const person of ['yusuf', 'ana']) h.fill(person, { useful: 4 });
		h.must('sam', 'close');
		expect(h.record()).toMatchObject({ figures: {}, progress: { now: { withheld: true, submitted: 2 } } });
	});
});

describe('hidden names', () => {
	it('show nothing until the close, then all of it without author, time or known id', () => {
		const h = room({ names: 'hidden' });
		const ids = ['yusuf', 'ana', 'ben'].map((person) => h.fill(person, { text: `of ${person.length}` }));
		expect(h.record().entries).toEqual({});
		h.must('sam', 'close');
		const shown = Object.values(h.record().entries);
		expect(shown).toHaveLength(3);
		expect(shown.every((one) => one.author === null && one.at === null && !ids.includes(one.id))).toBe(true);
	});

	it('show nothing at all of a group below the threshold', () => {
		const h = room({ names: 'hidden' });
		h.fill('yusuf', { text: 'one' });
		h.must('sam', 'close');
		expect(h.record()).toMatchObject({ entries: {}, progress: { now: { withheld: true } } });
	});

	it('stay hidden of what was written without them, also when the room shows names since', () => {
		const h = room({ names: 'hidden' });
		const ids = ['yusuf', 'ana', 'ben'].map((person) => h.fill(person, { text: `of ${person}` }));
		h.configure({ names: 'shown' });
		h.fill('greta', { text: 'of greta' });
		expect(Object.values(h.record().entries).map(({ author }) => author)).toEqual(['greta']);
		h.must('sam', 'close');
		const shown = Object.values(h.record().entries);
		expect(shown.map(({ author }) => author).sort()).toEqual(['greta', null, null, null]);
		expect(shown.some(({ id }) => ids.includes(id))).toBe(false);
	});

	it('keep from the workspace what its author gave to it without a name', () => {
		const h = room({ ...LEARNING, names: 'hidden' });
		h.fill('ana', { text: 'without a name', for: 'org' });
		h.configure(LEARNING);
		h.fill('ben', { text: 'with a name', for: 'org' });
		expect(h.ledger().map(({ person }) => person)).toEqual(['ben']);
	});
});

it('forgets the entries of one person', () => {
	const h = room();
	h.fill('yusuf', { text: 'gone' });
	h.fill('ana', { text: 'stays' });
	const state = structuredClone(h.state) as Parameters<NonNullable<typeof form.forget>>[0];
	form.forget?.(state, 'yusuf', {});
	expect(all(state)).toContain('stays');
	expect(all(state)).not.toContain('yusuf');
});

it('a mean is that of the answers, and a figure never stands on fewer than the threshold', () => {
	const people = Object.keys(PEOPLE);
	let figures = 0;
	fc.assert(
		fc.property(
			fc.array(fc.record({ by: fc.constantFrom(...people), useful: fc.integer({ min: 1, max: 5 }) }), {
				maxLength: 12
			}),
			fc.integer({ min: 1, max: 5 }),
			(answers, least) => {
				const h = room({ ...FEEDBACK, show: 'counts', least });
				const last = new Map<string, number>();
				for (const { by, useful } of answers) {
					h.fill(by, { useful });
					last.set(by, useful);
				}
				h.must('sam', 'close');
				const figure = h.record().figures.useful;
				expect(h.record().progress.now?.submitted).toBe(last.size);
				expect(figure === undefined).toBe(last.size < least);
				if (!figure) return;
				figures += 1;
				expect(figure.count).toBe(last.size);
				expect(Object.values(figure.spread).reduce((sum, n) => sum + n, 0)).toBe(last.size);
				expect(figure.mean).toBeCloseTo([...last.values()].reduce((sum, n) => sum + n, 0) / last.size);
			}
		),
		{ numRuns: 200 }
	);
	expect(figures).toBeGreaterThan(30);
});

describe('signing', () => {
	const contract = { signers: ['speaker', 'host'], who: ['speaker'] };
	const said = { text: 'What is said here stays here.' };

	it('stands once everybody whose name belongs under it has signed what they read', () => {
		const h = room(contract);
		const id = h.fill('greta', said);
		expect(h.facts()).toMatchObject({ signed: false });
		h.must('greta', 'sign', { id, entry: said });
		expect(h.facts()).toMatchObject({ signed: false });
		h.must('sam', 'sign', { id, entry: said });
		h.must('sam', 'sign', { id, entry: said });
		expect(h.facts()).toMatchObject({ signed: true });
		expect(Object.keys(h.record().signed)).toEqual([`${id}/greta`, `${id}/sam`]);
		h.must('sam', 'sign', { id, entry: said, signed: false });
		expect(h.facts()).toMatchObject({ signed: false });
	});

	it('is undone when the words change, and nobody signs words that they have not read', () => {
		const h = room(contract);
		const id = h.fill('greta', said);
		h.must('sam', 'sign', { id, entry: said });
		h.must('greta', 'submit', { entry: { text: 'But for the manager.' } });
		expect(h.record().signed).toEqual({});
		expect(h.run('sam', 'sign', { id, entry: said })).toMatchObject({ error: { code: 'changed' } });
		h.must('sam', 'sign', { id, entry: { text: 'But for the manager.' } });
		h.must('greta', 'withdraw', { id });
		expect(h.record().signed).toEqual({});
	});

	it('is for those whom the format names, and waits for somebody in each of their roles', () => {
		const h = room(contract);
		const id = h.fill('greta', said);
		expect(h.run('ana', 'sign', { id, entry: said })).toMatchObject({ error: { code: 'no_signer' } });
		expect(h.run('sam', 'sign', { id: 'none', entry: said })).toMatchObject({ error: { code: 'gone' } });
		h.must('greta', 'sign', { id, entry: said });
		h.people.sam!.role = 'attendee';
		expect(h.facts()).toMatchObject({ signed: false });
		expect(room().facts()).toMatchObject({ signed: false });
	});
});

describe('a form that asks how something went', () => {
	const choice = {
		fields: [
			{
				name: 'fit',
				kind: 'choice',
				required: true,
				text: { en: 'Fit' },
				values: [
					{ value: 'good', text: { en: 'good' } },
					{ value: 'bad', text: { en: 'not good' } }
				]
			}
		],
		show: 'role',
		to: ['administrator'],
		says: 'fit',
		after: { fact: 'meetings.held', atLeast: 1, because: { en: 'Meet first.' } }
	};
	const pair = () =>
		harness<FormRecord, Tables, FormOwn>(
			form,
			choice,
			{ nia: 'mentee', omar: 'mentor', ada: 'administrator' },
			['mentor']
		);

	it('takes no answer before it took place', () => {
		const h = pair();
		expect(h.run('nia', 'submit', { entry: { fit: 'good' } })).toMatchObject({
			error: { code: 'too_early', message: 'Meet first.' }
		});
		h.others.meetings = { held: 1 };
		h.must('nia', 'submit', { entry: { fit: 'good' } });
	});

	it('lets a programme know each role’s answer, and those who may read it whose it is', () => {
		const h = pair();
		h.others.meetings = { held: 1 };
		h.must('nia', 'submit', { entry: { fit: 'bad' } });
		expect(h.facts()).toMatchObject({ 'says/mentee': 'bad' });
		expect(h.facts()).not.toHaveProperty('says/mentor');
		expect(h.own('ada')).toMatchObject({ entries: [{ name: 'nia', entry: { fit: 'bad' } }] });
		expect(JSON.stringify([h.record(), h.own('omar')])).not.toContain('bad');
	});
});
