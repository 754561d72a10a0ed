import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { Committer } from '../storage/committer.ts';
import { compactAtOnce } from './compactor.ts';
import { CLOSE, createHub } from './hub.ts';
import { memoryStore } from './testing/store.ts';
import { world } from './testing/world.ts';
import * as wire from './wire.ts';
import { soak } from './testing/soak.ts';

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** One update that types `text` into a document. */
function typing(text: string, doc = new Y.Doc()): Uint8Array {
	const before = Y.encodeStateVector(doc);
	doc.getText('t').insert(doc.getText('t').length, text);
	return Y.encodeStateAsUpdate(doc, before);
}

function entry(document: string, update: Uint8Array) {
	return { document, update, person: null, at: 0, cause: 'agenda.advance' };
}

describe('syncing', () => {
	it('brings two writers together, whatever each had before', async () => {
		const w = world();
		const doc = new Y.Doc();
		typing('offline ', doc);
		const a = w.join('r/board', { doc });
		const b = w.join().write('b');
		await w.settle();
		a.write('a');
		await w.settle();
		expect(a.text()).toBe(b.text());
		expect([...a.text()].sort().join('')).toBe(' abeffilno');
		expect(w.store.log.map(({ person }) => person)).toEqual(['tom', 'tom', 'tom']);
	});

	it('W2: greets a writer with a step 1 and a reader with nothing', async () => {
		const w = world();
		const writer = w.join('r/board', { greet: false });
		const reader = w.join('r/board', { greet: false, access: 'read' });
		await settled();
		expect(writer.down).toEqual([new Uint8Array([0, 0, 1, 0])]);
		expect(reader.down).toEqual([]);
	});

	it('W3: sends nothing to a connection that has not asked yet, and all of it once it asks', async () => {
		const w = world();
		const late = w.join('r/board', { access: 'read' });
		const a = w.join().write('a');
		await settled();
		a.flushUp().flushDown();
		await settled();
		w.clock.advance(20);
		await settled();
		expect(late.down).toEqual([]);
		await w.settle();
		expect(late.text()).toBe('a');
	});

	it('W4: one commit is one frame, the same bytes for all but its author', async () => {
		const w = world();
		const [a, b, c] = [w.join(), w.join(), w.join()];
		await w.settle();
		a.write('1').write('2').write('3').flushUp();
		await settled();
		w.clock.advance(16);
		await settled();
		// the first went alone, at once; the other two together, a tick later
		expect(b.down).toHaveLength(2);
		expect(b.down[1]).toBe(c.down[1]);
		expect(a.down).toHaveLength(0);
		await w.settle();
		expect(c.text()).toBe('123');
	});

	it('D1: shows and confirms nothing before the commit is done', async () => {
		const w = world();
		const a = w.join('r/board', { saved: true });
		const b = w.join();
		await w.settle();
		const confirmed = a.saved;
		w.store.holdCommits = true;
		a.write('x').flushUp();
		await settled();
		const late = w.join().flushUp();
		await settled();
		late.flushDown();
		expect([b.down.length, late.text(), a.saved]).toEqual([0, '', confirmed]);
		w.store.release();
		await settled();
		[a, b, late].forEach((client) => client.flushDown());
		expect([b.text(), late.text(), a.saved]).toEqual(['x', 'x', confirmed! + 1]);
	});

	it('W5: counts what is durable of each connection, and says so only where it was asked for', async () => {
		const w = world();
		const a = w.join('r/board', { saved: true });
		const b = w.join();
		await w.settle();
		// its empty step 2
		expect(a.saved).toBe(1);
		a.write('1').write('2');
		b.write('3');
		await w.settle();
		expect(a.saved).toBe(3);
		expect(b.saved).toBeNull();
	});

	it('W5: what says nothing new counts only after what was sent before it', async () => {
		const w = world();
		const a = w.join('r/board', { saved: true });
		await w.settle();
		w.store.holdCommits = true;
		a.write('1');
		a.up.push(a.up[0]!, new Uint8Array([0, 2, 2, 0, 0]));
		a.flushUp(1);
		a.up.shift();
		a.flushUp();
		await settled();
		a.flushDown();
		expect(a.saved).toBe(1);
		w.store.release();
		await settled();
		a.flushDown();
		expect(a.saved).toBe(3);
	});

	it('D2: A, C, B with a crash between each is their union', async () => {
		const doc = new Y.Doc();
		const [a, b, c] = [typing('a', doc), typing('b', doc), typing('c', doc)];
		const w = world();
		for (const update of [a, c, b]) {
			const client = w.join('r/board', { greet: false });
			client.up.push(new Uint8Array([0, 2, update.length, ...update]));
			await w.settle();
			client.leave();
			w.restart();
		}
		expect(w.store.log).toHaveLength(3);
		const reader = w.join();
		await w.settle();
		expect(reader.text()).toBe('abc');
	});

	it('D3: an update that could not be saved ends its connection, and a new one sends it again', async () => {
		const w = world();
		const a = w.join('r/board', { saved: true });
		const b = w.join();
		await w.settle();
		w.store.commitError = new Error('disk full');
		a.write('x');
		await w.settle();
		expect(a.closes).toEqual([CLOSE.failed]);
		expect([a.saved, b.text(), b.closes.length]).toEqual([1, '', 0]);
		w.store.commitError = null;
		w.join('r/board', { doc: a.doc });
		await w.settle();
		expect(b.text()).toBe('x');
	});

	it('D3: says "later" when too much waits to be saved', async () => {
		const memory = memoryStore();
		const committer = new Committer(memory.store, { limit: 1000 });
		memory.control.holdCommits = true;
		void committer.commit({ entries: [entry('r/x', new Uint8Array(900))] });
		const closes: number[] = [];
		const socket = {
			isOpen: true,
			bufferedAmount: 0,
			send() {},
			pause() {},
			resume() {},
			close: (code: number) => void closes.push(code)
		};
		const hub = createHub({ store: memory.store, committer });
		const connection = hub.connect(socket, 'r/board', { person: 'tom', name: '' }, 'write', { saved: false });
		await settled();
		const update = typing('x');
		connection.receive(new Uint8Array([0, 2, update.length, ...update]));
		await settled();
		expect(closes).toEqual([CLOSE.overloaded]);
	});

	it('D4: a client that comes back without news writes nothing', async () => {
		const w = world();
		const a = w.join().write('abc');
		a.doc.getText('t').delete(1, 1);
		await w.settle();
		const { length } = w.store.log;
		a.leave();
		const again = w.join('r/board', { doc: a.doc, saved: true });
		await w.settle();
		const copy = Y.encodeStateAsUpdate(a.doc);
		again.up.push(new Uint8Array([0, 2, copy.length, ...copy]));
		await w.settle();
		expect(w.store.log).toHaveLength(length);
		expect(again.saved).toBe(2);
	});

	it('D5: shows what rooms commit, also to those who join meanwhile', async () => {
		const w = world();
		const a = w.join('r/record', { access: 'read' });
		await w.settle();
		await w.committer.commit({ entries: [entry('r/record', typing('x')), entry('r/other', typing('y'))] });
		const late = w.join('r/record', { access: 'read' });
		await w.settle();
		expect([a.text(), late.text()]).toEqual(['x', 'x']);
	});

	it('W1: answers nonsense with 4422, and goes on with the others', async () => {
		const w = world();
		for (const bytes of [[], [0], [0, 0, 1, 200], [0, 2, 3, 9, 9, 9], [1, 1, 1], [0, 2, 1, 1, 1]]) {
			const bad = w.join('r/board', { greet: false });
			bad.up.push(new Uint8Array(bytes));
			await w.settle();
			expect(bad.closes, bytes.join()).toEqual([CLOSE.invalid]);
		}
		const a = w.join().write('fine');
		const b = w.join();
		await w.settle();
		expect([b.text(), a.closes]).toEqual(['fine', []]);
		expect(w.store.log).toHaveLength(1);
	});
});

