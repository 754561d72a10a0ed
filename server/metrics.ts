/** Figures for Prometheus. Names begin with `peerloom_`; node's own come from the library. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { isLoopback } from './config.ts';
import type { Observer } from './storage/observer.ts';

/** What is read at the moment of asking. */
export interface Figures {
	rooms(): number;
	documents(): number;
	/** Connections to documents, and over the command road. */
	connections(): { sync: number; live: number };
	/** What waits to become durable. */
	waiting(): { units: number; bytes: number };
	/** Commands that wait for their room, and rooms whose documents lag behind their state. */
	publishing(): { commands: number; rooms: number };
	/** Bytes on the disk, by file. */
	store(): Record<string, number>;
}

interface Metrics {
	observer: Observer;
	text(): Promise<string>;
	stop(): void;
}

/** Seconds: a flush takes one to some milliseconds; what takes longer than a tenth of a second is felt. */
const SECONDS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5];

export function createMetrics(figures: Figures): Metrics {
	const registry = new Registry();
	const registers = [registry];
	collectDefaultMetrics({ register: registry, prefix: 'peerloom_' });

	function gauge(name: string, help: string, read: () => number | Record<string, number>, label?: string) {
		new Gauge({
			name: `peerloom_${name}`,
			help,
			registers,
			labelNames: label === undefined ? [] : [label],
			collect() {
				const now = read();
				if (typeof now === 'number') return this.set(now);
				this.reset();
				for (const [value, figure] of Object.entries(now)) this.set({ [label ?? '']: value }, figure);
			}
		});
	}
	gauge('rooms_open', 'Rooms in memory', figures.rooms);
	gauge('documents_open', 'Documents in memory', figures.documents);
	gauge('connections', 'Open connections, by road', figures.connections, 'road');
	gauge('commit_queue_units', 'Units that wait to become durable', () => figures.waiting().units);
	gauge('commit_queue_bytes', 'Bytes that wait to become durable', () => figures.waiting().bytes);
	gauge('command_queue', 'Commands that wait for their room', () => figures.publishing().commands);
	gauge(
		'rooms_unpublished',
		'Rooms whose documents lag behind their state',
		() => figures.publishing().rooms
	);
	gauge('store_bytes', 'Size of the store on the disk', figures.store, 'file');

	const seconds = (name: string, help: string) =>
		new Histogram({ name: `peerloom_${name}_seconds`, help, buckets: SECONDS, registers });
	const durable = seconds('commit', 'From the arrival of a unit until it is durable');
	const sent = seconds('delivery', 'From the arrival of a unit until it is sent to whoever has it open');
	const refused = new Counter({
		name: 'peerloom_refused_total',
		help: 'Input that was turned away, by road and reason',
		labelNames: ['road', 'reason'],
		registers
	});
	const commands = new Counter({
		name: 'peerloom_commands_total',
		help: "Commands, by outcome: ok, or the refusal's code",
		labelNames: ['outcome'],
		registers
	});

	return {
		observer: {
			flushed(arrived, durableAt, shownAt) {
				for (const at of arrived) {
					durable.observe((durableAt - at) / 1000);
					sent.observe((shownAt - at) / 1000);
				}
			},
			refused: (road, reason) => refused.inc({ road, reason }),
			commanded: (outcome) => commands.inc({ outcome })
		},
		text: () => registry.metrics(),
		stop: () => registry.clear()
	};
}

export interface Asking {
	/** The `Authorization` header. */
	authorization: string | null;
	/** Of the peer, or what a trusted proxy says. */
	address: string;
	/** As the asker calls this server, without the port. */
	host: string;
}

/**
 * With METRICS_TOKEN whoever shows it, and nobody else. Without it this machine alone: an address that only it has,
 * under a name that only it uses, so that neither a proxy that hides where people come from nor a page whose name
 * was bent to point here gets through.
 */
export function mayReadMetrics(token: string | null, { authorization, address, host }: Asking): boolean {
	if (token === null) return isLoopback(address.replace(/^::ffff:/, '')) && isLoopback(host);
	const hash = (text: string) => createHash('sha256').update(text).digest();
	return timingSafeEqual(hash(authorization ?? ''), hash(`Bearer ${token}`));
}
