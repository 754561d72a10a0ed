import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import * as Y from 'yjs';
import { Committer } from '../storage/committer.ts';
import { createSqliteStore } from '../storage/sqlite.ts';
import { crashingDatabase, found } from '../storage/testing/crashes.ts';
import { fakeClock } from '../storage/testing/clock.ts';
import { createHub } from './hub.ts';
import { defaultLimits, weightOf } from './limits.ts';
import { TestClient } from './testing/client.ts';
import { world } from './testing/world.ts';

let remove = () => {};
afterEach(() => remove());

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

it('L4, L8: of a document that is unloaded: at every statement the document and its history are whole', async () => {
	const crashing = crashingDatabase();
	remove = crashing.remove;
	const clock = fakeClock();
	const store = await createSqliteStore(crashing.database);
	const hub = createHub({
		store,
		committer: new Committer(store, { clock }),
		clock,
		limits: { grace: 1000 }
	});
	const client = new TestClient(hub, 'r/a');
	const move = async () => {
		for (let n = 0; n < 5; n++) {
			client.flushUp().flushDown();
			await turn();
			clock.advance(20);
		}
	};
	await move();
	for (let n = 0; n < 60; n++) {
		client.write(`${n} `);
		client.doc.getText('t').delete(0, 1);
		await move();
	}
	const text = client.text();
	const { length } = await store.history('r/a', 0, 1000);
	client.leave();
	crashing.control.watching = true;
	clock.advance(1000);
	await turn();
	crashing.control.watching = false;
	expect(crashing.database.prepare('select count(*) as n from snapshot').get()).toEqual({ n: 1 });
	await store.close();

	let compacted = 0;
	for (const { at, dir } of crashing.images) {
		const after = await createSqliteStore(found(dir));
		const next = createHub({ store: after, committer: new Committer(after) });
		const doc = new Y.Doc();
		Y.applyUpdate(doc, await next.read('r/a'));
		expect(doc.getText('t').toString(), at).toBe(text);
		expect(await after.history('r/a', 0, 1000), at).toHaveLength(length);
		if ((await after.load('r/a')).snapshot !== null) compacted++;
		await next.close();
		await after.close();
	}
	expect(compacted).toBeGreaterThan(0);
	expect(compacted).toBeLessThan(crashing.images.length);
});

/** A world where people come, write and go; what its log weighs, and which of its entries a cold load would read. */
function session(limits: Parameters<typeof world>[0] = {}) {
	const w = world({ grace: 1000, rate: Infinity, work: Infinity, workBurst: Infinity, ...limits });
	const weigh = (entries: typeof w.store.log) =>
		weightOf({
			entries: entries.length,
			bytes: entries.reduce((sum, { update }) => sum + update.length, 0)
		});
	return {
		w,
		logged: () => weigh(w.store.log),
		unread: () => w.store.log.slice(w.store.snapshots.get('r/a')?.upTo ?? 0),
		weigh,
		/** Somebody comes, does this, and goes; then the document is unloaded. */
		async visit(does: (client: TestClient) => void, doc = new Y.Doc()): Promise<void> {
			const client = w.join('r/a', { doc });
			await w.settle();
			does(client);
			await w.settle();
			client.leave();
			client.silence();
			w.clock.advance(1000);
			await w.settle();
		}
	};
}

it('L10: whatever is written and when, snapshots write at most eight times what the log does, and leave little to be read', async () => {
	let runs = 0;
	let written = 0;
	const visit = fc.record({
		letters: fc.nat(120),
		deleted: fc.nat(10),
		keys: fc.nat(60),
		pasted: fc.constantFrom(0, 0, 0, 2000, 60_000)
	});
	const most = 1 / defaultLimits.unkeptShare;
	await fc.assert(
		fc.asyncProperty(fc.array(visit, { minLength: 3, maxLength: 6 }), async (visits) => {
			runs++;
			const { w, logged, unread, weigh, visit } = session();
			for (const { letters, deleted, keys, pasted } of visits) {
				await visit((client) => {
					const text = client.doc.getText('t');
					if (pasted > 0) text.insert(text.length >> 1, '0123456789'.repeat(pasted / 10));
					for (let n = 0; n < letters; n++) text.insert((n * 7919) % (text.length + 1), 'x');
					for (let n = 0; n < deleted && text.length > 0; n++) text.delete((n * 101) % text.length, 1);
					for (let n = 0; n < keys; n++) client.doc.getMap('m').set(`k${n % 20}`, n);
				});
				expect(w.store.written).toBeLessThanOrEqual(most * logged());
				const { state } = w.store.snapshots.get('r/a') ?? { state: [] };
				const tail = unread();
				if (tail.length > defaultLimits.unkept.entries)
					expect(most * weigh(tail)).toBeLessThan(state.length + weigh(tail));
			}
			written += w.store.written;
		}),
		{ numRuns: 10, seed: 11 }
	);
	expect(runs).toBeGreaterThanOrEqual(10);
	expect(written).toBeGreaterThan(0);
}, 60_000);

it('L10: a large document is not written anew for a few letters at each visit', async () => {
	const { w, visit, unread } = session();
	await visit((client) => client.write('0123456789'.repeat(50_000)));
	expect(w.store.compactions).toBe(1);
	for (let n = 0; n < 5; n++) await visit((client) => [...'x'.repeat(60)].forEach((x) => client.write(x)));
	expect(w.store.compactions).toBe(1);
	for (let n = 0; n < 10; n++) await visit((client) => [...'x'.repeat(60)].forEach((x) => client.write(x)));
	expect(w.store.compactions).toBe(2);
	expect(unread().length).toBeLessThan(500);
});

it('L4: one that failed is tried again after as much once more, at the unload, and when it is loaded', async () => {
	const { w, visit, unread } = session({ unkeptLive: { entries: 50, bytes: 1e6 } });
	const doc = new Y.Doc();
	w.store.compactError = new Error('disk busy');
	const client = w.join('r/a', { doc });
	await w.settle();
	const letters = async (count: number) => {
		for (let n = 0; n < count; n++) client.write('x');
		await w.settle();
	};
	await letters(49);
	expect(w.store.compactions).toBe(0);
	await letters(1);
	expect(w.store.compactions).toBe(1);
	// it does not try again and again
	await letters(40);
	expect(w.store.compactions).toBe(1);
	await letters(10);
	expect([w.store.compactions, unread().length]).toEqual([2, 100]);
	client.leave();
	w.clock.advance(1000);
	await w.settle();
	expect([w.store.compactions, unread().length]).toEqual([3, 100]);
	w.store.compactError = null;
	await visit(() => {});
	expect([w.store.compactions, unread().length]).toEqual([4, 0]);
	expect(w.errors).toEqual(Array(3).fill('a snapshot could not be kept'));
	const back = w.join('r/a');
	await w.settle();
	expect(back.text()).toBe('x'.repeat(100));
});

it('L4: what comes while one is made that then fails is counted as well', async () => {
	const { w, unread } = session({ unkeptLive: { entries: 50, bytes: 1e6 } });
	const client = w.join('r/a');
	await w.settle();
	w.store.holdSnapshots = true;
	for (const many of [50, 30]) {
		for (let n = 0; n < many; n++) client.write('x');
		await w.settle();
	}
	w.store.compactError = new Error('disk busy');
	w.store.holdSnapshots = false;
	w.store.release();
	await w.settle();
	w.store.compactError = null;
	expect([w.store.compactions, unread().length]).toEqual([1, 80]);
	for (let n = 0; n < 20; n++) client.write('x');
	await w.settle();
	expect([w.store.compactions, unread().length]).toEqual([2, 0]);
});