describe('poison', () => {
	it('V4: a document that cannot be merged takes down neither the server nor other documents', async () => {
		const w = world({ grace: 1000, buffer: 1000 });
		const [a, other] = [w.join(), w.join('r/other')];
		await w.settle();
		// past validation, as if the disk had rotted
		const rotten = entry('r/board', new Uint8Array([1, 1, 1, 0, 99]));
		await w.committer.commit({ entries: [rotten, rotten] });
		other.write('fine');
		await w.settle();
		const late = w.join();
		await w.settle();
		expect([a.closes, late.closes]).toEqual([[CLOSE.failed], [CLOSE.failed]]);
		expect(other.text()).toBe('fine');
		await expect(w.hub.read('r/board')).rejects.toThrow();
		w.clock.advance(5000);
		await settled();
		expect(w.store.log).toHaveLength(3);
		expect(w.hub.stats).toEqual({ documents: 1, connections: 1 });
	});

	it('V4: whatever bytes come in, the server stands and others go on', async () => {
		const good = [...message(2, typing('x')), 0];
		let runs = 0;
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.uint8Array({ maxLength: 40 })),
				fc.nat(good.length),
				async (messages, at) => {
					runs++;
					const w = world();
					const other = w.join();
					for (const bytes of messages) {
						const bad = w.join('r/board', { greet: false });
						await settled();
						bad.connection.receive(bytes);
						bad.connection.receive(new Uint8Array([bytes[0]! % 4, ...bytes.slice(1)]));
						bad.connection.receive(new Uint8Array([...good.slice(0, at), ...bytes]));
					}
					await w.settle();
					other.write('fine');
					const reader = w.join();
					await w.settle();
					expect(reader.text()).toContain('fine');
					expect(w.errors).toEqual([]);
				}
			),
			{ numRuns: soak(100) }
		);
		expect(runs).toBeGreaterThanOrEqual(100);
	});
});

