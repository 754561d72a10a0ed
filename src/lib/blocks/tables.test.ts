import { produce } from 'immer';
import { expect, it } from 'vitest';
import type { Tables } from './block.ts';
import { bare } from './tables.ts';

it('finds nothing under a key that only a prototype has', () => {
	const { items } = bare<Tables>({ items: { a: { text: 'A' } } });
	for (const key of ['__proto__', 'constructor', 'toString', 'hasOwnProperty'])
		expect(items![key]).toBeUndefined();
	expect(items).toEqual({ a: { text: 'A' } });
});

it('stays so through a draft, and takes any key as a key', () => {
	const after = produce(bare<Tables>({ items: {} }), (draft) => {
		expect(draft.items!['__proto__']).toBeUndefined();
		draft.items!['__proto__'] = { text: 'A' };
	});
	expect(Object.keys(after.items!)).toEqual(['__proto__']);
	expect(bare(after)).toBe(after);
	expect(({} as { text?: string }).text).toBeUndefined();
});

it('mends a collection that a rule has replaced, and leaves the others as they are', () => {
	const before = bare<Tables>({ items: { a: 1 }, votes: { b: 2 } });
	const after = bare<Tables>({ ...before, votes: {} });
	expect(after.items).toBe(before.items);
	expect(after.votes!['constructor']).toBeUndefined();
});
