import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { TestClient } from './testing/client.ts';
import { world } from './testing/world.ts';

type Step =
	| { do: 'write' | 'delete' | 'up' | 'down' | 'leave' | 'drop'; who: number }
	| { do: 'tick' | 'crash' | 'fail' | 'evict' | 'idle'; who: number };

const step: fc.Arbitrary<Step> = fc.record({
	do: fc.oneof(
		{ weight: 6, arbitrary: fc.constantFrom('write', 'up', 'down', 'tick') },
		{ weight: 1, arbitrary: fc.constantFrom('delete', 'leave', 'drop', 'crash', 'fail', 'evict', 'idle') }
	),
	who: fc.nat(3)
}) as fc.Arbitrary<Step>;

/**
 * Four clients that write, lose their line and come back, over a server that crashes, unloads and fails to save.
 * What any of them saw of another must be in the store; in the end all have the same, and it is what the store has.
 */
describe('convergence', () => {
	const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

	it('D1, D2, D3, L1, L4: survives every order of edits, cuts and crashes', async () => {
		let runs = 0;
		let written = 0;
		await fc.assert(
			fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async (steps) => {
				runs++;
				const w = world({ grace: 1000 });
				const docs = [1, 2, 3, 4].map((id) => Object.assign(new Y.Doc(), { clientID: id }));
				const lines: (TestClient | null)[] = [null, null, null, null];
				const join = (who: number) => (lines[who] = w.join('r/a', { doc: docs[who]! }));
				const cut = (who: number) => {
					lines[who]?.leave();
					lines[who]?.silence();
					lines[who] = null;
				};
				for (const { do: what, who } of steps) {
					const line = lines[who]?.open ? lines[who] : null;
					if (line === null) cut(who);
					const text = docs[who]!.getText('t');
					if (what === 'write') text.insert(text.length, `${who}`);
					else if (what === 'delete') text.delete(0, Math.min(1, text.length));
					else if (what === 'up') (line ?? join(who)).flushUp(1);
					else if (what === 'down') (line ?? join(who)).flushDown(1);
					else if (what === 'leave') cut(who);
					else if (what === 'drop' && line) line.down.length = line.up.length = 0;
					else if (what === 'tick') w.clock.advance(16);
					else if (what === 'idle') w.clock.advance(2000);
					else if (what === 'evict') await w.hub.evict('r/a', 4500);
					else if (what === 'fail') w.store.commitError = w.store.commitError ? null : new Error('disk full');
					else if (what === 'crash') {
						for (const each of [0, 1, 2, 3]) cut(each);
						w.restart();
					}
					if (what === 'drop') cut(who);
					await turn();
					const kept = new Y.Doc();
					for (const { update } of w.store.log) Y.applyUpdate(kept, update);
					for (const [reader, doc] of docs.entries()) {
						for (const [writer, clock] of Y.decodeStateVector(Y.encodeStateVector(doc))) {
							if (writer === reader + 1) continue;
							expect(Y.getState(kept.store, writer)).toBeGreaterThanOrEqual(clock);
						}
					}
				}
				w.store.commitError = null;
				for (const who of [0, 1, 2, 3]) {
					cut(who);
					join(who);
				}
				await w.settle();
				const texts = docs.map((doc) => doc.getText('t').toString());
				expect(new Set(texts).size).toBe(1);
				const kept = new Y.Doc();
				for (const { update } of w.store.log) Y.applyUpdate(kept, update);
				expect(kept.getText('t').toString()).toBe(texts[0]);
				expect(w.errors.filter((error) => error !== 'an update could not be saved')).toEqual([]);
				written += w.store.log.length;
			}),
			{ numRuns: 150 }
		);
		expect(runs).toBeGreaterThanOrEqual(150);
		expect(written).toBeGreaterThan(150);
	}, 60_000);
});
