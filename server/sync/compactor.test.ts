import v8 from 'node:v8';
import { afterEach, beforeEach, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { Snapshot } from '../storage/store.ts';
import { compact } from './compact.ts';
import { createCompactor, type Compactor } from './compactor.ts';

let compactor: Compactor;
beforeEach(() => (compactor = createCompactor()));
afterEach(() => compactor.close());

/** Updates that are too large together to be merged where everything else waits for it. */
function large(keys: number): Uint8Array[] {
	const doc = Object.assign(new Y.Doc(), { clientID: 7 });
	const updates: Uint8Array[] = [];
	doc.on('update', (update) => updates.push(update));
	for (let n = 0; n < 3000; n++) doc.getMap('m').set(`k${n % keys}`, 'what a note says');
	return updates;
}

it('L7: a thread of its own makes the same snapshot; one that is given up or fails is none', async () => {
	const updates = large(50);
	const expected = compact(updates);
	expect(await compactor.compact(updates)).toEqual(expected);
	// what cannot be read ends the thread, and the next who asks gets another
	const unreadable = [new Uint8Array(100_000).fill(255), new Uint8Array(2)];
	await expect(compactor.compact(unreadable)).rejects.toThrow('No snapshot was made');
	const both = [compactor.compact(updates), compactor.compact(updates.slice(0, 2500))];
	expect((await Promise.all(both))[0]).toEqual(expected);
	const givenUp = expect(compactor.compact(updates)).rejects.toThrow('shutting down');
	await compactor.close();
	await givenUp;
	await expect(compactor.compact(updates)).rejects.toThrow('shutting down');
});

const same = (a: Snapshot, b: Snapshot) => Buffer.compare(v8.serialize(a), v8.serialize(b)) === 0;

it('L7: goes on with what it answered last, and makes of it what all of it together would be', async () => {
	const updates = large(2900);
	// an update that waits for one which is not there: from then on nothing is gone on with
	const [missing, ...others] = updates.slice(2000);
	const parts = [updates.slice(0, 1000), updates.slice(1000, 2000), others, [missing!]];
	let before: Uint8Array[] = [];
	for (const [n, part] of parts.entries()) {
		const all = [...before, ...part];
		// asked twice at once, only the first time goes on with the thread's own
		const twice = await Promise.all([compactor.compact(all), compactor.compact(all)]);
		const expected = compact(all);
		for (const made of twice) expect(same(made, expected)).toBe(true);
		expect(expected.known === null).toBe(n === 2);
		const { state } = await compactor.compact(all);
		before = [state];
	}
	const doc = new Y.Doc();
	Y.applyUpdate(doc, before[0]!);
	expect(doc.getMap('m').size).toBe(2900);
});
