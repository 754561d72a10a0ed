import { Committer } from '../../storage/committer.ts';
import { fakeClock } from '../../storage/testing/clock.ts';
import { createHub, type Limits } from '../hub.ts';
import { TestClient } from './client.ts';
import { memoryStore } from './store.ts';

type ClientOptions = ConstructorParameters<typeof TestClient>[2];

/** A hub with a store, a clock and clients that only a test moves. */
export function world(limits: Partial<Limits> = {}) {
	const clock = fakeClock();
	const memory = memoryStore();
	const committer = new Committer(memory.store, { clock });
	const errors: string[] = [];
	const log = {
		warn: (_: object, message: string) => void errors.push(message),
		error: (_: object, message: string) => void errors.push(message)
	};
	const make = () => createHub({ store: memory.store, committer, clock, log, limits });
	let hub = make();
	const clients: TestClient[] = [];

	return {
		clock,
		store: memory.control,
		committer,
		errors,
		get hub() {
			return hub;
		},
		/** The process dies; what the store has is all that is left. */
		restart() {
			hub = make();
		},
		join(name = 'r/board', options: ClientOptions = {}) {
			const client = new TestClient(hub, name, options);
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
