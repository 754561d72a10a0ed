import { cpu } from '../figures.ts';
import { ask } from '../../tests/support/api.ts';
import { startLoad } from '../load/start.ts';
import { atMost, ms, type Section } from '../report.ts';
import { startPeerloom } from '../subjects.ts';

/** What stands in the way of a goal here. */
const BUSY = 'on two cores server and load take them from one another';

/** From /metrics: seconds, of the time since the last reading. */
async function loopDelay(origin: string): Promise<{ p99: number; max: number }> {
	const text = await (await ask(origin, '/metrics')).text();
	const value = (name: string) =>
		Number(new RegExp(`^peerloom_nodejs_eventloop_lag_${name} (\\S+)$`, 'm').exec(text)?.[1]);
	return { p99: value('p99_seconds') * 1000, max: value('max_seconds') * 1000 };
}

/** Two hundred pointers move while some write. */
export async function presenceStorm(seconds: number, crowds: readonly number[]): Promise<Section> {
	const rows: string[][] = [];
	const says: string[] = [];
	for (const people of crowds) {
		const subject = await startPeerloom();
		try {
			const target = await subject.document();
			const load = startLoad('presenceStorm', {
				target,
				people,
				perSecond: 30,
				edits: { readers: 5, probes: 5, writers: 5, perSecond: 5, seconds }
			});
			try {
				await load.at('open');
				await loopDelay(subject.server.origin);
				const before = cpu(subject.pid);
				const begun = performance.now();
				load.go();
				await load.at('written');
				const share = (cpu(subject.pid) - before) / 10 / (performance.now() - begun);
				const delay = await loopDelay(subject.server.origin);
				load.go();
				const result = await load.result();
				rows.push([String(people), ms(result.p50), ms(result.p99), ms(delay.p99), share.toFixed(0)]);
				says.push(
					`With ${people} pointers (${Math.round(result.moved / seconds).toLocaleString('en')} moves a second came in) an ` +
						`edit reaches the others in ${ms(result.p50)} ms (p50) and ${ms(result.p99)} ms (p99) ` +
						`${atMost(result.p99, 100, 'ms', BUSY)}, and the server's event loop is ${ms(delay.p99)} ms late (p99) ` +
						`${atMost(delay.p99, 50, 'ms', BUSY)}.`
				);
			} finally {
				load.stop();
			}
		} finally {
			await subject.close();
		}
	}
	says.push(
		'Up to 64 connections presence is passed on, the latest of each ten times a second; above that an audience gets a ' +
			'count instead, and moves cost the server their reading only.'
	);
	return {
		title: 'Presence storm',
		about:
			`Everybody moves their pointer 30 times a second for ${seconds} s, while five others write five notes a second ` +
			`each. The goals: edits' p99 < 100 ms, event-loop delay p99 < 50 ms.`,
		columns: ['pointers', 'edits p50 ms', 'edits p99 ms', 'loop delay p99 ms', 'CPU %'],
		rows,
		says
	};
}
