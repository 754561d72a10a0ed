import fc from 'fast-check';
import * as encoding from 'lib0/encoding';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { compact } from './compact.ts';
import { Content } from './content.ts';
import { Committer } from '../storage/committer.ts';
import { fakeClock } from '../storage/testing/clock.ts';
import { CLOSE, createHub } from './hub.ts';
import { defaultLimits } from './limits.ts';
import { TestClient } from './testing/client.ts';
import { soak, withSeed } from './testing/soak.ts';
import { memoryStore } from './testing/store.ts';
import { world } from './testing/world.ts';
import { inspect, type Decoded } from './validate.ts';
import * as wire from './wire.ts';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
const EVE = { person: 'eve', name: 'Eve' };

function says(update: Uint8Array): Decoded {
	const decoded = inspect(update, defaultLimits);
	if (typeof decoded === 'string') throw new Error(decoded);
	return decoded;
}

/** The update of what `edit` does to a document of this client. */
function edited(client: number, edit: (doc: Y.Doc) => void, before?: Uint8Array): Uint8Array {
	const doc = new Y.Doc();
	if (before) Y.applyUpdate(doc, before);
	doc.clientID = client;
	const vector = Y.encodeStateVector(doc);
	doc.transact(() => edit(doc));
	return Y.encodeStateAsUpdate(doc, vector);
}

/** Written by hand: one client's structs, and deletions of the same client. */
function forged(client: number, clock: number, write: ((e: encoding.Encoder) => void)[], ...ds: number[]) {
	return encoding.encode((encoder) => {
		const numbers = (...all: number[]) => all.forEach((n) => encoding.writeVarUint(encoder, n));
		if (write.length === 0) numbers(0);
		else numbers(1, write.length, client, clock);
		for (const one of write) one(encoder);
		if (ds.length === 0) numbers(0);
		else numbers(1, client, ds.length / 2, ...ds);
	});
}

/** These values under one key of the map that an item holds. */
const under =
	(key: string, [client, clock]: [number, number], values: unknown[]) =>
	(e: encoding.Encoder) => {
		encoding.writeUint8(e, 8 | 0x20);
		for (const n of [0, client, clock]) encoding.writeVarUint(e, n);
		encoding.writeVarString(e, key);
		encoding.writeVarUint(e, values.length);
		for (const value of values) encoding.writeAny(e, value as number);
	};

/** These values to the right of an item, wherever that is. */
const after =
	([client, clock]: [number, number], values: unknown[]) =>
	(e: encoding.Encoder) => {
		encoding.writeUint8(e, 8 | 0x80);
		for (const n of [client, clock, values.length]) encoding.writeVarUint(e, n);
		for (const value of values) encoding.writeAny(e, value as number);
	};

const text =
	(content: string, [client, clock]: [number, number]) =>
	(e: encoding.Encoder) => {
		encoding.writeUint8(e, 4 | 0x80);
		for (const n of [client, clock]) encoding.writeVarUint(e, n);
		encoding.writeVarString(e, content);
	};

