import { isIPv6 } from 'node:net';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** Counts what somebody does within a window of time. */
export interface Limiter {
	/** Counts one; answers how many seconds to wait, 0: go ahead. */
	take(key: string): Promise<number>;
	/** Forgets what was counted for the key. */
	forget(key: string): Promise<void>;
	/** Counts nothing; answers how many seconds to wait, 0: not over the limit. */
	wait(key: string): Promise<number>;
}

export interface Limits {
	points: number;
	seconds: number;
}

/**
 * How much may come from one address that may have so many sockets open: a hall full of people comes within a minute,
 * and all of them come back at once when the server was started anew. Guests and visits go on being few in the long run.
 */
export function arrivalsFrom(sockets: number): Record<'guests' | 'visits' | 'upgrades', Limits> {
	const share = (part: number, least: number) => Math.max(least, Math.ceil(sockets * part));
	return {
		guests: { points: share(3 / 8, 300), seconds: 600 },
		visits: { points: share(5 / 8, 300), seconds: 600 },
		upgrades: { points: share(9 / 8, 3000), seconds: 60 }
	};
}

/** `points` a key within `seconds`; `lifted` lets everything pass, for load tests. */
export function createLimiter(rate: Limits & { lifted: boolean }): Limiter {
	if (rate.lifted) return { take: async () => 0, forget: async () => {}, wait: async () => 0 };
	const limiter = new RateLimiterMemory({ points: rate.points, duration: rate.seconds });
	return {
		async take(key) {
			try {
				await limiter.consume(key);
				return 0;
			} catch (refused) {
				// The library rejects with its result where the limit is reached, and with an Error where it fails itself.
				if (!(refused instanceof RateLimiterRes)) throw refused;
				return Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
			}
		},
		async wait(key) {
			const counted = await limiter.get(key);
			const over = counted !== null && counted.consumedPoints > rate.points;
			return over ? Math.max(1, Math.ceil(counted.msBeforeNext / 1000)) : 0;
		},
		async forget(key) {
			await limiter.delete(key);
		}
	};
}

/** Counts work that costs much, by who asks for it and by where they ask from: a guest is made in a moment. */
export interface Budget {
	/** Counts one; answers how many seconds to wait, 0: go ahead. `from`: an address. */
	take(person: string, from: string): Promise<number>;
}

export function createBudget(rates: { person: Limits; address: Limits; lifted: boolean }): Budget {
	const { lifted } = rates;
	const byPerson = createLimiter({ ...rates.person, lifted });
	const byAddress = createLimiter({ ...rates.address, lifted });
	return {
		async take(person, from) {
			// what one person is refused costs the others of the address nothing
			return (await byPerson.take(person)) || byAddress.take(networkOf(from));
		}
	};
}

/**
 * Whose an address is, as far as limits go: with IPv6 a household or an office has 2⁶⁴ addresses (a /64), and a machine
 * may use a new one for every connection.
 */
export function networkOf(address: string): string {
	const [plain = ''] = address.split('%');
	if (!isIPv6(plain)) return address;
	const [head = '', tail] = plain.split('::');
	const front = head.split(':').filter(Boolean);
	const back = tail?.split(':').filter(Boolean) ?? [];
	// an IPv4 address in IPv6's clothes takes two groups, and is one address
	if (plain.includes('.')) return address;
	const zeros = Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0');
	const groups = [...front, ...zeros, ...back].slice(0, 4);
	return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}
