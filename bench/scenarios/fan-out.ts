import { cpu, resident } from '../figures.ts';
import { startLoad } from '../load/start.ts';
import { subjects } from '../subjects.ts';
import { ms, type Options, type Section } from '../report.ts';

export interface Size {
	readers: number;
	writers: number;
	perSecond: number;
	seconds: number;
	probes: number;
}

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

export async function measure(start: keyof typeof subjects, size: Size) {
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
			const deliveries = result.sent * (size.readers + size.writers - 1);
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
	const { readers, writers, perSecond, seconds } = size;
	const found = [];
	for (const name of options.servers) found.push(await measure(name, size));
	const relay = found.find(({ name }) => name === 'bare relay')?.perDelivery ?? NaN;
	const own = found.find(({ name }) => name === 'Peerloom')!;
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
			`Peerloom spends ${(own.perDelivery / relay).toFixed(2)} × the bare relay's CPU on a delivered update: it ` +
				`writes what came in during a tick to disk in one transaction and sends it to everybody as one frame, made once, ` +
				`so that ${own.sent.toLocaleString('en')} updates reach each reader in ${own.frames.toFixed(0)} frames.`,
			`Its p99 of ${ms(own.p99)} ms is the tick and what saving and sending take; the others send at once, and fall ` +
				`behind where their core is full (see CPU %).`,
			...found
				.filter(({ missing }) => missing > 0)
				.map(({ name, missing }) => `${name} still owed ${missing} deliveries to the probes after 5 s.`)
		]
	};
}
