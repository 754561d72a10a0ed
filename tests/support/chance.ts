/** Chance that a seed repeats: the same rolls, picks and words every time. */
export interface Dice {
	/** In [0, 1). */
	roll(): number;
	pick<T>(from: readonly T[]): T | undefined;
	/** One of them, the heavier the likelier; undefined where nothing weighs anything. */
	weighed<T>(from: readonly T[], weight: (one: T) => number): T | undefined;
	/** Words that nobody has said yet. */
	words(): string;
}

export function diceOf(seed: number): Dice {
	let state = seed >>> 0;
	let said = 0;
	// mulberry32: small, and the same everywhere
	const roll = () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
	};
	return {
		roll,
		pick: (from) => from[Math.floor(roll() * from.length)],
		weighed(from, weight) {
			const weights = from.map(weight);
			let left = roll() * weights.reduce((sum, one) => sum + one, 0);
			return from.find((_, index) => (left -= weights[index]!) < 0);
		},
		words: () => `said ${(++said).toString(36)} by ${seed.toString(36)}`
	};
}
