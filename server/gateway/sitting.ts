/**
 * Who sits at an open socket, and on which session. A session that is ended elsewhere, or runs out, ends its sockets:
 * whoever signed out at a machine that is not theirs is signed out of what is still open there.
 */
import type { Identity } from '../identity/identity.ts';
import type { Credentials } from '../identity/token.ts';

/** How often every open socket's session is asked for, for those that ran out or were ended by another process. */
const ROUND = 15_000;
/** How many are asked at once: each takes about ten microseconds. */
const SLICE = 200;

interface Sitting {
	person: string;
	credentials: Credentials;
	end(): void;
}

export interface Sittings {
	/** Calls `end` once, as soon as these credentials no longer show this person. Returns what to call when they leave. */
	watch(person: string, credentials: Credentials, end: () => void): () => void;
	close(): void;
}

export function createSittings(
	identity: Pick<Identity, 'who' | 'onEnded'>,
	report: (error: unknown) => void
): Sittings {
	const byPerson = new Map<string, Set<Sitting>>();

	function forget(sitting: Sitting): boolean {
		const theirs = byPerson.get(sitting.person);
		if (!theirs?.delete(sitting)) return false;
		if (theirs.size === 0) byPerson.delete(sitting.person);
		return true;
	}

	/** A store that cannot answer is no reason to send anybody away. */
	async function ask(sitting: Sitting): Promise<void> {
		try {
			const person = await identity.who(sitting.credentials);
			if (person?.id !== sitting.person && forget(sitting)) sitting.end();
		} catch (error) {
			report(error);
		}
	}

	const stopHearing = identity.onEnded((person) => {
		for (const sitting of [...(byPerson.get(person) ?? [])]) void ask(sitting);
	});

	let asking = false;
	async function round(): Promise<void> {
		if (asking) return;
		asking = true;
		const all = [...byPerson.values()].flatMap((theirs) => [...theirs]);
		for (let from = 0; from < all.length; from += SLICE) {
			await Promise.all(all.slice(from, from + SLICE).map(ask));
			await new Promise((next) => setImmediate(next));
		}
		asking = false;
	}
	const rounds = setInterval(() => void round(), ROUND);
	rounds.unref();

	return {
		watch(person, credentials, end) {
			const sitting: Sitting = { person, credentials, end };
			const theirs = byPerson.get(person);
			if (theirs) theirs.add(sitting);
			else byPerson.set(person, new Set([sitting]));
			// it may have ended since they were let in
			void ask(sitting);
			return () => void forget(sitting);
		},
		close() {
			clearInterval(rounds);
			stopHearing();
		}
	};
}
