import { must } from '../../tests/support/api.ts';
import { cpu, resident } from '../figures.ts';
import { startLoad } from '../load/start.ts';
import { atMost, ms, type Section } from '../report.ts';
import { startPeerloom } from '../subjects.ts';

export interface Size {
	people: number;
	seconds: number;
	probes: number;
}

const ITEMS = 10;

export async function measure(size: Size, flags?: readonly string[]) {
	const subject = await startPeerloom(flags);
	try {
		const { origin } = subject.server;
		const { host, joined } = await subject.room('lunch-and-learn');
		const items: string[] = [];
		for (let n = 0; n < ITEMS; n++) {
			const text = `Topic ${n + 1} that somebody would like to hear about`;
			const { item } = await must<{ item: string }>(host, joined.room.id, 'topics.submit', { text });
			items.push(item);
		}
		const load = startLoad('voteStorm', {
			origin,
			room: joined.room.id,
			record: 'm1/record',
			list: 'topics',
			items,
			...size
		});
		try {
			const times: number[] = [];
			let before = cpu(subject.pid);
			const spent = () => {
				const now = cpu(subject.pid);
				times.push((now - before) / 1000);
				before = now;
			};
			await load.at('gathered');
			spent();
			load.go();
			await load.at('connected');
			spent();
			load.go();
			await load.at('voted');
			spent();
			const memory = resident(subject.pid);
			load.go();
			const [gather = 0, connect = 0, vote = 0] = times;
			return { ...(await load.result()), memory, cpu: { gather, connect, vote } };
		} finally {
			load.stop();
		}
	} finally {
		await subject.close();
	}
}

/** Everybody in a full room votes within seconds. */
export async function voteStorm(size: Size): Promise<Section> {
	const found = await measure(size);
	const { people, seconds } = size;
	const all = people.toLocaleString('en');
	return {
		title: `Vote storm: ${all} people within ${seconds} s`,
		about:
			`${all} guests come in over HTTP, each opens socket.io and the room's record; then each votes once, by a command ` +
			`over socket.io. The last vote's sending is moment 0. ${found.probes} of them hold a Y.Doc, the others read frames.`,
		columns: [
			'acknowledged',
			'ack p50 ms',
			'ack p99 ms',
			'final tally at all after ms',
			'in a Y.Doc',
			'CPU s',
			'MB'
		],
		rows: [
			[
				`${found.acknowledged} of ${people}`,
				ms(found.ackP50),
				ms(found.ackP99),
				ms(found.finalFrame),
				`${found.right} of ${found.probes}, ${ms(found.finalShown)} ms`,
				(found.cpu.vote / 1000).toFixed(1),
				found.memory.toFixed(0)
			]
		],
		says: [
			`Every vote is durable before it is acknowledged; ${found.refused} were refused (the goal is that none is). Half were answered within ` +
				`${ms(found.ackP50)} ms, 99 of 100 within ${ms(found.ackP99)} ms.`,
			`The last reader got the last frame ${ms(found.finalFrame)} ms after the last vote was sent ` +
				`${atMost(found.finalFrame, 300, 'ms', 'every reader is sent it on its own socket, and the load reads them all on one core')}: a ` +
				`tally is published at most ten times a second, however many vote, so each reader got ` +
				`${found.frames.least} to ${found.frames.most} frames.`,
			`The votes cost ${((found.cpu.vote * 1000) / people).toFixed(0)} µs of CPU each, everything included that ` +
				`${all} readers were sent.`,
			`Coming in took ${(found.gathering / 1000).toFixed(0)} s (a guest's session and a membership, each on disk before it ` +
				`is answered: ${(found.cpu.gather / people).toFixed(1)} ms of CPU), connecting twice ` +
				`${(found.connecting / 1000).toFixed(0)} s (${(found.cpu.connect / people).toFixed(1)} ms).`
		]
	};
}
