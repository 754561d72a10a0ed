import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { member } from '#lib/blocks/testing.ts';
import { access, documentsFor, parseDocument, type AccessScene, type Principal } from './access.ts';
import { meet } from './testing.ts';
import { soak } from '../sync/testing/soak.ts';

/** In the third meeting, whose P1 is open; the second one reached P2. */
const scene: AccessScene = {
	format: meet,
	meeting: 3,
	phase: 'P1',
	archived: false,
	reached: (meeting) => new Set(meeting === 2 ? ['P0', 'P1', 'P2'] : ['P0', 'P1'])
};

const as = (role: string): Principal => ({ is: 'member', member: member('tom', role) });
const screen: Principal = { is: 'screen' };

const principals = { host: as('host'), member: as('member'), guest: as('guest'), screen };

type Row = [name: string, host: string, member: string, guest: string, screen: string];

const now: Row[] = [
	['m3/record', 'read', 'read', 'read', 'read'],
	['m3/desk', 'read', 'none', 'none', 'none'],
	['m3/board', 'write', 'write', 'read', 'none'],
	['m3/side/for', 'none', 'write', 'none', 'none'],
	['page', 'write', 'none', 'none', 'none'],
	['own/tom', 'write', 'write', 'write', 'none'],
	['own/ida', 'none', 'none', 'none', 'none'],
	['m2/record', 'read', 'read', 'read', 'read'],
	['m2/desk', 'read', 'none', 'none', 'none'],
	['m2/board', 'read', 'read', 'read', 'none'],
	['m2/side/for', 'read', 'read', 'read', 'none'],
	['m1/side/for', 'none', 'read', 'none', 'none'],
	['m4/record', 'none', 'none', 'none', 'none'],
	['m4/board', 'none', 'none', 'none', 'none']
];

const inPhase2: Row[] = [
	['m3/board', 'read', 'read', 'read', 'none'],
	['m3/side/for', 'read', 'write', 'read', 'none']
];

const archived: Row[] = [
	['m3/record', 'read', 'read', 'read', 'read'],
	['m3/board', 'read', 'read', 'read', 'none'],
	['m3/side/for', 'none', 'read', 'none', 'none'],
	['page', 'read', 'none', 'none', 'none'],
	['own/tom', 'read', 'read', 'read', 'none']
];

function check(of: AccessScene, [name, ...answers]: Row) {
	const given = Object.values(principals).map((principal) => access(of, principal, name));
	expect(given).toEqual(answers);
}

describe('host, member, guest and projector', () => {
	it.each(now)('%s in P1: %s, %s, %s, %s', (...row) => check(scene, row));

	it.each(inPhase2)('%s in P2, where it is revealed or closed: %s, %s, %s, %s', (...row) =>
		check({ ...scene, phase: 'P2', reached: () => new Set(['P0', 'P1', 'P2']) }, row)
	);

	it.each(archived)('%s in an archived room: %s, %s, %s, %s', (...row) =>
		check({ ...scene, archived: true }, row)
	);

	it('write nothing that is open in phases only, before there is a phase', () => {
		check({ ...scene, phase: null }, ['m3/board', 'read', 'read', 'read', 'none']);
	});
});

describe('names', () => {
	it.each([
		'',
		'/',
		'm3',
		'm3/',
		'/m3/record',
		'm3//record',
		'm3/record/',
		'm3/../m2/board',
		'../room/m3/record',
		'm3/./board',
		'm03/record',
		'm0/record',
		'm-1/record',
		'm3.0/record',
		'm1e1/record',
		'm9999999/record',
		'M3/record',
		'm3/Record',
		'm3/record\0',
		'm3/record\n',
		'\nm3/record',
		'm3/board ',
		'record',
		'desk',
		'board',
		'm3/page',
		'm3/own/tom',
		'own',
		'own/',
		'own/tom/x',
		'own/../tom',
		'own/%74om',
		'side/for',
		'm3/side',
		'm3/side/',
		'm3/side/for/x',
		'm3/side/against',
		'constructor',
		'm3/constructor',
		'__proto__',
		'm3/__proto__',
		'm3/tostring',
		'm3/roster',
		`own/${'x'.repeat(65)}`,
		'm3/desk?x',
		'm3/desk#x',
		'm3\\desk'
	])('%j are no way in', (name) => {
		for (const principal of Object.values(principals)) expect(access(scene, principal, name)).toBe('none');
	});

	it('whatever they are, open nothing of a later meeting, nothing of others’ own, and write nothing of an ended one', () => {
		const part = fc.constantFrom(
			'm1',
			'm2',
			'm3',
			'm4',
			'/',
			'record',
			'desk',
			'board',
			'page',
			'own/',
			'tom',
			'ida',
			'side/for',
			'.',
			'%2f'
		);
		fc.assert(
			fc.property(
				fc.array(part, { maxLength: 5 }),
				fc.constantFrom(...Object.values(principals)),
				(parts, who) => {
					const name = parts.join('');
					const may = access(scene, who, name);
					if (may === 'none') return;
					const { meeting, short } = parseDocument(name)!;
					expect(meeting ?? 0).toBeLessThanOrEqual(3);
					if (short.startsWith('own/')) expect(short).toBe('own/tom');
					if (may === 'write' && meeting !== null) expect(meeting).toBe(3);
					if (['record', 'desk'].includes(short)) expect(may).toBe('read');
				}
			),
			{ numRuns: soak(2000) }
		);
	});
});

describe('the documents that are offered', () => {
	it('are those of this meeting and the room that may be opened, with the access that there is', () => {
		for (const principal of Object.values(principals))
			for (const { name, access: may } of documentsFor(scene, principal))
				expect(access(scene, principal, name)).toBe(may);
		expect(documentsFor(scene, principals.member).map(({ name }) => name)).toEqual([
			'm3/record',
			'm3/board',
			'm3/paper',
			'm3/side/for',
			'own/tom'
		]);
		expect(documentsFor(scene, screen).map(({ name }) => name)).toEqual(['m3/record']);
	});
});
