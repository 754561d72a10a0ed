import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blankProfile } from '#lib/blocks/profile.ts';
import type { Colleague } from '../storage/workspace-store.ts';
import { readTable } from './csv-file.ts';
import { planImport, type Plan } from './people-import.ts';
import { loopThrough } from './reporting.ts';

const colleague = (id: string, manager: string | null = null): Colleague => ({
	id,
	name: id.toUpperCase(),
	email: `${id}@x.de`,
	locale: null,
	administrator: false,
	joined: true,
	profile: { ...blankProfile, manager }
});

function plan(text: string, people: Colleague[] = []): Plan {
	const read = readTable(new TextEncoder().encode(text));
	if (!read.ok) throw new Error(read.problem.code);
	let ids = 0;
	const planned = planImport(read.table, people, { newId: () => `new${++ids}`, now: 7 });
	if (!planned.ok) throw new Error(planned.problem.code);
	return planned.plan;
}

describe('a list of people', () => {
	it('makes ready who is new, changes who is known, and leaves who is as before', () => {
		const { lines, change } = plan(
			'Name;E-Mail;Funktion;Führungskraft;shoe size\nAda;ADA@x.de;Analyst;bob@x.de;42\nBob B;bob@x.de;;;\nCara;cara@x.de;;;',
			[colleague('bob'), { ...colleague('cara'), name: 'Cara' }]
		);
		expect(lines.map(({ line, action, changes }) => [line, action, changes])).toEqual([
			[2, 'ready', ['name', 'job', 'manager']],
			[3, 'change', ['name']],
			[4, 'same', []]
		]);
		expect(change.add).toEqual([{ id: 'new1', name: 'Ada', email: 'ada@x.de', created: 7 }]);
		expect(change.rename).toEqual([{ id: 'bob', name: 'Bob B' }]);
		expect(change.profiles).toMatchObject([{ person: 'new1', data: { job: 'Analyst', manager: 'bob' } }]);
	});

	it('names columns that it does not use', () => {
		expect(plan('email,shoe size\na@x.de,42').ignored).toEqual(['shoe size']);
	});

	it('changes nothing by an empty cell, and clears by a dash', () => {
		const known = {
			...colleague('ada', 'bob'),
			profile: { ...blankProfile, team: 'T', place: 'P', manager: 'bob' }
		};
		const { change } = plan('email,team,place,manager\nada@x.de,,-,-', [known, colleague('bob')]);
		expect(change.profiles).toMatchObject([{ data: { team: 'T', place: null, manager: null } }]);
	});

	it('takes a formula for a text', () => {
		expect(plan('name,email\n=HYPERLINK(1),a@x.de').change.add[0]!.name).toBe('=HYPERLINK(1)');
	});

	it.each([
		['name,email\nA,', 'email', 'missing'],
		['name,email\nA,nomail', 'email', 'invalid'],
		['name,email\n,a@x.de', 'name', 'missing'],
		[`name,email\n${'x'.repeat(81)},a@x.de`, 'name', 'too-long'],
		['name,email\nA\u202eB,a@x.de', 'name', 'invalid'],
		['name,email\nA,a@x.de,more', 'name', 'cells'],
		['name,email,manager\nA,a@x.de,b@x.de', 'manager', 'manager-unknown'],
		['name,email,manager\nA,a@x.de,a@x.de', 'manager', 'manager-self'],
		['name,email,hours\nA,a@x.de,whenever', 'hours', 'hours-unreadable'],
		['name,email,mentees\nA,a@x.de,99', 'capacity', 'capacity']
	])('refuses a line and says in which column: %s', (text, field, code) => {
		const { lines, change } = plan(text);
		expect(lines).toMatchObject([{ action: 'refused', line: 2, problems: [{ field, code }] }]);
		expect(change).toEqual({ add: [], rename: [], profiles: [] });
	});

	it('refuses the second of two with one address, and says where the first is', () => {
		const { lines } = plan('name,email\nA,a@x.de\nB,b@x.de\nC,A@X.de');
		expect(lines[2]).toMatchObject({
			action: 'refused',
			problems: [{ code: 'duplicate', detail: '2' }]
		});
	});

	it('refuses whoever would report to a line that is refused', () => {
		const { lines } = plan('name,email,manager\nA,a@x.de,b@x.de\nB,b@x.de,c@x.de\n,c@x.de,');
		expect(lines.map(({ action }) => action)).toEqual(['refused', 'refused', 'refused']);
	});

	it('refuses reporting lines that run in a circle, with the names in it, also through people who are there', () => {
		const { lines } = plan('name,email,manager\nAda,ada@x.de,bob@x.de\n,cara@x.de,ada@x.de', [
			colleague('bob', 'cara'),
			colleague('cara')
		]);
		expect(lines.map(({ problems }) => problems[0])).toMatchObject([
			{ code: 'manager-loop', detail: 'Ada → BOB → CARA → Ada' },
			{ code: 'manager-loop', detail: 'CARA → Ada → BOB → CARA' }
		]);
	});

	it.each([
		['name,team\nA,T', 'no-column'],
		['email,E-Mail\na@x.de,b@x.de', 'column-twice']
	])('is refused as a whole where its columns are not clear', (text, code) => {
		expect(() => plan(text)).toThrow(code);
	});

	it('whatever it says, leaves no reporting line in a circle', () => {
		const names = ['a', 'b', 'c', 'd', 'e'];
		const line = fc.tuple(fc.constantFrom(...names), fc.constantFrom('', '-', ...names));
		fc.assert(
			fc.property(fc.array(line, { maxLength: 6 }), (lines) => {
				const people = [colleague('a', 'b'), colleague('b', 'c'), colleague('c')];
				const text = lines.map(
					([who, boss]) => `${who},${who}@x.de,${boss.length === 1 && boss !== '-' ? `${boss}@x.de` : boss}`
				);
				const { change } = plan(['name,email,manager', ...text].join('\n'), people);
				const managers = new Map(people.map(({ id, profile }) => [id, profile!.manager]));
				for (const { person, data } of change.profiles) managers.set(person, data.manager);
				for (const [person, manager] of managers)
					expect(loopThrough(person, manager, (id) => managers.get(id) ?? null)).toBeNull();
			}),
			{ numRuns: 200 }
		);
	});
});
