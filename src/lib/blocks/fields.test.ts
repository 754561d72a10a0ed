import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import * as v from 'valibot';
import { isRefusal } from './block.ts';
import { checkEntry, fieldSchema, gist, isDay, type Field, type FieldInput } from './fields.ts';

const field = (input: FieldInput): Field => v.parse(fieldSchema, input);
const en = (text: string) => ({ en: text });

const fields: Field[] = [
	field({ name: 'title', text: en('Title'), kind: 'line', required: true, most: 20 }),
	field({ name: 'why', text: en('Why me'), kind: 'text' }),
	field({ name: 'audience', text: en('For'), kind: 'choice', values: [{ value: 'team', text: en('Team') }] }),
	field({ name: 'clarity', text: en('Clarity'), kind: 'scale' }),
	field({ name: 'due', text: en('Due'), kind: 'date' }),
	field({ name: 'again', text: en('Again'), kind: 'check' })
];

describe('an entry', () => {
	it('keeps what the fields know, trimmed, and drops the rest', () => {
		const entry = {
			title: '  Nineteen\n days ',
			why: ' Mine\nto solve ',
			clarity: 3,
			again: false,
			stranger: 'x'
		};
		expect(checkEntry(fields, entry)).toEqual({
			title: 'Nineteen days',
			why: 'Mine\nto solve',
			clarity: 3,
			again: false
		});
	});

	it.each([
		[{ title: ' ' }, 'required', 'entry.title'],
		[{ why: 'no title' }, 'required', 'entry.title'],
		[{ title: 'x'.repeat(21) }, 'too_long', 'entry.title'],
		[{ title: 7 }, 'not_text', 'entry.title'],
		[{ title: 'a', audience: 'everyone' }, 'no_choice', 'entry.audience'],
		[{ title: 'a', clarity: 6 }, 'off_scale', 'entry.clarity'],
		[{ title: 'a', clarity: 2.5 }, 'off_scale', 'entry.clarity'],
		[{ title: 'a', due: '2026-02-30' }, 'no_date', 'entry.due'],
		[{ title: 'a', again: 'yes' }, 'not_yes_or_no', 'entry.again']
	])('%j is refused with %s at the field to blame', (entry, code, at) => {
		expect(checkEntry(fields, entry)).toMatchObject({ code, field: at });
	});

	it('with nothing in it is refused even where nothing is required', () => {
		expect(checkEntry([fields[1]!], { why: '  ' })).toMatchObject({ code: 'empty', field: 'entry.why' });
	});

	it('that was accepted once is accepted unchanged again', () => {
		fc.assert(
			fc.property(
				fc.record({ title: fc.string(), why: fc.string(), clarity: fc.integer({ min: -1, max: 7 }) }),
				(given) => {
					const entry = checkEntry(fields, given);
					if (!isRefusal(entry)) expect(checkEntry(fields, entry)).toEqual(entry);
				}
			)
		);
	});

	it('is named by its first text', () => {
		expect(gist(fields, { clarity: 4, why: 'Because' })).toBe('Because');
		expect(gist(fields, { clarity: 4 })).toBe('');
	});
});

describe('a day', () => {
	it('is one that the calendar has', () => {
		expect(isDay('2028-02-29')).toBe(true);
		expect(['2026-02-29', '2026-13-01', '14 May', '2026-5-1', ''].some(isDay)).toBe(false);
	});
});
