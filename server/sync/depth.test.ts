import fc from 'fast-check';
import * as encoding from 'lib0/encoding';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { compact } from './compact.ts';
import { Content } from './content.ts';
import { asideHere, depthOfAll } from './aside.ts';
import { DEEPEST, depthOf } from './depth.ts';
import { CLOSE } from './hub.ts';
import { defaultLimits } from './limits.ts';
import { world } from './testing/world.ts';
import { inspect } from './validate.ts';
import * as wire from './wire.ts';
import { soak } from './testing/soak.ts';

const depthIn = (doc: Y.Doc) => depthOf(Y.decodeUpdate(Y.encodeStateAsUpdate(doc)).structs).deepest;

/** Maps and lists in one another, `levels` deep; the innermost one. */
function nest(from: Y.Map<unknown> | Y.Array<unknown>, levels: number): Y.Map<unknown> | Y.Array<unknown> {
	let at = from;
	for (let level = 0; level < levels; level++) {
		const next = level % 2 ? new Y.Map<unknown>() : new Y.Array<unknown>();
		if (at instanceof Y.Map) at.set('in', next);
		// behind something: then an item says its neighbour, and not where it stands
		else at.insert(at.length, ['before', next]);
		at = next;
	}
	return at;
}

describe('how deep a document is', () => {
	it('is counted as Yjs nests it, whatever hangs on what', () => {
		const levels = fc.array(fc.nat(40), { minLength: 1, maxLength: 6 });
		fc.assert(
			fc.property(levels, (many) => {
				const doc = new Y.Doc();
				for (const [place, count] of many.entries()) {
					const from = place % 2 ? doc.getArray(`a${place}`) : doc.getMap(`m${place}`);
					nest(from, count);
				}
				const deepest = Math.max(...many);
				expect(depthIn(doc)).toBe(deepest);
				// in another's hands, and with parts deleted
				const other = new Y.Doc();
				Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
				expect(depthIn(other)).toBe(deepest);
			}),
			{ numRuns: soak(50) }
		);
	});

	it('is counted without end where a chain is longer than the stack', () => {
		const doc = new Y.Doc();
		doc.transact(() => nest(doc.getMap('m'), 30_000));
		expect(depthIn(doc)).toBe(30_000);
	});
});

describe('types in types', () => {
	const send = (w: ReturnType<typeof world>, updates: readonly Uint8Array[]) => {
		const eve = w.join('r/board', { greet: false, who: { person: 'eve', name: 'Eve' } });
		for (const update of updates) eve.connection.receive(wire.encodeUpdate(update));
		return eve;
	};

	it('V7: that nobody could delete again are refused, in one update', async () => {
		const w = world();
		const doc = new Y.Doc();
		doc.transact(() => nest(doc.getMap('m'), 3000));
		expect(() => doc.getMap('m').delete('in')).toThrow();
		const deep = new Y.Doc();
		deep.transact(() => nest(deep.getMap('m'), 3000));
		const eve = send(w, [Y.encodeStateAsUpdate(deep)]);
		await w.settle();
		expect(eve.closes).toEqual([CLOSE.invalid]);
		expect(w.store.log).toEqual([]);
	});

	it.each([1, 30])(
		'V7: that grow by %i a time are refused where they are too deep, and no sooner',
		async (each) => {
			const w = world({ work: Infinity, workBurst: Infinity, rate: Infinity, burst: Infinity });
			const doc = new Y.Doc();
			const updates: Uint8Array[] = [];
			doc.on('update', (update: Uint8Array) => updates.push(update));
			let at: Y.Map<unknown> | Y.Array<unknown> = doc.getMap('m');
			for (let level = 0; level < 1000; level += each) doc.transact(() => (at = nest(at, each)));
			const eve = send(w, updates);
			await w.settle();
			expect(eve.closes).toEqual([CLOSE.invalid]);
			const kept = new Y.Doc();
			for (const { update } of w.store.log) Y.applyUpdate(kept, update);
			expect(depthIn(kept)).toBeLessThanOrEqual(DEEPEST.types);
			expect(depthIn(kept)).toBeGreaterThan(DEEPEST.types - each);
			expect(() => kept.getMap('m').delete('in')).not.toThrow();
		}
	);

	it('V7: are taken as people write them: a thousand notes, lists in lists, and all of it again after a restart', async () => {
		const w = world({ work: Infinity, workBurst: Infinity, rate: Infinity, burst: Infinity });
		const doc = new Y.Doc();
		const updates: Uint8Array[] = [];
		doc.on('update', (update: Uint8Array) => updates.push(update));
		for (let note = 0; note < 1000; note++)
			doc.getMap(`n${note % 7}`).set(`${note}`, new Y.Map([['text', new Y.Text('words')]]));
		nest(doc.getArray('list'), 30);
		const tom = send(w, updates);
		await w.settle();
		expect(tom.closes).toEqual([]);
		expect(w.store.log).toHaveLength(updates.length);
		const again = send(w, [Y.encodeStateAsUpdate(doc)]);
		await w.settle();
		expect(again.closes).toEqual([]);
	});

	it('V7, V10: are counted where they stand: a deep chain makes nobody wait who writes elsewhere', async () => {
		const measured: number[] = [];
		const aside = {
			...asideHere(defaultLimits),
			depth: async (updates: readonly Uint8Array[]) => {
				const depth = depthOfAll(updates);
				measured.push(depth.deepest);
				return depth;
			}
		};
		const w = world({ work: Infinity, workBurst: Infinity, rate: Infinity, burst: Infinity }, { aside });
		const doc = new Y.Doc();
		const updates: Uint8Array[] = [];
		doc.on('update', (update: Uint8Array) => updates.push(update));
		let deep = doc.getMap('m') as ReturnType<typeof nest>;
		for (let level = 1; level < DEEPEST.types; level++) deep = nest(deep, 1);
		// on what is there, so that only the document says where they stand
		const [list, note] = [doc.getArray('list'), new Y.Map<unknown>()];
		doc.getMap('notes').set('a', note);
		for (let n = 0; n < 150; n++) {
			note.set(`${n}`, new Y.Map());
			list.push([new Y.Map()]);
			doc.getMap('notes').set(`n${n}`, new Y.Map());
		}
		const tom = send(w, updates);
		await w.settle();
		expect(tom.closes).toEqual([]);
		expect(w.store.log).toHaveLength(updates.length);
		// what stands on something else may stand one deeper each time, and is measured now and then
		expect(measured.length).toBeLessThan(6);
		updates.length = 0;
		nest(deep, 2);
		const eve = send(w, updates);
		await w.settle();
		expect(eve.closes).toEqual([CLOSE.invalid]);
		expect(measured.at(-1)).toBe(DEEPEST.types + 1);
	});

	it('V7: a value is as deep as its limit and no deeper', async () => {
		const value = (depth: number): unknown => {
			let one: unknown = 'x';
			for (let level = 0; level < depth; level++) one = level % 2 ? [one] : { in: one };
			return one;
		};
		for (const [depth, closes] of [
			[DEEPEST.values, []],
			[DEEPEST.values + 1, [CLOSE.invalid]]
		] as const) {
			const w = world();
			const doc = new Y.Doc();
			doc.getMap('m').set('deep', value(depth));
			const eve = send(w, [Y.encodeStateAsUpdate(doc)]);
			await w.settle();
			expect(eve.closes).toEqual(closes);
		}
	});
});

