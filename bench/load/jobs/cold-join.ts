import { open, type Target } from '../dialect.ts';
import type { Stage } from '../worker.ts';

/** ms until each of these documents, that nobody has open, has come; one after the other. */
export async function coldJoin({ targets }: { targets: Target[] }, _stage: Stage): Promise<number[]> {
	const took: number[] = [];
	for (const target of targets) {
		const begun = performance.now();
		const socket = await open(target, null);
		took.push(performance.now() - begun);
		socket.close();
	}
	return took;
}
