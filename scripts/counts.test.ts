import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { none, playwrightCounts, sum, vitestCounts } from './counts.ts';

const folder = mkdtempSync(join(tmpdir(), 'peerloom-counts-'));
afterAll(() => rmSync(folder, { recursive: true }));

function report(content: object): string {
	const path = join(folder, 'report.json');
	writeFileSync(path, JSON.stringify(content));
	return path;
}

it('takes the numbers of a vitest report, and says what failed and why', () => {
	const path = report({
		numPassedTests: 7,
		numFailedTests: 1,
		testResults: [
			{
				name: 'a.test.ts',
				status: 'failed',
				assertionResults: [
					{ status: 'passed', fullName: 'holds' },
					{ status: 'failed', fullName: 'does not', failureMessages: ['Error: 1 is not 2\n at a.ts'] }
				]
			},
			{ name: 'b.test.ts', status: 'failed', message: 'No such module\n', assertionResults: [] }
		]
	});
	expect(vitestCounts(path)).toEqual({
		passed: 7,
		failed: 1,
		failures: ['a.test.ts: does not: Error: 1 is not 2', 'b.test.ts: No such module']
	});
});

it('counts a browser test that held at the second try as passed', () => {
	const path = report({
		stats: { expected: 3, flaky: 1, unexpected: 1, skipped: 5 },
		suites: [
			{
				file: 'c.test.ts',
				specs: [{ title: 'held', ok: true }],
				suites: [{ file: 'c.test.ts', specs: [{ title: 'did not', ok: false }] }]
			}
		]
	});
	expect(playwrightCounts(path)).toEqual({ passed: 4, failed: 1, failures: ['c.test.ts: did not'] });
});

it('counts nothing where a runner wrote no report', () => {
	expect(vitestCounts(join(folder, 'missing.json'))).toEqual(none);
});

it('adds up', () => {
	expect(
		sum({ passed: 1, failed: 2, failures: ['a', 'b'] }, { passed: 3, failed: 1, failures: ['c'] })
	).toEqual({ passed: 4, failed: 3, failures: ['a', 'b', 'c'] });
});
