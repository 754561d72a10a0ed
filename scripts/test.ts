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

function scripts(...names: readonly string[]): Step {
	return {
		name: names.join(', '),
		go: async () => {
			const wrong: string[] = [];
			for (const name of names)
				if ((await run('npm', ['run', '--silent', name], root)) !== 0) wrong.push(name);
			return wrong;
		}
	};
}

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

/** Rows, one after the other; the steps of one side by side, for each leaves much of one core free. */
const rows: Step[][] = [
	// types and build both write .svelte-kit
	[scripts('check:types', 'build'), scripts('check:lint', 'check:format')],
	[
		vitest('unit and components', ['node', 'browser']),
		vitest('server and chaos', ['server', 'chaos'], 'build')
	],
	[playwright('browser', 'build')]
];

const failed: string[] = [];
let total = none;
await ensureChromium(root);
for (const row of rows) await Promise.all(row.map(take));
rmSync(reports, { recursive: true, force: true });

console.log(`\nAll of it took ${seconds(0)} s.`);
for (const failure of total.failures) console.log(`✗ ${failure.replace(`${root}/`, '')}`);
if (failed.length > 0) console.log(`Did not hold: ${failed.join(', ')}.`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = failed.length > 0 || total.failed > 0 ? 1 : 0;

async function take({ name, go, counts, needs }: Step): Promise<void> {
	if (needs !== undefined && failed.includes(needs)) {
		console.log(`\n── ${name}: not tried without ${needs} ──`);
		return;
	}
	const begun = performance.now();
	console.log(`\n── ${name} ──`);
	const wrong = await go();
	const held = wrong.length === 0;
	if (counts) total = sum(total, honest(counts(), held));
	failed.push(...wrong);
	console.log(`── ${name}: ${held ? 'held' : 'FAILED'} after ${seconds(begun)} s ──`);
}

/** A file that cannot even be loaded has no failed test in the report. */
function honest(counts: Counts, held: boolean): Counts {
	return held || counts.failed > 0 ? counts : sum(counts, { ...none, failed: 1 });
}

function seconds(since: number): string {
	return ((performance.now() - since) / 1000).toFixed(1);
}