describe('sizes and rates', () => {
	it('V2: takes an update of exactly the limit, and answers a byte more with 4413', async () => {
		const update = typing('x'.repeat(200));
		for (const [limit, closes] of [
			[update.length, []],
			[update.length - 1, [CLOSE.tooLarge]]
		] as const) {
			const w = world({ update: limit });
			const a = w.join('r/board', { greet: false });
			a.connection.receive(message(2, update));
			await w.settle();
			expect(a.closes).toEqual(closes);
			expect(w.store.log).toHaveLength(closes.length === 0 ? 1 : 0);
		}
	});

	it('V2: refuses what would make the document too large, and keeps the rest readable', async () => {
		const w = world({ document: 1000 });
		const a = w.join().write('x'.repeat(600));
		const b = w.join();
		await w.settle();
		a.write('y'.repeat(600));
		await w.settle();
		expect(a.closes).toEqual([CLOSE.tooLarge]);
		expect(b.text()).toBe('x'.repeat(600));
		b.write('z');
		await w.settle();
		expect(b.closes).toEqual([]);
	});

	it('V2, V4: counts only what is left of a document once it would not fit; that is found out elsewhere, and once', async () => {
		let made = 0;
		const compactor = {
			...compactAtOnce,
			compact: (updates: readonly Uint8Array[]) => {
				made++;
				return compactAtOnce.compact(updates);
			}
		};
		const w = world({ document: 3000 }, { compactor });
		const a = w.join();
		const map = a.doc.getMap('m');
		// each takes the place of the one before
		for (let n = 0; n < 10; n++) {
			map.set('k', `${n}`.repeat(1000));
			await w.settle();
		}
		expect(a.closes).toEqual([]);
		expect(made).toBeGreaterThan(0);
		expect(made).toBeLessThan(10);
		const before = made;
		for (let n = 0; n < 3; n++) {
			const eve = w.join('r/board', { greet: false, who: { person: 'eve', name: 'Eve' } });
			eve.connection.receive(message(2, typing('x'.repeat(2500))));
			await w.settle();
			expect(eve.closes).toEqual([CLOSE.tooLarge]);
		}
		expect(made).toBe(before + 1);
		map.set('k', 'fits');
		await w.settle();
		expect(a.closes).toEqual([]);
	});

	it('V2: does not even decode a message that is larger than anything allowed', async () => {
		const w = world({ step2: 1000 });
		const a = w.join();
		await w.settle();
		a.connection.receive(new Uint8Array(2000));
		expect(a.closes).toEqual([CLOSE.tooLarge]);
	});

	it('V3: closes a connection that never pauses, and not one that does', async () => {
		const w = world({ rate: 10, burst: 20 });
		const [calm, wild] = [w.join(), w.join()];
		await w.settle();
		for (let i = 0; i < 100; i++) {
			w.clock.advance(100);
			calm.connection.receive(new Uint8Array([3]));
		}
		for (let i = 0; i < 21; i++) wild.connection.receive(new Uint8Array([3]));
		expect([calm.closes, wild.closes]).toEqual([[], [CLOSE.tooFast]]);
	});

	it('V3: has no rate where it is lifted', async () => {
		const w = world({ rate: Infinity, burst: Infinity, work: Infinity, workBurst: Infinity });
		const a = w.join();
		await w.settle();
		for (let i = 0; i < 10_000; i++) a.connection.receive(new Uint8Array([3]));
		expect(a.closes).toEqual([]);
	});
});

