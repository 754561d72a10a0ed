import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isNamed, rowsOf, testsIn } from '../sync/testing/titles.ts';

const document = readFileSync('docs/security.md', 'utf8');
const rows = rowsOf(document.replaceAll(/^\| {2,}\|/gm, '| … |'));
const lines = document.split('\n').filter((line) => line.includes('.test.ts') && line.startsWith('|'));

describe('the table of attacks', () => {
	it('is read to its last line', () => {
		expect(rows).toHaveLength(lines.length);
		expect(rows.length).toBeGreaterThan(40);
		const named = rows.map(({ test, file }) => `${file} ${test}`);
		expect(new Set(named).size).toBe(named.length);
	});

	it.each(rows)('names a test that is there: $test, of $file', ({ test, file }) => {
		expect(testsIn(file).filter((title) => isNamed(test, title))).toHaveLength(1);
	});
});
