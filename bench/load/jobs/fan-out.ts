import * as Y from 'yjs';
import { quantile, wait } from '../../figures.ts';
import { encodeUpdate, open, openMany, type Target } from '../dialect.ts';
import type { LeanSocket } from '../socket.ts';
import type { Stage } from '../worker.ts';

export interface FanOut {
	/** The same document; one for each writer in turn, and one for the readers. */
	target: Target;
	/** All of them together; `probes` of them hold a Y.Doc and tell the latency. */
	readers: number;
	probes: number;
	writers: number;
	/** Of each writer. */
	perSecond: number;
	seconds: number;
}

export interface Delivered {
	sent: number;
	/** ms, from the writer's call until the note is in a reader's Y.Doc. */
	p50: number;
	p99: number;
	/** Frames that each reader got, on the average. */
	frames: number;
	/** Updates that had not come to every probe in the end. */
	missing: number;
}

/** How long the same is done before it counts, so that all code is compiled and every thread has begun, s. */
const WARM = 15;

/** Writers put notes on a board that others have open. Stages: 'open', 'written'. */
export async function fanOut(job: FanOut, stage: Stage): Promise<Delivered> {
	const { target, probes } = job;
	const docs = Array.from({ length: probes }, () => new Y.Doc());
	const crowd: LeanSocket[] = [];
	// spread among the others: what is sent to all comes to some first and to some last
	for (const doc of docs) {
		crowd.push(...(await openMany(target, Math.floor((job.readers - probes) / probes / 2))));
		crowd.push(await open(target, doc));
		crowd.push(...(await openMany(target, Math.floor((job.readers - probes) / probes / 2))));
	}
	crowd.push(...(await openMany(target, job.readers - crowd.length)));
	const authors = await Promise.all(
		Array.from({ length: job.writers }, async () => {
			const socket = await open(target, null);
			return { socket, doc: new Y.Doc() };
		})
	);

	const sent = new Map<string, number>();
	const latencies: number[] = [];
	for (const doc of docs) {
		doc.getMap('notes').observe(({ keysChanged }) => {
			const now = performance.now();
			for (const key of keysChanged) {
				const since = sent.get(String(key));
				// what a server that fell behind still owed from before it counted is none of this
				if (since !== undefined) latencies.push(now - since);
			}
		});
	}
	for (const { socket, doc } of authors)
		doc.on('update', (update: Uint8Array) => socket.send(encodeUpdate(target, update)));

	const write = async (seconds: number, round: string) => {
		const begun = performance.now();
		await Promise.all(
			authors.map(async ({ doc }, who) => {
				const pause = 1000 / job.perSecond;
				// not in step with one another, as people are not
				let next = begun + (pause * who) / authors.length;
				for (let n = 0; n < job.perSecond * seconds; n++) {
					await wait(Math.max(0, next - performance.now()));
					next += pause;
					const key = `${round}-${who}-${n}`;
					sent.set(key, performance.now());
					const note = { text: `Note ${n}, as long as people write them.`, x: n * 10, y: who * 10 };
					doc.getMap('notes').set(key, note);
				}
			})
		);
		for (let looked = 0; latencies.length < sent.size * probes && looked < 500; looked++) await wait(10);
	};
	await write(WARM, 'warm');
	sent.clear();
	latencies.length = 0;

	await stage('open');
	const framesBefore = crowd.reduce((sum, { frames }) => sum + frames, 0);
	await write(job.seconds, 'measured');
	const expected = sent.size * probes;
	await stage('written');
	const frames = (crowd.reduce((sum, { frames }) => sum + frames, 0) - framesBefore) / crowd.length;
	return {
		sent: sent.size,
		p50: quantile(latencies, 0.5),
		p99: quantile(latencies, 0.99),
		frames,
		missing: expected - latencies.length
	};
}