describe('access', () => {
	it('A2: a reader that sends an update is told, changes nothing, and stays', async () => {
		const w = world();
		const a = w.join();
		const reader = w.join('r/board', { access: 'read', who: { person: 'eve', name: 'Eve' } });
		await w.settle();
		const forged = typing('forged');
		reader.connection.receive(message(1, forged));
		reader.connection.receive(message(2, forged));
		reader.connection.receive(message(2, new Uint8Array([0, 0])));
		reader.awareness.setLocalState({ cursor: 1 });
		await w.settle();
		expect(reader.denials).toHaveLength(2);
		expect(reader.closes).toEqual([]);
		expect(w.store.log).toEqual([]);
		expect(a.awareness.getStates().get(reader.doc.clientID)).toMatchObject({ cursor: 1 });
		a.write('x');
		await w.settle();
		expect(reader.text()).toBe('x');
	});

	it('A1: what is handled after access was taken away does not count, even if it was sent before', async () => {
		const w = world();
		const [a, b] = [w.join(), w.join()];
		await w.settle();
		a.write('1').write('2').write('3');
		a.flushUp(1);
		a.connection.access = 'read';
		await w.settle();
		expect(b.text()).toBe('1');
		expect(a.denials).toHaveLength(2);
	});

	it('A1: the same while the document is still loading', async () => {
		const w = world();
		w.store.holdLoads = true;
		const a = w.join('r/board', { greet: false }).write('early');
		a.flushUp();
		a.connection.access = 'read';
		w.store.release();
		await w.settle();
		expect(w.store.log).toEqual([]);
		expect(a.denials).toHaveLength(1);
	});

	it('A3: whoever becomes a writer is asked for what they have', async () => {
		const w = world();
		const a = w.join('r/board', { access: 'read' });
		const b = w.join();
		await w.settle();
		a.write('1');
		await w.settle();
		a.connection.access = 'write';
		a.write('2');
		await w.settle();
		expect(b.text()).toBe('12');
	});

	it('A4: an old socket that closes late ends only itself', async () => {
		const w = world();
		const old = w.join();
		await w.settle();
		const fresh = w.join('r/board', { doc: old.doc });
		await w.settle();
		old.leave();
		old.connection.closed();
		fresh.write('x');
		await w.settle();
		expect(fresh.closes).toEqual([]);
		expect(w.hub.stats).toEqual({ documents: 1, connections: 1 });
		expect([...w.hub.connections('r/')]).toEqual([fresh.connection]);
	});
});

