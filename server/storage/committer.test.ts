import { describe, expect, it } from 'vitest';
import { Committer, Overloaded } from './committer.ts';
import { Unavailable, type Logged, type Unit } from './store.ts';
import { fakeClock } from './testing/clock.ts';

/** A store of which only `commit` exists; each call waits until the test lets it through. */
function gatedStore() {
	const calls: { units: readonly Unit[]; succeed: () => void; fail: (error: Error) => void }[] = [];
	let seq = 0;
	const commit = (units: readonly Unit[]) =>
		new Promise<number[][]>((resolve, reject) => {
			const succeed = () => resolve(units.map((unit) => (unit.entries ?? []).map(() => ++seq)));
			calls.push({ units, succeed, fail: reject });
		});
	return { store: { commit }, calls };
}

function unit(name: string, size = 1): Unit {
	return {
		entries: [{ document: `r/${name}`, update: new Uint8Array(size), person: null, at: 0, cause: null }]
	};
}

const names = (units: readonly Unit[]) => units.map(({ entries }) => entries![0]!.document.slice(2));
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

function setup(options: { limit?: number } = {}) {
	const clock = fakeClock();
	const { store, calls } = gatedStore();
	const committer = new Committer(store, { clock, tick: 16, ...options });
	const shown: string[] = [];
	committer.onCommitted((entries) => shown.push(...entries.map((e) => `${e.seq}:${e.document.slice(2)}`)));
	return { clock, calls, committer, shown };
}

