import * as Y from 'yjs';
import { quantile, wait } from '../../figures.ts';
import { attend, command, tokens } from '../crowd.ts';
import { open } from '../dialect.ts';
import type { Stage } from '../worker.ts';

export interface VoteStorm {
	origin: string;
	room: string;
	/** The record's name. */
	record: string;
	/** The list's instance, and its entries, which get the votes in turn. */
	list: string;
	items: string[];
	people: number;
	/** How long the votes take to come in, s. */
	seconds: number;
	/** Readers with a Y.Doc. */
	probes: number;
}

/** Everybody in the room votes. Stages: 'gathered', 'connected', 'voted'. */
export async function voteStorm(job: VoteStorm, stage: Stage) {
	const { origin, room, record, list, items, people } = job;
	const begun = performance.now();
	const who = await tokens(origin, room, people);
	const gathering = performance.now() - begun;
	await stage('gathered');
	const connectBegun = performance.now();
	const crowd = await attend(origin, room, record, who);
	const connecting = performance.now() - connectBegun;
	const url = (token: string) => `${origin.replace(/^http/, 'ws')}/sync/${room}/${record}?token=${token}`;
	let shown = 0;
	const docs = await Promise.all(
		who.slice(0, job.probes).map(async (token) => {
			const doc = new Y.Doc();
			await open({ dialect: 'plain', url: url(token), name: record }, doc);
			doc.on('update', () => (shown = performance.now()));
			return doc;
		})
	);
	// what the coming of so many sets off is over
	await wait(2000);
	await stage('connected');

	const start = performance.now();
	const acks: number[] = [];
	let refused = 0;
	let last = 0;
	await Promise.all(
		crowd.map(async (attendee, n) => {
			await wait((job.seconds * 1000 * n) / people);
			const sent = performance.now();
			const answer = await command(attendee, room, `${list}.vote`, {
				item: items[n % items.length]!,
				votes: 1
			});
			last = Math.max(last, sent);
			if (answer.ok) acks.push(performance.now() - sent);
			else refused++;
		})
	);
	const expected = items.map((_, n) => Math.ceil((people - n) / items.length));
	const tally = (doc: Y.Doc) => items.map((item) => Number(doc.getMap(list).get(`tally/${item}`) ?? 0));
	for (let looked = 0; looked < 300; looked++) {
		if (docs.every((doc) => String(tally(doc)) === String(expected))) break;
		await wait(10);
	}
	await wait(300);
	await stage('voted');
	const right = docs.filter((doc) => String(tally(doc)) === String(expected)).length;
	const frames = crowd.map(({ record: socket }) => socket.frames);
	return {
		gathering,
		connecting,
		acknowledged: acks.length,
		refused,
		ackP50: quantile(acks, 0.5),
		ackP99: quantile(acks, 0.99),
		took: last - start,
		/** From the last vote's sending until the last frame came to the last reader, and into the last Y.Doc, ms. */
		finalFrame: Math.max(...crowd.map(({ heard }) => heard)) - last,
		finalShown: shown - last,
		right,
		probes: docs.length,
		frames: { least: Math.min(...frames), most: Math.max(...frames) }
	};
}
