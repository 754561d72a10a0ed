import { defineConfig, globalIgnores } from 'eslint/config';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

export default defineConfig(
	globalIgnores([
		'build/',
		'.svelte-kit/',
		'bench/node_modules/',
		'src/lib/paraglide/',
		'project.inlang/',
		'data/',
		'playwright-report/',
		'test-results/'
	]),
	ts.configs.recommended,
	svelte.configs.recommended,
	{
		languageOptions: {
			globals: { ...globals.node, ...globals.browser },
			parserOptions: {
				// one program for all, made once
				project: './tsconfig.json',
				tsconfigRootDir: import.meta.dirname
			}
		},
		linterOptions: { reportUnusedDisableDirectives: 'error' },
		rules: {
			eqeqeq: ['error', 'smart'],
			'no-console': ['error', { allow: ['warn', 'error'] }],
			'no-constant-condition': 'error',
			'no-debugger': 'error',
			'no-fallthrough': 'error',
			'no-self-assign': 'error',
			'no-template-curly-in-string': 'error',
			'no-unreachable': 'error',
			'no-unsafe-finally': 'error',
			'object-shorthand': 'error',
			'@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }
			]
		}
	},
	{
		files: ['**/*.ts'],
		rules: {
			'@typescript-eslint/await-thenable': 'error',
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
			'@typescript-eslint/only-throw-error': [
				'error',
				{ allow: [{ from: 'package', package: '@sveltejs/kit', name: ['Redirect', 'HttpError_1'] }] }
			],
			'@typescript-eslint/switch-exhaustiveness-check': [
				'error',
				{ considerDefaultExhaustiveForUnions: true }
			]
		}
	},
	{
		files: ['**/*.svelte'],
		languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } }
	},
	{
		// What is TypeScript is read as such: the parser for components would make the program with all types once more.
		files: ['**/*.svelte.ts'],
		languageOptions: { parser: ts.parser }
	},
	{
		// With types a component takes half a second; svelte-check knows its types, and logic lives in .ts files.
		files: ['**/*.svelte'],
		languageOptions: { parserOptions: { project: null } }
	},
	{
		// Links are plain `href`s: Peerloom is always served from the root of its host.
		files: ['**/*.svelte', '**/*.svelte.ts'],
		rules: { 'svelte/no-navigation-without-resolve': 'off' }
	},
	{
		// Controllers keep plain sets and maps as indexes beside their runes.
		files: ['**/*.svelte.ts'],
		rules: { 'svelte/prefer-svelte-reactivity': 'off' }
	},
	{
		// What these print is their result, or where to find the server.
		files: ['scripts/**', 'bench/**', 'tests/**', 'server/serve.ts', 'server/operator.ts'],
		rules: { 'no-console': 'off' }
	},
	{
		// The contract's defaults have to accept every block's own types, in both directions of variance.
		files: ['src/lib/blocks/block.ts'],
		rules: { '@typescript-eslint/no-explicit-any': 'off' }
	},
	{
		// Playwright's fixtures begin with an empty object pattern.
		files: ['tests/**'],
		rules: { 'no-empty-pattern': 'off' }
	},
	{ files: ['**/*.js', '**/*.mjs', '**/*.cjs'], extends: [ts.configs.disableTypeChecked] },
	{ files: ['**/*.cjs'], languageOptions: { sourceType: 'commonjs' } }
);
