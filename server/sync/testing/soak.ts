/** How long properties run: a bounded share in `npm test`, `SOAK` times as long in `npm run soak`. */
const factor = Number(process.env.SOAK ?? 1);

/** How often to run what `npm test` runs `runs` times. */
export function soak(runs: number): number {
	return runs * factor;
}

/** `npm test` rolls the same dice each time, a soak others each time; `SEED=…` rolls those of a failure again. */
export function seedOfRun(): number {
	return Number(process.env.SEED ?? (process.env.SOAK ? Date.now() % 1_000_000_000 : 20_261_126));
}

/** The seed of this run, said aloud. */
export function withSeed(what: string): number {
	const seed = seedOfRun();
	console.warn(`${what}: SEED=${seed}`);
	return seed;
}