describe('loading', () => {
	it('L1: loads a document once, however many come at once', async () => {
		const w = world();
		w.store.add({ document: 'r/board', update: typing('kept') });
		w.store.holdLoads = true;
		const clients = [w.join(), w.join(), w.join()];
		const read = w.hub.read('r/board');
		w.store.release();
		await w.settle();
		expect(w.store.loads).toBe(1);
		expect(clients.map((client) => client.text())).toEqual(['kept', 'kept', 'kept']);
		expect((await read).length).toBeGreaterThan(2);
	});

	it('L2: keeps what is said and committed while it loads, and writes nothing before', async () => {
		const w = world();
		const doc = new Y.Doc();
		w.store.add({ document: 'r/board', update: typing('a', doc) });
		w.store.holdLoads = true;
		const a = w.join().write('w');
		a.flushUp();
		await w.committer.commit({ entries: [entry('r/board', typing('b', doc))] });
		await settled();
		expect(w.store.log).toHaveLength(2);
		w.store.release();
		await w.settle();
		expect([...a.text()].sort().join('')).toBe('abw');
		expect(w.store.log).toHaveLength(3);
	});

	it('L2: closes whoever sends too much meanwhile', async () => {
		const w = world({ waiting: 1000 });
		w.store.holdLoads = true;
		const a = w.join();
		a.connection.receive(new Uint8Array(1001));
		expect(a.closes).toEqual([CLOSE.overloaded]);
	});

	it.each(['fails', 'hangs'])(
		'L3: a load that %s closes all who wait, writes nothing, and is tried anew',
		async (how) => {
			const w = world({ load: 5000 });
			w.store.add({ document: 'r/board', update: typing('kept') });
			if (how === 'fails') w.store.loadError = new Error('disk error');
			else w.store.holdLoads = true;
			const a = w.join().write('x');
			const read = w.hub.read('r/board').catch((error: Error) => error.message);
			a.flushUp();
			await settled();
			w.clock.advance(5000);
			await settled();
			expect(a.closes).toEqual([CLOSE.failed]);
			expect(await read).toBe('r/board could not be loaded.');
			expect(w.store.log).toHaveLength(1);
			expect(w.hub.stats).toEqual({ documents: 0, connections: 0 });
			expect(w.clock.waiting).toBe(0);
			w.store.loadError = null;
			w.store.holdLoads = false;
			w.store.release();
			const b = w.join();
			await w.settle();
			expect(b.text()).toBe('kept');
		}
	);

	it('L4: unloads after a pause, and not if somebody came back', async () => {
		const w = world({ grace: 10_000 });
		const a = w.join().write('x');
		await w.settle();
		a.leave();
		w.clock.advance(9000);
		const b = w.join();
		w.clock.advance(9000);
		await w.settle();
		expect(b.text()).toBe('x');
		expect(w.store.loads).toBe(1);
		b.leave();
		w.clock.advance(10_000);
		expect(w.hub.stats.documents).toBe(0);
		expect(w.clock.waiting).toBe(0);
		const c = w.join();
		await w.settle();
		expect(c.text()).toBe('x');
	});

	it('L4, L7: keeps a snapshot of what it unloads, gaps and later entries included', async () => {
		const w = world({ grace: 1000 });
		const doc = new Y.Doc();
		const [first, missing, last] = [typing('a', doc), typing('b', doc), typing('c', doc)];
		const a = w.join();
		await w.settle();
		for (let i = 0; i < 60; i++) a.write('.');
		await w.settle();
		await w.committer.commit({ entries: [entry('r/board', first), entry('r/board', last)] });
		await w.settle();
		a.leave();
		w.clock.advance(1000);
		await settled();
		expect(w.store.snapshots.get('r/board')?.upTo).toBe(w.store.log.length);
		await w.committer.commit({ entries: [entry('r/board', missing)] });
		const b = w.join();
		await w.settle();
		expect([...b.text()].sort().join('')).toBe(`${'.'.repeat(60)}abc`);
	});

	it('L4: a document that was kept while it lived is kept without what was deleted in the end', async () => {
		const w = world({ grace: 1000, rate: Infinity });
		const a = w.join();
		await w.settle();
		for (let i = 0; i < 5000; i++) a.doc.getMap('m').set('k', 'x'.repeat(50));
		await w.settle();
		a.leave();
		w.clock.advance(1000);
		await settled();
		expect(w.store.snapshots.get('r/board')!.state.length).toBeLessThan(1000);
	});

	it('L4: a document that is only read is unloaded too', async () => {
		const w = world({ grace: 1000 });
		await w.hub.read('r/board');
		expect(w.hub.stats.documents).toBe(1);
		w.clock.advance(1000);
		expect(w.hub.stats.documents).toBe(0);
	});
});

