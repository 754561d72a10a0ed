/** The names of tests, for the tables that hold a promise or an attack to the test that shows it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');

/** Names of the tests in a file, as they are written there: with `%s` and what is filled in. */
export function testsIn(file: string): string[] {
	const source = readFileSync(join(root, file), 'utf8');
	// the first text after `it(` or `test(`, or after the table of an `it.each`
	const titles = source.matchAll(/(?:\b(?:it|test)\(|\)\(|`\()\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1\s*,/gs);
	return [...titles].map(([, , title]) => title!.replace(/\\(.)/g, '$1'));
}

/** A name in a table stops where a number of runs or rounds is filled in, or what it is tried with. */
export const isNamed = (test: string, title: string): boolean =>
	title === test || [' (${', ' (SEED=${', ', in ${', ': ${'].some((more) => title.startsWith(test + more));

/** The rows of a table of three columns, the last of which names a file of tests. */
export function rowsOf(document: string): { of: string; test: string; file: string }[] {
	const rows = document.matchAll(/^\| (.+?) +\| (.+?) +\| (\S+\.test\.ts) +\|$/gm);
	return [...rows].map(([, of, test, file]) => ({ of: of!.trim(), test: test!, file: file! }));
}
