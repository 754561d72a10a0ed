import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { merge } from './merge.ts';

it('merges thousands of updates, in any order', () => {
	const doc = new Y.Doc();
	const updates: Uint8Array[] = [];
	doc.on('update', (update) => updates.push(update));
	for (let i = 0; i < 10_000; i++) doc.getMap('m').set(`k${i % 50}`, i);
	const mixed = updates.filter((_, i) => i % 3 === 0).concat(updates.filter((_, i) => i % 3 !== 0));
	const merged = merge(mixed);
	const whole = new Y.Doc();
	Y.applyUpdate(whole, merged);
	expect(whole.getMap('m').toJSON()).toEqual(doc.getMap('m').toJSON());
});

it('makes an empty update of none, and leaves a single one as it is', () => {
	expect(merge([])).toEqual(new Uint8Array([0, 0]));
	const one = new Uint8Array([0, 0]);
	expect(merge([one])).toBe(one);
});
