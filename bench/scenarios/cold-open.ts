import { startLoad } from '../load/start.ts';
import { quantile, wait } from '../figures.ts';
import { ms, type Section } from '../report.ts';
import { startPeerloom } from '../subjects.ts';

/** A document with a long history, opened by the first who comes after a start. */
export async function coldOpen(updates: number): Promise<Section> {
	const subject = await startPeerloom();
	try {
		const target = await subject.document();
		const other = await subject.document();
		await startLoad('fill', { target, updates, text: 60, keys: 500 }).result();
		await startLoad('fill', { target: other, updates: 20, text: 60 }).result();
		const took: { long: number[]; short: number[] } = { long: [], short: [] };
		for (let n = 0; n < 5; n++) {
			await subject.server.restart();
			await wait(300);
			// the other first: what the process does for the very first time is not the document's
			const [short = NaN, long = NaN] = await startLoad('coldJoin', { targets: [other, target] }).result();
			took.short.push(short);
			took.long.push(long);
		}
		const long = quantile(took.long, 0.5);
		return {
			title: 'Cold opening',
			about:
				`A document with ${updates.toLocaleString('en')} updates in its log, after a kill and a restart: ms from connecting ` +
				`until the first reader has it, median of five. Before it, as the first of all, a document of 20 updates.`,
			columns: ['document', 'ms'],
			rows: [
				['20 updates, the first that the process opens', ms(quantile(took.short, 0.5))],
				[`${updates.toLocaleString('en')} updates`, ms(long)]
			],
			says: [
				`${ms(long)} ms (the goal is 50 ms): read are the last snapshot and what came after it, at most 5,000 updates, and ` +
					`not the history, which stays in the log. What takes the time is decoding what Yjs keeps of ` +
					`${updates.toLocaleString('en')} changes, twice; see "What was tried" in README.md.`
			]
		};
	} finally {
		await subject.close();
	}
}
