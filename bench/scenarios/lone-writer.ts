import { atMost, ms, type Options, type Section } from '../report.ts';
import { measure } from './fan-out.ts';

/** One person writes now and then in a quiet room. */
export async function loneWriter(seconds: number, options: Options): Promise<Section> {
	const found = [];
	const size = { readers: 5, probes: 5, writers: 1, perSecond: 5, seconds };
	for (const name of options.servers) found.push(await measure(name, size));
	const own = found.find(({ name }) => name === 'Peerloom')!;
	return {
		title: 'A lone writer in a quiet room',
		about: `One writes a note every 200 ms for ${seconds} s, five others have the document open, all with a Y.Doc.`,
		columns: ['server', 'p50 ms', 'p99 ms'],
		rows: found.map((one) => [one.name, ms(one.p50), ms(one.p99)]),
		says: [
			`Peerloom's p50 of ${ms(own.p50)} ms ${atMost(own.p50, 5, 'ms', 'it waits for the disk')} holds a durable write: after a quiet moment an update is written to disk at ` +
				`once, without waiting for a tick, and then shown. The others show it without saving it first.`,
			`Its p99 of ${ms(own.p99)} ms is the disk's slowest fsync of about ${own.sent}.`
		]
	};
}
