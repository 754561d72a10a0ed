import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { Content } from './content.ts';
import { inspect, type Decoded } from './validate.ts';

function content(...updates: Uint8Array[]): Content {
	return new Content({ snapshot: null, tail: updates, upTo: updates.length });
}

function entry(seq: number, update: Uint8Array) {
	return { document: 'r/a', update, person: null, at: 0, cause: null, seq };
}

/** The updates of typing these words, one each. */
function typed(words: string[], doc = new Y.Doc()): Uint8Array[] {
	const updates: Uint8Array[] = [];
	doc.on('update', (update) => updates.push(update));
	for (const word of words) doc.getText('t').insert(doc.getText('t').length, word);
	return updates;
}

function text(...updates: Uint8Array[]): string {
	const doc = new Y.Doc();
	for (const update of updates) Y.applyUpdate(doc, update);
	return doc.getText('t').toString();
}

function decoded(update: Uint8Array): Decoded {
	const result = inspect(update, { structs: 1000, deletions: 1000 });
	if (typeof result === 'string') throw new Error(result);
	return result;
}

describe('Content', () => {
	it('D2: keeps an update whose dependency is missing, and gives it effect once that arrives', () => {
		const [a, b, c] = typed(['a', 'b', 'c']) as [Uint8Array, Uint8Array, Uint8Array];
		const it = content(a);
		it.append(entry(2, c));
		expect(text(it.merged())).toBe('a');
		const again = new Content({ snapshot: it.compacted(), tail: [b], upTo: 3 });
		expect(text(again.merged())).toBe('abc');
	});

	it('counts its state only up to a gap, and beyond it once that is filled', () => {
		const doc = new Y.Doc();
		const [a, b, c] = typed(['a', 'b', 'c'], doc) as [Uint8Array, Uint8Array, Uint8Array];
		const clocks = (it: Content) => Y.decodeStateVector(it.vector()).get(doc.clientID);
		const it = content(a);
		expect(clocks(it)).toBe(1);
		it.append(entry(2, c));
		expect(clocks(it)).toBe(1);
		it.append(entry(3, b));
		expect(clocks(it)).toBe(3);
	});

	it('V4: a gap that nobody ever fills makes nobody count anew', () => {
		const doc = new Y.Doc();
		const it = content(typed(['x'.repeat(100_000)], doc)[0]!);
		const base = it.merged();
		it.vector();
		it.append(entry(2, typed(['a', 'b'])[1]!));
		for (const [i, update] of typed([...'cdefg'], doc).entries()) {
			expect(it.hasNews('update', decoded(update))).toBe(true);
			it.append(entry(3 + i, update));
			expect(it.hasNews('update', decoded(update))).toBe(false);
		}
		// nothing was merged on the way
		expect(it.since(new Uint8Array([0])).step2).toBe(base);
	});

	it('takes nothing twice', () => {
		const [a, b] = typed(['a', 'b']) as [Uint8Array, Uint8Array];
		const it = content(a);
		expect(it.append(entry(1, b))).toBe(false);
		expect(it.append(entry(2, b))).toBe(true);
		expect(it.append(entry(2, b))).toBe(false);
		expect(it.upTo).toBe(2);
	});

	it('tells a joiner of a large document what it has merged, and the rest as an update', () => {
		const doc = new Y.Doc();
		const [big, small] = typed(['x'.repeat(100_000), 'y'], doc) as [Uint8Array, Uint8Array];
		const it = content(big);
		it.merged();
		it.append(entry(2, small));
		const first = it.since(new Uint8Array([0]));
		expect(first.update).toEqual(small);
		expect(text(first.step2, first.update!)).toHaveLength(100_001);
		it.append(entry(3, typed(['z'], doc)[0]!));
		const second = it.since(new Uint8Array([0]));
		expect(second.step2).toBe(first.step2);
		expect(text(second.step2, second.update!)).toHaveLength(100_002);
	});

	it('V2: counts only what is left of a document once it would not fit', () => {
		const doc = new Y.Doc();
		const updates: Uint8Array[] = [];
		doc.on('update', (update) => updates.push(update));
		for (let i = 0; i < 10; i++) doc.getMap('m').set('k', 'x'.repeat(1000));
		const it = content(...updates);
		expect(it.hasRoomFor(updates[0]!, 3000)).toBe(true);
		expect(it.hasRoomFor(updates[0]!, 2000)).toBe(false);
		const copy = new Y.Doc();
		Y.applyUpdate(copy, it.merged());
		expect(copy.getMap('m').toJSON()).toEqual(doc.getMap('m').toJSON());
	});

	it('V4: makes itself small once, however often somebody comes with too much', () => {
		const it = content(...typed(['x'.repeat(1000)]));
		expect(it.hasRoomFor(new Uint8Array(1000), 1500)).toBe(false);
		const base = it.merged();
		expect(it.hasRoomFor(new Uint8Array(1000), 1500)).toBe(false);
		expect(it.merged()).toBe(base);
	});

	it('remembers answers to joiners who have the same, and gives those who have nothing all of it', () => {
		const doc = new Y.Doc();
		const [a, b] = typed(['a', 'b'], doc) as [Uint8Array, Uint8Array];
		const it = content(a, b);
		const vector = Y.encodeStateVectorFromUpdate(a);
		expect(it.since(vector).step2).toBe(it.since(vector.slice()).step2);
		expect(text(a, it.since(vector).step2)).toBe('ab');
		expect(it.since(new Uint8Array([0])).step2).toBe(it.merged());
	});

	it('D4: knows what is news', () => {
		const doc = new Y.Doc();
		const updates = typed(['a', 'b', 'c'], doc);
		const it = content(...updates);
		const all = Y.encodeStateAsUpdate(doc);
		expect(it.hasNews('step2', decoded(all))).toBe(false);
		expect(it.hasNews('update', decoded(all))).toBe(false);
		doc.getText('t').delete(1, 1);
		const deleted = Y.encodeStateAsUpdate(doc);
		expect(it.hasNews('step2', decoded(deleted))).toBe(true);
		expect(it.hasNews('update', decoded(deleted))).toBe(true);
		it.append(entry(4, deleted));
		expect(it.hasNews('step2', decoded(deleted))).toBe(false);
		doc.getText('t').insert(0, 'd');
		expect(it.hasNews('step2', decoded(Y.encodeStateAsUpdate(doc)))).toBe(true);
	});

	it('compacts away what was deleted', () => {
		const doc = new Y.Doc();
		doc.getText('t').insert(0, 'x'.repeat(10_000));
		doc.getText('t').delete(0, 9_999);
		const it = content(...typed(['y'.repeat(5000)], doc), Y.encodeStateAsUpdate(doc));
		expect(it.compacted().length).toBeLessThan(6000);
		expect(text(it.compacted())).toBe(doc.getText('t').toString());
	});

	it('however updates are ordered, cut, repeated and kept, the document is their union', () => {
		let runs = 0;
		const edit = fc.record({ who: fc.nat(2), at: fc.nat(20), remove: fc.boolean(), pull: fc.boolean() });
		fc.assert(
			fc.property(fc.array(edit, { maxLength: 30 }), fc.infiniteStream(fc.nat(5)), (edits, dice) => {
				runs++;
				const docs = [1, 2, 3].map((id) => Object.assign(new Y.Doc(), { clientID: id }));
				const updates: Uint8Array[] = [];
				for (const doc of docs) doc.on('update', (u, origin) => void (origin === 'pull' || updates.push(u)));
				for (const { who, at, remove, pull } of edits) {
					const doc = docs[who]!;
					const t = doc.getText('t');
					if (pull) for (const other of docs) Y.applyUpdate(doc, Y.encodeStateAsUpdate(other), 'pull');
					if (remove && t.length > 0) t.delete(at % t.length, 1);
					else t.insert(Math.min(at, t.length), `${who}`);
				}
				const next = () => dice.next().value as number;
				const mixed = updates.map((u) => [next(), u] as const).sort(([a], [b]) => a - b);
				let it = content();
				for (const [i, [roll, update]] of mixed.entries()) {
					it.append(entry(i + 1, update));
					if (roll === 0) it = new Content({ snapshot: it.compacted(), tail: [update], upTo: it.upTo });
					if (roll === 1) it.vector();
					if (roll === 2) it.merged();
				}
				const whole = new Y.Doc();
				for (const update of updates) Y.applyUpdate(whole, update);
				const { step2, update } = it.since(new Uint8Array([0]));
				const joined = new Y.Doc();
				Y.applyUpdate(joined, step2);
				if (update !== null) Y.applyUpdate(joined, update);
				expect(joined.getText('t').toString()).toBe(whole.getText('t').toString());
				expect(Y.decodeStateVector(it.vector())).toEqual(Y.decodeStateVector(Y.encodeStateVector(whole)));
			}),
			{ numRuns: 300 }
		);
		expect(runs).toBeGreaterThanOrEqual(300);
	});
});
