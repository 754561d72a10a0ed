import { afterEach, expect, it } from 'vitest';
import * as Y from 'yjs';
import { createReader } from './reader.ts';
import { crowd, turnsDuring } from './testing/crowd.ts';

const reader = createReader();
afterEach(() => reader.close());

it('V12: what people wrote is put together while everything else goes on, and what takes too long is not', async () => {
	const doc = new Y.Doc();
	const updates: Uint8Array[] = [];
	doc.on('update', (update) => updates.push(update));
	const notes = doc.getMap<Y.Map<unknown>>('notes');
	for (let n = 0; n < 3000; n++) notes.set(`n${n}`, new Y.Map([['text', new Y.Text(`Note ${n}`)]]));
	for (let n = 0; n < 3000; n += 3) notes.delete(`n${n}`);
	// what waits for something missing stays
	const late = new Y.Doc();
	late.getText('t').insert(0, 'first');
	const missing = Y.encodeStateVector(late);
	late.getText('t').insert(5, ', then');
	updates.push(Y.encodeStateAsUpdate(late, missing));

	const whole = await turnsDuring(reader.read(updates));
	expect(whole.result?.getMap('notes').toJSON()).toEqual(notes.toJSON());
	Y.applyUpdate(whole.result!, Y.encodeStateAsUpdate(late));
	expect(whole.result?.getText('t').toString()).toBe('first, then');

	const letters = await turnsDuring(reader.read(crowd(1800)));
	expect(letters.result).toBeNull();
	for (const { turns } of [whole, letters]) expect(turns).toBeGreaterThan(50);
	// and small ones are there at once
	expect((await reader.read(crowd(10)))?.getArray('a').length).toBe(20);
});
