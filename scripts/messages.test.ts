/** What is said in one language is said in each, and somewhere. */
import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const files = globSync(['messages/*.en.json', '{src/lib,tests}/blocks/*/en.json']);
const keysOf = (file: string) =>
	Object.keys(JSON.parse(readFileSync(file, 'utf8')) as object).filter((key) => key !== '$schema');

it('the words of every block are compiled, and only those that there are', () => {
	const { 'plugin.inlang.messageFormat': format } = JSON.parse(
		readFileSync('project.inlang/settings.json', 'utf8')
	) as {
		'plugin.inlang.messageFormat': { pathPattern: string[] };
	};
	const named = format.pathPattern.map((pattern) => pattern.replace('{locale}', 'en').replace('./', ''));
	expect(named.sort()).toEqual(files.toSorted());
});

it.each(files)('%s has the same messages in every language', (file) => {
	expect(keysOf(file.replace(/en\.json$/, 'de.json')).sort()).toEqual(keysOf(file).sort());
});

it('no message is one that nobody says', () => {
	const sources = globSync('{src,tests}/**/*.{ts,svelte}', { exclude: ['src/lib/paraglide/**'] });
	const words = new Set(sources.flatMap((source) => readFileSync(source, 'utf8').match(/\w+/g) ?? []));
	expect(files.flatMap(keysOf).filter((key) => !words.has(key))).toEqual([]);
});
