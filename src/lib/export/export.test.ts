import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Minutes } from '#lib/record/minutes.ts';
import { csvCell, toCsv } from './csv.ts';
import { fileName } from './file-name.ts';
import { toJson } from './json.ts';
import { escapeMarkdown, toMarkdown } from './markdown.ts';

const began = Date.UTC(2026, 3, 16, 8, 0);

const minutes: Minutes = {
	room: { title: 'Lending <Ops>', code: 'K7MQ2X', format: 'action-learning', formatName: 'Action learning' },
	meeting: 3,
	status: 'ended',
	began,
	ended: began + 75 * 60_000,
	people: [
		{ name: 'Priya Raman', role: 'Presenter' },
		{ name: 'Tom *B*', role: 'Member' }
	],
	crowd: 0,
	chapters: [{ phase: 'P1', name: 'Review', opened: began, closed: began + 600_000 }],
	sections: [
		{
			instance: 'problem',
			name: 'decision',
			heading: 'Decided',
			kind: 'decision',
			entries: [{ said: 'No shared definition.', by: 'Aisha Noor', about: ['Accepted by Priya'] }]
		},
		{
			instance: 'actions',
			name: 'actions',
			heading: 'Actions',
			kind: 'actions',
			note: '1 open of 2',
			entries: [
				{
					said: '=HYPERLINK("http://evil.test")',
					by: 'Priya Raman',
					state: { is: 'warn', word: 'Open' },
					fields: [{ label: 'Due', value: '2026-05-14' }],
					at: began
				},
				{ said: 'Shadow two\nvaluations', by: 'Tom *B*', state: { is: 'good', word: 'Done' } }
			]
		},
		{
			instance: 'questions',
			name: 'questions',
			heading: 'Questions',
			kind: 'list',
			entries: [
				{ said: 'Who decides, and when?', by: null, reply: { said: 'Three people.', by: 'Priya Raman' } }
			]
		}
	]
};

/** What a table may stumble over. */
const trouble = fc.constantFrom(
	'"',
	"'",
	',',
	';',
	'\r',
	'\n',
	'\t',
	'=',
	'+',
	'-',
	'@',
	' ',
	'a',
	'ß',
	'\u{1F9F5}'
);

/** A small RFC 4180 reader, to see that every cell comes back. */
function parseCsv(text: string): string[][] {
	const rows: string[][] = [[]];
	const cells = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
	for (let match = cells.exec(text); match; match = cells.exec(text)) {
		rows.at(-1)!.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
		if (match[3] === '\r\n') rows.push([]);
	}
	rows.pop();
	return rows;
}

describe('CSV', () => {
	test('a cell that a spreadsheet would run begins with a quote', () => {
		for (const sign of ['=', '+', '-', '@', '\t', '\r']) expect(csvCell(`${sign}1`)).toMatch(/^"?'/);
		expect(csvCell('1 = 1')).toBe('1 = 1');
	});

	test('any text comes back as it was, but for that quote', () => {
		fc.assert(
			fc.property(fc.array(fc.string({ unit: trouble }), { minLength: 1 }), (cells) => {
				const [row] = parseCsv(`${cells.map(csvCell).join(',')}\r\n`);
				const back = row!.map((cell) => (/^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell));
				const plain = cells.map((cell) => (/^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell));
				expect(back).toEqual(plain);
			})
		);
	});

	test('every entry is a row, and further columns stand behind the fixed ones', () => {
		const rows = parseCsv(toCsv(minutes));
		expect(rows).toHaveLength(5);
		expect(rows[0]!.slice(-2)).toEqual(['at', 'Due']);
		expect(rows.every((row) => row.length === rows[0]!.length)).toBe(true);
		expect(rows[2]).toEqual([
			'actions',
			'Actions',
			'\'=HYPERLINK("http://evil.test")',
			'Priya Raman',
			'Open',
			'',
			'',
			'',
			'2026-04-16T08:00:00.000Z',
			'2026-05-14'
		]);
	});
});

describe('Markdown', () => {
	test('what people wrote makes no markup', () => {
		expect(escapeMarkdown('# [x](y) <b> *a*')).toBe('\\# \\[x\\](y) \\<b\\> \\*a\\*');
		expect(escapeMarkdown('1. one\n- two')).toBe('1\\. one\n\\- two');
	});

	test('no text of any kind begins a line with a heading, a rule or a tag', () => {
		fc.assert(
			fc.property(
				fc.string({ unit: fc.constantFrom('#', '-', '<', '=', '1', '.', ' ', '\n', 'a') }),
				(text) => {
					for (const line of escapeMarkdown(text).split('\n'))
						expect(line).not.toMatch(/^\s*(#|-|=|<|\d+\.)/);
				}
			)
		);
	});

	test('decisions stand out, actions have boxes, answers are quoted', () => {
		const text = toMarkdown(minutes, 'en');
		expect(text).toContain('# Lending \\<Ops\\>');
		expect(text).toContain('**No shared definition.**');
		expect(text).toContain('- [ ] \\=HYPERLINK');
		expect(text).toContain('- [x] Shadow two  \n  valuations');
		expect(text).toContain('  > Three people. (Priya Raman)');
		expect(text).toContain('Tom \\*B\\*');
		expect(text.endsWith('\n')).toBe(true);
	});
});

test('JSON has stable names and ISO moments', () => {
	const parsed: unknown = JSON.parse(toJson(minutes));
	expect(parsed).toMatchObject({
		version: 1,
		room: { code: 'K7MQ2X', format: 'action-learning' },
		meeting: { number: 3, status: 'ended', began: '2026-04-16T08:00:00.000Z' },
		sections: [{ name: 'decision' }, { name: 'actions' }, { instance: 'questions' }]
	});
});

test('a file’s name is safe whatever the title', () => {
	expect(fileName('Was wir über Größe lernten: "Q&A" / Teil 2', '-meeting-3.csv')).toBe(
		'was-wir-uber-grosse-lernten-q-a-teil-2-meeting-3.csv'
	);
	expect(fileName('日本語', '-meeting-1.md')).toBe('room-meeting-1.md');
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), (title) =>
			/^[a-z0-9-]+\.json$/.test(fileName(title, '-meeting-1.json'))
		)
	);
});
