/** The one command: everything, one after the other, and RESULTS.md. See README.md. */
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
	options: {
		/** Small and short, to see that everything runs; writes no results. */
		quick: { type: 'boolean', default: false },
		/** Names of scenarios, by comma. */
		only: { type: 'string' },
		/** Where the results are written; left out, RESULTS.md if everything is measured, and nowhere otherwise. */
		out: { type: 'string' }
	}
});

/** When a file was written; 0: there is none. */
const written = (file: string) =>
	statSync(join(import.meta.dirname, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;

// installed never, or before the lock file changed
if (written('node_modules/.package-lock.json') < written('package-lock.json')) {
	console.log('Installing what is measured beside Peerloom (npm ci in bench/).');
	execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: import.meta.dirname, stdio: 'inherit' });
}

// only now, for they import what was just installed
const { scenarios } = await import('./scenarios/index.ts');
const { markdown } = await import('./report.ts');

/** No scenario may hold up the others for longer, and all together may take no longer, ms. */
const LIMIT = 240_000;
const WHOLE = 900_000;

const { quick } = values;
const wanted = values.only?.split(',') ?? Object.keys(scenarios);
const unknown = wanted.filter((name) => !Object.hasOwn(scenarios, name));
if (unknown.length > 0) {
	console.error(
		`There is no scenario ${unknown.join(', ')}. There are: ${Object.keys(scenarios).join(', ')}.`
	);
	process.exit(1);
}

const begun = performance.now();
const sections: string[] = [];
const failed: string[] = [];
for (const name of wanted) {
	const started = performance.now();
	process.stdout.write(`${name} … `);
	try {
		const late = Promise.withResolvers<never>();
		const limit = Math.min(LIMIT, WHOLE - (started - begun));
		if (limit <= 0) throw new Error(`the others took ${WHOLE / 60_000} minutes`);
		const seconds = (limit / 1000).toFixed(0);
		const timer = setTimeout(() => late.reject(new Error(`took longer than ${seconds} s`)), limit);
		const section = await Promise.race([scenarios[name]!(quick), late.promise]).finally(() =>
			clearTimeout(timer)
		);
		sections.push(markdown(section) + `\n\n\`npm run bench -- --only ${name}\``);
		console.log(`${((performance.now() - started) / 1000).toFixed(0)} s`);
		console.log(`\n${sections.at(-1)}\n`);
	} catch (error) {
		failed.push(name);
		sections.push(
			`## ${name}\n\nWas not measured: ${error instanceof Error ? error.message.split('\n', 1)[0] : String(error)}`
		);
		console.log('failed');
		console.error(error);
	}
}

const minutes = (performance.now() - begun) / 60_000;
const everything = !quick && values.only === undefined;
const out = values.out ?? (everything ? join(import.meta.dirname, 'RESULTS.md') : null);
if (out !== null) {
	const commit = execFileSync('git', ['log', '-1', '--format=%h, %cs'], {
		cwd: import.meta.dirname,
		encoding: 'utf8'
	}).trim();
	const machine = `${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`;
	const head = [
		'# Results',
		`Written by \`npm run bench\` in ${minutes.toFixed(0)} minutes, of commit ${commit}, on ${machine}. Each server runs in a ` +
			`process of its own, the load in another, all on the loopback address. Peerloom runs as \`npm start\` does, with ` +
			`durable storage (an fsync before anything is shown) and access checks on; the others keep everything in memory ` +
			`or save it later, and check nobody. On a busy machine the ratios of one run count, not its times.`
	];
	await writeFile(out, [...head, ...sections].join('\n\n') + '\n');
	console.log(`${out} was written.`);
}
console.log(`${minutes.toFixed(1)} minutes${failed.length > 0 ? `; failed: ${failed.join(', ')}` : ''}.`);
// whatever a scenario that was given up left behind ends with this process
process.exit(failed.length > 0 ? 1 : 0);
