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

it('takes the numbers of a vitest report', () => {
	const path = report({ numPassedTests: 7, numFailedTests: 2, numPendingTests: 1 });
	expect(vitestCounts(path)).toEqual({ passed: 7, failed: 2 });
});

it('counts a browser test that held at the second try as passed', () => {
	const path = report({ stats: { expected: 3, flaky: 1, unexpected: 2, skipped: 5 } });
	expect(playwrightCounts(path)).toEqual({ passed: 4, failed: 2 });
});

it('counts nothing where a runner wrote no report', () => {
	expect(vitestCounts(join(folder, 'missing.json'))).toEqual(none);
});

it('adds up', () => {
	expect(sum({ passed: 1, failed: 2 }, { passed: 3, failed: 4 })).toEqual({ passed: 4, failed: 6 });
});
