/** How long properties run: a bounded share in `npm test`, `SOAK` times as long in `npm run soak`. */
const factor = Number(process.env.SOAK ?? 1);

/** How often to run what `npm test` runs `runs` times. */
export function soak(runs: number): number {
	return runs * factor;
}

/** The seed of this run, said aloud so that a failure can be had again: `SEED=… npm test`. */
export function withSeed(what: string): number {
	const seed = Number(process.env.SEED ?? Date.now() % 1_000_000_000);
	console.warn(`${what}: SEED=${seed}`);
	return seed;
}
