import { cpu, resident } from '../figures.ts';
import { startLoad } from '../load/start.ts';
import { ms, type Options, type Section } from '../report.ts';
import { subjects } from '../subjects.ts';

const UPDATES = 1000;
const TEXT = 4000;
/** The server that shows what the loopback address allows. */
const bytesAlone = 'the bytes alone';

/** Many open a large document at the same time. */
export async function joinStorm(joins: number, options: Options): Promise<Section> {
	const found = [];
	const servers = options.servers.filter((name) => name !== 'relay');
	// the limit before and after the others, for the machine does not stand still either
	for (const name of ['blob' as const, ...servers, 'blob' as const]) {
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
	const limits = found.filter(({ name }) => name === bytesAlone);
	const bare = limits.toSorted((a, b) => a.p99 - b.p99)[0]!;
	const sent = (joins * own.bytes) / 1e6;
	const ratio = own.p99 / own.one;
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
				`of CPU a join, most of it the kernel's copying of ${(own.bytes / 1e6).toFixed(1)} MB.`,
			`It grew by ${own.grown.toFixed(0)} MB meanwhile, beside ${sent.toFixed(0)} MB that were on their way.`,
			ratio <= 3
				? `p99 is ${ratio.toFixed(1)} × one join (the goal is 3 ×).`
				: `p99 is ${ratio.toFixed(0)} × one join, and the goal of 3 × is missed: one join takes ${ms(own.one)} ms, and in three ` +
					`times that ${sent.toFixed(0)} MB do not pass the loopback address of this machine. A server that does nothing ` +
					`but send as many bytes from memory to the same readers ("${bytesAlone}") takes ${ms(bare.p99)} ms, ` +
					`${(bare.p99 / bare.one).toFixed(0)} × one of its own, and Peerloom ${ms(own.p99)} ms, which is ` +
					`${(own.p99 / bare.p99).toFixed(1)} × that. One after the other the ${joins} would have taken ` +
					`${ms(joins * own.one)} ms. Two other ways were tried and cost more: see "What was tried" in README.md.`
		]
	};
}
