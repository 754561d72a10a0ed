/** Asks again until the answer is neither false nor null nor undefined, and returns it. Errors count as "not yet". */
export async function until<T>(
	ask: () => T | Promise<T>,
	what: string,
	timeout = 10_000,
	every = 20
): Promise<Exclude<T, false | null | undefined>> {
	const end = performance.now() + timeout;
	let last: unknown = 'it was never so';
	for (;;) {
		try {
			const answer = await ask();
			if (answer !== false && answer !== null && answer !== undefined) {
				return answer as Exclude<T, false | null | undefined>;
			}
		} catch (error) {
			last = error;
		}
		if (performance.now() > end) {
			throw new Error(`Waited ${timeout} ms in vain until ${what}.`, { cause: last });
		}
		await new Promise((done) => setTimeout(done, every));
	}
}
