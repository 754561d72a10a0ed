import { expect, it } from 'vitest';
import { textsOf } from './view.ts';

it('finds the words of what is half written, a line for each part, and nothing where there is none', () => {
	const half = { kind: 'consider', situation: 'Vendor call, 9 April', behaviour: ' ', impact: 'Tess waited' };
	expect(textsOf(JSON.stringify({ ...half, next: '', month: '2026-04', sign: true }))).toBe(
		'Vendor call, 9 April\nTess waited'
	);
	for (const nothing of ['', '{', '{}', 'null']) expect(textsOf(nothing)).toBe('');
});
