/**
 * `npm test`: everything that must hold, cheapest first. A step that fails does not keep the later ones from
 * running, unless they need what it makes; the exit code says whether all held.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureChromium } from './chromium.ts';
import { run } from './run.ts';
import { none, playwrightCounts, sum, vitestCounts } from './counts.ts';
import type { Counts } from './counts.ts';

const root = join(import.meta.dirname, '..');
const reports = mkdtempSync(join(tmpdir(), 'peerloom-reports-'));

interface Step {
	name: string;
	/** True if it held. */
	go: () => Promise<boolean>;
	counts?: () => Counts;
	/** Later steps are pointless without it. */
	vital?: boolean;
}

/** Rows of scripts, the rows at the same time. Says which of them did not hold. */
function sideBySide(...rows: readonly string[][]): () => Promise<boolean> {
	return async () => {
		const held = await Promise.all(
			rows.map(async (row) => {
				const wrong: string[] = [];
				for (const name of row) if (!(await script(name)())) wrong.push(name);
				return wrong;
			})
		);
		for (const name of held.flat()) console.log(`${name} did not hold.`);
		return held.flat().length === 0;
	};
}

const script = (name: string) => async () => (await run('npm', ['run', '--silent', name], root)) === 0;

function vitest(name: string, projects: readonly string[]): Step {
	const report = join(reports, `${projects.join('-')}.json`);
	const args = [
		'run',
		'--passWithNoTests',
		'--reporter=default',
		'--reporter=json',
		`--outputFile.json=${report}`
	];
	return {
		name,
		go: async () =>
			(await run('vitest', [...args, ...projects.map((project) => `--project=${project}`)], root)) === 0,
		counts: () => vitestCounts(report)
	};
}

function playwright(name: string): Step {
	const report = join(reports, 'playwright.json');
	return {
		name,
		go: async () =>
			(await run('playwright', ['test', '--pass-with-no-tests', '--reporter=list,json'], root, {
				PLAYWRIGHT_JSON_OUTPUT_FILE: report
			})) === 0,
		counts: () => playwrightCounts(report)
	};
}

const steps: Step[] = [
	// each on one core for the most part: side by side they take half as long
	{ name: 'format, lint, types', go: sideBySide(['check:format', 'check:lint'], ['check:types']) },
	vitest('unit and components', ['node', 'browser']),
	{ name: 'build', go: script('build'), vital: true },
	vitest('server', ['server']),
	playwright('browser'),
	vitest('chaos', ['chaos'])
];

const failed: string[] = [];
let total = none;
await ensureChromium(root);
for (const step of steps) {
	const begun = performance.now();
	console.log(`\n── ${step.name} ──`);
	const held = await step.go();
	if (step.counts) total = sum(total, honest(step.counts(), held));
	if (!held) failed.push(step.name);
	console.log(`── ${step.name}: ${held ? 'held' : 'FAILED'} after ${seconds(begun)} s ──`);
	if (!held && step.vital) break;
}
rmSync(reports, { recursive: true, force: true });

console.log(`\nAll of it took ${seconds(0)} s.`);
for (const failure of total.failures) console.log(`✗ ${failure.replace(`${root}/`, '')}`);
if (failed.length > 0) console.log(`Did not hold: ${failed.join(', ')}.`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = failed.length > 0 || total.failed > 0 ? 1 : 0;

/** A file that cannot even be loaded has no failed test in the report. */
function honest(counts: Counts, held: boolean): Counts {
	return held || counts.failed > 0 ? counts : sum(counts, { ...none, failed: 1 });
}

function seconds(since: number): string {
	return ((performance.now() - since) / 1000).toFixed(1);
}