describe('evicting', () => {
	it('L5: closes the connections of what is meant and of nothing else, after all was saved', async () => {
		const w = world();
		const inside = w.join('r/page');
		const longer = w.join('r/page2');
		const other = w.join('rr/page');
		await w.settle();
		w.store.holdCommits = true;
		inside.write('last words').flushUp();
		await settled();
		let evicted = false;
		const done = w.hub.evict('r/page', CLOSE.gone).then(() => (evicted = true));
		await settled();
		expect([inside.closes, longer.closes, other.closes, evicted]).toEqual([[CLOSE.gone], [], [], false]);
		w.store.release();
		await done;
		expect(w.store.log).toHaveLength(1);
		await w.hub.evict('r/', CLOSE.gone);
		expect([longer.closes, other.closes]).toEqual([[CLOSE.gone], []]);
		expect(w.hub.stats).toEqual({ documents: 1, connections: 1 });
	});

	it('L6: nobody has it open while the work runs, and whoever reads it then finds what the work left', async () => {
		const w = world();
		const a = w.join().write('secret');
		await w.settle();
		let finish = () => {};
		const work = () => new Promise<void>((resolve) => (finish = resolve));
		const done = w.hub.evict('r/board', CLOSE.replaced, work);
		await w.settle();
		expect(a.closes).toEqual([CLOSE.replaced]);
		const early = w.join('r/board', { doc: a.doc });
		const read = w.hub.read('r/board');
		await w.settle();
		expect(early.closes).toEqual([CLOSE.replaced]);
		w.store.log.length = 0;
		const clean = typing('clean');
		w.store.add({ document: 'r/board', update: clean });
		finish();
		await done;
		expect(await read).toEqual(clean);
		const late = w.join();
		await w.settle();
		expect(late.text()).toBe('clean');
	});

	it('closes everything on shutdown, saves what is on its way, and opens nothing any more', async () => {
		const w = world();
		const a = w.join();
		await w.settle();
		w.store.holdCommits = true;
		a.write('x').flushUp();
		const done = w.hub.close();
		await settled();
		w.store.release();
		await done;
		expect(a.closes).toEqual([CLOSE.shuttingDown]);
		expect(w.store.log).toHaveLength(1);
		expect(w.join().closes).toEqual([CLOSE.shuttingDown]);
		await expect(w.hub.read('r/board')).rejects.toThrow('shutting down');
		expect(w.hub.stats).toEqual({ documents: 0, connections: 0 });
		expect(w.clock.waiting).toBe(0);
	});
});

describe('closing', () => {
	it('says so when something could not be saved', async () => {
		const w = world();
		const a = w.join();
		await w.settle();
		w.store.commitError = new Error('disk full');
		a.write('x').flushUp();
		await expect(w.hub.close()).rejects.toThrow('could not be saved');
	});
});