describe('a clock that is said again', () => {
	it('V5: as something else changes nothing, for those who have the document open and for those who come later', async () => {
		const w = world();
		const tom = w.join('r/board', { doc: Object.assign(new Y.Doc(), { clientID: 7 }) }).write('hello');
		await w.settle();
		// or Yjs would take eve for a second tom, and say so
		tom.doc.clientID = 8;
		const eve = w.join('r/board', { greet: false, who: EVE });
		await turn();
		// 'lo' as other letters, and a new one behind them
		eve.connection.receive(wire.encodeUpdate(forged(7, 3, [text('XY', [7, 2]), text('!', [7, 4])])));
		await w.settle();
		const late = w.join('r/board');
		await w.settle();
		w.restart();
		const cold = new Y.Doc();
		Y.applyUpdate(cold, await w.hub.read('r/board'));
		expect(eve.closes).toEqual([]);
		expect([tom.text(), late.text(), cold.getText('t').toString()]).toEqual(Array(3).fill('hello!'));
		expect(Y.decodeUpdate(w.store.log.at(-1)!.update).structs).toHaveLength(1);
	});

	it('V5: behind a gap, as something else, is kept as it was first', () => {
		const [a, b, c] = ['a', 'b', 'c'].map((_, i) => {
			const whole = edited(7, (doc) => doc.getText('t').insert(0, 'abc'.slice(0, i + 1)));
			const before = edited(7, (doc) => doc.getText('t').insert(0, 'abc'.slice(0, i)));
			return Y.diffUpdate(whole, Y.encodeStateVectorFromUpdate(before));
		}) as [Uint8Array, Uint8Array, Uint8Array];
		const content = new Content({ snapshot: null, tail: [a], upTo: 1 }, defaultLimits);
		let seq = 1;
		const add = (update: Uint8Array) => {
			const verdict = content.admit(update, says(update));
			if (typeof verdict === 'string' || 'measure' in verdict) throw new Error(String(verdict));
			content.append(
				{ document: 'r/a', update: verdict.update, person: null, at: 0, cause: null, seq: ++seq },
				verdict.says
			);
		};
		add(c);
		add(forged(7, 1, [text('BC', [7, 0]), text('D', [7, 2])]));
		expect(says(b).structs).toHaveLength(1);
		const doc = new Y.Doc();
		Y.applyUpdate(doc, content.merged());
		expect(doc.getText('t').toString()).toBe('aBcD');
	});

	it('D4: while it is on its way waits for that, and is counted as saved with it', async () => {
		const w = world();
		const doc = new Y.Doc();
		const [one, two] = [w.join('r/board', { doc, saved: true }), w.join('r/board', { doc, saved: true })];
		await w.settle();
		const told = [one.saved!, two.saved!];
		w.store.holdCommits = true;
		// two tabs of one document: both send the same
		doc.getText('t').insert(0, 'once');
		one.flushUp();
		two.flushUp();
		two.present([doc.clientID]);
		two.flushUp();
		await turn();
		w.clock.advance(40);
		await turn();
		expect([one.saved, two.saved, w.store.log]).toEqual([...told, []]);
		w.store.holdCommits = false;
		while (w.store.waiting > 0) w.store.release();
		await w.settle();
		expect([one.saved, two.saved]).toEqual(told.map((n) => n + 1));
		expect(w.store.log).toHaveLength(1);
	});

	it('D4: that is here by now waits for nothing, whatever else is on its way', () => {
		const doc = Object.assign(new Y.Doc(), { clientID: 7 });
		const updates: Uint8Array[] = [];
		doc.on('update', (update: Uint8Array) => updates.push(update));
		for (const letter of 'abc') doc.getText('t').insert(doc.getText('t').length, letter);
		const [a, b, c] = updates as [Uint8Array, Uint8Array, Uint8Array];
		const content = new Content({ snapshot: null, tail: [], upTo: 0 }, defaultLimits);
		for (const update of [a, b]) expect(content.admit(update, says(update))).toMatchObject({ update });
		content.append({ document: 'r/a', update: a, person: null, at: 0, cause: null, seq: 1 });
		const more = edited(9, (other) => other.getText('t').insert(0, 'x'), a);
		const again = Y.mergeUpdates([a, more]);
		expect(content.admit(again, says(again))).toMatchObject({ says: { structs: { length: 1 } } });
		const onItsWay = Y.mergeUpdates([a, b, c]);
		expect(content.admit(onItsWay, says(onItsWay))).toBe('later');
	});

	it('D1, D3: while what it repeats is lost is saved itself', async () => {
		const w = world();
		const doc = new Y.Doc();
		const [one, two] = [w.join('r/board', { doc, saved: true }), w.join('r/board', { doc, saved: true })];
		await w.settle();
		const told = two.saved!;
		w.store.holdCommits = true;
		doc.getText('t').insert(0, 'once');
		one.flushUp();
		two.flushUp();
		await turn();
		w.store.commitError = new Error('disk full');
		w.store.release();
		await turn();
		w.store.commitError = null;
		w.store.holdCommits = false;
		while (w.store.waiting > 0) w.store.release();
		await w.settle();
		expect(one.closes).toEqual([CLOSE.failed]);
		expect([two.closes, two.saved]).toEqual([[], told + 1]);
		const kept = new Y.Doc();
		for (const { update } of w.store.log) Y.applyUpdate(kept, update);
		expect(kept.getText('t').toString()).toBe('once');
	});
});

