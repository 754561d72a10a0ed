import { resident } from '../figures.ts';
import { startLoad } from '../load/start.ts';
import { ms, type Section } from '../report.ts';
import { startPeerloom } from '../subjects.ts';

const TEXT = 40_000;
const TIMES = 300;

async function measure(paused: boolean, seconds: number) {
	const subject = await startPeerloom();
	try {
		const target = await subject.document();
		const edits = { readers: 20, probes: 5, writers: 5, perSecond: 10, seconds };
		const load = startLoad('slowReader', { target, paused, text: TEXT, times: TIMES, edits });
		try {
			await load.at('open');
			const before = resident(subject.pid);
			load.go();
			await load.at('written');
			const grown = resident(subject.pid) - before;
			load.go();
			return { ...(await load.result()), grown };
		} finally {
			load.stop();
		}
	} finally {
		await subject.close();
	}
}

/** One client stops reading while others write much. */
export async function slowReader(seconds: number): Promise<Section> {
	const without = await measure(false, seconds);
	const one = await measure(true, seconds);
	const written = (TEXT * TIMES) / 1e6;
	return {
		title: 'A slow reader',
		about:
			`Five write ten notes a second each, and one replaces a text of ${TEXT / 1000} kB ${TIMES} times in ${seconds} s ` +
			`(${written} MB); twenty read. The second time one more has the document open and does not read at all.`,
		columns: ['', 'p50 ms', 'p99 ms', 'server grew MB', 'caught up in ms'],
		rows: [
			['all read', ms(without.p50), ms(without.p99), without.grown.toFixed(0), ''],
			['one does not', ms(one.p50), ms(one.p99), one.grown.toFixed(0), ms(one.caughtUp)]
		],
		says: [
			`The others' p99 is ${ms(one.p99)} ms beside ${ms(without.p99)} ms without it; the goal is that it holds nobody up` +
				(one.p99 > 2 * without.p99 ? ', and is missed.' : '.'),
			`The server grew by ${one.grown.toFixed(0)} MB beside ${without.grown.toFixed(0)} MB without it. At most 1 MiB waits for a ` +
				`socket; the goal is that it takes less than half of the ${written} MB that it missed` +
				(one.grown - without.grown > written / 2 ? ', and is missed.' : '.'),
			`Once it read again it had everything within ${ms(one.caughtUp)} ms, in one update in place of all that it missed.`
		]
	};
}
