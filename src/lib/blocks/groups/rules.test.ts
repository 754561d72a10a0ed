import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../block.ts';
import { harness, type Harness } from '../testing.ts';
import { divide, merged } from './forming.ts';
import { turnIn, type GroupsOwn, type GroupsRecord, type Size } from './model.ts';
import { groups } from './rules.ts';

const everybody = {
	kofi: 'host',
	ana: 'member',
	ben: 'member',
	cleo: 'member',
	dana: 'member',
	eli: 'member'
};
const room = (settings: Json = {}, people: Record<string, string> = everybody) =>
	harness(groups, settings, people);
const record = (h: Harness) => h.record() as GroupsRecord;
const own = (h: Harness, person: string) => h.own(person) as GroupsOwn;
const code = (outcome: ReturnType<Harness['run']>) => (outcome.ok ? null : outcome.error.code);
const write = (h: Harness, person: string, text: string) =>
	(h.must(person, 'write', { text }) as { note: string }).note;
const form = (h: Harness, size: Size) => h.must('server', 'form', { size });

describe('one, two, four, all', () => {
	it('takes along what was written, from each alone to everybody', () => {
		const h = room({ who: ['member'] });
		form(h, 1);
		expect(Object.keys(record(h).groups)).toHaveLength(5);
		write(h, 'ana', 'Passkeys first');
		write(h, 'ben', 'Phones last');
		expect(own(h, 'ana').notes.map(({ text }) => text)).toEqual(['Passkeys first']);
		expect(own(h, 'ben').notes.map(({ text }) => text)).toEqual(['Phones last']);

		form(h, 2);
		expect(Object.values(record(h).groups).map(({ members }) => members.length)).toEqual([2, 3]);
		const withAna = own(h, 'ana').group!;
		for (const person of withAna.members)
			expect(own(h, person).notes.map(({ text }) => text)).toContain('Passkeys first');

		form(h, 4);
		expect(Object.values(record(h).groups)).toHaveLength(1);
		expect(own(h, 'cleo').notes).toHaveLength(2);
		const [first] = own(h, 'cleo').notes;
		h.must('cleo', 'pick', { note: first!.id });
		expect(JSON.stringify(record(h))).not.toContain('first');

		form(h, 0);
		expect(Object.values(record(h).notes)).toHaveLength(2);
		expect(Object.values(record(h).notes).filter(({ picked }) => picked)).toHaveLength(1);
		expect(JSON.stringify(record(h).notes)).not.toMatch(/ana|ben|person/);
	});

	it('forms the same groups once, however often the phase opens', () => {
		const h = room();
		form(h, 2);
		const before = record(h).groups;
		form(h, 2);
		expect(record(h).groups).toEqual(before);
		expect(code(h.run('kofi', 'form', { size: 2 }))).toBe('formed');
		form(h, 1);
		expect(record(h).groups).toEqual(before);
	});

	it('gives whoever comes late a seat in the smallest group', () => {
		const h = room({ who: ['member'] });
		form(h, 2);
		h.people.zoe = { ...h.people.ana!, id: 'zoe', name: 'zoe' };
		expect(code(h.run('zoe', 'write', { text: 'x' }))).toBe('no_group');
		h.must('zoe', 'join');
		expect(own(h, 'zoe').group!.members).toHaveLength(3);
		expect(code(h.run('kofi', 'join'))).toBe('no_seat');
		form(h, 4);
		expect(own(h, 'zoe').group).not.toBeNull();
	});
});

