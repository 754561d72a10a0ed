import * as encoding from 'lib0/encoding';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { createAside } from './aside.ts';
import { cut } from './cut.ts';
import { defaultLimits } from './limits.ts';
import { soak } from './testing/soak.ts';
import { world } from './testing/world.ts';
import { inspect } from './validate.ts';

const small = { ...defaultLimits, piece: { bytes: 0, parts: 3 } };

/** What several people wrote, in and between what the others had written, and deleted. */
function written(steps: readonly { who: number; at: number; does: number }[]): Y.Doc[] {
	const docs = [9, 5, 7].map((clientID) => Object.assign(new Y.Doc(), { clientID }));
	for (const { who, at, does } of steps) {
		const doc = docs[who]!;
		const text = doc.getText('t');
		const list = doc.getArray<Y.Map<number>>('l');
		if (does === 0 && text.length > 0) text.delete(at % text.length, 1);
		else if (does === 1) list.insert(at % (list.length + 1), [new Y.Map([[`${at}`, at]])]);
		else if (does === 2 && list.length > 0) list.get(at % list.length).set('k', at);
		else if (does === 3) for (const other of docs) Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
		else text.insert(at % (text.length + 1), 'ab');
	}
	return docs;
}

const says = (doc: Y.Doc) => ({ text: doc.getText('t').toString(), list: doc.getArray('l').toJSON() });

describe('a large update in pieces', () => {
	it('V10: says the same piece by piece, each of few parts, and none waits for a later one', () => {
		const step = fc.record({ who: fc.nat(2), at: fc.nat(20), does: fc.nat(5) });
		let cutInMany = 0;
		fc.assert(
			fc.property(fc.array(step, { minLength: 5, maxLength: 60 }), (steps) => {
				const docs = written(steps);
				const whole = new Y.Doc();
				for (const doc of docs) Y.applyUpdate(whole, Y.encodeStateAsUpdate(doc));
				const pieces = cut(Y.encodeStateAsUpdate(whole), small) as Uint8Array[];
				if (pieces.length > 3) cutInMany++;
				const copy = new Y.Doc();
				for (const piece of pieces) {
					expect(inspect(piece, { structs: 3 + 3, deletions: 3 })).toBeInstanceOf(Object);
					Y.applyUpdate(copy, piece);
					expect(copy.store.pendingStructs).toBeNull();
				}
				expect(says(copy)).toEqual(says(whole));
				expect(Y.encodeStateVector(copy)).toEqual(Y.encodeStateVector(whole));
				expect(Y.equalSnapshots(Y.snapshot(copy), Y.snapshot(whole))).toBe(true);
			}),
			{ numRuns: soak(150) }
		);
		expect(cutInMany).toBeGreaterThan(soak(150) / 2);
	});

	it('V10: of structs in a circle, and with gaps, nothing is left out', () => {
		// two letters of two clients, each to the right of the other, and one beyond a gap
		const circle = new Uint8Array([
			2, 1, 7, 0, 0x84, 5, 0, 1, 120, 3, 5, 0, 0x84, 7, 0, 1, 120, 10, 4, 4, 1, 1, 116, 1, 121, 0
		]);
		const pieces = cut(circle, { ...small, piece: { bytes: 0, parts: 1 } }) as Uint8Array[];
		expect(pieces).toHaveLength(3);
		const all = Y.decodeUpdate(Y.mergeUpdates(pieces)).structs.filter(
			(struct) => !(struct instanceof Y.Skip)
		);
		expect(all.map(({ id }) => `${id.client}:${id.clock}`).sort()).toEqual(['5:0', '5:5', '7:0']);
	});

	it('V1, V10: is refused whole if any of it is no update', async () => {
		const w = world({ piece: { bytes: 100, parts: 10 } });
		const eve = w.join('r/board', { greet: false });
		const other = w.join('r/board');
		await w.settle();
		const doc = new Y.Doc();
		for (let n = 0; n < 50; n++) doc.getMap('m').set(`${n}`, n);
		const update = new Uint8Array([...Y.encodeStateAsUpdate(doc), 0]);
		eve.send(0, (encoder) => {
			encoding.writeVarUint(encoder, 2);
			encoding.writeVarUint8Array(encoder, update);
		});
		await w.settle();
		expect([eve.closes, other.closes]).toEqual([[4422], []]);
		expect(w.store.log).toEqual([]);
	});

	it('V10, W5: counts as one message, once its last piece is durable, and what is sent meanwhile waits', async () => {
		const w = world({ piece: { bytes: 100, parts: 10 } });
		const [a, b] = [w.join('r/board', { saved: true }), w.join('r/board')];
		await w.settle();
		const before = a.saved ?? 0;
		a.doc.transact(() => {
			for (let n = 0; n < 95; n++) a.doc.getMap('m').set(`${n}`, n);
		});
		a.doc.getMap('m').set('last', 1);
		const log = w.store.log.length;
		a.flushUp();
		expect(a.paused).toBe(true);
		await w.settle();
		expect(w.store.log.length - log).toBe(11);
		expect(b.doc.getMap('m').toJSON()).toEqual(a.doc.getMap('m').toJSON());
		expect([a.saved, a.paused, a.closes]).toEqual([before + 2, false, []]);
	});

	it('A2, V10: is refused once, and the rest of it too, where write access is taken away in the middle', async () => {
		const w = world({ piece: { bytes: 100, parts: 10 } });
		const a = w.join('r/board', { saved: true });
		await w.settle();
		a.doc.transact(() => {
			for (let n = 0; n < 95; n++) a.doc.getMap('m').set(`${n}`, n);
		});
		a.flushUp();
		a.connection.access = 'read';
		await w.settle();
		expect([a.denials.length, a.closes, w.store.log.length]).toEqual([1, [], 0]);
	});
});

describe('the thread for what is large', () => {
	const aside = createAside();
	afterAll(() => aside.close());

	it('V10: answers as would be answered here, and goes on after what it cannot read', async () => {
		const doc = new Y.Doc();
		for (let n = 0; n < 5000; n++) doc.getMap('m').set(`${n}`, n);
		const update = Y.encodeStateAsUpdate(doc);
		const vector = new Uint8Array([1, 3, 1]);
		await expect(aside.lacking(new Uint8Array(9).fill(255), vector)).rejects.toThrow('was not read');
		const [pieces, none, lacking] = await Promise.all([
			aside.cut(update),
			aside.cut(update.subarray(1)),
			aside.lacking(update, vector)
		]);
		expect(pieces).toEqual(cut(update, defaultLimits));
		expect(pieces).toHaveLength(5);
		expect(none).toBe('invalid');
		expect(lacking).toEqual(Y.diffUpdate(update, vector));
	});
});
