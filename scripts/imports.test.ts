import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import type { ICruiseResult } from 'dependency-cruiser';
import extractOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

/** Each rule broken once: a file, and what it must not import. */
const forbidden: [rule: string, from: string, to: string][] = [
	['no-circle', 'server/a.ts', './b.ts'],
	['no-unresolved', 'server/c.ts', './nowhere.ts'],
	['no-dev-package-in-production', 'server/d.ts', 'vitest'],
	['no-test-in-product', 'src/lib/room/d.ts', '../../../tests/support/a.ts'],
	['server-from-browser-types-only', 'src/routes/a.ts', '../../server/app.ts'],
	['hooks-fetch-the-app-only', 'src/hooks.server.ts', '../server/gateway/b.ts'],
	['ui-knows-nothing-of-rooms', 'src/lib/ui/a.ts', '#lib/room/a.ts'],
	['blocks-use-ui-only', 'src/lib/blocks/poll/a.ts', '#lib/formats/format.ts'],
	['block-imports-no-block', 'src/lib/blocks/poll/b.ts', '#lib/blocks/list/rules.ts'],
	['blocks-through-the-registry', 'src/lib/blocks/block.ts', '#lib/blocks/list/rules.ts'],
	['formats-use-blocks-only', 'src/lib/formats/a.ts', '#lib/room/a.ts'],
	['formats-are-data', 'src/lib/formats/b.ts', '#lib/blocks/list/rules.ts'],
	['room-knows-no-routes', 'src/lib/room/b.ts', '../../routes/a.ts'],
	['server-uses-no-views', 'server/rooms/a.ts', '#lib/room/a.ts'],
	['server-uses-no-components', 'server/rooms/b.ts', '#lib/blocks/list/List.svelte'],
	['only-main-makes-the-app', 'server/gateway/a.ts', '../app.ts'],
	['rooms-know-no-doors', 'server/rooms/c.ts', '../identity/person.ts'],
	['sync-knows-no-rooms', 'server/sync/a.ts', '../rooms/room.ts'],
	['storage-knows-no-engine', 'server/storage/a.ts', '../sync/document.ts'],
	['storage-knows-types-of-blocks-only', 'server/storage/b.ts', '#lib/blocks/rules.ts'],
	['cluster-knows-no-engine', 'server/cluster/a.ts', '../storage/store.ts'],
	['workspace-knows-no-rooms', 'server/workspace/a.ts', '../rooms/room.ts'],
	['rooms-ask-the-directory', 'server/rooms/d.ts', '../workspace/b.ts'],
	['identity-knows-no-rooms', 'server/identity/a.ts', '../rooms/room.ts']
];

/** What the rules must leave alone. */
const allowed: [from: string, statement: string][] = [
	['src/app.d.ts', `import type { App } from '../server/app.ts';\nexport type A = App;`],
	['src/lib/blocks/rules.ts', `export { x } from './list/rules.ts';`],
	['src/lib/blocks/poll/c.ts', `import '#lib/blocks/block2.ts';\nimport '#lib/ui/b.ts';`],
	['src/lib/formats/index.ts', `import './format.ts';`],
	['server/main.ts', `import './app.ts';\nimport './instance.ts';`],
	['server/app.ts', `import './gateway/b.ts';\nimport './identity/person.ts';\nexport type App = string;`],
	['server/gateway/b.ts', `import '../rooms/room.ts';\nimport '../identity/person.ts';`],
	[
		'server/rooms/room.ts',
		`import '../sync/document.ts';\nimport type { x } from '../identity/person.ts';\nexport type X = typeof x;`
	],
	['server/sync/document.ts', `import '../storage/store.ts';`],
	['server/storage/store.ts', `import type { x } from '#lib/blocks/rules.ts';\nexport type X = typeof x;`]
];

const plain = [
	'server/identity/person.ts',
	'server/workspace/b.ts',
	'server/instance.ts',
	'tests/support/a.ts',
	'src/lib/room/a.ts',
	'src/lib/ui/b.ts',
	'src/lib/blocks/block2.ts',
	'src/lib/blocks/list/rules.ts',
	'src/lib/formats/format.ts'
];

let tree: string;
let found: Set<string>;
let rules: string[];

beforeAll(async () => {
	tree = await mkdtemp(join(tmpdir(), 'peerloom-imports-'));
	await symlink(join(root, 'node_modules'), join(tree, 'node_modules'));
	await put(
		'package.json',
		JSON.stringify({
			type: 'module',
			imports: { '#lib/*': './src/lib/*' },
			devDependencies: { vitest: '*' }
		})
	);
	for (const file of plain) await put(file, 'export const x = 1;');
	await put('src/lib/blocks/list/List.svelte', '<p>List</p>');
	await put('server/b.ts', `import './a.ts';`);
	for (const [, from, to] of forbidden) await put(from, `import '${to}';`);
	for (const [from, statement] of allowed) await put(from, statement);

	const options = await extractOptions(join(root, '.dependency-cruiser.cjs'));
	rules = (options.ruleSet?.forbidden ?? []).map((rule) => rule.name ?? '');
	const { output } = await cruise(['src', 'server', 'tests'], { ...options, baseDir: tree });
	found = new Set(
		(output as ICruiseResult).summary.violations.map(
			(violation) => `${violation.rule.name} ${violation.from}`
		)
	);
}, 60_000);

afterAll(() => rm(tree, { recursive: true, force: true }));

describe('imports point one way', () => {
	it.each(forbidden)('%s reports %s importing %s', (rule, from) => {
		expect([...found]).toContain(`${rule} ${from}`);
	});

	it.each(allowed)('%s may import what it does', (from) => {
		expect([...found].filter((violation) => violation.endsWith(` ${from}`))).toEqual([]);
	});

	it('has a broken case for every rule', () => {
		expect(forbidden.map(([rule]) => rule).sort()).toEqual([...rules].sort());
	});
});

async function put(file: string, text: string): Promise<void> {
	await mkdir(dirname(join(tree, file)), { recursive: true });
	await writeFile(join(tree, file), text);
}