it('D3, D4: what repeats something on its way is sent back where no more can wait', async () => {
	const clock = fakeClock();
	const { store, control } = memoryStore();
	const committer = new Committer(store, { clock, limit: 400 });
	const hub = createHub({ store, committer, clock });
	const doc = new Y.Doc();
	const [one, two] = [new TestClient(hub, 'r/a', { doc }), new TestClient(hub, 'r/a', { doc })];
	await turn();
	for (const client of [one, two]) client.flushUp().flushDown();
	await turn();
	control.holdCommits = true;
	doc.getText('t').insert(0, 'x'.repeat(200));
	for (const client of [one, two]) client.flushUp();
	await turn();
	expect([one.closes, two.closes]).toEqual([[], [CLOSE.overloaded]]);
	control.release();
	await turn();
	expect(control.log).toHaveLength(1);
});

describe('several values under one key', () => {
	/** A map in a map, with a value. */
	const nested = edited(5, (doc) => {
		const inner = new Y.Map();
		doc.getMap('m').set('inner', inner);
		inner.set('k', 1);
	});
	const vectors: [string, Uint8Array[]][] = [
		['said so', [forged(6, 0, [under('l', [5, 0], [1, 2])])]],
		['that come after one', [forged(6, 0, [after([5, 1], [1, 2])])]],
		['that come after one of the same update', [forged(6, 0, [after([5, 1], [1]), after([6, 0], [2, 3])])]],
		[
			'that come after one of before',
			[forged(6, 0, [after([5, 1], [1])]), forged(6, 1, [after([6, 0], [2, 3])])]
		]
	];

	it('would bring down everybody who has the document open', () => {
		const doc = new Y.Doc();
		Y.applyUpdate(doc, nested);
		Y.applyUpdate(doc, forged(6, 0, [under('l', [5, 0], [1, 2])]));
		Y.applyUpdate(doc, forged(6, 2, [], 1, 1));
		expect(() => doc.getMap('m').delete('inner')).toThrow();
	});

	/** A document with a map in a map; `snapshot`: what of it is in one, of this version or an older one. */
	async function opened(snapshot: 'none' | 'noted' | 'older') {
		const w = world();
		w.store.add({ document: 'r/board', update: nested });
		const noted = compact([nested]);
		if (snapshot !== 'none')
			w.store.snapshots.set('r/board', { ...noted, ...(snapshot === 'older' && { shape: null }), upTo: 1 });
		const tom = w.join('r/board');
		await w.settle();
		const eve = w.join('r/board', { greet: false, who: EVE });
		await turn();
		return { w, tom, eve };
	}

	it.each(vectors)('V5: %s are taken one by one, and harm nobody', async (_, updates) => {
		for (const snapshot of ['none', 'noted', 'older'] as const) {
			const { w, tom, eve } = await opened(snapshot);
			for (const update of [...updates, forged(6, 2, [], 1, 1)])
				eve.connection.receive(wire.encodeUpdate(update));
			await w.settle();
			const late = new Y.Doc();
			for (const { update } of w.store.log) Y.applyUpdate(late, update);
			expect(eve.closes).toEqual([]);
			expect(late.getMap('m').toJSON()).toEqual(tom.doc.getMap('m').toJSON());
			for (const doc of [tom.doc, late]) {
				doc.getMap('m').delete('inner');
				expect(doc.getMap('m').size).toBe(0);
			}
		}
	});

	it('V5: that cannot be taken one by one are refused, others go on', async () => {
		for (const snapshot of ['none', 'noted', 'older'] as const) {
			const { w, tom, eve } = await opened(snapshot);
			eve.connection.receive(wire.encodeUpdate(forged(6, 0, [text('\u{1F343}\u{1F342}', [5, 1])])));
			tom.doc.getMap<Y.Map<unknown>>('m').get('inner')!.set('mine', 1);
			await w.settle();
			expect([eve.closes, tom.closes]).toEqual([[CLOSE.invalid], []]);
			expect(w.store.log).toHaveLength(2);
		}
	});

	it('V5: that were set one after the other, and are kept for undoing, are taken whole', async () => {
		for (const snapshot of ['none', 'noted', 'older'] as const) {
			const { w, tom } = await opened(snapshot);
			const doc = new Y.Doc();
			Y.applyUpdate(doc, nested);
			const inner = doc.getMap<Y.Map<unknown>>('m').get('inner')!;
			const undo = new Y.UndoManager(inner, { captureTimeout: 0 });
			for (const at of [10, 20, 30]) inner.set('k', at);
			const ida = w.join('r/board', { doc });
			await w.settle();
			const seen = tom.doc.getMap<Y.Map<unknown>>('m').get('inner')!;
			expect(seen.get('k')).toBe(30);
			undo.undo();
			await w.settle();
			expect([seen.get('k'), ida.closes]).toEqual([20, []]);
		}
	});

	it('V5: of what is not here yet are taken one by one, and harm nobody once it comes', () => {
		// it stands on what client 5 writes next, whatever that is
		const ahead = forged(6, 0, [after([5, 2], ['a', 'b'])]);
		const next = edited(5, (doc) => doc.getMap<Y.Map<unknown>>('m').get('inner')!.set('k', 2), nested);
		const content = new Content({ snapshot: null, tail: [nested], upTo: 1 }, defaultLimits);
		const reader = new Y.Doc();
		Y.applyUpdate(reader, nested);
		for (const [i, update] of [ahead, next, forged(6, 2, [], 1, 1)].entries()) {
			const verdict = content.admit(update, says(update));
			if (typeof verdict === 'string' || 'measure' in verdict) throw new Error(String(verdict));
			const entry = { document: 'r/a', update: verdict.update, person: null, at: 0, cause: null, seq: 2 + i };
			content.append(entry, verdict.says);
			Y.applyUpdate(reader, verdict.update);
		}
		expect(reader.getMap<Y.Map<unknown>>('m').get('inner')!.has('k')).toBe(false);
		reader.getMap('m').delete('inner');
		expect(reader.getMap('m').size).toBe(0);
	});

	it('V5: are no lists and no texts: those are taken as they are, also after a cold load, unread', () => {
		const doc = new Y.Doc();
		doc.getText('t').insert(0, 'x'.repeat(70_000));
		doc.getArray('a').push([1]);
		const { known, shape } = compact([Y.encodeStateAsUpdate(doc)]);
		// nobody could read this
		const snapshot = { state: new Uint8Array(70_000).fill(255), known, shape };
		const content = new Content({ snapshot, tail: [], upTo: 1 }, defaultLimits);
		const before = Y.encodeStateAsUpdate(doc);
		for (const [i, edit] of [
			(it: Y.Doc) => it.getText('t').insert(35_000, 'pasted here'),
			(it: Y.Doc) => it.getArray('a').push([2, 3, 4]),
			(it: Y.Doc) => it.getArray('a').push([new Y.Map([['k', new Y.Text('in it')]])])
		].entries()) {
			const update = edited(9 + i, edit, before);
			expect(content.admit(update, says(update))).toMatchObject({ update });
		}
	});
});

