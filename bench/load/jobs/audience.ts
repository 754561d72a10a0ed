import { wait } from '../../figures.ts';
import { attend, command, tokens } from '../crowd.ts';
import type { Stage } from '../worker.ts';

export interface Audience {
	origin: string;
	room: string;
	record: string;
	list: string;
	people: number;
	/** Of all of them together, a second. */
	questions: number;
	votes: number;
}

/** Attendees who ask and vote until it is over. Stages: 'gathered', 'connected', 'over'. */
export async function audience(job: Audience, stage: Stage) {
	const { origin, room, record, list, people } = job;
	const who = await tokens(origin, room, people);
	await stage('gathered');
	const crowd = await attend(origin, room, record, who);
	await stage('connected');
	let on = true;
	const items: string[] = [];
	let asked = 0;
	let voted = 0;
	let refused = 0;
	const at = (n: number) => crowd[n % crowd.length]!;
	const asking = (async () => {
		for (let n = 0; on; n++) {
			const text = `Question ${n}: how do you keep the second part short when everybody wants to talk?`;
			const answer = await command(at(n * 7), room, `${list}.submit`, { text });
			if (answer.ok) {
				asked++;
				const { item } = answer.result as { item: string };
				items.push(item);
			} else refused++;
			await wait(1000 / job.questions);
		}
	})();
	const voting = (async () => {
		const waiting: Promise<void>[] = [];
		let next = performance.now();
		for (let n = 0; on; n++) {
			await wait(Math.max(0, next - performance.now()));
			next += 1000 / job.votes;
			const item = items[Math.floor(Math.random() ** 2 * items.length)];
			if (item === undefined) continue;
			waiting.push(
				command(at(n), room, `${list}.vote`, { item, votes: 1 }).then((answer) => {
					if (answer.ok) voted++;
					else refused++;
				})
			);
		}
		await Promise.all(waiting);
	})();
	await stage('over');
	on = false;
	await Promise.all([asking, voting]);
	return { asked, voted, refused };
}
