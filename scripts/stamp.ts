import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** What the build is made from. Generated messages are left out: they follow from those in `sources`. */
const sources = [
	'src',
	'static',
	'messages',
	'project.inlang/settings.json',
	'svelte.config.js',
	'vite.config.ts',
	'package-lock.json'
];
const generated = 'src/lib/paraglide';
const stamp = 'build/.stamp';

/** Contents, not times: a fresh checkout or `git switch` changes times without changing anything. */
async function sourceHash(root: string): Promise<string> {
	const hash = createHash('sha256');
	for (const source of sources) {
		for (const file of (await files(join(root, source))).sort()) {
			const name = relative(root, file);
			if (name.startsWith(generated) || /\.test\.ts$/.test(name)) continue;
			hash
				.update(`${name}\0`)
				.update(await readFile(file))
				.update('\0');
		}
	}
	return hash.digest('hex');
}

/** Why the build cannot be used, or null where it can. */
export async function whyBuild(root: string): Promise<string | null> {
	let built: string;
	try {
		built = readFileSync(join(root, stamp), 'utf8');
	} catch {
		return 'there is no build yet';
	}
	return built === (await sourceHash(root)) ? null : 'the sources changed since the last one';
}

/** Notes in build/ what it was made from. */
export async function stampBuild(root: string): Promise<void> {
	await writeFile(join(root, stamp), await sourceHash(root));
}

async function files(path: string): Promise<string[]> {
	try {
		const entries = await readdir(path, { withFileTypes: true, recursive: true });
		return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
	} catch (error) {
		if (error instanceof Error && 'code' in error) {
			if (error.code === 'ENOTDIR') return [path];
			if (error.code === 'ENOENT') return [];
		}
		throw error;
	}
}
