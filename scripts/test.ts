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
// Most programs and servers are started many times over: what one of them compiled, the next one finds.
process.env.NODE_COMPILE_CACHE ??= join(reports, 'compiled');

interface Step {
	name: string;
	/** What did not hold; empty if all did. */
	go: () => Promise<readonly string[]>;
	counts?: () => Counts;
	/** Is pointless where this did not hold. */
	needs?: string | undefined;
}

/** Rows of scripts, the rows at the same time. */
function sideBySide(...rows: readonly string[][]): () => Promise<readonly string[]> {
	return async () => {
		const wrong = await Promise.all(
			rows.map(async (row) => {
				const wrong: string[] = [];
				for (const name of row) if (!(await script(name))) wrong.push(name);
				return wrong;
			})
		);
		return wrong.flat();
	};
}

const script = async (name: string) => (await run('npm', ['run', '--silent', name], root)) === 0;

function vitest(name: string, projects: readonly string[], needs?: string): Step {
	const report = join(reports, `${projects.join('-')}.json`);
	const args = [
		'run',
		'--passWithNoTests',
		'--reporter=default',
		'--reporter=json',
		`--outputFile.json=${report}`,
		...projects.map((project) => `--project=${project}`)
	];
	return {
		name,
		go: async () => ((await run('vitest', args, root)) === 0 ? [] : [name]),
		counts: () => vitestCounts(report),
		needs
	};
}

function playwright(name: string, needs: string): Step {
	const report = join(reports, 'playwright.json');
	return {
		name,
		go: async () => {
			const code = await run('playwright', ['test', '--pass-with-no-tests', '--reporter=list,json'], root, {
				PLAYWRIGHT_JSON_OUTPUT_FILE: report
			});
			return code === 0 ? [] : [name];
		},
		counts: () => playwrightCounts(report),
		needs
	};
}

const steps: Step[] = [
	{
		name: 'types and build, lint and format',
		// Each on one core for the most part: side by side they take half as long. Types and build both write .svelte-kit.
		go: sideBySide(['check:types', 'build'], ['check:lint', 'check:format'])
	},
	vitest('unit and components', ['node', 'browser']),
	vitest('server and chaos', ['server', 'chaos'], 'build'),
	playwright('browser', 'build')
];

const failed: string[] = [];
let total = none;
await ensureChromium(root);
for (const step of steps) {
	if (step.needs !== undefined && failed.includes(step.needs)) {
		console.log(`\n── ${step.name}: not tried without ${step.needs} ──`);
		continue;
	}
	const begun = performance.now();
	console.log(`\n── ${step.name} ──`);
	const wrong = await step.go();
	const held = wrong.length === 0;
	if (step.counts) total = sum(total, honest(step.counts(), held));
	failed.push(...wrong);
	console.log(`── ${step.name}: ${held ? 'held' : 'FAILED'} after ${seconds(begun)} s ──`);
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
