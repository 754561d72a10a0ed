import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stampBuild, whyBuild } from './stamp.ts';

let root: string;

beforeEach(async () => {
	root = await mkdtemp(join(tmpdir(), 'peerloom-stamp-'));
	await put('src/routes/+page.svelte', '<h1>One</h1>');
	await put('vite.config.ts', 'export default {};');
	await put('build/handler.js', '');
});
afterEach(() => rm(root, { recursive: true }));

describe('the stamp of the build', () => {
	it('asks for a build where there is none', async () => {
		expect(await whyBuild(root)).toBe('there is no build yet');
	});

	it('leaves a build alone while the sources are the same', async () => {
		await stampBuild(root);
		await put('src/routes/+page.svelte', '<h1>One</h1>');
		expect(await whyBuild(root)).toBeNull();
	});

	it.each(['src/routes/+page.svelte', 'src/routes/new.ts', 'vite.config.ts', 'static/icon.svg'])(
		'asks for a build after a change of %s',
		async (file) => {
			await stampBuild(root);
			await put(file, 'changed');
			expect(await whyBuild(root)).toMatch('changed');
		}
	);

	it.each(['src/lib/a.test.ts', 'src/lib/paraglide/messages.js', 'server/main.ts'])(
		'does not mind a change of %s, which is no part of it',
		async (file) => {
			await stampBuild(root);
			await put(file, 'changed');
			expect(await whyBuild(root)).toBeNull();
		}
	);
});

async function put(file: string, text: string): Promise<void> {
	await mkdir(dirname(join(root, file)), { recursive: true });
	await writeFile(join(root, file), text);
}
