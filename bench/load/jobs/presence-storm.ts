import { wait } from '../../figures.ts';
import { encodeAwareness, openMany, type Target } from '../dialect.ts';
import { fanOut, type Delivered, type FanOut } from './fan-out.ts';
import type { Stage } from '../worker.ts';

export interface PresenceStorm {
	target: Target;
	people: number;
	perSecond: number;
	edits: Omit<FanOut, 'target'>;
}

/** So many move their pointers while others write. Stages as of `fanOut`. */
export async function presenceStorm(
	job: PresenceStorm,
	stage: Stage
): Promise<Delivered & { moved: number }> {
	const { target, people, perSecond } = job;
	const sockets = await openMany(target, people);
	let moving = false;
	let moved = 0;
	const pause = 1000 / perSecond;
	const pointers = sockets.map(async (socket, who) => {
		while (!moving) await wait(20);
		let next = performance.now() + (pause * who) / people;
		for (let clock = 1; moving; clock++) {
			await wait(Math.max(0, next - performance.now()));
			next += pause;
			moved++;
			const state = { user: { name: `Person ${who}` }, cursor: { x: clock * 3, y: who } };
			socket.send(encodeAwareness(target, 1000 + who, clock, state));
		}
	});
	const delivered = await fanOut({ target, ...job.edits }, async (name) => {
		if (name === 'written') moving = false;
		await stage(name);
		if (name === 'open') moving = true;
	});
	await Promise.all(pointers);
	return { ...delivered, moved };
}
