import { quantile, wait } from '../../figures.ts';
import { open, type Target } from '../dialect.ts';
import type { Stage } from '../worker.ts';

export interface JoinStorm {
	target: Target;
	joins: number;
}

/** ms from connecting until the whole document has come: alone, and for so many at once. Stages: 'storm', 'over'. */
export async function joinStorm({ target, joins }: JoinStorm, stage: Stage) {
	const join = async () => {
		const begun = performance.now();
		const socket = await open(target, null);
		const took = performance.now() - begun;
		const { bytes } = socket;
		return { socket, took, bytes };
	};
	const alone: number[] = [];
	for (let n = 0; n < 7; n++) {
		const { socket, took } = await join();
		alone.push(took);
		socket.close();
		await wait(50);
	}
	await stage('storm');
	const all = await Promise.all(Array.from({ length: joins }, join));
	await stage('over');
	const took = all.map((one) => one.took);
	return {
		one: quantile(alone, 0.5),
		p50: quantile(took, 0.5),
		p99: quantile(took, 0.99),
		bytes: all[0]?.bytes ?? 0
	};
}
