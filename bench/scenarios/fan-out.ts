import { cpu, resident } from '../figures.ts';
import { startLoad } from '../load/start.ts';
import { subjects } from '../subjects.ts';
import { atMost, ms, type Options, type Section } from '../report.ts';

export interface Size {
	readers: number;
	writers: number;
	perSecond: number;
	seconds: number;
	probes: number;
	/** Times the relay's CPU, and ms, at most. */
	goals: { relay?: number; p99: number };
}

/** CPU of one write of a ready buffer to a loopback socket, µs; see README.md. */
const WRITE = 8;

const columns = [
	'server',
	'CPU µs / delivery',
	'× relay',
	'CPU %',
	'p50 ms',
	'p99 ms',
	'frames / reader',
	'MB'
];

export async function measure(start: keyof typeof subjects, size: Omit<Size, 'goals'>) {
	const subject = await subjects[start]();
	try {
		const target = await subject.document();
		const load = startLoad('fanOut', { target, ...size });
		try {
			await load.at('open');
			const before = cpu(subject.pid);
			const begun = performance.now();
			load.go();
			await load.at('written');
			const spent = cpu(subject.pid) - before;
			const share = spent / 1000 / (performance.now() - begun);
			const memory = resident(subject.pid);
			load.go();
			const result = await load.result();
			// what it still owes it has not spent anything on
			const came = 1 - result.missing / (result.sent * size.probes);
			const deliveries = came * result.sent * (size.readers + size.writers - 1);
			return { name: subject.name, ...result, perDelivery: spent / deliveries, share, memory };
		} finally {
			load.stop();
		}
	} finally {
		await subject.close();
	}
}

/** Many read what some write. */
export async function fanOut(size: Size, options: Options): Promise<Section> {
	const { goals, ...load } = size;
	const { readers, writers, perSecond, seconds } = load;
	const found = [];
	for (const name of options.servers) found.push(await measure(name, load));
	const relay = found.find(({ name }) => name === 'bare relay')?.perDelivery ?? NaN;
	const own = found.find(({ name }) => name === 'Peerloom')!;
	const ratio = own.perDelivery / relay;
	const writes = (own.frames * WRITE) / own.sent;
	const kernel =
		`writing ${own.frames.toFixed(0)} frames to each socket costs the kernel about ${writes.toFixed(1)} µs a delivery, ` +
		`whatever is in them, and fewer frames would make them later`;
	const waits = `a tick is 15 to 30 ms, and whoever is last of ${readers} waits for the others' frames and for a core that the load has`;
	return {
		title: `${readers.toLocaleString('en')} readers, ${writers} writers × ${perSecond}/s`,
		about:
			`One document, ${seconds} s. CPU is the server process' (user and system), divided by updates × those who get ` +
			`them; latency is from the writer's call until the note is in one of ${size.probes} readers' Y.Docs.`,
		columns,
		rows: found.map((one) => [
			one.name,
			one.perDelivery.toFixed(2),
			(one.perDelivery / relay).toFixed(2),
			(one.share * 100).toFixed(0),
			ms(one.p50),
			ms(one.p99),
			one.frames.toFixed(0),
			one.memory.toFixed(0)
		]),
		says: [
			`Peerloom spends ${ratio.toFixed(2)} × the bare relay's CPU on a delivered update` +
				(goals.relay === undefined ? '' : ` ${atMost(ratio, goals.relay, '×', kernel)}`) +
				`: it writes what came in during a tick to disk in one transaction and sends it to everybody as one frame, made ` +
				`once, so that ${own.sent.toLocaleString('en')} updates reach each reader in ${own.frames.toFixed(0)} frames.`,
			`Its p99 is ${ms(own.p99)} ms ${atMost(own.p99, goals.p99, 'ms', waits)}: the tick and what saving and sending take; ` +
				`the others send at once, and fall behind where their core is full (see CPU %).`,
			...found
				.filter(({ missing }) => missing > 0)
				.map(({ name, missing }) => `${name} still owed ${missing} deliveries to the probes after 5 s.`)
		]
	};
}
