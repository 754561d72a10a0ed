import type { subjects } from './subjects.ts';

/** One scenario's figures, as they stand in RESULTS.md. */
export interface Section {
	title: string;
	/** What was done and how it was measured. */
	about: string;
	columns: readonly string[];
	rows: readonly (readonly string[])[];
	/** A sentence to each figure. */
	says: readonly string[];
}

export interface Options {
	/** Smaller and shorter: shows that everything runs, not how fast. */
	quick: boolean;
	servers: readonly (keyof typeof subjects)[];
}

export function ms(value: number): string {
	if (!Number.isFinite(value)) return '–';
	return value < 10 ? value.toFixed(1) : value.toFixed(0);
}

/** A goal beside its figure. `why`: what stands in the way, where it is missed. */
export function atMost(value: number, goal: number, unit: string, why = ''): string {
	const said = `the goal is at most ${goal} ${unit}`;
	return value <= goal ? `(${said})` : `(${said}, and it is missed${why && `: ${why}`})`;
}

export function atLeast(value: number, goal: number, unit: string, why = ''): string {
	const said = `the goal is at least ${goal} ${unit}`;
	return value >= goal ? `(${said})` : `(${said}, and it is missed${why && `: ${why}`})`;
}

/** In columns of one width, as prettier would write it. */
function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
	const widths = columns.map((head, n) =>
		Math.max(3, head.length, ...rows.map((row) => (row[n] ?? '').length))
	);
	const line = (cells: readonly string[]) =>
		`| ${cells.map((cell, n) => cell.padEnd(widths[n]!)).join(' | ')} |`;
	return [line(columns), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

export function markdown({ title, about, columns, rows, says }: Section): string {
	return [`## ${title}`, about, table(columns, rows), says.map((one) => `- ${one}`).join('\n')].join('\n\n');
}