it(`V5, D4: what honest clients send is taken whole, however often, in whatever order and pieces it comes (${soak(150)} runs)`, () => {
	let runs = 0;
	let repeated = 0;
	const step = fc.record({
		who: fc.nat(2),
		do: fc.constantFrom('type', 'paste', 'set', 'list', 'nest', 'delete', 'undo', 'pull', 'pull'),
		at: fc.nat(30)
	});
	const send = fc.record({ from: fc.nat(40), to: fc.nat(40), since: fc.nat(40), how: fc.nat(3) });
	fc.assert(
		fc.property(
			fc.array(step, { minLength: 5, maxLength: 40 }),
			fc.array(send, { minLength: 3, maxLength: 25 }),
			fc.constantFrom(0, 1000),
			(steps, sends, mergeBelow) => {
				runs++;
				const docs = [11, 12, 13].map((id) => Object.assign(new Y.Doc(), { clientID: id }));
				const undo = docs.map((doc) => new Y.UndoManager([doc.getText('t'), doc.getMap('m')]));
				const made: Uint8Array[] = [];
				const states: Uint8Array[] = [];
				for (const doc of docs)
					doc.on('update', (update: Uint8Array, origin: unknown) => origin === 'pull' || made.push(update));
				for (const { who, do: what, at } of steps) {
					const doc = docs[who]!;
					const t = doc.getText('t');
					const m = doc.getMap<unknown>('m');
					const key = `k${at % 3}`;
					if (what === 'type') t.insert(at % (t.length + 1), 'x');
					else if (what === 'paste') t.insert(at % (t.length + 1), 'pasted', at % 2 ? { bold: true } : {});
					else if (what === 'set') m.set(key, at);
					else if (what === 'list') doc.getArray('a').push([at, at + 1]);
					else if (what === 'nest') m.set(key, new Y.Map([['in', new Y.Text('words')]]));
					else if (what === 'undo') undo[who]!.undo();
					else if (what === 'delete' && t.length > 0)
						t.delete(at % t.length, Math.min(3, t.length - (at % t.length)));
					else if (what === 'delete') m.delete(key);
					else for (const other of docs) Y.applyUpdate(doc, Y.encodeStateAsUpdate(other), 'pull');
					states.push(Y.encodeStateAsUpdate(doc));
				}
				let content = new Content({ snapshot: null, tail: [], upTo: 0 }, { mergeBelow });
				let seq = 0;
				const give = (update: Uint8Array) => {
					const decoded = says(update);
					if (decoded.structs.length + decoded.ds.clients.size === 0) return;
					if (!content.hasNews('update', decoded)) return void repeated++;
					const verdict = content.admit(update, decoded);
					if (typeof verdict === 'string' || 'measure' in verdict)
						throw new Error(`${String(verdict)}: ${update}`);
					const entry = {
						document: 'r/a',
						update: verdict.update,
						person: null,
						at: 0,
						cause: null,
						seq: ++seq
					};
					content.append(entry, verdict.says);
				};
				const pick = (from: readonly Uint8Array[], at: number) => from[at % Math.max(1, from.length)];
				for (const { from, to, since, how } of sends) {
					const [one, other, before] = [pick(made, from), pick(made, to), pick(states, since)];
					const state = pick(states, from);
					if (!one || !other || !before || !state) continue;
					if (how === 0) give(one);
					else if (how === 1) give(Y.mergeUpdates([one, other]));
					else if (how === 2) give(Y.diffUpdate(state, Y.encodeStateVectorFromUpdate(before)));
					else give(state);
					if (from === 0) {
						const snapshot = compact([content.merged()]);
						content = new Content({ snapshot, tail: [], upTo: seq }, { mergeBelow });
					}
				}
				// in the end all of them bring all that they have
				for (const doc of docs) give(Y.encodeStateAsUpdate(doc));
				for (const doc of docs)
					for (const other of docs) Y.applyUpdate(doc, Y.encodeStateAsUpdate(other), 'pull');
				for (const doc of docs) give(Y.encodeStateAsUpdate(doc));
				const shown = (doc: Y.Doc) => [
					doc.getText('t').toDelta() as unknown,
					doc.getMap('m').toJSON(),
					doc.getArray('a').toJSON()
				];
				const late = new Y.Doc();
				for (const part of content.since(new Uint8Array([0]))) Y.applyUpdate(late, part);
				expect(shown(late)).toEqual(shown(docs[0]!));
			}
		),
		{ numRuns: soak(150), seed: withSeed('honest') }
	);
	expect(runs).toBeGreaterThanOrEqual(soak(150));
	expect(repeated).toBeGreaterThan(0);
}, 3_600_000);