describe('Committer', () => {
	it('writes at once after a quiet moment, and together what comes in during a tick', async () => {
		const { clock, calls, committer } = setup();
		void committer.commit(unit('a'));
		expect(calls).toHaveLength(1);
		void committer.commit(unit('b'));
		calls[0]!.succeed();
		await settled();
		void committer.commit(unit('c'));
		clock.advance(15);
		expect(calls).toHaveLength(1);
		clock.advance(1);
		expect(names(calls[1]!.units)).toEqual(['b', 'c']);
	});

	it('begins a tick with the first that comes, so that nobody waits longer than one', async () => {
		const { clock, calls, committer } = setup();
		void committer.commit(unit('a'));
		calls[0]!.succeed();
		await settled();
		clock.advance(10);
		void committer.commit(unit('b'));
		clock.advance(10);
		void committer.commit(unit('c'));
		clock.advance(5);
		expect(calls).toHaveLength(1);
		clock.advance(1);
		expect(names(calls[1]!.units)).toEqual(['b', 'c']);
		calls[1]!.succeed();
		await settled();
		clock.advance(16);
		void committer.commit(unit('d'));
		expect(names(calls[2]!.units)).toEqual(['d']);
	});

	it('begins no second write while one is under way', async () => {
		const { clock, calls, committer } = setup();
		void committer.commit(unit('a'));
		void committer.commit(unit('b'));
		clock.advance(1000);
		expect(calls).toHaveLength(1);
		calls[0]!.succeed();
		await settled();
		expect(calls).toHaveLength(2);
	});

	it('shows nothing before it is durable, and shows it before the callers go on', async () => {
		const { calls, committer, shown } = setup();
		const order: string[] = [];
		committer.onCommitted(() => order.push('shown'));
		const done = committer.commit(unit('a')).then((seqs) => order.push(`answered ${seqs.join()}`));
		await settled();
		expect(order).toEqual([]);
		calls[0]!.succeed();
		await done;
		expect(order).toEqual(['shown', 'answered 1']);
		expect(shown).toEqual(['1:a']);
	});

	it('lets a bad unit fail alone, the others in order', async () => {
		const { clock, calls, committer, shown } = setup();
		void committer.commit(unit('first'));
		calls[0]!.succeed();
		await settled();
		const answers = Promise.allSettled(['a', 'bad', 'c'].map((name) => committer.commit(unit(name))));
		clock.advance(16);
		calls[1]!.fail(new Error('constraint'));
		await settled();
		calls[2]!.succeed();
		await settled();
		calls[3]!.fail(new Error('constraint'));
		await settled();
		calls[4]!.succeed();
		expect((await answers).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
		expect(shown).toEqual(['1:first', '2:a', '3:c']);
		expect(committer.pending).toBe(0);
	});

	it('refuses all at once what a store cannot take that is locked or full', async () => {
		const { clock, calls, committer } = setup();
		void committer.commit(unit('first'));
		calls[0]!.succeed();
		await settled();
		const answers = Promise.allSettled(['a', 'b', 'c'].map((name) => committer.commit(unit(name))));
		clock.advance(16);
		calls[1]!.fail(new Unavailable(new Error('database is locked')));
		expect((await answers).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
		expect(calls).toHaveLength(2);
		expect(committer.pending).toBe(0);
	});

	it('refuses everything while the store is down, and goes on afterwards', async () => {
		const { clock, calls, committer, shown } = setup();
		const first = committer.commit(unit('a'));
		calls[0]!.fail(new Error('disk full'));
		await expect(first).rejects.toThrow('disk full');
		clock.advance(100);
		const second = committer.commit(unit('b'));
		calls[1]!.succeed();
		expect(await second).toEqual([1]);
		expect(shown).toEqual(['1:b']);
	});

	it('refuses what would not fit into the queue, and takes it again once there is room', async () => {
		const { calls, committer } = setup({ limit: 10_000 });
		const first = committer.commit(unit('a', 9000));
		await expect(committer.commit(unit('b', 9000))).rejects.toBeInstanceOf(Overloaded);
		calls[0]!.succeed();
		await first;
		expect(committer.pending).toBe(0);
		void committer.commit(unit('b', 9000));
		expect(committer.pending).toBeGreaterThan(9000);
	});

	it('tells when each unit came, when it was durable, and when it was shown', async () => {
		const clock = fakeClock();
		const { store, calls } = gatedStore();
		const told: unknown[] = [];
		const observer = { flushed: (...what: unknown[]) => void told.push(what) };
		const committer = new Committer(store, { clock, tick: 16, observer });
		const began = clock.now();
		// whoever is shown it takes 5 ms
		committer.onCommitted(() => clock.advance(5));
		void committer.commit(unit('a'));
		clock.advance(10);
		void committer.commit(unit('b'));
		clock.advance(4);
		void committer.commit(unit('c'));
		clock.advance(26);
		calls[0]!.succeed();
		await settled();
		clock.advance(40);
		const wrote = clock.now();
		calls[1]!.succeed();
		await settled();
		expect(told).toEqual([
			[[began], began + 40, began + 45],
			[[began + 10, began + 14], wrote, wrote + 5]
		]);
	});

	it('drains what waits without waiting for the tick', async () => {
		const { calls, committer } = setup();
		void committer.commit(unit('a'));
		void committer.commit(unit('b'));
		let drained = false;
		const done = committer.drain().then((clean) => (drained = clean));
		calls[0]!.succeed();
		await settled();
		expect(names(calls[1]!.units)).toEqual(['b']);
		expect(drained).toBe(false);
		calls[1]!.succeed();
		expect(await done).toBe(true);
	});

	it('says after a drain whether something was lost', async () => {
		const { calls, committer } = setup();
		const answer = committer.commit(unit('a')).catch((error: Error) => error.message);
		const done = committer.drain();
		calls[0]!.fail(new Error('disk full'));
		expect([await answer, await done]).toEqual(['disk full', false]);
	});

	it('drains at once when nothing waits', async () => {
		expect(await setup().committer.drain()).toBe(true);
	});

	it('is not stopped by a listener that throws', async () => {
		const { calls, committer } = setup();
		const seen: Logged[] = [];
		committer.onCommitted(() => {
			throw new Error('broken view');
		});
		committer.onCommitted((entries) => seen.push(...entries));
		const done = committer.commit(unit('a'));
		calls[0]!.succeed();
		expect(await done).toEqual([1]);
		expect(seen).toHaveLength(1);
	});

	it('waits longer, up to two ticks, when flushes take long', async () => {
		const { clock, calls, committer } = setup();
		void committer.commit(unit('a'));
		clock.advance(10);
		calls[0]!.succeed();
		await settled();
		void committer.commit(unit('b'));
		clock.advance(21);
		expect(calls).toHaveLength(1);
		clock.advance(1);
		expect(calls).toHaveLength(2);
	});

	it('goes on when the clock is set back', async () => {
		const { clock, calls, committer } = setup();
		void committer.commit(unit('a'));
		calls[0]!.succeed();
		await settled();
		clock.set(clock.now() - 3_600_000);
		void committer.commit(unit('b'));
		clock.advance(16);
		expect(calls).toHaveLength(2);
	});
});
