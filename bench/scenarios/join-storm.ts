import { cpu, resident } from '../figures.ts';
import { startLoad } from '../load/start.ts';
import { ms, type Options, type Section } from '../report.ts';
import { subjects } from '../subjects.ts';

const UPDATES = 1000;
const TEXT = 4000;

/** Many open a large document at the same time. */
export async function joinStorm(joins: number, options: Options): Promise<Section> {
	const found = [];
	const servers = options.servers.filter((name) => name !== 'relay');
	for (const name of ['blob' as const, ...servers]) {
		const subject = await subjects[name]();
		try {
			const target = await subject.document();
			if (name !== 'blob') await startLoad('fill', { target, updates: UPDATES, text: TEXT }).result();
			const load = startLoad('joinStorm', { target, joins });
			try {
				await load.at('storm');
				const before = { cpu: cpu(subject.pid), memory: resident(subject.pid) };
				load.go();
				await load.at('over');
				const spent = (cpu(subject.pid) - before.cpu) / 1000 / joins;
				const grown = resident(subject.pid) - before.memory;
				load.go();
				found.push({ name: subject.name, ...(await load.result()), spent, grown });
			} finally {
				load.stop();
			}
		} finally {
			await subject.close();
		}
	}
	const own = found.find(({ name }) => name === 'Peerloom')!;
	const bare = found[0]!;
	return {
		title: 'Join storm',
		about:
			`A document of ${(own.bytes / 1e6).toFixed(1)} MB, written in ${UPDATES} updates. First one joins alone (the median ` +
			`of seven, one after the other), then ${joins} at the same moment; the time is from connecting until all of it has come.`,
		columns: ['server', 'one, ms', `${joins}: p50 ms`, 'p99 ms', 'p99 ÷ one', 'CPU ms / join', 'grew MB'],
		rows: found.map((one) => [
			one.name,
			ms(one.one),
			ms(one.p50),
			ms(one.p99),
			(one.p99 / one.one).toFixed(1),
			one.spent.toFixed(1),
			one.grown.toFixed(0)
		]),
		says: [
			`Peerloom encodes the document once, and all ${joins} sockets are given the same bytes: ${own.spent.toFixed(1)} ms ` +
				`of CPU a join, most of it the kernel's copying of ${(own.bytes / 1e6).toFixed(1)} MB, and ${own.grown.toFixed(0)} MB more.`,
			`p99 is ${(own.p99 / own.one).toFixed(0)} × one join, and the goal of 3 × cannot be reached on one machine: ${joins} × ` +
				`${(own.bytes / 1e6).toFixed(1)} MB are ${((joins * own.bytes) / 1e6).toFixed(0)} MB, and a server that does nothing ` +
				`but send so many bytes from memory to the same readers ("the bytes alone") takes ${ms(bare.p99)} ms. Peerloom ` +
				`takes ${(own.p99 / bare.p99).toFixed(1)} × that.`
		]
	};
}
