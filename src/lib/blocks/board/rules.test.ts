import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { harness } from '../testing.ts';
import { board } from './rules.ts';

const people = { kofi: 'host', ana: 'member', tom: 'member' };
const voting = (settings = {}) => harness(board, { budget: 2, ...settings }, people);
const code = (outcome: ReturnType<ReturnType<typeof voting>['run']>) =>
	outcome.ok ? 'ok' : outcome.error.code;

describe('the mirror', () => {
	const mirrored = () =>
		harness(board, { mirror: { role: 'host', most: 0.4, text: { en: 'By hosts' } } }, people);

	it('shows how much of the page a role wrote, and not who of it', () => {
		const room = mirrored();
		room.must('server', 'credit', { meeting: 1, written: { kofi: 320, ana: 500, tom: 180, gone: 900 } });
		expect(room.record().mirror).toEqual({ now: { share: 0.32, most: 0.4 } });
		expect(JSON.stringify(room.record())).not.toMatch(/ana|tom|500/);
	});

	it('says nothing of a few words, or of a meeting that has passed, and takes figures from the server alone', () => {
		const room = mirrored();
		room.must('server', 'credit', { meeting: 1, written: { kofi: 79 } });
		expect(room.record().mirror).toEqual({});
		room.must('server', 'credit', { meeting: 2, written: { kofi: 500 } });
		expect(room.record().mirror).toEqual({});
		expect(code(room.run('ana', 'credit', { meeting: 1, written: { kofi: 500 } }))).toBe('forbidden');
		expect(harness(board, {}, people).record().mirror).toEqual({});
	});
});

describe('votes', () => {
	it('stay sealed until they are counted', () => {
		const room = voting();
		room.must('ana', 'vote', { note: 'n1' });
		expect(room.record()).toMatchObject({ voting: { now: { status: 'open', voted: 1 } }, tally: {} });
		expect(JSON.stringify(room.record())).not.toContain('n1');
		room.must('kofi', 'tally');
		expect(room.record()).toMatchObject({
			voting: { now: { status: 'closed', voted: 1 } },
			tally: { n1: 1 }
		});
		expect(room.emitted).toEqual([{ event: 'tallied', data: { votes: 1 } }]);
	});

	it('are shown at once where the format says so', () => {
		const room = voting({ live: true });
		room.must('ana', 'vote', { note: 'n1' });
		expect(room.record().tally).toEqual({ n1: 1 });
	});

	it('tell nobody who gave them', () => {
		const room = voting();
		room.must('ana', 'vote', { note: 'n1' });
		room.must('kofi', 'tally');
		expect(JSON.stringify([room.record(), room.desk(), room.facts(), room.own('tom')])).not.toContain('ana');
		expect(room.own('ana')).toEqual({ votes: { n1: 1 }, left: 1 });
		expect(room.own('tom')).toEqual({ votes: {}, left: 2 });
	});

	it('end with the budget', () => {
		const room = voting();
		room.must('ana', 'vote', { note: 'n1' });
		room.must('ana', 'vote', { note: 'n2' });
		expect(code(room.run('ana', 'vote', { note: 'n3' }))).toBe('spent');
	});

	it('pile up on one note as far as the format allows', () => {
		expect(code(harnessAfter(voting(), 1).run('ana', 'vote', { note: 'n1' }))).toBe('enough');
		expect(code(harnessAfter(voting({ perNote: 2 }), 1).run('ana', 'vote', { note: 'n1' }))).toBe('ok');
	});

	it('can be taken back, if they were given', () => {
		const room = voting({ perNote: 2 });
		room.must('ana', 'vote', { note: 'n1' });
		room.must('ana', 'vote', { note: 'n1' });
		room.must('ana', 'unvote', { note: 'n1' });
		expect(room.own('ana')).toEqual({ votes: { n1: 1 }, left: 1 });
		room.must('ana', 'unvote', { note: 'n1' });
		expect(code(room.run('ana', 'unvote', { note: 'n1' }))).toBe('none');
	});

	it('are neither given nor taken back once they are counted', () => {
		const room = voting();
		room.must('ana', 'vote', { note: 'n1' });
		room.must('server', 'tally');
		expect(code(room.run('tom', 'vote', { note: 'n1' }))).toBe('closed');
		expect(code(room.run('ana', 'unvote', { note: 'n1' }))).toBe('closed');
		expect(code(room.run('kofi', 'tally'))).toBe('closed');
	});

	it('begin anew in the next round', () => {
		const room = voting();
		room.must('ana', 'vote', { note: 'n1' });
		room.must('kofi', 'tally');
		room.must('kofi', 'revote');
		expect(room.record()).toMatchObject({ voting: { now: { status: 'open', voted: 0 } }, tally: {} });
		expect(room.own('ana')).toEqual({ votes: {}, left: 2 });
	});

	it('are not given on a board without a budget', () => {
		expect(code(harness(board, {}, people).run('ana', 'vote', { note: 'n1' }))).toBe('no_votes');
	});

	it('name a note by its id', () => {
		expect(code(voting().run('ana', 'vote', { note: 'n1/tom' }))).toBe('invalid');
	});

	it('go with the person who is forgotten', () => {
		const room = voting();
		room.must('ana', 'vote', { note: 'n1' });
		room.must('tom', 'vote', { note: 'n1' });
		const state = structuredClone(room.state);
		board.forget?.(state, 'ana', {});
		expect(state.votes).toEqual({ 'n1/tom': 1 });
	});

	it('add up to what was given, and nobody gives more than the budget', () => {
		const step = fc.record({
			by: fc.constantFrom('ana', 'tom', 'kofi'),
			verb: fc.constantFrom('vote', 'vote', 'vote', 'unvote'),
			note: fc.constantFrom('n1', 'n2', 'n3')
		});
		fc.assert(
			fc.property(
				fc.array(step, { maxLength: 60 }),
				fc.integer({ min: 1, max: 5 }),
				fc.integer({ min: 1, max: 3 }),
				(steps, budget, perNote) => {
					const room = voting({ budget, perNote });
					const given: Record<string, number> = {};
					for (const { by, verb, note } of steps) {
						if (!room.run(by, verb, { note }).ok) continue;
						given[note] = (given[note] ?? 0) + (verb === 'vote' ? 1 : -1);
					}
					for (const person of Object.keys(people)) {
						const own = room.own(person) as { votes: Record<string, number>; left: number };
						const counts = Object.values(own.votes);
						expect(counts.every((count) => count > 0 && count <= perNote)).toBe(true);
						expect(counts.reduce((sum, count) => sum + count, 0) + own.left).toBe(budget);
					}
					room.must('server', 'tally');
					const counted = Object.fromEntries(Object.entries(given).filter(([, count]) => count > 0));
					expect(room.record().tally).toEqual(counted);
				}
			),
			{ numRuns: 300 }
		);
	});
});

function harnessAfter(room: ReturnType<typeof voting>, votes: number) {
	for (let i = 0; i < votes; i++) room.must('ana', 'vote', { note: 'n1' });
	return room;
}

describe('settings', () => {
	it('are valid without any', () => {
		expect(() => harness(board, {}, people)).not.toThrow();
	});

	it('take known kinds by name, and others with their own text', () => {
		const kinds = ['question', { name: 'risk', text: { en: 'Risk', de: 'Risiko' }, form: 'note' }];
		expect(() => harness(board, { kinds }, people)).not.toThrow();
		expect(() => harness(board, { kinds: ['riddle'] }, people)).toThrow();
	});
});
