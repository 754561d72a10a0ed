/** A table of people as a file: bytes → text → rows, with the line of each; and back. */
import { CsvError, parse } from 'csv-parse/sync';

/** What a form may carry by default is 512 kB; so is what a browser sends of a file of this size. */
export const LARGEST_FILE = 400_000;
export const MOST_ROWS = 2000;

export type FileProblem =
	| { code: 'empty' }
	| { code: 'too-large'; most: number }
	| { code: 'too-many-rows'; most: number }
	| { code: 'encoding' }
	| { code: 'quote'; line: number }
	| { code: 'broken'; line: number }
	| { code: 'no-column'; column: string }
	| { code: 'column-twice'; column: string };

export interface Table {
	/** Heading as it stands in the file, by column. */
	headings: string[];
	/** `line`: where the row begins in the file, 1 for the first. */
	rows: { line: number; cells: string[] }[];
	/** 'UTF-8', 'UTF-16' or 'Windows-1252': the last is a guess. */
	encoding: string;
}

export type Read = { ok: true; table: Table } | { ok: false; problem: FileProblem };

/** Null: it is no text that we know. */
export function decode(bytes: Uint8Array): { text: string; encoding: string } | null {
	const strict = (label: string, from = 0) => {
		try {
			return new TextDecoder(label, { fatal: true }).decode(bytes.subarray(from));
		} catch {
			return null;
		}
	};
	const [a, b] = bytes;
	let text: string | null;
	let encoding = 'UTF-8';
	if (a === 0xff && b === 0xfe) [text, encoding] = [strict('utf-16le', 2), 'UTF-16'];
	else if (a === 0xfe && b === 0xff) [text, encoding] = [strict('utf-16be', 2), 'UTF-16'];
	else if (bytes.subarray(0, 400).includes(0)) {
		// without a mark: in Western text every second byte is zero
		const odd = bytes.subarray(0, 400).filter((byte, at) => byte === 0 && at % 2 === 1).length;
		const even = bytes.subarray(0, 400).filter((byte, at) => byte === 0 && at % 2 === 0).length;
		[text, encoding] = [strict(odd >= even ? 'utf-16le' : 'utf-16be'), 'UTF-16'];
	} else {
		text = strict('utf-8');
		if (text === null) [text, encoding] = [strict('windows-1252'), 'Windows-1252'];
	}
	// what is still there of these is a picture or a spreadsheet, not a table
	return text === null || /[\u0000\u0001-\u0008\u000e-\u001f]/.test(text) ? null : { text, encoding };
}

/** The one that is most often in the first line. */
function delimiterOf(text: string): string {
	const first = text.slice(0, Math.max(0, text.search(/[\r\n]|$/)));
	const count = (sign: string) => first.split(sign).length - 1;
	return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best), ',');
}

export function readTable(bytes: Uint8Array): Read {
	const failed = (problem: FileProblem): Read => ({ ok: false, problem });
	if (bytes.byteLength > LARGEST_FILE) return failed({ code: 'too-large', most: LARGEST_FILE });
	const decoded = decode(bytes);
	if (decoded === null) return failed({ code: 'encoding' });
	const text = decoded.text.replace(/^\ufeff/, '');
	if (text.trim() === '') return failed({ code: 'empty' });
	let records: { record: string[]; info: { lines: number } }[];
	try {
		records = parse(text, {
			delimiter: delimiterOf(text),
			info: true,
			relax_column_count: true,
			skip_empty_lines: true,
			trim: true,
			to: MOST_ROWS + 2
		}) as unknown as typeof records; // with `info` the library answers so; its types say string[][]
	} catch (error) {
		if (!(error instanceof CsvError)) throw error;
		if (error.code === 'CSV_QUOTE_NOT_CLOSED') return failed({ code: 'quote', line: openQuote(text) });
		const line = typeof error.lines === 'number' ? error.lines : 1;
		const quotes = ['INVALID_OPENING_QUOTE', 'CSV_INVALID_CLOSING_QUOTE'];
		return failed({ code: quotes.includes(error.code) ? 'quote' : 'broken', line });
	}
	if (records.length - 1 > MOST_ROWS) return failed({ code: 'too-many-rows', most: MOST_ROWS });
	const [head, ...rest] = records;
	if (!head) return failed({ code: 'empty' });
	let last = head.info.lines;
	const rows = rest.map(({ record, info }) => {
		// `lines` is where a record ends; one with line breaks in a cell begins after the one before
		const within = record.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);
		const line = Math.max(last + 1, info.lines - within);
		last = info.lines;
		return { line, cells: record };
	});
	return {
		ok: true,
		table: {
			headings: head.record,
			rows: rows.filter(({ cells }) => cells.some((cell) => cell !== '')),
			encoding: decoded.encoding
		}
	};
}

/** The line of the quotation mark that is never closed; the library says only where the file ends. */
function openQuote(text: string): number {
	let opened = 1;
	let open = false;
	for (const [at, line] of text.split(/\r\n|\r|\n/).entries()) {
		const odd = (line.split('"').length - 1) % 2 === 1;
		if (odd && !open) opened = at + 1;
		if (odd) open = !open;
	}
	return opened;
}

/** Spreadsheets run a cell that begins like this as a formula; a quote in front makes it text. */
const formula = /^[=+\-@\t\r]/;

export function writeTable(rows: readonly (readonly string[])[]): string {
	const cell = (value: string) => {
		const safe = formula.test(value) ? `'${value}` : value;
		return /[",;\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
	};
	// The mark tells spreadsheets that it is UTF-8.
	return `\ufeff${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;
}

/** What `writeTable` put in front of a formula is not part of the text. */
export const unquoted = (cell: string) => (/^'[=+\-@]/.test(cell) ? cell.slice(1) : cell);