describe('a few bytes that claim a lot', () => {
	const HUGE = 2 ** 50;
	const update = (write: (encoder: encoding.Encoder) => void) => encoding.encode(write);
	const entry = (seq: number, bytes: Uint8Array) => ({
		...{ seq, document: 'r/board', update: bytes, person: 'eve', at: 0, cause: null }
	});
	const numbers = (encoder: encoding.Encoder, ...all: number[]) => {
		for (const n of all) encoding.writeVarUint(encoder, n);
	};
	it.each<[string, Uint8Array]>([
		[
			'a collected run',
			update((e) => (numbers(e, 1, 1, 7, 0), encoding.writeUint8(e, 0), numbers(e, HUGE, 0)))
		],
		['a gap', update((e) => (numbers(e, 1, 1, 7, 0), encoding.writeUint8(e, 10), numbers(e, HUGE, 0)))],
		[
			'a deleted run',
			update((e) => {
				numbers(e, 1, 1, 7, 0);
				encoding.writeUint8(e, 1);
				numbers(e, 1);
				encoding.writeVarString(e, 't');
				numbers(e, HUGE, 0);
			})
		],
		['deletions of what is not there', update((e) => numbers(e, 0, 1, 7, 1, 0, HUGE))]
	])('V8: %s of 2⁵⁰ is kept, merged, searched and served in as few bytes', (_, bytes) => {
		const decoded = inspect(bytes, defaultLimits);
		if (decoded === 'invalid' || decoded === 'too large') throw new Error('It is taken.');
		const content = new Content({ snapshot: null, upTo: 0, tail: [] }, defaultLimits);
		expect(content.admit(bytes, decoded)).toMatchObject({ update: bytes });
		content.append(entry(1, bytes));
		const honest = new Y.Doc();
		honest.getText('t').insert(0, 'words');
		content.append(entry(2, Y.encodeStateAsUpdate(honest)));
		const all = bytes.byteLength + Y.encodeStateAsUpdate(honest).byteLength;
		expect(content.merged().byteLength).toBeLessThan(2 * all);
		expect(compact([content.merged()]).state.byteLength).toBeLessThan(2 * all);
		expect(content.vector().byteLength).toBeLessThan(2 * all);
		const since = content.since(Y.encodeStateVector(honest));
		expect(since.reduce((sum, { byteLength }) => sum + byteLength, 0)).toBeLessThan(2 * all);
		const reader = new Y.Doc();
		Y.applyUpdate(reader, content.merged());
		expect(reader.getText('t').toString()).toBe('words');
	});
});