describe('notes', () => {
	it('are the group’s: others neither see nor touch them', () => {
		const h = room({}, { ana: 'member', ben: 'member', cleo: 'member', dana: 'member' });
		form(h, 2);
		const [one, two] = Object.values(record(h).groups);
		const [a, b] = [one!.members[0]!, one!.members[1]!];
		const note = write(h, a, 'Secret');
		h.must(b, 'reword', { note, text: 'Our secret' });
		expect(own(h, two!.members[0]!).notes).toEqual([]);
		for (const verb of ['reword', 'drop', 'pick'])
			expect(code(h.run(two!.members[0]!, verb, { note, text: 'x' }))).toBe('gone');
		expect(JSON.stringify([h.record(), h.facts()])).not.toContain('secret');
		h.must(b, 'drop', { note });
		expect(own(h, a).notes).toEqual([]);
	});

	it('are refused when empty, too long, picked too many, or after everybody saw them', () => {
		const h = room({ length: 10, picks: 1 });
		expect(code(h.run('ana', 'write', { text: 'early' }))).toBe('no_group');
		form(h, 1);
		expect(code(h.run('ana', 'write', { text: '  ' }))).toBe('invalid');
		expect(code(h.run('ana', 'write', { text: 'eleven char' }))).toBe('too_long');
		const first = write(h, 'ana', 'One');
		const second = write(h, 'ana', 'Two');
		h.must('ana', 'pick', { note: first });
		expect(code(h.run('ana', 'pick', { note: second }))).toBe('enough');
		form(h, 0);
		expect(code(h.run('ana', 'drop', { note: first }))).toBe('shown');
		expect(code(h.run('ana', 'write', { text: 'late' }))).toBe('shown');
	});

	it('of somebody who is forgotten are gone', () => {
		const h = room();
		form(h, 1);
		write(h, 'ben', 'One');
		const state = structuredClone(h.state) as never;
		groups.forget!(state, 'ben', {});
		expect(JSON.stringify(state)).not.toMatch(/ben|One/);
	});
});

describe('in threes', () => {
	const consult = (h: Harness, n: number) => h.must('server', 'turn', { n, listens: true });

	it('it is everybody’s turn once, and a pair begins anew', () => {
		const h = room({ who: ['member'] });
		form(h, 3);
		const turns = [1, 2, 3].map((n) => {
			h.must('server', 'turn', { n });
			const { groups, now } = record(h);
			return Object.values(groups).map((group) => turnIn(group, now.turn)!);
		});
		expect(new Set(turns.flat())).toEqual(new Set(['ana', 'ben', 'cleo', 'dana', 'eli']));
		for (const [three, pair] of [turns.map(([first]) => first), turns.map(([, second]) => second)].entries())
			expect(new Set(pair).size).toBe(three === 0 ? 3 : 2);
	});

	it('who has the turn only listens while the others consult, and the phase that opens again changes nothing', () => {
		const h = room({ who: ['member'] });
		form(h, 3);
		consult(h, 1);
		const { groups } = record(h);
		const [client, other] = Object.values(groups)[0]!.members as [string, string];
		expect(code(h.run(client, 'write', { text: 'But …' }))).toBe('listens');
		write(h, other, 'Ask who decides.');
		form(h, 3);
		h.must('server', 'turn', { n: 1 });
		expect(Object.keys(record(h).groups)).toEqual(Object.keys(groups));
		write(h, client, 'I will ask her on Monday.');
		expect(own(h, client).notes).toHaveLength(2);
	});

	it('nobody is alone and nobody a fourth, from two people on', () => {
		let last = 0;
		for (let count = 2; count <= 30; count++) {
			const people = Array.from({ length: count }, (_, index) => `p${index}`);
			const sizes = divide(people, 3, () => `g${++last}`).map(({ members }) => members.length);
			expect(sizes.every((size) => size === 2 || size === 3)).toBe(true);
			expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(count);
		}
	});
});

describe('forming', () => {
	const ids = () => {
		let last = 0;
		return () => `g${++last}`;
	};

	it('seats everybody exactly once and nobody alone', () => {
		let runs = 0;
		fc.assert(
			fc.property(
				fc.integer({ min: 2, max: 60 }),
				fc.constantFrom<Size>(2, 4),
				fc.nat(5),
				(count, size, left) => {
					runs++;
					const people = Array.from({ length: count }, (_, index) => `p${index}`);
					const id = ids();
					const first = divide(people, 2, id);
					const remain = people.slice(Math.min(left, count - 1));
					const late = ['late1', 'late2'];
					const second = merged(first, size, [...remain, ...late], id);
					for (const [all, expected] of [
						[first, people],
						[second, [...remain, ...late]]
					] as const) {
						expect(all.flatMap(({ members }) => members).sort()).toEqual([...expected].sort());
						if (expected.length > 1) for (const { members } of all) expect(members.length).toBeGreaterThan(1);
					}
				}
			),
			{ numRuns: 200 }
		);
		expect(runs).toBeGreaterThanOrEqual(200);
	});

	it('merges pairs whole into fours', () => {
		const id = ids();
		const pairs = divide(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'], 2, id);
		const fours = merged(pairs, 4, ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'], id);
		expect(fours.map(({ members }) => members.join(''))).toEqual(['abcd', 'efgh']);
	});
});
