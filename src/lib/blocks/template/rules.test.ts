import { describe, expect, it } from 'vitest';
import { harness, typed } from '../testing.ts';
import {
	inOrder,
	itemsOf,
	MOST_DROPPED,
	standing,
	type TemplateDesk,
	type TemplateSettings,
	type TemplateState
} from './model.ts';
import { template } from './rules.ts';

const settings: TemplateSettings = {
	fields: [
		{ name: 'text', kind: 'text', most: 60, required: true, text: { en: 'What' } },
		{
			name: 'phase',
			kind: 'choice',
			required: true,
			text: { en: 'When' },
			values: ['P1', 'P2'].map((value) => ({ value, text: { en: value } }))
		},
		{ name: 'day', kind: 'number', from: 1, to: 90, text: { en: 'Day' } }
	],
	begin: [
		{ phase: 'P2', day: 12, text: { en: 'Introduce', de: 'Vorstellen' } },
		{ phase: 'P1', day: 1, text: { en: 'Badge', de: 'Ausweis' }, group: 'access' }
	],
	about: null,
	sort: ['phase', 'day'],
	most: 4
};

function room() {
	const h = harness<Record<string, never>, TemplateDesk>(
		template,
		settings,
		{ ada: 'administrator', nia: 'mentee' },
		['administrator']
	);
	return {
		...h,
		suggest: (key: string, more: object = {}) =>
			h.must('server', 'suggest', { key, text: `Say ${key}`, phase: 'P1', ...more }),
		now: () => structuredClone(h.state),
		left: () => template.leaves!(h.state, { ...settings }),
		is: (key: string) => typed<TemplateState>(h.state).suggested[key]?.is
	};
}

describe('what new rooms begin with', () => {
	it('is the format’s as long as nobody has changed it, and in its order', () => {
		const h = room();
		expect(h.left()).toBeNull();
		const items = inOrder(itemsOf(h.desk(), settings), settings);
		expect(items.map(({ values }) => values.phase)).toEqual(['P1', 'P2']);
	});

	it('gets a suggestion with a click, and keeps what was there', () => {
		const h = room();
		h.suggest('a');
		h.must('ada', 'adopt', { key: 'a' });
		expect(h.left()).toEqual([...settings.begin, { text: 'Say a', phase: 'P1' }]);
		expect(h.is('a')).toBe('adopted');
		expect(h.run('ada', 'adopt', { key: 'a' })).toMatchObject({ error: { code: 'settled', field: 'key' } });
	});

	it('gets it as it was said better, checked like anything else', () => {
		const h = room();
		h.suggest('a', { phase: undefined });
		expect(h.run('ada', 'adopt', { key: 'a' })).toMatchObject({ error: { field: 'entry.phase' } });
		expect(h.run('ada', 'adopt', { key: 'a', entry: { text: 'x', phase: 'P9' } })).toMatchObject({
			error: { field: 'entry.phase' }
		});
		expect(h.run('ada', 'adopt', { key: 'a', entry: { text: 'x', phase: 'P1', day: 91 } })).toMatchObject({
			error: { code: 'off_scale', field: 'entry.day' }
		});
		expect(h.left()).toBeNull();
		h.must('ada', 'adopt', { key: 'a', entry: { text: 'Better', phase: 'P2', day: 9 } });
		expect(h.left()).toContainEqual({ text: 'Better', phase: 'P2', day: 9 });
	});

	it('is as before when it was undone', () => {
		const h = room();
		h.suggest('a');
		h.suggest('b');
		h.must('ada', 'adopt', { key: 'a' });
		h.must('ada', 'dismiss', { key: 'b' });
		for (const key of ['a', 'b']) h.must('ada', 'reopen', { key });
		expect([h.is('a'), h.is('b')]).toEqual(['new', 'new']);
		expect(h.left()).toEqual(settings.begin);
		expect(h.run('ada', 'reopen', { key: 'a' })).toMatchObject({ error: { code: 'waiting' } });
		for (const verb of ['adopt', 'dismiss', 'reopen'])
			expect(h.run('ada', verb, { key: '__proto__' }), verb).toMatchObject({ error: { code: 'gone' } });
	});

	it('is changed, in one language without losing the other where nothing was changed', () => {
		const h = room();
		h.must('ada', 'edit', { id: 't2', entry: { text: 'Ausweis', phase: 'P1', day: 2 } });
		h.must('ada', 'edit', { id: 't1', entry: { text: 'Introduce four', phase: 'P2' } });
		expect(h.left()).toEqual([
			{ phase: 'P2', text: 'Introduce four' },
			{ phase: 'P1', day: 2, text: { en: 'Badge', de: 'Ausweis' }, group: 'access' }
		]);
		h.must('ada', 'drop', { id: 't1' });
		expect(h.left()).toHaveLength(1);
		expect(h.run('ada', 'edit', { id: 't1', entry: { text: 'a', phase: 'P1' } })).toMatchObject({
			error: { code: 'gone', field: 'id' }
		});
		h.must('ada', 'restore', { id: 't1' });
		expect(h.run('ada', 'restore', { id: 't1' })).toMatchObject({ error: { code: 'gone' } });
		expect(h.left()).toHaveLength(2);
	});

	it('has an end', () => {
		const h = room();
		const entry = { text: 'One more', phase: 'P1' };
		h.must('ada', 'drop', { id: 't1' });
		for (let i = 0; i < 3; i++) h.must('ada', 'add', { entry });
		h.suggest('a');
		expect(h.run('ada', 'add', { entry })).toMatchObject({ error: { code: 'full' } });
		expect(h.run('ada', 'adopt', { key: 'a' })).toMatchObject({ error: { code: 'full' } });
		expect(h.run('ada', 'restore', { id: 't1' })).toMatchObject({ error: { code: 'full' } });
		expect(standing(itemsOf(h.desk(), settings))).toHaveLength(4);
	});
});

