import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Tables } from '#lib/blocks/block.ts';
import { harness } from '#lib/blocks/testing.ts';
import type { PulseOwn, PulseRecord } from './model.ts';
import { report } from './report.ts';
import { pulse } from './rules.ts';

const people = { ana: 'member', ben: 'member', cay: 'member', dev: 'member' };
const open = (settings = {}) => harness<PulseRecord, Tables, PulseOwn>(pulse, settings, people);

it('counts one tap each', () => {
	const room = open();
	room.run('ana', 'tap', { value: 2 });
	room.run('ana', 'tap', { value: 5 });
	expect(room.facts().taps).toBe(1);
});

it.each([0, 6, 2.5, '3', null])('refuses %j and says which numbers there are', (value) => {
	expect(open().run('ana', 'tap', { value })).toMatchObject({ ok: false, error: { field: 'value' } });
	expect(open({ to: 3 }).run('ana', 'tap', { value: 4 })).toMatchObject({
		error: { code: 'off_scale', message: 'Tap a number from 1 to 3.' }
	});
});

it('shows nobody’s tap to anybody else, and of too few nothing at all', () => {
	const room = open();
	room.must('ana', 'tap', { value: 1 });
	room.must('ben', 'tap', { value: 5 });
	expect(room.record()).toEqual({ figures: {} });
	expect([room.own('ana'), room.own('cay')]).toEqual([{ mine: 1 }, { mine: null }]);
	room.must('cay', 'tap', { value: 3 });
	expect(room.record().figures.now).toEqual({ average: 3, of: 3 });
});

it('shows the average of the taps, whoever taps how often', () => {
	const tap = fc.record({
		by: fc.constantFrom(...Object.keys(people)),
		value: fc.integer({ min: 1, max: 5 })
	});
	fc.assert(
		fc.property(fc.array(tap), (taps) => {
			const room = open({ least: 1 });
			for (const { by, value } of taps) room.must(by, 'tap', { value });
			const last = Object.values(Object.fromEntries(taps.map(({ by, value }) => [by, value])));
			const average = last.reduce((sum, value) => sum + value, 0) / last.length;
			expect(room.record().figures.now).toEqual(last.length > 0 ? { average, of: last.length } : undefined);
		}),
		{ numRuns: 30 }
	);
});

it('asks those who have not tapped, and forgets whoever wants to be forgotten', () => {
	const room = open();
	room.must('ana', 'tap', { value: 4 });
	expect(room.matters().map(({ person }) => person)).toEqual(['ben', 'cay', 'dev']);
	const state = structuredClone(room.state);
	pulse.forget!(state, 'ana', {});
	expect(state).toEqual(pulse.initial({}));
});

it('says afterwards what came out, in one line', () => {
	const said = (record: Tables) =>
		report(record, {
			...{ instance: 'pulse', title: 'Pulse', settings: {}, people: {}, document: null, locale: 'en' },
			...{ name: () => '', text: ({ en }) => en }
		}).flatMap(({ entries }) => entries.map((entry) => entry.said));
	expect(said({ figures: { now: { average: 11 / 3, of: 3 } } })).toEqual(['3.7 on average, of 3 people']);
	expect(said({ figures: {} })).toEqual([]);
});