describe('a slow client', () => {
	it('S1: is spared presence', async () => {
		const w = world({ presenceBuffer: 1000 });
		const [a, slow] = [w.join(), w.join('r/board', { who: { person: 'eve', name: 'Eve' } })];
		await w.settle();
		slow.bufferedAmount = 1001;
		a.awareness.setLocalState({ cursor: 1 });
		a.flushUp();
		w.clock.advance(50);
		expect(slow.down).toHaveLength(0);
	});

	it('S2: is sent one resync instead of everything, and holds nobody up', async () => {
		const w = world({ buffer: 1000 });
		const [a, b, slow] = [w.join(), w.join(), w.join()];
		await w.settle();
		slow.bufferedAmount = 5000;
		for (let i = 0; i < 50; i++) {
			a.write('x');
			a.flushUp();
			await settled();
			w.clock.advance(16);
		}
		a.doc.getText('t').delete(0, 10);
		a.flushUp();
		await settled();
		w.clock.advance(16);
		await settled();
		b.flushDown();
		expect(b.text()).toBe('x'.repeat(40));
		expect(slow.down).toHaveLength(1);
		slow.bufferedAmount = 0;
		w.clock.advance(250);
		expect(slow.down).toHaveLength(2);
		await w.settle();
		expect(slow.text()).toBe(b.text());
		a.write('after');
		await w.settle();
		expect(slow.text()).toBe(a.text());
	});

	it('S3: one who never reads piles up neither receipts nor refusals, and gets the latest once there is room', async () => {
		const w = world({ buffer: 1000 });
		const slow = w.join('r/board', { saved: true });
		await w.settle();
		slow.bufferedAmount = 5000;
		for (let i = 0; i < 50; i++) slow.write('x').flushUp();
		await settled();
		w.clock.advance(20);
		await settled();
		slow.connection.access = 'read';
		for (let i = 0; i < 50; i++) slow.connection.receive(message(2, typing('no')));
		slow.connection.access = 'write';
		expect(slow.down).toHaveLength(0);
		slow.bufferedAmount = 0;
		w.clock.advance(250);
		expect(slow.down).toHaveLength(3);
		await w.settle();
		expect([slow.saved, slow.denials.length, slow.closes]).toEqual([102, 1, []]);
	});

	it('S3: one who asks again and again and never reads is answered once, when there is room', async () => {
		const w = world({ buffer: 1000 });
		w.store.add({ document: 'r/board', update: typing('kept') });
		const deaf = w.join('r/board', { greet: false });
		await w.settle();
		deaf.down.length = 0;
		deaf.bufferedAmount = 5000;
		for (let n = 0; n < 50; n++) deaf.connection.receive(wire.encodeStep1(new Uint8Array([1, 1 + n, 1])));
		expect(deaf.down).toHaveLength(0);
		deaf.bufferedAmount = 0;
		w.clock.advance(250);
		expect(deaf.down).toHaveLength(1);
		deaf.flushDown();
		expect(deaf.text()).toBe('kept');
		expect(deaf.closes).toEqual([]);
	});

	it('S2: leaves no timer behind when it goes', async () => {
		const w = world({ buffer: 1000, grace: 1000 });
		const [a, slow] = [w.join(), w.join()];
		await w.settle();
		slow.bufferedAmount = 5000;
		a.write('x');
		await w.settle();
		slow.leave();
		expect(w.clock.waiting).toBe(0);
		a.leave();
		w.clock.advance(1000);
		await settled();
		expect(w.clock.waiting).toBe(0);
	});
});

function message(step: number, update: Uint8Array): Uint8Array {
	const length: number[] = [];
	for (let n = update.length; ; n >>>= 7) {
		length.push(n > 127 ? (n & 127) | 128 : n);
		if (n <= 127) break;
	}
	return new Uint8Array([0, step, ...length, ...update]);
}