it('keeps what was taken out last, and not all that ever was', () => {
	const h = room();
	const entry = { text: 'One more', phase: 'P1' };
	const items = () => Object.values(typed<TemplateState>(h.now()).items);
	h.suggest('a');
	const { id: adopted } = h.must('ada', 'adopt', { key: 'a' }) as { id: string };
	h.must('ada', 'drop', { id: adopted });
	const gone: string[] = [];
	for (let i = 0; i < 2 * MOST_DROPPED; i++) {
		h.clock.now++;
		const { id } = h.must('ada', 'add', { entry }) as { id: string };
		h.must('ada', 'drop', { id });
		gone.push(id);
	}
	expect(items().filter(({ dropped }) => dropped)).toHaveLength(MOST_DROPPED);
	expect(h.left()).toEqual(settings.begin);
	for (const id of [adopted, gone[0]!])
		expect(h.run('ada', 'restore', { id }), id).toMatchObject({ error: { code: 'gone' } });
	h.must('ada', 'restore', { id: gone.at(-1)! });
	h.must('ada', 'drop', { id: 't1' });
	h.must('ada', 'restore', { id: 't1' });
	// what it became is not there any more; it waits again all the same
	expect(h.is('a')).toBe('adopted');
	h.must('ada', 'reopen', { key: 'a' });
	expect(h.is('a')).toBe('new');
});

describe('a suggestion', () => {
	it('is read by those who may change it, without whose it is', () => {
		const h = room();
		h.suggest('a', { person: 'nia', secret: 'nothing that was not asked' });
		expect(h.record()).toEqual({});
		expect(h.desk().suggested).toMatchObject({ a: { entry: { text: 'Say a', phase: 'P1' }, is: 'new' } });
		expect(JSON.stringify(h.desk())).not.toMatch(/nia|secret/);
		h.scene.may.adopt = ['ada'];
		expect(h.matters()).toMatchObject([{ person: 'ada', kind: 'answer', said: null }]);
	});

	it('waits again when it is said better, unless it was adopted; and is gone when it is taken back', () => {
		const h = room();
		h.suggest('a');
		h.suggest('b');
		h.must('ada', 'dismiss', { key: 'a' });
		h.must('ada', 'adopt', { key: 'b' });
		for (const key of ['a', 'b']) h.suggest(key, { text: 'Other words' });
		expect([h.is('a'), h.is('b')]).toEqual(['new', 'adopted']);
		for (const key of ['a', 'b', 'never']) h.must('server', 'retract', { key });
		expect(h.desk().suggested).toEqual({});
		expect(h.left()).toContainEqual({ text: 'Say b', phase: 'P1' });
	});

	it('is forgotten with whoever wrote it', () => {
		const h = room();
		h.suggest('a', { person: 'nia' });
		h.suggest('b');
		const state = h.now();
		template.forget!(state, 'nia', settings);
		expect(Object.keys(state.suggested!)).toEqual(['b']);
	});
});
