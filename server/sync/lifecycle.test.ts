import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { CLOSE } from './hub.ts';
import type { TestClient } from './testing/client.ts';
import { soak, withSeed } from './testing/soak.ts';
import { world } from './testing/world.ts';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

const STEPS = [
	'join',
	'join',
	'leave',
	'read',
	'release',
	'failLoad',
	'evict',
	'write',
	'wait',
	'waitLong'
] as const;
const step = fc.record({ do: fc.constantFrom(...STEPS), who: fc.nat(4), document: fc.nat(1) });

/** Who comes, goes and reads while documents are loaded, unloaded and evicted, at every moment of that. */
describe('joining, leaving and unloading', () => {
	const runs = soak(200);
	const seed = withSeed('lifecycle');

	it(`L1, L3, L4, L5: there is one document of a name, loaded once, and nothing is left of it (${runs} runs)`, async () => {
		const done = { runs: 0, loads: 0, unloads: 0 };
		await fc.assert(
			fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60, size: 'max' }), async (steps) => {
				done.runs++;
				const w = world({ grace: 1000, load: 5000, unkept: { entries: 2, bytes: 1e6 } });
				const names = ['r/a', 'r/b'];
				for (const document of names) w.store.add({ document, update: seedOf(document) });
				w.store.holdLoads = true;
				const open = new Set<TestClient>();
				for (const { do: what, who, document } of steps) {
					const name = names[document]!;
					const before = w.hub.stats.documents;
					const loads = w.store.loads;
					switch (what) {
						case 'join':
							open.add(w.join(name));
							break;
						case 'leave': {
							const [leaving] = [...open].slice(who);
							leaving?.leave();
							if (leaving) open.delete(leaving);
							break;
						}
						case 'read':
							void w.hub.read(name).catch(() => {});
							break;
						case 'release':
							w.store.loadError = null;
							w.store.release();
							break;
						case 'failLoad':
							w.store.loadError = new Error('disk error');
							w.store.release();
							break;
						case 'evict':
							await w.hub.evict(name, CLOSE.gone);
							break;
						case 'write':
							[...open][who]?.write('x').flushUp().flushDown();
							break;
						case 'wait':
							w.clock.advance(20);
							break;
						case 'waitLong':
							w.clock.advance(1500);
					}
					await turn();
					await turn();
					w.store.loadError = null;
					const begun = w.store.loads - loads;
					done.loads += begun;
					// whoever comes to a document that is there, loaded or not, loads none
					if (what === 'join' || what === 'read') expect(begun).toBe(w.hub.stats.documents - before);
					else expect(begun).toBe(0);
					if (w.hub.stats.documents < before) done.unloads++;
					for (const client of open) if (!client.open) open.delete(client);
					expect(w.hub.stats.documents).toBeLessThanOrEqual(names.length);
					expect(w.hub.stats.connections).toBe(open.size);
					expect([...w.hub.connections('r/')]).toHaveLength(open.size);
				}
				w.store.holdLoads = false;
				while (w.store.waiting > 0) w.store.release();
				await w.settle();
				for (const name of names) {
					const texts = [...open]
						.filter(({ connection }) => connection.document === name)
						.map((client) => client.text());
					const stored = new Y.Doc();
					for (const { document, update } of w.store.log)
						if (document === name) Y.applyUpdate(stored, update);
					for (const text of texts) expect(text).toBe(stored.getText('t').toString());
					expect(stored.getText('t').toString()).toContain(`seed of ${name}`);
				}
				for (const client of open) client.leave();
				w.clock.advance(10_000);
				await turn();
				expect(w.hub.stats).toEqual({ documents: 0, connections: 0 });
				expect(w.clock.waiting).toBe(0);
			}),
			{ numRuns: runs, seed }
		);
		expect(done.runs).toBeGreaterThanOrEqual(runs);
		expect(done.loads).toBeGreaterThan(runs);
		expect(done.unloads).toBeGreaterThan(runs);
	}, 3_600_000);
});

function seedOf(name: string): Uint8Array {
	const doc = new Y.Doc();
	doc.getText('t').insert(0, `seed of ${name} `);
	return Y.encodeStateAsUpdate(doc);
}

describe('a store that fails', () => {
	it('D1, D3: hanging on a commit: nobody is shown or told anything, others go on once it answers', async () => {
		const w = world({ grace: 1000 });
		const [a, b] = [w.join('r/a', { saved: true }), w.join('r/a')];
		const other = w.join('r/b', { saved: true });
		await w.settle();
		const [toldA, toldOther] = [a.saved, other.saved];
		w.store.holdCommits = true;
		a.write('1').write('2').flushUp();
		other.write('x').flushUp();
		await turn();
		w.clock.advance(60_000);
		await turn();
		[a, b, other].forEach((client) => client.flushDown());
		expect([b.text(), a.saved, other.saved]).toEqual(['', toldA, toldOther]);
		expect([a.closes, b.closes, other.closes]).toEqual([[], [], []]);
		w.store.holdCommits = false;
		w.store.release();
		await w.settle();
		expect([b.text(), a.saved, other.saved]).toEqual(['12', toldA! + 2, toldOther! + 1]);
	});

	it('D1: being slow: what came meanwhile goes in one commit, in order, and all of it arrives', async () => {
		const w = world();
		const [a, b] = [w.join('r/a', { saved: true }), w.join('r/a')];
		await w.settle();
		w.store.holdCommits = true;
		for (let n = 0; n < 30; n++) {
			a.write(`${n} `).flushUp();
			await turn();
			w.clock.advance(16);
		}
		w.store.release();
		await turn();
		w.clock.advance(40);
		await turn();
		// two calls for thirty updates: the first alone, the rest together
		expect(w.store.waiting).toBe(1);
		w.store.holdCommits = false;
		w.store.release();
		await w.settle();
		expect(b.text()).toBe([...Array(30).keys()].map((n) => `${n} `).join(''));
		expect(w.store.log).toHaveLength(30);
	});

	it('L3: hanging on a load, over and over: each try is given up in time, and leaves no timer and no document', async () => {
		const w = world({ load: 5000, grace: 1000 });
		w.store.add({ document: 'r/a', update: seedOf('r/a') });
		w.store.holdLoads = true;
		const before = structuredClone(w.store.log);
		for (let tries = 0; tries < 10; tries++) {
			const client = w.join('r/a').write('early');
			client.flushUp();
			await turn();
			w.clock.advance(5000);
			await turn();
			expect(client.closes).toEqual([CLOSE.failed]);
			expect([w.hub.stats, w.clock.waiting]).toEqual([{ documents: 0, connections: 0 }, 0]);
		}
		// the answers come when nobody waits for them any more
		while (w.store.waiting > 0) w.store.release();
		await turn();
		expect([w.hub.stats.documents, w.store.log]).toEqual([0, before]);
	});
});
