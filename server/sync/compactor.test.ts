import { afterEach, expect, it } from 'vitest';
import * as Y from 'yjs';
import { compact } from './compact.ts';
import { createCompactor } from './compactor.ts';
import { crowd, turnsDuring } from './testing/crowd.ts';

let compactor = createCompactor();
afterEach(async () => {
	await compactor.close();
	compactor = createCompactor();
});

/** Updates that are too large together to be merged where everything else waits for it. */
function large(): Uint8Array[] {
	const doc = Object.assign(new Y.Doc(), { clientID: 7 });
	const updates: Uint8Array[] = [];
	doc.on('update', (update) => updates.push(update));
	for (let n = 0; n < 3000; n++) doc.getMap('m').set(`k${n % 50}`, 'what a note says');
	return updates;
}

it('L7: a thread of its own makes the same snapshot; one that is given up or fails is none', async () => {
	const updates = large();
	const expected = compact(updates);
	expect(await compactor.compact(updates)).toMatchObject(expected);
	// what cannot be read ends the thread, and the next who asks gets another
	const unreadable = [new Uint8Array(100_000).fill(255), new Uint8Array(2)];
	await expect(compactor.compact(unreadable)).rejects.toThrow('No snapshot was made');
	const both = [compactor.compact(updates), compactor.compact(updates.slice(0, 2500))];
	expect((await Promise.all(both))[0]).toMatchObject(expected);
	const givenUp = expect(compactor.compact(updates)).rejects.toThrow('shutting down');
	await compactor.close();
	await givenUp;
	await expect(compactor.compact(updates)).rejects.toThrow('shutting down');
});

it('V4: of many structs that claim one place the thread makes it, whatever it takes: everything else goes on', async () => {
	const many = 1500;
	const updates = crowd(many);
	expect(updates.reduce((sum, { byteLength }) => sum + byteLength, 0)).toBeLessThan(64 * 1024);
	const { result, turns } = await turnsDuring(compactor.compact(updates));
	expect(Y.decodeStateVector(Y.encodeStateVectorFromUpdate(result.state)).get(5)).toBe(many);
	expect(turns).toBeGreaterThan(50);
});
