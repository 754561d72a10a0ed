/**
 * Every pattern in what we ship takes time in proportion to the text, whatever the text: somebody's words may be a
 * megabyte, chosen to make a pattern try everything twice. `scslre` looks at the pattern itself: for pairs of repetitions
 * over the same characters, of which a text can make them try all splits; it says which character to repeat.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyse } from 'scslre';
import { parse } from 'svelte/compiler';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

interface Pattern {
	file: string;
	source: string;
	flags: string;
}

function inScript(file: string, text: string): Pattern[] {
	const found: Pattern[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isRegularExpressionLiteral(node)) {
			const end = node.text.lastIndexOf('/');
			found.push({ file, source: node.text.slice(1, end), flags: node.text.slice(end + 1) });
		}
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest));
	return found;
}

/** Script and markup alike. */
function inComponent(file: string, text: string): Pattern[] {
	const found: Pattern[] = [];
	const visit = (value: unknown): void => {
		if (Array.isArray(value)) return value.forEach(visit);
		if (typeof value !== 'object' || value === null) return;
		if ('regex' in value) {
			const { pattern, flags } = value.regex as { pattern: string; flags: string }; // as ESTree says
			found.push({ file, source: pattern, flags });
		}
		Object.values(value).forEach(visit);
	};
	visit(parse(text, { modern: true }));
	return found;
}

/** Where a text can make a pattern try things again and again. */
function slowIn(pattern: Pick<Pattern, 'source' | 'flags'>): string[] {
	const reports = [
		// within one try, even if what comes after it never fits
		...analyse(pattern, { assumeRejectingSuffix: true, reportTypes: { Move: false } }).reports,
		// from every place in the text anew
		...analyse(pattern, { reportTypes: { Self: false, Trade: false } }).reports
	];
	return reports.map(
		({ type, character, exponential }) =>
			`${type}, ${exponential ? 'exponential' : 'polynomial'}, with ${JSON.stringify(character.pick)} repeated`
	);
}

const files = globSync('{server,src}/**/*.{ts,svelte}', { cwd: root }).filter(
	(file) => !/\.test\.ts$|paraglide|\/testing\b/.test(file)
);

describe('patterns', () => {
	it('that are known to be slow are found out', () => {
		for (const source of ['^(a+)+$', '^(\\s*,\\s*)*$', '^\\d+\\d+$', '\\s+$.*\\s+x'])
			expect(slowIn({ source, flags: '' }), source).not.toEqual([]);
		expect(slowIn({ source: '^[a-z]+$', flags: '' })).toEqual([]);
	});

	it('of the server and the pages are linear in the text that they are given', { timeout: 120_000 }, () => {
		const patterns = files.flatMap((file) => {
			const text = readFileSync(join(root, file), 'utf8');
			return file.endsWith('.svelte') ? inComponent(file, text) : inScript(file, text);
		});
		expect(patterns.length).toBeGreaterThan(50);
		const slow = patterns.flatMap((pattern) =>
			slowIn(pattern).map((why) => `${pattern.file}: /${pattern.source}/${pattern.flags}: ${why}`)
		);
		expect(slow).toEqual([]);
	});

	it('are written down, where they can be looked at, and never put together from texts', () => {
		const made = files.filter((file) => /\bRegExp\(/.test(readFileSync(join(root, file), 'utf8')));
		expect(made).toEqual([]);
	});
});
