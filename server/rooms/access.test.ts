import { describe, expect, it } from 'vitest';
import { member } from '#lib/blocks/testing.ts';
import { actionLearning } from '#lib/formats/action-learning.ts';
import { access, documentsFor, type AccessScene, type Principal } from './access.ts';

const scene: AccessScene = {
	format: actionLearning,
	meeting: 3,
	phase: 'P5',
	archived: false,
	reached: () => new Set(['P0', 'P1', 'P2', 'P3', 'P4', 'P5'])
};

const as = (role: string): Principal => ({ is: 'member', member: member('wim', role) });

describe('a role outside', () => {
	it('reads neither record, desk nor board, of this meeting or an earlier one', () => {
		for (const name of ['m3/record', 'm2/record', 'm3/desk', 'm3/board', 'm2/board'])
			expect(access(scene, as('sponsor'), name), name).toBe('none');
	});

	it('is offered its own document alone', () => {
		expect(documentsFor(scene, as('sponsor')).map(({ name }) => name)).toEqual(['own/wim']);
	});
});

describe('a role inside', () => {
	it('reads the record of every meeting so far, and the desk only where it moderates', () => {
		expect(access(scene, as('member'), 'm2/record')).toBe('read');
		expect(access(scene, as('member'), 'm4/record')).toBe('none');
		expect(access(scene, as('member'), 'm3/desk')).toBe('none');
		expect(access(scene, as('coach'), 'm3/desk')).toBe('read');
	});

	it('writes the board in the phases that name it, and in the current meeting only', () => {
		expect(access(scene, as('member'), 'm3/board')).toBe('write');
		expect(access(scene, as('member'), 'm2/board')).toBe('read');
		const board = { ...actionLearning.documents.board!, open: ['P5'] };
		const format = { ...actionLearning, documents: { board } };
		expect(access({ ...scene, format }, as('member'), 'm3/board')).toBe('write');
		expect(access({ ...scene, format, phase: 'P7' }, as('member'), 'm3/board')).toBe('read');
		expect(access({ ...scene, archived: true }, as('member'), 'm3/board')).toBe('read');
	});
});

describe('a document of each person', () => {
	const diary = { scope: 'person', read: [], write: ['member'] } as const;
	const withDiary = { ...scene, format: { ...actionLearning, documents: { diary } } };

	it('is opened by that person under their own name, and under the format’s name by nobody', () => {
		for (const role of ['member', 'coach', 'sponsor'])
			for (const name of ['diary', 'm3/diary', 'm3/own/wim', 'own/ann'])
				expect(access(withDiary, as(role), name), name).toBe('none');
		expect(access(withDiary, as('member'), 'own/wim')).toBe('write');
		expect(documentsFor(withDiary, as('member')).map(({ name }) => name)).toEqual(['m3/record', 'own/wim']);
	});
});

describe('the screen', () => {
	it('reads the record and nothing else', () => {
		const screen: Principal = { is: 'screen' };
		expect(access(scene, screen, 'm3/record')).toBe('read');
		for (const name of ['record', 'm3/desk', 'm3/board', 'own/wim', 'm9/record', '../m3/record'])
			expect(access(scene, screen, name), name).toBe('none');
	});
});
