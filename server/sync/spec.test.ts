import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isNamed, rowsOf, testsIn } from './testing/titles.ts';

const root = join(import.meta.dirname, '../..');
/** A rule, or several, that a test says it shows: before its name, or after it in brackets. */
const CITES = [/^((?:[A-Z]\d+(?:, )?)+):/, /\(((?:[A-Z]\d+(?:, )?)+)\)$/];

const cited = new Set(
	globSync('{server/{sync,storage,rooms},tests/server,tests/chaos}/**/*.test.ts', { cwd: root })
		.flatMap(testsIn)
		.flatMap((title) => CITES.flatMap((cites) => cites.exec(title)?.[1]?.split(', ') ?? []))
);

/** Each specification, and the promises that it answers for. */
const specs = [
	{ path: 'server/sync/SPEC.md', promises: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 15] },
	{ path: 'server/rooms/SPEC.md', promises: [11, 12, 16] }
].map(({ path, promises }) => {
	const text = readFileSync(join(root, path), 'utf8');
	return {
		path,
		promises: promises.map(String),
		rows: rowsOf(text).map(({ of: promise, ...row }) => ({ promise, ...row })),
		rules: [...text.matchAll(/^- \*\*([A-Z]\d+)\*\*/gm)].map(([, rule]) => rule!)
	};
});

describe.each(specs)('the specification $path', ({ promises, rows, rules }) => {
	it('has a row for every promise', () => {
		const shown = new Set(rows.map(({ promise }) => promise.split(' ')[0]!));
		expect(promises.filter((promise) => !shown.has(promise))).toEqual([]);
		expect(rows.length).toBeGreaterThan(promises.length);
	});

	it.each(rows)('names a test that is there: $test, of $file', ({ test, file }) => {
		expect(testsIn(file).filter((title) => isNamed(test, title))).toHaveLength(1);
	});

	it('has no rule that no test cites', () => {
		expect(rules.length).toBeGreaterThan(10);
		expect(new Set(rules).size).toBe(rules.length);
		expect(rules.filter((rule) => !cited.has(rule))).toEqual([]);
	});
});

it('no test cites a rule that there is not', () => {
	const rules = specs.flatMap((spec) => spec.rules);
	expect(new Set(rules).size).toBe(rules.length);
	expect([...cited].filter((rule) => !rules.includes(rule)).sort()).toEqual([]);
});
