/** What the documents and the container files say of the code is so: names of files, scripts and variables. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const read = (file: string) => readFileSync(file, 'utf8');
const documents = [
	'README.md',
	...globSync('{docs,bench,server}/**/*.md', { exclude: ['**/node_modules/**'] })
];
const { scripts, devDependencies } = JSON.parse(read('package.json')) as {
	scripts: Record<string, string>;
	devDependencies: Record<string, string>;
};
/** Below these an address in backquotes is a file of ours, or a folder. */
const ours = /^(?:src|server|tests|docs|bench|scripts|messages|static|project\.inlang)\//;
/** Made by a command, or where something is to be put. */
const made = /<|\.\.\.|…|^bench\/RESULTS\.md$|^src\/lib\/blocks\/pulse\//;

function pathsIn(file: string): string[] {
	const text = read(file);
	const named = [...text.matchAll(/`([\w./@<>…-]+)`/g)].map(([, path]) => path!);
	const listed = [...text.matchAll(/^((?:src|server|tests|bench|scripts)\/[\w./-]*) /gm)].map(
		([, path]) => path!
	);
	const inProse = [
		...text.matchAll(
			/(?<![\w/`.-])((?:src|server|tests|bench|docs|scripts)\/[\w./-]+\.(?:ts|md|svelte|json))\b/g
		)
	];
	return [...named.filter((path) => ours.test(path)), ...listed, ...inProse.map(([, path]) => path!)];
}

describe.each(documents)('%s', (file) => {
	it('names files that there are', () => {
		const missing = pathsIn(file).filter((path) => !made.test(path) && !existsSync(path));
		expect([...new Set(missing)]).toEqual([]);
	});

	it('links to files that there are', () => {
		const links = [...read(file).matchAll(/\]\((?!https?:|#)([^)#\s]+)[^)]*\)/g)].map(([, link]) => link!);
		expect(links.filter((link) => !existsSync(join(dirname(file), link)))).toEqual([]);
	});

	it('gives commands that package.json has', () => {
		const asked = [...read(file).matchAll(/npm run ([\w:-]+)/g)].map(([, script]) => script!);
		expect(asked.filter((script) => !(script in scripts))).toEqual([]);
		const started = [...read(file).matchAll(/\bnode ((?:bench|server|scripts)\/[\w/-]+\.ts)/g)];
		expect(started.map(([, path]) => path!).filter((path) => !existsSync(path))).toEqual([]);
	});
});

/** What the server reads, all but what it refuses for now. */
const known = new Set(
	[...read('server/config.ts').matchAll(/'([A-Z][A-Z_]*[A-Z])'/g)]
		.map(([, name]) => name!)
		.filter((name) => !['DATABASE_URL', 'REDIS_URL'].includes(name))
);

describe('the settings', () => {
	const table = /## Environment\n(.*?)\n## /s.exec(read('docs/operators.md'))![1]!;
	const told = new Set(
		[...table.matchAll(/^\|([^|]+)\|/gm)].flatMap(([, cell]) => cell!.match(/[A-Z_]{4,}/g) ?? [])
	);

	it('that operators are told of are those that the server reads', () => {
		expect([...told].sort()).toEqual([...known].sort());
	});

	it('can be given to the container, all that do not belong to the image', () => {
		const given = [...read('compose.yaml').matchAll(/^ {6}([A-Z_]+): \$\{\1:-/gm)].map(([, name]) => name!);
		const image = ['PORT', 'HOST', 'DATA_DIR', 'LIMITS'];
		expect(given.sort()).toEqual([...known].filter((name) => !image.includes(name)).sort());
	});
});

describe('the image', () => {
	const dockerfile = read('Dockerfile');

	it('has the runtime of package.json', () => {
		const major = devDependencies.node!.split('.')[0]!;
		const stages = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image);
		expect(new Set(stages)).toEqual(new Set([`node:${major}-slim`]));
	});

	it('starts the server as `npm start` does, but for building', () => {
		const flags = (command: string) => command.match(/--[\w=-]+/g);
		expect(flags(/^CMD (.+)$/m.exec(dockerfile)![1]!)).toEqual(flags(scripts.start!));
	});

	it('copies what there is', () => {
		const copied = [...dockerfile.matchAll(/COPY --from=build \/app\/(\S+)/g)].map(([, path]) => path!);
		expect(copied.filter((path) => !existsSync(path) && path !== 'build')).toEqual([]);
	});
});
