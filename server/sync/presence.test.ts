import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { world } from './testing/world.ts';

const tom = { who: { person: 'tom', name: 'Tom', colour: 3 } };
const aisha = { who: { person: 'aisha', name: 'Aisha' } };

async function two() {
	const w = world();
	const a = w.join('r/board', tom);
	const b = w.join('r/board', aisha);
	await w.settle();
	return { w, a, b };
}

type Client = Awaited<ReturnType<typeof two>>['a'];

/** The cursors that somebody has on their screen. */
const seen = (by: Client) =>
	[...by.awareness.getStates().values()].flatMap(({ cursor }) => (cursor as number | undefined) ?? []).sort();

describe('presence', () => {
	it('P2: shows others who somebody is, as the server knows it', async () => {
		const { w, a, b } = await two();
		a.awareness.setLocalState({ cursor: 5, user: { id: 'ruth', name: 'Ruth' } });
		await w.settle();
		expect(b.awareness.getStates().get(a.doc.clientID)).toEqual({
			cursor: 5,
			user: { id: 'tom', name: 'Tom', colour: 3 }
		});
		const late = w.join('r/board', { who: { person: 'lena', name: 'Lena' } });
		await w.settle();
		expect(late.awareness.getStates().get(a.doc.clientID)).toMatchObject({ cursor: 5, user: { id: 'tom' } });
	});

	it("P1: does not let anybody overwrite another's state, not with any clock", async () => {
		const { w, a, b } = await two();
		a.awareness.setLocalState({ cursor: 1 });
		b.awareness.setLocalState({ cursor: 2 });
		await w.settle();
		const c = w.join('r/board', { who: { person: 'lena', name: 'Lena' } });
		for (const clock of [5, 2 ** 31, Number.MAX_SAFE_INTEGER]) {
			for (const state of [{ cursor: 666 }, null]) {
				b.awareness.meta.set(a.doc.clientID, { clock, lastUpdated: 0 });
				if (state === null) b.awareness.states.delete(a.doc.clientID);
				else b.awareness.states.set(a.doc.clientID, state);
				b.present([a.doc.clientID]);
				await w.settle();
				expect(c.awareness.getStates().get(a.doc.clientID)).toMatchObject({ cursor: 1 });
			}
		}
	});

	it('P1: a clock that is none does not stop somebody from being seen later', async () => {
		const { w, a, b } = await two();
		a.awareness.setLocalState({ cursor: 1 });
		a.awareness.meta.set(a.doc.clientID, { clock: 2 ** 52, lastUpdated: 0 });
		a.present([a.doc.clientID]);
		await w.settle();
		a.awareness.meta.set(a.doc.clientID, { clock: 7, lastUpdated: 0 });
		a.awareness.setLocalState({ cursor: 2 });
		await w.settle();
		expect(b.awareness.getStates().get(a.doc.clientID)).toMatchObject({ cursor: 2 });
	});

	it('P3: only the latest of a tick travels, and never back to its own connection', async () => {
		const { w, a, b } = await two();
		const before = b.down.length;
		for (let cursor = 0; cursor < 50; cursor++) a.awareness.setLocalState({ cursor });
		a.flushUp();
		w.clock.advance(33);
		expect(b.down.length - before).toBe(1);
		expect(a.down).toHaveLength(0);
		b.flushDown();
		expect(b.awareness.getStates().get(a.doc.clientID)).toMatchObject({ cursor: 49 });
		expect(a.awareness.getLocalState()).toEqual({ cursor: 49 });
	});

	it('P3: nothing of it reaches the store', async () => {
		const { w, a } = await two();
		a.awareness.setLocalState({ cursor: 1 });
		await w.settle();
		expect(w.store.log).toEqual([]);
	});

	it('P4: a removal arrives within one tick, whether said or by the end of the connection', async () => {
		const { w, a, b } = await two();
		a.awareness.setLocalState({ cursor: 1 });
		await w.settle();
		a.awareness.setLocalState(null);
		a.flushUp();
		w.clock.advance(33);
		b.flushDown();
		expect(b.awareness.getStates().has(a.doc.clientID)).toBe(false);
		a.awareness.setLocalState({ cursor: 2 });
		await w.settle();
		expect(b.awareness.getStates().has(a.doc.clientID)).toBe(true);
		a.leave();
		w.clock.advance(33);
		b.flushDown();
		expect(b.awareness.getStates().has(a.doc.clientID)).toBe(false);
	});

	it('P5: a tab that comes back is seen at once, and its old socket takes nothing away', async () => {
		const { w, a, b } = await two();
		a.awareness.setLocalState({ cursor: 1 });
		await w.settle();
		const again = w.join('r/board', { ...tom, doc: a.doc });
		again.awareness.states.set(a.doc.clientID, { cursor: 1 });
		again.awareness.meta.set(a.doc.clientID, { ...a.awareness.meta.get(a.doc.clientID)! });
		again.present([a.doc.clientID]);
		await w.settle();
		a.leave();
		await w.settle();
		expect(b.awareness.getStates().get(a.doc.clientID)).toMatchObject({ cursor: 1 });
		again.leave();
		await w.settle();
		expect(b.awareness.getStates().has(a.doc.clientID)).toBe(false);
	});

	it('P5: a tab that comes back with the clock of before is seen at once', async () => {
		const { w, a, b } = await two();
		a.awareness.setLocalState({ cursor: 1 });
		await w.settle();
		a.leave();
		await w.settle();
		const again = w.join('r/board', { ...tom, doc: a.doc });
		again.awareness.states.set(a.doc.clientID, { cursor: 1 });
		again.awareness.meta.set(a.doc.clientID, { ...a.awareness.meta.get(a.doc.clientID)! });
		again.present([a.doc.clientID]);
		await w.settle();
		expect(b.awareness.getStates().get(a.doc.clientID)).toMatchObject({ cursor: 1 });
	});

	it('P5: an echo of somebody who just left makes nobody a ghost', async () => {
		const { w, a, b } = await two();
		const c = w.join('r/board', { who: { person: 'lena', name: 'Lena' } });
		c.awareness.setLocalState(null);
		a.awareness.setLocalState({ cursor: 1 });
		await w.settle();
		a.leave();
		c.awareness.states.set(a.doc.clientID, { cursor: 1 });
		c.awareness.meta.set(a.doc.clientID, { clock: 99, lastUpdated: 0 });
		c.present([a.doc.clientID]);
		await w.settle();
		expect(b.awareness.getStates().has(a.doc.clientID)).toBe(false);
		c.awareness.setLocalState({ cursor: 3 });
		await w.settle();
		expect(b.awareness.getStates().get(c.doc.clientID)).toMatchObject({ user: { id: 'lena' } });
	});

	it('P6: leaves nobody on a screen when a crowd gathers, and shows all of them again once it is smaller', async () => {
		const w = world({ presenceConnections: 4 });
		const people = ['tom', 'aisha', 'lena', 'ruth', 'ben'].map((person) => ({ person, name: person }));
		const [a, b, c, d] = [0, 1, 2, 3].map((n) => w.join('r/board', { who: people[n]! })) as [
			Client,
			Client,
			Client,
			Client
		];
		for (const [n, one] of [a, b, c, d].entries()) one.awareness.setLocalState({ cursor: n });
		await w.settle();
		expect(seen(a)).toEqual([0, 1, 2, 3]);
		const fifth = w.join('r/board', { who: people[4]! });
		await w.settle();
		expect([seen(a), seen(b)]).toEqual([[0], [1]]);
		d.leave();
		b.awareness.setLocalState({ cursor: 10 });
		await w.settle();
		expect(seen(a)).toEqual([0]);
		// three of four at most: one at the edge would make them flicker
		fifth.leave();
		await w.settle();
		expect([seen(a), seen(b), seen(c)]).toEqual([
			[0, 10, 2],
			[0, 10, 2],
			[0, 10, 2]
		]);
	});

	it('P6: is not relayed to a crowd', async () => {
		const w = world({ presenceConnections: 2 });
		const [a, b] = [w.join('r/board', tom), w.join('r/board', aisha), w.join('r/board')];
		await w.settle();
		a.awareness.setLocalState({ cursor: 1 });
		await w.settle();
		expect(b.awareness.getStates().has(a.doc.clientID)).toBe(false);
	});

	it('P3, P6: a second of sixty-four cursors at 30 Hz is ten messages to each, one of a crowd of 200 none', async () => {
		for (const [people, most] of [
			[64, 10],
			[200, 0]
		] as const) {
			const w = world();
			const all = [...Array(people).keys()].map((n) =>
				w.join('r/board', { who: { person: `p${n}`, name: `P${n}` } })
			);
			await w.settle();
			for (const one of all) one.awareness.setLocalState({ cursor: -1 });
			await w.settle();
			for (const one of all) one.down.length = 0;
			for (let frame = 0; frame < 30; frame++) {
				for (const one of all) one.awareness.setLocalState({ cursor: frame });
				for (const one of all) one.flushUp();
				w.clock.advance(1000 / 30);
			}
			for (const one of all) {
				expect(one.down.length).toBeLessThanOrEqual(most);
				expect(one.closes).toEqual([]);
			}
			// and an edit comes through at once all the same
			const [writer, reader] = all as [(typeof all)[0], (typeof all)[0]];
			reader.down.length = 0;
			writer.write('x').flushUp();
			await new Promise<void>((resolve) => setImmediate(resolve));
			reader.flushDown();
			expect(reader.text()).toBe('x');
		}
	});

	it('S1, P4: what a slow client was not told is made up for: who came, who moved, and who has gone', async () => {
		const { w, a, b: slow } = await two();
		const c = w.join('r/board', { who: { person: 'lena', name: 'Lena' } });
		a.awareness.setLocalState({ cursor: 1 });
		c.awareness.setLocalState({ cursor: 3 });
		await w.settle();
		slow.bufferedAmount = 100 * 1024;
		a.leave();
		c.awareness.setLocalState({ cursor: 4 });
		await w.settle();
		const d = w.join('r/board', { who: { person: 'ruth', name: 'Ruth' } });
		d.awareness.setLocalState({ cursor: 5 });
		const e = w.join('r/board', { who: { person: 'ben', name: 'Ben' } });
		e.awareness.setLocalState({ cursor: 6 });
		await w.settle();
		e.leave();
		await w.settle();
		expect(seen(slow)).toEqual([1, 3]);
		slow.bufferedAmount = 0;
		w.clock.advance(250);
		expect(slow.down).toHaveLength(1);
		await w.settle();
		expect(seen(slow)).toEqual([4, 5]);
		c.leave();
		await w.settle();
		expect(seen(slow)).toEqual([5]);
	});

	it('S2, P4: after a resync nobody is left on the screen who has gone meanwhile', async () => {
		const { w, a, b: slow } = await two();
		a.awareness.setLocalState({ cursor: 1 });
		await w.settle();
		slow.bufferedAmount = 2 * 1024 * 1024;
		a.write('x');
		await w.settle();
		a.leave();
		await w.settle();
		slow.bufferedAmount = 200 * 1024;
		w.clock.advance(250);
		await w.settle();
		expect([slow.text(), seen(slow)]).toEqual(['x', [1]]);
		slow.bufferedAmount = 0;
		w.clock.advance(250);
		await w.settle();
		expect(seen(slow)).toEqual([]);
	});

	it('S1, S2, P4, P6: whoever was slow, and when, all see in the end who is there', async () => {
		let runs = 0;
		const step = fc.record({
			who: fc.nat(7),
			does: fc.constantFrom('move', 'hide', 'join', 'leave', 'write', 'choke', 'stall', 'drain', 'wait')
		});
		await fc.assert(
			fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
				runs++;
				const w = world({ presenceConnections: 5 });
				const places = [...Array(8).keys()].map((n) => ({
					who: { person: `p${n}`, name: `P${n}` },
					client: null as ReturnType<typeof w.join> | null
				}));
				const here = () => places.flatMap(({ client }) => (client === null ? [] : [client]));
				let count = 0;
				for (const { who, does } of steps) {
					const place = places[who]!;
					const { client } = place;
					if (does === 'join') place.client ??= w.join('r/board', { who: place.who });
					else if (does === 'wait') await w.settle();
					if (client === null) continue;
					if (does === 'move') client.awareness.setLocalState({ cursor: count++ });
					if (does === 'hide') client.awareness.setLocalState(null);
					if (does === 'write') client.write('x');
					if (does === 'choke') client.bufferedAmount = 100 * 1024;
					if (does === 'stall') client.bufferedAmount = 2 * 1024 * 1024;
					if (does === 'drain') client.bufferedAmount = 0;
					if (does === 'leave') {
						client.leave();
						place.client = null;
					}
				}
				for (const client of here()) client.bufferedAmount = 0;
				// four of five at most: above that a crowd stays one
				for (const place of places.filter(({ client }) => client !== null).slice(3)) {
					place.client!.leave();
					place.client = null;
				}
				w.clock.advance(250);
				await w.settle();
				const is = (of: ReturnType<typeof w.join>) =>
					of.awareness.getLocalState()?.cursor as number | undefined;
				const all = here().flatMap((client) => is(client) ?? []);
				for (const client of here()) {
					const others = seen(client).filter((cursor) => cursor !== is(client));
					expect(others).toEqual(all.filter((cursor) => cursor !== is(client)).sort());
				}
			}),
			{ numRuns: 60, seed: 7 }
		);
		expect(runs).toBeGreaterThanOrEqual(60);
	});

	it('leaves no timer behind', async () => {
		const { w, a, b } = await two();
		a.awareness.setLocalState({ cursor: 1 });
		a.flushUp();
		a.leave();
		b.leave();
		await w.settle();
		w.clock.advance(60_000);
		expect(w.clock.waiting).toBe(0);
		expect(w.hub.stats).toEqual({ documents: 0, connections: 0 });
	});
});
