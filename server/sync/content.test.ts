import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { compact } from './compact.ts';
import { Content } from './content.ts';
import { defaultLimits } from './limits.ts';
import { inspect, type Decoded } from './validate.ts';
import { soak } from './testing/soak.ts';

function content(...updates: Uint8Array[]): Content {
	return new Content({ snapshot: null, tail: updates, upTo: updates.length }, defaultLimits);
}

/** As after a cold load. */
function reloaded(
	it: Content,
	tail: Uint8Array[],
	upTo: number,
	mergeBelow = defaultLimits.mergeBelow
): Content {
	return new Content({ snapshot: compact([it.merged()]), tail, upTo }, { mergeBelow });
}

const FROM_NOTHING = new Uint8Array([0]);

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
		const again = reloaded(it, [b], 3);
		expect(text(again.merged())).toBe('abc');
	});

	describe('W2: gives a gap and what fills it as one, for Yjs could wait for ever in between', () => {
		const [one, two] = [1, 2].map((id) => Object.assign(new Y.Doc(), { clientID: id })) as [Y.Doc, Y.Doc];
		const write = (doc: Y.Doc, at: number, what: string) => {
			const before = Y.encodeStateVector(doc);
			doc.getText('t').insert(at, what);
			return Y.encodeStateAsUpdate(doc, before);
		};
		const a = write(one, 0, 'a');
		Y.applyUpdate(two, a);
		const b = write(one, 0, 'b');
		// needs a, and is needed by d
		const c = write(two, 0, 'c');
		Y.applyUpdate(one, c);
		const d = write(one, 1, 'd');
		const e = write(one, 0, 'e');
		const whole = one.getText('t').toString();
		/** Large enough not to be merged for each who joins. */
		const large = typed(['x'.repeat(100_000)]);
		const join = (it: Content, has: Uint8Array[] = []) => {
			const doc = new Y.Doc();
			for (const update of has) Y.applyUpdate(doc, update);
			for (const part of it.since(Y.encodeStateVector(doc))) Y.applyUpdate(doc, part);
			expect(doc.store.pendingStructs).toBeNull();
			return doc.getText('t').toString().replaceAll('x', '');
		};
		const early = [...large, e, c];
		const late = [d, b, a];

		it('that is so', () => {
			const doc = new Y.Doc();
			Y.applyUpdate(doc, Y.mergeUpdates([e, c]));
			Y.applyUpdate(doc, Y.mergeUpdates([a, b, d]));
			expect(doc.getText('t').toString()).toBe('ba');
			expect(whole).toHaveLength(5);
		});

		it('between a snapshot and what came since', () => {
			const cold = () =>
				new Content(
					{ snapshot: compact(early), tail: late, upTo: early.length + late.length },
					defaultLimits
				);
			expect(join(cold())).toBe(whole);
			expect(join(cold(), large)).toBe(whole);
			expect(join(cold(), [...large, a])).toBe(whole);
		});

		it('between what is merged already and what comes then', () => {
			const it = content(...early);
			it.merged();
			it.vector();
			for (const [i, update] of late.entries()) it.append(entry(early.length + i + 1, update));
			expect(it.isSplit).toBe(true);
			expect(join(it)).toBe(whole);
			// once for all
			expect(it.isSplit).toBe(false);
			expect(it.since(FROM_NOTHING)).toEqual([it.merged()]);
		});

		it('where a snapshot takes the place of what is not all there', () => {
			const it = content(...early);
			it.vector();
			const { updates } = it.beginSnapshot()!;
			for (const [i, update] of late.entries()) it.append(entry(early.length + i + 1, update));
			it.endSnapshot(compact(updates));
			expect(join(it, large)).toBe(whole);
		});

		it('behind a snapshot that has none, which stays as it is', () => {
			const snapshot = compact(large);
			const many = typed(Array.from({ length: 150 }, () => 'x'));
			const it = new Content({ snapshot, tail: [...many, e, c], upTo: 152 }, defaultLimits);
			expect(it.since(FROM_NOTHING)).toHaveLength(2);
			for (const [i, update] of late.entries()) it.append(entry(153 + i, update));
			expect(join(it)).toBe(whole);
			expect(join(it, large)).toBe(whole);
			expect(it.since(FROM_NOTHING)[0]).toBe(snapshot.state);
		});
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
		it.vector();
		it.append(entry(2, typed(['a', 'b'])[1]!));
		for (const [i, update] of typed([...'cdefg'], doc).entries()) {
			expect(it.hasNews('update', decoded(update))).toBe(true);
			it.append(entry(3 + i, update));
			expect(it.hasNews('update', decoded(update))).toBe(false);
		}
		// for the first who joins it is merged, and for the next not again
		const [merged] = it.since(FROM_NOTHING);
		it.append(entry(8, typed(['h'], doc)[0]!));
		expect(it.since(FROM_NOTHING)[0]).toBe(merged);
	});

	it('takes nothing twice', () => {
		const [a, b] = typed(['a', 'b']) as [Uint8Array, Uint8Array];
		const it = content(a);
		expect(it.append(entry(1, b))).toBe(false);
		expect(it.append(entry(2, b))).toBe(true);
		expect(it.append(entry(2, b))).toBe(false);
		expect(it.upTo).toBe(2);
	});

	it('W2: gives a joiner of a large document what it has merged, and the rest after it', () => {
		const doc = new Y.Doc();
		const [big, small] = typed(['x'.repeat(100_000), 'y'], doc) as [Uint8Array, Uint8Array];
		const it = content(big);
		it.merged();
		it.append(entry(2, small));
		const first = it.since(FROM_NOTHING);
		expect(first).toEqual([it.since(FROM_NOTHING)[0], small]);
		expect(text(...first)).toHaveLength(100_001);
		it.append(entry(3, typed(['z'], doc)[0]!));
		const second = it.since(FROM_NOTHING);
		expect(second[0]).toBe(first[0]);
		expect(text(...second)).toHaveLength(100_002);
	});

	it('W2: reads nothing of a snapshot to open it, to count what is in it, and to tell what is news', () => {
		const doc = new Y.Doc();
		const it = content(...typed(['x'.repeat(100_000), 'y'], doc));
		doc.getText('t').delete(0, 1);
		it.append(entry(3, Y.encodeStateAsUpdate(doc)));
		const { known, shape } = compact([it.merged()]);
		// nobody could read this
		const unread = new Uint8Array(100_000).fill(255);
		const [after, later] = typed(['z', '!'], doc) as [Uint8Array, Uint8Array];
		const cold = new Content(
			{ snapshot: { state: unread, known, shape }, tail: [after], upTo: 4 },
			defaultLimits
		);
		expect(cold.since(FROM_NOTHING)).toEqual([unread, after]);
		expect(Y.decodeStateVector(cold.vector())).toEqual(new Map([[doc.clientID, 100_002]]));
		expect(cold.hasNews('update', decoded(after))).toBe(false);
		expect(cold.hasNews('update', decoded(later))).toBe(true);
		expect(cold.admit(later, decoded(later))).toMatchObject({ update: later });
		cold.append(entry(5, later));
		// who was there before is told of what came since, and all deletions
		const back = new Y.Doc();
		Y.applyUpdate(back, it.merged());
		for (const part of cold.since(Y.encodeStateVector(back))) Y.applyUpdate(back, part);
		expect(back.getText('t').toString()).toBe(doc.getText('t').toString());
	});

	it('L7: a snapshot takes the place of what it was made of, and of nothing that came meanwhile', () => {
		const doc = new Y.Doc();
		const [a, b, c] = typed(['a', 'b', 'c'], doc) as [Uint8Array, Uint8Array, Uint8Array];
		const it = content(a);
		const part = it.beginSnapshot()!;
		expect(part.upTo).toBe(1);
		expect(it.beginSnapshot()).toBeNull();
		it.append(entry(2, b));
		// somebody reads it meanwhile
		it.merged();
		it.append(entry(3, c));
		it.endSnapshot(compact(part.updates));
		expect(text(it.merged())).toBe('abc');
		expect(it.unkept.entries).toBe(2);
		expect(Y.decodeStateVector(it.vector())).toEqual(new Map([[doc.clientID, 3]]));
	});

	it('remembers answers to joiners who have the same, and gives those who have nothing all of it', () => {
		const doc = new Y.Doc();
		const [a, b] = typed(['a', 'b'], doc) as [Uint8Array, Uint8Array];
		const it = content(a, b);
		const vector = Y.encodeStateVectorFromUpdate(a);
		it.merged();
		expect(it.since(vector)).toHaveLength(1);
		expect(it.since(vector)[0]).toBe(it.since(vector.slice())[0]);
		expect(text(a, ...it.since(vector))).toBe('ab');
		expect(it.since(FROM_NOTHING)[0]).toBe(it.merged());
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
		const { state } = compact([it.merged()]);
		expect(state.length).toBeLessThan(6000);
		expect(text(state)).toBe(doc.getText('t').toString());
	});

	it('however updates are ordered, cut, repeated and kept, the document is their union', () => {
		let runs = 0;
		const edit = fc.record({ who: fc.nat(2), at: fc.nat(20), remove: fc.boolean(), pull: fc.boolean() });
		fc.assert(
			fc.property(fc.array(edit, { maxLength: 30 }), fc.infiniteStream(fc.nat(6)), (edits, dice) => {
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
				let part: ReturnType<Content['beginSnapshot']> = null;
				for (const [i, [roll, update]] of mixed.entries()) {
					it.append(entry(i + 1, update));
					if (roll === 0) it = reloaded(it, [update], it.upTo, next() < 3 ? 0 : 1000);
					if (roll === 1) it.vector();
					if (roll === 2) it.merged();
					if (roll === 3) part ??= it.beginSnapshot();
					if (roll === 4 && part !== null) {
						it.endSnapshot(next() === 0 ? null : compact(part.updates));
						part = null;
					}
					if (roll === 5) it.since(FROM_NOTHING);
				}
				const whole = new Y.Doc();
				for (const update of updates) Y.applyUpdate(whole, update);
				// one who has nothing, and each who wrote, with what they had themselves
				for (const joined of [new Y.Doc(), ...docs]) {
					for (const part of it.since(Y.encodeStateVector(joined))) Y.applyUpdate(joined, part);
					expect(joined.getText('t').toString()).toBe(whole.getText('t').toString());
				}
				expect(Y.decodeStateVector(it.vector())).toEqual(Y.decodeStateVector(Y.encodeStateVector(whole)));
			}),
			{ numRuns: soak(300) }
		);
		expect(runs).toBeGreaterThanOrEqual(300);
	});
});
