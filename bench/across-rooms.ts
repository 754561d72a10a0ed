/**
 * What is looked up across rooms, with somebody in 200 of 2,000 rooms: My week, the digest, the search, one run of the
 * reminders, and what it costs a command to keep the rows. `node bench/across-rooms.ts`
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as Y from 'yjs';
import { openDatabase } from '../server/storage/database.ts';
import { createSqliteStore } from '../server/storage/sqlite.ts';
import type { MatterEntry, Unit } from '../server/storage/store.ts';

const ROOMS = 2000;
const MINE = 200;
const WORDS = 'broker checklist income valuation mortgage margin queue review pilot handover'.split(' ');
const START = Date.UTC(2026, 4, 11);
const DAY = 86_400_000;
/** A week apart in each room, with six takeaways each. */
const MEETINGS = 10;

const folder = mkdtempSync(join(tmpdir(), 'peerloom-bench-'));
const store = await createSqliteStore(openDatabase(folder));

function word(n: number): string {
	return WORDS[n % WORDS.length]!;
}

function roomUnit(n: number): Unit {
	const room = `room${n}`;
	const mine = n < MINE;
	const doc = new Y.Doc();
	doc.getText('t').insert(0, word(n));
	const matters = Array.from({ length: 12 }, (_, at): MatterEntry => ({
		...{ room, instance: 'actions', id: `a${at}`, person: at < 3 && mine ? 'me' : `p${n}-${at}` },
		...{ kind: 'promised', text: { en: 'What I promised' }, said: `Ask ${word(at)} ${n}`, own: true },
		...{
			when: { day: new Date(START + (at + n) * DAY).toISOString().slice(0, 10) },
			item: `a${at}`,
			since: START
		}
	}));
	return {
		room: {
			...{
				id: room,
				code: `C${n}`,
				screen: `S${n}`,
				title: `Room ${n}`,
				format: 'action-learning',
				preset: null
			},
			...{ settings: {}, state: 'open', meeting: 1, created: START, updated: START, demo: false }
		},
		members: [
			{ room, person: mine ? 'me' : `p${n}`, role: 'member', owner: true },
			...Array.from({ length: 11 }, (_, at) => ({
				room,
				person: `p${n}-${at}`,
				role: 'member',
				owner: false
			}))
		],
		matters,
		meetings: Array.from({ length: MEETINGS }, (_, at) => ({
			...{ room, number: at + 1, started: START - 7 * at * DAY - 1 },
			ended: START - 7 * at * DAY - n
		})),
		ledger: Array.from({ length: 6 * MEETINGS }, (_, at) => ({
			...{
				room,
				instance: 'takeaways',
				id: `t${at}`,
				meeting: (at % MEETINGS) + 1,
				kind: 'takeaway' as const
			},
			...{
				person: `p${n}-${at % 11}`,
				state: 'room',
				due: null,
				text: `Ask the ${word(at)}`,
				data: {},
				updated: at
			}
		})),
		entries: [
			{
				document: `${room}/m1/record`,
				update: Y.encodeStateAsUpdate(doc),
				person: null,
				at: START,
				cause: 'x'
			}
		]
	};
}

/** Median of `times` runs, ms. */
async function median(times: number, work: () => Promise<unknown>): Promise<string> {
	const took: number[] = [];
	for (let run = 0; run < times; run++) {
		const begun = performance.now();
		await work();
		took.push(performance.now() - begun);
	}
	return `${took.sort((a, b) => a - b)[Math.floor(times / 2)]!.toFixed(2)} ms`;
}

for (let n = 0; n < ROOMS; n += 100)
	await store.commit(Array.from({ length: 100 }, (_, at) => roomUnit(n + at)));
const indexing = performance.now();
for (let n = 0; n < ROOMS; n++) {
	const document = `room${n}/m1/record`;
	const { upTo } = await store.load(document);
	const passages = Array.from({ length: 60 }, (_, at) => ({
		...{ instance: 'questions', item: `q${at}` },
		text: `What does the ${word(at)} say of the ${word(at * 7 + n)} in week ${at}? ${word(n)} ${n}`
	}));
	await store.search.index(document, upTo, passages);
}
const indexed = (performance.now() - indexing) / ROOMS;

const me = { person: 'me', account: true };
console.table({
	'My week: what concerns me in 200 rooms (600 matters)': await median(50, () => store.mattersOf('me')),
	'My week: my 200 rooms': await median(50, () => store.roomsOf('me')),
	'Digest: a page of it': await median(50, () => store.digest.of('me', { from: 0, to: START + DAY }, 24)),
	'Digest: the last week of it': await median(50, () =>
		store.digest.of('me', { from: START - 7 * DAY, to: START }, 500)
	),
	'Digest, one look for whom to mail': await median(20, () =>
		store.digest.readers({
			...{ from: START - 8 * DAY, to: START + DAY, reminder: '2026-05-11', limit: 500, offset: 0 }
		})
	),
	'Search, a word of a third of 120,000 passages': await median(20, () =>
		store.search.find(me, [['broker']], 60, 0)
	),
	'Search, two words': await median(20, () => store.search.find(me, [['margin'], ['review']], 60, 0)),
	'Search, the first two letters of a word': await median(20, () => store.search.find(me, [['pi']], 60, 0)),
	'Search, a rare word': await median(20, () => store.search.find(me, [['199']], 60, 0)),
	'Reminders, one run of candidates': await median(20, () =>
		store.reminders.candidates({
			...{ from: START - 8 * DAY, to: START + DAY / 3, waitedFrom: START - 14 * DAY, waitedTo: START - DAY },
			...{ limit: 500, offset: 0 }
		})
	),
	'Taking in a record of 60 passages, each': `${indexed.toFixed(2)} ms`
});
await store.close();
rmSync(folder, { recursive: true });
