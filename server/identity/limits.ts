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

/** `points` a key within `seconds`; `lifted` lets everything pass, for load tests. */
export function createLimiter(rate: { points: number; seconds: number; lifted: boolean }): Limiter {
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
