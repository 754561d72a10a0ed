import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import type { Json } from '../block.ts';
import { harness, typed } from '../testing.ts';
import type { OptionsRecord } from './model.ts';
import { options } from './rules.ts';

function room(settings: Json = { advisers: ['coach'] }) {
	const h = harness<OptionsRecord>(options, settings, { nadia: 'coachee', ben: 'coach' }, ['coachee']);
	return {
		...h,
		get state() {
			return h.state;
		},
		add: (text: string, by = 'nadia') => (h.must(by, 'add', { text }) as { id: string }).id,
		texts: () => Object.values(h.record().options).map((one) => one.text)
	};
}

describe('an option', () => {
	it('can be chosen once there are three', () => {
		const h = room();
		const id = h.add('Record a 2-minute opening');
		h.add('Swap slots with Omar');
		expect(h.run('nadia', 'choose', { id })).toMatchObject({
			error: { code: 'too_few', message: 'Write down at least 3 options before you choose; so far: 2.' }
		});
		h.add('Ask for questions early');
		h.must('nadia', 'choose', { id });
		expect(h.facts()).toEqual({ options: 3, chosen: 1, wished: false });
		expect(h.emitted.at(-1)).toMatchObject({ event: 'chosen', data: { text: 'Record a 2-minute opening' } });
		h.must('nadia', 'choose', { id, chosen: false });
		expect(h.facts()).toMatchObject({ chosen: 0 });
	});

	it.each([
		[{ text: ' ' }, 'invalid', 'text'],
		[{ text: 'x'.repeat(201) }, 'invalid', 'text'],
		[{}, 'invalid', 'text'],
		[{ text: '  SWAP slots  with Omar' }, 'twice', 'text']
	])('is refused as %j', (payload, code, field) => {
		const h = room();
		h.add('Swap slots with Omar');
		expect(h.run('nadia', 'add', payload)).toMatchObject({ error: { code, field } });
	});

	it('is changed and taken back by who wrote it, until it is chosen', () => {
		const h = room({ least: 1 });
		const id = h.add('a');
		for (const verb of ['edit', 'drop'])
			expect(h.run('ben', verb, { id, text: 'b' })).toMatchObject({ error: { code: 'not_yours' } });
		h.must('nadia', 'edit', { id, text: 'b' });
		h.must('nadia', 'drop', { id });
		expect(h.texts()).toEqual([]);
		expect(h.run('nadia', 'choose', { id })).toMatchObject({ error: { code: 'gone', field: 'id' } });
		expect(h.run('ben', 'restore', { id })).toMatchObject({ error: { code: 'gone' } });
		h.must('nadia', 'restore', { id });
		h.must('nadia', 'choose', { id });
		expect(h.run('nadia', 'drop', { id })).toMatchObject({ error: { code: 'chosen' } });
	});

	it('opens the next meeting unless it was chosen', () => {
		const h = room({ least: 1 });
		const used = h.add('used');
		h.add('unused');
		h.must('nadia', 'choose', { id: used });
		h.must('nadia', 'wish');
		h.nextMeeting();
		expect(h.texts()).toEqual(['unused']);
		expect(h.record().wish).toEqual({});
	});

	it('goes with the person who wrote it', () => {
		const h = room({});
		h.add('a');
		h.add('b', 'ben');
		h.must('nadia', 'wish');
		const state = structuredClone(h.state);
		options.forget!(state, 'nadia', {});
		expect(JSON.stringify(state)).not.toContain('nadia');
		expect(Object.keys(state.options!)).toHaveLength(1);
	});
});

describe('a suggestion', () => {
	it('comes only after it was asked for, one each time', () => {
		const h = room();
		expect(h.run('ben', 'add', { text: 'a' })).toMatchObject({ error: { code: 'not_asked' } });
		expect(h.run('ben', 'wish')).toMatchObject({ error: { code: 'adviser' } });
		h.must('nadia', 'wish');
		expect(h.record().wish.now).toMatchObject({ by: 'nadia' });
		h.add('a', 'ben');
		expect(Object.values(h.record().options)).toMatchObject([{ by: 'ben', suggested: true }]);
		expect(h.record().wish).toEqual({});
		expect(h.run('ben', 'add', { text: 'b' })).toMatchObject({ error: { code: 'not_asked' } });
	});

	it('is no longer wanted when whoever asked says so', () => {
		const h = room();
		h.must('nadia', 'wish');
		h.must('nadia', 'wish', { on: false });
		expect(h.run('ben', 'add', { text: 'a' })).toMatchObject({ error: { code: 'not_asked' } });
	});
});

it('never has more of an adviser’s options than there were wishes, and nothing chosen among fewer than three', () => {
	const step = fc.record({
		by: fc.constantFrom('nadia', 'ben'),
		verb: fc.constantFrom('add', 'add', 'drop', 'wish', 'choose', 'restore', 'edit'),
		which: fc.nat({ max: 5 })
	});
	let runs = 0;
	fc.assert(
		fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => {
			runs++;
			const h = room();
			let wishes = 0;
			steps.forEach(({ by, verb, which }, index) => {
				const wished = h.record().wish.now !== undefined;
				const id = Object.keys(h.state.options!)[which] ?? 'none';
				const before = h.texts().length;
				const answer = h.run(by, verb, { id, text: `option ${index}` });
				if (answer.ok && verb === 'wish' && !wished) wishes++;
				if (answer.ok && verb === 'choose') expect(before).toBeGreaterThanOrEqual(3);
			});
			const suggested = Object.values(typed<OptionsRecord['options']>(h.state.options)).filter(
				(one) => one.suggested
			);
			expect(suggested.length).toBeLessThanOrEqual(wishes);
			expect(suggested.every((one) => one.by === 'ben')).toBe(true);
		}),
		{ numRuns: 150 }
	);
	expect(runs).toBe(150);
});
