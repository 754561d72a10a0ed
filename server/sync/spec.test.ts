import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isNamed, rowsOf, testsIn } from './testing/titles.ts';

const root = join(import.meta.dirname, '../..');
const spec = readFileSync(join(import.meta.dirname, 'SPEC.md'), 'utf8');
/** The promises that this specification answers for. */
const PROMISES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 15].map(String);

const rows = rowsOf(spec).map(({ of: promise, ...row }) => ({ promise, ...row }));

describe('the specification', () => {
	it('has a row for every promise', () => {
		const shown = new Set(rows.map(({ promise }) => promise.split(' ')[0]!));
		expect(PROMISES.filter((promise) => !shown.has(promise))).toEqual([]);
		expect(rows.length).toBeGreaterThan(PROMISES.length);
	});

	it.each(rows)('names a test that is there: $test, of $file', ({ test, file }) => {
		expect(testsIn(file).filter((title) => isNamed(test, title))).toHaveLength(1);
	});

	it('has no rule that no test cites, and no test cites a rule that it has not', () => {
		const files = globSync('{server/{sync,storage,rooms},tests}/**/*.test.ts', { cwd: root });
		const cited = new Set(
			files
				.flatMap(testsIn)
				.flatMap((title) => /^((?:[A-Z]\d+(?:, )?)+):/.exec(title)?.[1]?.split(', ') ?? [])
		);
		const rules = [...spec.matchAll(/^- \*\*([A-Z]\d+)\*\*/gm)].map(([, rule]) => rule!);
		expect(rules.length).toBeGreaterThan(40);
		expect(new Set(rules).size).toBe(rules.length);
		expect(rules.filter((rule) => !cited.has(rule))).toEqual([]);
		expect([...cited].filter((rule) => !rules.includes(rule)).sort()).toEqual([]);
	});
});
