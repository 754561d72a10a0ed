import * as Y from 'yjs';
import { wait } from '../../figures.ts';
import { encodeUpdate, open, type Target } from '../dialect.ts';
import { fanOut, type Delivered, type FanOut } from './fan-out.ts';
import type { Stage } from '../worker.ts';

export interface SlowReader {
	target: Target;
	/** One of them stops reading; null: nobody does. */
	paused: boolean;
	/** Text that is written and replaced meanwhile, bytes, so many times. */
	text: number;
	times: number;
	edits: Omit<FanOut, 'target'>;
}

/** Others write much while one client does not read at all. Stages as of `fanOut`. */
export async function slowReader(job: SlowReader, stage: Stage): Promise<Delivered & { caughtUp: number }> {
	const { target } = job;
	const doc = new Y.Doc();
	const slow = await open(target, doc);
	const heavy = new Y.Doc();
	const writer = await open(target, null);
	heavy.on('update', (update: Uint8Array) => writer.send(encodeUpdate(target, update)));
	if (job.paused) slow.pause();
	let written: Promise<void> = Promise.resolve();
	const delivered = await fanOut({ target, ...job.edits }, async (name) => {
		if (name === 'written') await written;
		await stage(name);
		if (name === 'open') {
			written = (async () => {
				for (let n = 1; n <= job.times; n++) {
					heavy.getMap('heavy').set('text', `${n} `.padEnd(job.text, `text ${n} of a long note, `));
					await wait((job.edits.seconds * 1000) / job.times);
				}
			})();
		}
	});
	const begun = performance.now();
	slow.resume();
	const end = `${job.times} `;
	while (!String(doc.getMap('heavy').get('text')).startsWith(end)) {
		if (performance.now() - begun > 20_000) return { ...delivered, caughtUp: Infinity };
		await wait(5);
	}
	return { ...delivered, caughtUp: performance.now() - begun };
}
