import { Committer } from '../../storage/committer.ts';
import { fakeClock } from '../../storage/testing/clock.ts';
import type { Store } from '../../storage/store.ts';
import { createHub, type HubDeps, type Limits } from '../hub.ts';
import { TestClient } from './client.ts';
import { memoryStore } from './store.ts';

type ClientOptions = ConstructorParameters<typeof TestClient>[2];

/** The store as a process has it that may die: then it hears of nothing any more, and writes nothing. */
function mortal(store: Store) {
	let dead = false;
	const never = new Promise<never>(() => {});
	const until = <Result>(work: () => Promise<Result>) =>
		dead ? never : work().then((result) => (dead ? never : result));
	return {
		store: {
			...store,
			commit: (units) => until(() => store.commit(units)),
			load: (document) => until(() => store.load(document)),
			compact: (document, snapshot, upTo) => until(() => store.compact(document, snapshot, upTo))
		} satisfies Store,
		end: () => void (dead = true)
	};
}

/** A hub with a store, a clock and clients that only a test moves. */
export function world(limits: Partial<Limits> = {}, parts: Pick<HubDeps, 'aside' | 'compactor'> = {}) {
	const clock = fakeClock();
	const memory = memoryStore();
	const errors: string[] = [];
	const log = {
		warn: (_: object, message: string) => void errors.push(message),
		error: (_: object, message: string) => void errors.push(message)
	};
	const make = () => {
		const life = mortal(memory.store);
		const committer = new Committer(life.store, { clock });
		return {
			life,
			committer,
			hub: createHub({ ...parts, store: life.store, committer, clock, log, limits })
		};
	};
	let process = make();
	const clients: TestClient[] = [];

	return {
		clock,
		store: memory.control,
		errors,
		get committer() {
			return process.committer;
		},
		get hub() {
			return process.hub;
		},
		/**
		 * The process dies; what the store has is all that is left. What was being written has `landed` without
		 * anybody having heard of it, or it is gone.
		 */
		restart({ landed = false } = {}) {
			if (landed) while (memory.control.waiting > 0) memory.control.release();
			else memory.control.forget();
			process.life.end();
			clock.clear();
			process = make();
		},
		join(name = 'r/board', options: ClientOptions = {}) {
			const client = new TestClient(process.hub, name, options);
			clients.push(client);
			return client;
		},
		/** Moves everything until nothing moves any more, the clock too. */
		async settle() {
			for (let rounds = 0; rounds < 100; rounds++) {
				await new Promise<void>((resolve) => setImmediate(resolve));
				const moving = clients.filter(({ up, down }) => up.length > 0 || down.length > 0);
				for (const client of moving) {
					client.flushUp().flushDown();
					if (!client.open) client.up.length = 0;
				}
				clock.advance(20);
				if (moving.length === 0 && rounds > 10) return;
			}
			throw new Error('The clients never came to rest.');
		}
	};
}
