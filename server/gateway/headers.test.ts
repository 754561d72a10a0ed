import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ERROR_PAGE_STYLE } from './headers.ts';

it('the page that stands by itself keeps its looks under the policy for what is no page', () => {
	const page = readFileSync('src/error.html', 'utf8');
	const [, style] = /<style>(.*?)<\/style>/s.exec(page)!;
	expect(ERROR_PAGE_STYLE).toBe(`sha256-${createHash('sha256').update(style!).digest('base64')}`);
	expect(page).not.toMatch(/<script| style=/);
});
