/** Figures for Prometheus. Names begin with `peerloom_`; node's own come from the library. */
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';

export interface Figures {
	rooms(): number;
	documents(): number;
	connections(): number;
	/** Bytes that wait to become durable. */
	pending(): number;
}

export function createMetrics(figures: Figures): { text(): Promise<string>; stop(): void } {
	const registry = new Registry();
	collectDefaultMetrics({ register: registry, prefix: 'peerloom_' });
	const gauge = (name: string, help: string, read: () => number) =>
		new Gauge({
			name: `peerloom_${name}`,
			help,
			registers: [registry],
			collect() {
				this.set(read());
			}
		});
	gauge('rooms_open', 'Rooms in memory', figures.rooms);
	gauge('documents_open', 'Documents in memory', figures.documents);
	gauge('document_connections', 'Connections to documents', figures.connections);
	gauge('log_pending_bytes', 'Bytes that wait to be written to the log', figures.pending);
	return { text: () => registry.metrics(), stop: () => registry.clear() };
}
