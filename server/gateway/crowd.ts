/** How many connections are open at once: from an address, of a person, in a room. */

interface CrowdLimits {
	address: number;
	person: number;
	room: number;
}

export type Of = keyof CrowdLimits;

export interface Place {
	/** What there is too much of; null: they may stay. A socket that is only told so is still one of its address. */
	full: Of | null;
	/** The socket is gone. May be called again. */
	leave(): void;
}

export interface Crowd {
	enter(keys: Partial<Record<Of, string>>): Place;
	/** No more sockets are opened for the address at all, not even to be told why. */
	isFlooded(address: string): boolean;
}

/** Above the limit sockets are accepted and closed with a code, which is all that a browser can read: so many at once. */
const TO_BE_TOLD = { part: 0.1, least: 20 };

export function createCrowd(limits: CrowdLimits): Crowd {
	const counts: Record<Of, Map<string, number>> = { address: new Map(), person: new Map(), room: new Map() };
	const spare = Math.max(TO_BE_TOLD.least, limits.address * TO_BE_TOLD.part);

	function change(of: Of, key: string, by: 1 | -1): void {
		const count = (counts[of].get(key) ?? 0) + by;
		if (count > 0) counts[of].set(key, count);
		else counts[of].delete(key);
	}

	return {
		enter(keys) {
			const places = Object.entries(keys) as [Of, string][]; // its keys are those of `Of`
			const full = places.find(([of, key]) => (counts[of].get(key) ?? 0) >= limits[of])?.[0] ?? null;
			const taken = full === null ? places : places.filter(([of]) => of === 'address');
			for (const [of, key] of taken) change(of, key, 1);
			let here = true;
			return {
				full,
				leave() {
					if (here) for (const [of, key] of taken) change(of, key, -1);
					here = false;
				}
			};
		},
		isFlooded: (address) => (counts.address.get(address) ?? 0) >= limits.address + spare
	};
}

/** What is said to whoever finds it full: at most 123 bytes each, as a close frame wants it. */
export const FULL: Readonly<Record<Of, string>> = {
	address: 'Too many connections are open from your network. Close some, then connect again.',
	person: 'You have too many connections open. Close other tabs and devices, then connect again.',
	room: 'Too many connections are open in this room. Try again in a while.'
};
