/** A meeting's minutes as one table, RFC 4180, for spreadsheets. */
import type { Minutes } from '#lib/record/minutes.ts';

/** Spreadsheets run a cell that begins like this as a formula; a quote in front makes it text. */
const formula = /^[=+\-@\t\r]/;

export function csvCell(value: string): string {
	const safe = formula.test(value) ? `'${value}` : value;
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const columns = ['section', 'heading', 'said', 'by', 'state', 'reply', 'reply by', 'about', 'at'];

export function toCsv(minutes: Minutes): string {
	const labels = [
		...new Set(
			minutes.sections.flatMap(({ entries }) =>
				entries.flatMap(({ fields = [] }) => fields.map(({ label }) => label))
			)
		)
	];
	const rows = minutes.sections.flatMap(({ name, heading, entries }) =>
		entries.map(({ said, by, state, reply, about = [], at, fields = [] }) => [
			name,
			heading,
			said,
			by ?? '',
			state?.word ?? '',
			reply?.said ?? '',
			reply?.by ?? '',
			about.join('; '),
			at === undefined ? '' : new Date(at).toISOString(),
			...labels.map((label) => fields.find((field) => field.label === label)?.value ?? '')
		])
	);
	return [[...columns, ...labels], ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}
