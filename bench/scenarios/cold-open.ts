import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { startLoad } from '../load/start.ts';
import type { ColdJoin, Joined } from '../load/jobs/cold-join.ts';
import type { Target } from '../load/dialect.ts';
import { until } from '../../tests/support/until.ts';
import { defaultLimits, weightOf } from '../../server/sync/limits.ts';
import { quantile, wait } from '../figures.ts';
import { atMost, ms, type Section } from '../report.ts';
import { startPeerloom } from '../subjects.ts';

/** Of what may have come since a snapshot before there is a new one, less what may be on its way: the worst case. */
const WORST = 0.96;
const TIMES = 5;

const NONE = { share: NaN, yjs: NaN, synced: NaN };

/** Documents with a long history, opened by the first who comes after a start. */
export async function coldOpen(updates: number): Promise<Section> {
	const subject = await startPeerloom();
	try {
		const short = await subject.document();
		const notes = await subject.document();
		const typed = await subject.document();
		await startLoad('fill', { target: short, updates: 20, text: 60 }).result();
		await startLoad('fill', { target: notes, updates, text: 60, keys: 500 }).result();
		await startLoad('fill', { target: typed, updates, text: 1, keys: 'typed' }).result();
		const { dataDir } = subject.server;
		await until(
			() => [notes, typed].every((target) => of(dataDir, target).tail <= of(dataDir, target).most),
			'snapshots are kept of what was written'
		);
		for (const [target, keys] of [
			[notes, 500],
			[typed, 'typed']
		] as const) {
			const { tail, most } = of(dataDir, target);
			const more = Math.floor(Math.min(WORST * most, updates / 10)) - tail;
			if (more > 0) await startLoad('fill', { target, updates: more, text: 60, keys }).result();
		}
		const tails = [notes, typed].map((target) => of(dataDir, target).tail);

		// the short one first: what the process does for the very first time is not the document's
		const targets = [short, notes, typed];
		const opened = async (as: ColdJoin['as']): Promise<Joined[][]> => {
			const times: Joined[][] = [];
			for (let n = 0; n < TIMES; n++) {
				await subject.server.restart();
				await wait(300);
				times.push(await startLoad('coldJoin', { targets, as }).result());
			}
			return times;
		};
		const bytes = await opened('bytes');
		const stock = await opened('stock');
		const median = (times: readonly Joined[][], at: number, what: keyof Joined) =>
			quantile(
				times.map((joined) => joined[at]![what]),
				0.5
			);
		const count = updates.toLocaleString('en');
		const names = ['20 updates, the first opened', `500 notes, ${count} updates`, `a text, ${count} letters`];
		const rows = names.map((name, at) => ({
			name,
			share: median(bytes, at, 'took'),
			kilobytes: median(bytes, at, 'bytes') / 1000,
			yjs: median(bytes, at, 'applying'),
			synced: median(stock, at, 'took')
		}));
		const [, ofNotes = NONE, ofText = NONE] = rows;
		return {
			title: 'Cold opening',
			about:
				`Documents with ${count} updates in their logs and ${tails.join(' and ')} of them after the last snapshot (about the most ` +
				`that there can be), after a kill and a restart, ms, medians of ${TIMES}. The server's share: from connecting until ` +
				`the last byte of the document has come to a client that does nothing with it. Synced: until the stock client of ` +
				`y-websocket says so, in a process that has opened one small document before. Yjs alone: applying those bytes to ` +
				`an empty document.`,
			columns: ['document', 'kB', "the server's share", 'Yjs alone', 'stock client synced'],
			rows: rows.map(({ name, kilobytes, share, yjs, synced }) => [
				name,
				kilobytes.toFixed(0),
				ms(share),
				ms(yjs),
				ms(synced)
			]),
			says: [
				`The server's share is ${ms(ofNotes.share)} ms and ${ms(ofText.share)} ms ` +
					`${atMost(Math.max(ofNotes.share, ofText.share), 50, 'ms', 'opening the room, and code that is run for the first time')}. It decodes nothing of the ` +
					`snapshot: what it has to know of it stands beside it in the store, and it is sent as it is; only what came after ` +
					`it is merged, and the history is not read.`,
				`The stock client is synced after ${ms(ofText.synced)} ms with a text: what somebody typed in one go is one part to Yjs. ` +
					`With notes that were written over and over it is ${ms(ofNotes.synced)} ms, and ${ms(ofNotes.yjs)} ms of that are Yjs ` +
					`alone: it keeps a part of its own for each of ${count} changes, deleted or not, and puts each in its place. No ` +
					`server can spare a client that without making another document of it.`
			]
		};
	} finally {
		await subject.close();
	}
}

/** How many entries came after the document's snapshot, and how many may come before there is a new one. */
function of(dataDir: string, { url }: Target): { tail: number; most: number } {
	const name = new URL(url).pathname.replace('/sync/', '');
	const db = new DatabaseSync(join(dataDir, 'peerloom.db'), { readOnly: true });
	try {
		const { tail, size, bytes } = db
			.prepare(
				`select count(*) as tail, avg(length(data)) as bytes,
				(select length(state) from snapshot where snapshot.document = document.id) as size
				from log join document on document.id = log.document
				where name = ? and seq > coalesce((select up_to from snapshot where snapshot.document = document.id), 0)`
			)
			.get(name) as { tail: number; size: number | null; bytes: number | null };
		const { unkeptLive, unkeptShare } = defaultLimits;
		const weight = weightOf({ entries: 1, bytes: bytes ?? 0 });
		return { tail, most: Math.max(unkeptLive.entries, ((size ?? 0) * unkeptShare) / weight) };
	} finally {
		db.close();
	}
}
