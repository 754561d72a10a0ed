import { describe, expect, it } from 'vitest';
import { passagesIn, passagesInOwn, writtenIn } from './finds.ts';

const fields = [
	{ name: 'text', kind: 'text' },
	{ name: 'used', kind: 'choice' },
	{ name: 'by', kind: 'date' }
];
const isWritten = writtenIn([undefined, {}, { fields }]);
const entry = { text: 'Count the hand-backs', used: 'not-yet', by: '2026-05-14' };

describe('what is found', () => {
	it('is what people wrote: what they chose from a list is an id', () => {
		const tables = { entries: { a: { entry }, b: { entry: { used: 'not-yet' } } } };
		expect(passagesIn(tables, { entries: { texts: ['entry.*'] } }, isWritten)).toEqual([
			{ item: 'a', text: 'Count the hand-backs' }
		]);
	});

	it('is what was written where one method has the same field to write in', () => {
		const both = writtenIn([{ fields }, { fields: [{ name: 'used', kind: 'line' }] }]);
		expect(['text', 'used', 'by', 'unheard-of'].map(both)).toEqual([true, true, false, true]);
	});

	it('says the same words once, and one thing once', () => {
		const tables = {
			revealed: { a: { text: 'We re-key' } },
			accepted: { now: { id: 'a', text: 'We re-key' } }
		};
		const published = { revealed: { texts: ['text'] }, accepted: { texts: ['text'], item: 'id' } };
		expect(passagesIn(tables, published)).toEqual([{ item: 'a', text: 'We re-key' }]);
		const mine = [{ id: 'a', entry }];
		expect(passagesInOwn({ mine, all: mine }, { mine: ['entry.*'], all: ['entry.*'] }, isWritten)).toEqual([
			{ item: 'a', text: 'Count the hand-backs' }
		]);
	});
});
