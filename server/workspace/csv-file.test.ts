import { describe, expect, it } from 'vitest';
import { LARGEST_FILE, MOST_ROWS, readTable, unquoted, writeTable } from './csv-file.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string, big: boolean, mark: boolean) => {
	const buffer = Buffer.from((mark ? '\ufeff' : '') + text, 'utf16le');
	return new Uint8Array(big ? buffer.swap16() : buffer);
};
const rows = (file: Uint8Array) => {
	const read = readTable(file);
	if (!read.ok) throw new Error(JSON.stringify(read.problem));
	return read.table;
};

describe('a table', () => {
	it.each([
		['commas', 'name,email\nJürgen,j@x.de\n'],
		['semicolons', 'name;email\r\nJürgen;j@x.de\r\n'],
		['tabs', 'name\temail\nJürgen\tj@x.de'],
		['a byte order mark', '\ufeffname,email\nJürgen,j@x.de'],
		['quotes', '"name","email"\n"Jürgen","j@x.de"']
	])('is read with %s', (_, text) => {
		expect(rows(bytes(text))).toEqual({
			headings: ['name', 'email'],
			rows: [{ line: 2, cells: ['Jürgen', 'j@x.de'] }],
			encoding: 'UTF-8'
		});
	});

	it.each([
		['little', true],
		['big', true],
		['little', false],
		['big', false]
	])('is read as UTF-16, %s end first, marked: %s', (end, mark) => {
		const table = rows(utf16('name,email\nJürgen,j@x.de', end === 'big', mark));
		expect(table).toMatchObject({ encoding: 'UTF-16', rows: [{ cells: ['Jürgen', 'j@x.de'] }] });
	});

	it('in Latin-1 is recognised, as a guess', () => {
		const table = rows(new Uint8Array(Buffer.from('name,email\nJürgen,j@x.de', 'latin1')));
		expect(table).toMatchObject({ encoding: 'Windows-1252', rows: [{ cells: ['Jürgen', 'j@x.de'] }] });
	});

	it('tells lines as an editor counts them, with line breaks in cells and empty lines', () => {
		const table = rows(bytes('name,email\n"A\nB",a@x.de\n\nC,c@x.de\n,\n'));
		expect(table.rows.map(({ line }) => line)).toEqual([2, 5]);
	});

	it.each([
		['empty', bytes(''), { code: 'empty' }],
		['empty but for spaces', bytes(' \n '), { code: 'empty' }],
		[
			'a picture',
			new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]),
			{ code: 'encoding' }
		],
		['a spreadsheet', new Uint8Array([0x50, 0x4b, 3, 4, 20, 0, 6, 0]), { code: 'encoding' }],
		['cut UTF-16', new Uint8Array([0xff, 0xfe, 65, 0, 66]), { code: 'encoding' }],
		['never closed', bytes('name,email\nA,a@x.de\n"B,b@x.de\nC,c@x.de\n'), { code: 'quote', line: 3 }],
		['quoted half', bytes('name,email\nA "B",a@x.de\n'), { code: 'quote', line: 2 }],
		['quoted and more', bytes('name,email\n"A"B,a@x.de\n'), { code: 'quote', line: 2 }],
		['too large', new Uint8Array(LARGEST_FILE + 1).fill(65), { code: 'too-large', most: LARGEST_FILE }],
		[
			'too long',
			bytes('email\n' + 'a@x.de\n'.repeat(MOST_ROWS + 1)),
			{ code: 'too-many-rows', most: MOST_ROWS }
		]
	])('that is %s is refused with the place', (_, file, problem) => {
		expect(readTable(file)).toEqual({ ok: false, problem });
	});

	it('is written so that no spreadsheet runs what is in it, and read back as it was', () => {
		const cells = ['=cmd|calc', '+1', '-1', '@x', 'a;b', 'say "hi"', 'plain', "it's"];
		const text = writeTable([['c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8'], cells]);
		expect(text).toContain("'=cmd|calc");
		expect(rows(bytes(text)).rows[0]!.cells.map(unquoted)).toEqual(cells);
	});
});
