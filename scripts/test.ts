/**
 * `npm test`: everything that must hold. A step that fails does not keep the later ones from running, unless they need
 * what it makes; the exit code says whether all held.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureChromium } from './chromium.ts';
import { run } from './run.ts';
import { sideBySide, type Step } from './side-by-side.ts';
import { none, playwrightCounts, sum, vitestCounts } from './counts.ts';
import type { Counts } from './counts.ts';

const root = join(import.meta.dirname, '..');
const reports = mkdtempSync(join(tmpdir(), 'peerloom-reports-'));
// Most programs and servers are started many times over: what one of them compiled, the next one finds.
process.env.NODE_COMPILE_CACHE ??= join(reports, 'compiled');

interface Tested extends Step {
	/** Whether it held. */
	go: (hears: (text: string) => void) => Promise<boolean>;
	counts?: () => Counts;
	/** Is pointless where this did not hold. */
	needs?: string;
}

function script(name: string): Tested {
	return { name, go: async (hears) => (await run('npm', ['run', '--silent', name], root, { hears })) === 0 };
}

function vitest(name: string, ...projects: readonly string[]): Tested {
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
		go: async (hears) => (await run('vitest', args, root, { hears })) === 0,
		counts: () => vitestCounts(report)
	};
}

function playwright(name: string): Tested {
	const report = join(reports, 'playwright.json');
	const args = ['test', '--pass-with-no-tests', '--reporter=list,json'];
	const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: report };
	return {
		name,
		go: async (hears) => (await run('playwright', args, root, { env, hears })) === 0,
		counts: () => playwrightCounts(report)
	};
}

// The build writes messages and types anew, which all but the format's check read.
const after = ['build'];

/**
 * Two at a time fill two cores. Types and lint, which only compute, stand beside the browsers, whose people wait for
 * each other: they take what these leave, and need no limits.
 */
const steps: Tested[] = [
	script('build'),
	script('check:format'),
	{ ...vitest('server and chaos', 'server', 'chaos'), after, needs: 'build' },
	{ ...vitest('unit and components', 'node', 'browser'), after },
	{ ...playwright('browser'), after, needs: 'build' },
	{ ...script('check:types'), after },
	{ ...script('check:lint'), after }
];

const failed: string[] = [];
let total = none;
await ensureChromium(root);
await sideBySide(steps, 2, take);
rmSync(reports, { recursive: true, force: true });

console.log(`\nAll of it took ${seconds(0)} s.`);
for (const failure of total.failures) console.log(`✗ ${failure.replace(`${root}/`, '')}`);
if (failed.length > 0) console.log(`Did not hold: ${failed.join(', ')}.`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = failed.length > 0 || total.failed > 0 ? 1 : 0;

async function take({ name, go, counts, needs }: Tested, say: (text: string) => void): Promise<void> {
	if (needs !== undefined && failed.includes(needs))
		return say(`\n── ${name}: not tried without ${needs} ──\n`);
	const begun = performance.now();
	say(`\n── ${name} ──\n`);
	const held = await go(say);
	if (counts) total = sum(total, honest(counts(), held));
	if (!held) failed.push(name);
	say(`── ${name}: ${held ? 'held' : 'FAILED'} after ${seconds(begun)} s ──\n`);
}

/** A file that cannot even be loaded has no failed test in the report. */
function honest(counts: Counts, held: boolean): Counts {
	return held || counts.failed > 0 ? counts : sum(counts, { ...none, failed: 1 });
}

function seconds(since: number): string {
	return ((performance.now() - since) / 1000).toFixed(1);
}
