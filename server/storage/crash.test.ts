/** The process dies before or after any statement: whatever the disk holds then, the store makes sense of it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createSqliteStore } from './sqlite.ts';
import type { Store } from './store.ts';
import { crashingDatabase, found, type Image } from './testing/crashes.ts';

const update = (n: number) => new Uint8Array([n, n, n]);
const entry = (document: string, n: number) => ({
	document,
	update: update(n),
	person: 'tom',
	at: n,
	cause: null
});

let remove = () => {};
afterEach(() => remove());

/** A document of five entries in a store whose every further statement may be the last. */
async function written() {
	const crashing = crashingDatabase();
	remove = crashing.remove;
	const store = await createSqliteStore(crashing.database);
	const seqs: number[] = [];
	for (const n of [1, 2, 3, 4, 5]) seqs.push((await store.commit([{ entries: [entry('r/a', n)] }]))[0]![0]!);
	/** What the disk held at each moment of the work. */
	const during = async (work: () => Promise<unknown>) => {
		crashing.control.watching = true;
		await work();
		crashing.control.watching = false;
		await store.close();
		expect(crashing.images.length).toBeGreaterThanOrEqual(4);
		return crashing.images;
	};
	return { store, seqs, during };
}

async function at<T>(image: Image, look: (store: Store) => Promise<T>): Promise<T> {
	const store = await createSqliteStore(found(image.dir));
	try {
		return await look(store);
	} finally {
		await store.close();
	}
}

const history = async (store: Store) => (await store.history('r/a', 0, 100)).map(({ update }) => update[0]);

describe('after a crash', () => {
	it('L8: in a compaction: snapshot and tail are the whole document, and the history is untouched', async () => {
		const { store, seqs, during } = await written();
		const images = await during(() =>
			store.compact('r/a', { state: update(99), known: null, shape: null }, seqs[2]!)
		);
		const states = new Set<string>();
		for (const image of images) {
			await at(image, async (found) => {
				const { snapshot, tail, upTo } = await found.load('r/a');
				const parts = [snapshot?.state[0] ?? null, ...tail.map(([n]) => n)];
				states.add(`${parts}`);
				expect(
					[
						[null, 1, 2, 3, 4, 5],
						[99, 4, 5]
					],
					image.at
				).toContainEqual(parts);
				expect([upTo, await history(found)], image.at).toEqual([seqs[4], [1, 2, 3, 4, 5]]);
				// and it goes on from there
				await found.commit([{ entries: [entry('r/a', 6)] }]);
				await found.compact('r/a', { state: update(77), known: null, shape: null }, upTo);
				expect((await found.load('r/a')).tail).toEqual([update(6)]);
			});
		}
		// the moment of the commit was among them
		expect(states.size).toBe(2);
	});

	it('L8: in a compaction over an older one: never an older snapshot with a newer tail', async () => {
		const { store, seqs, during } = await written();
		await store.compact('r/a', { state: update(88), known: null, shape: null }, seqs[1]!);
		const images = await during(() =>
			store.compact('r/a', { state: update(99), known: null, shape: null }, seqs[3]!)
		);
		for (const image of images) {
			await at(image, async (found) => {
				const { snapshot, tail } = await found.load('r/a');
				expect(
					[
						[88, 3, 4, 5],
						[99, 5]
					],
					image.at
				).toContainEqual([snapshot?.state[0], ...tail.map(([n]) => n)]);
			});
		}
	});

	it('D1: in a commit: all of its units are there or nothing', async () => {
		const { store, during } = await written();
		const row = { room: 'r', meeting: 1, instance: 'list', collection: 'items' };
		const images = await during(() =>
			store.commit([
				{ entries: [entry('r/a', 6), entry('r/new', 7)], state: [{ ...row, key: 'k', value: 1 }] },
				{ entries: [entry('r/a', 8)], state: [{ ...row, key: 'l', value: 2 }] }
			])
		);
		const counts = new Set<string>();
		for (const image of images) {
			await at(image, async (found) => {
				const seen = [
					(await history(found)).length,
					(await found.load('r/new')).tail.length,
					(await found.state('r', 1)).length
				];
				counts.add(`${seen}`);
				expect(
					[
						[5, 0, 0],
						[7, 1, 2]
					],
					image.at
				).toContainEqual(seen);
			});
		}
		expect(counts.size).toBe(2);
	});

	it('in a squash: the old history or the new one, with its note', async () => {
		const { store, seqs, during } = await written();
		await store.compact('r/a', { state: update(99), known: null, shape: null }, seqs[2]!);
		const images = await during(() => store.squash('r/a', () => update(50), 'ruth', 9));
		for (const image of images) {
			await at(image, async (found) => {
				const seen = await history(found);
				expect([[1, 2, 3, 4, 5], [50]], image.at).toContainEqual(seen);
				const { snapshot, tail } = await found.load('r/a');
				const parts = [snapshot?.state[0] ?? null, ...tail.map(([n]) => n)];
				expect(parts, image.at).toEqual(seen.length === 1 ? [null, 50] : [99, 4, 5]);
			});
		}
	});

	it('in the deletion of a room: all of it is there or nothing', async () => {
		const { store, during } = await written();
		await store.commit([{ commands: [{ room: 'r', id: 'c', person: 'p', type: 't', at: 0, result: null }] }]);
		const images = await during(() => store.deleteRoom('r'));
		for (const image of images) {
			await at(image, async (found) => {
				const left = [(await history(found)).length, (await found.command('r', 'p', 'c')) !== null];
				expect(
					[
						[5, true],
						[0, false]
					],
					image.at
				).toContainEqual(left);
			});
		}
	});

	it('D1: with the end of the last writes torn off: whole commits, in order, and nothing between', async () => {
		const { store, during } = await written();
		const images = await during(() => store.commit([{ entries: [entry('r/a', 6), entry('r/a', 7)] }]));
		const wal = readFileSync(join(images.at(-1)!.dir, 'peerloom.db-wal'));
		const lengths = new Set<number>();
		for (const [n, image] of images.entries()) {
			// each image of its own, torn further and further
			writeFileSync(join(image.dir, 'peerloom.db-wal'), wal.subarray(0, wal.byteLength - 1 - n * 1777));
			await at(image, async (found) => {
				const seen = await history(found);
				expect([1, 2, 3, 4, 5].slice(0, seen.length), image.at).toEqual(seen);
				lengths.add(seen.length);
			});
		}
		expect(lengths.size).toBeGreaterThan(1);
	});
});
