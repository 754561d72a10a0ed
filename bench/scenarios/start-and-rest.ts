import { quantile, resident, wait } from '../figures.ts';
import { ms, type Section } from '../report.ts';
import { startPeerloom } from '../subjects.ts';

/** How long it takes to answer, and how much memory it holds when nobody is there. */
export async function startAndRest(times: number): Promise<Section> {
	const subject = await startPeerloom();
	try {
		const starts = [subject.server.startedIn];
		for (let n = 1; n < times; n++) {
			await subject.server.restart();
			starts.push(subject.server.startedIn);
		}
		// long enough for start-up garbage to be collected if it ever is
		await wait(5000);
		const memory = resident(subject.pid);
		return {
			title: 'Start-up and rest',
			about: `${times} starts as \`npm start\` runs it; memory is the process' resident set five seconds after the last.`,
			columns: ['start ms (median)', 'slowest ms', 'MB at rest'],
			rows: [[ms(quantile(starts, 0.5)), ms(Math.max(...starts)), memory.toFixed(0)]],
			says: [
				`From spawning until /readyz answers it takes ${ms(quantile(starts, 0.5))} ms, most of it Node's reading of modules.`,
				`At rest it holds ${memory.toFixed(0)} MB.`
			]
		};
	} finally {
		await subject.close();
	}
}
