import { expect, it } from 'vitest';
import { createMetrics, mayReadMetrics } from './metrics.ts';

const here = { authorization: null, address: '127.0.0.1', host: '127.0.0.1' };

it.each([
	['this machine', here],
	['this machine over IPv6', { ...here, address: '::1', host: '[::1]' }],
	[
		'this machine by its name, on a socket for both',
		{ ...here, address: '::ffff:127.0.0.1', host: 'localhost' }
	]
])('without METRICS_TOKEN %s reads the figures', (_, asking) => {
	expect(mayReadMetrics(null, asking)).toBe(true);
});

it.each([
	['another machine', { ...here, address: '10.0.0.7' }],
	['somebody behind a proxy that hides where they come from', { ...here, host: 'learn.example.com' }],
	['a page whose name was bent to point here', { ...here, host: 'evil.example' }]
])('without METRICS_TOKEN %s does not', (_, asking) => {
	expect(mayReadMetrics(null, asking)).toBe(false);
});

it('with METRICS_TOKEN whoever shows it reads them, and nobody else', () => {
	const token = 'a-token-for-figures';
	expect(mayReadMetrics(token, { ...here, address: '10.0.0.7', authorization: `Bearer ${token}` })).toBe(
		true
	);
	for (const authorization of [null, '', 'Bearer', `Bearer ${token}x`, token, 'Bearer '])
		expect(mayReadMetrics(token, { ...here, authorization })).toBe(false);
});

it('shows how long things took, what was refused and what waits, as it is', async () => {
	const metrics = createMetrics({
		rooms: () => 3,
		documents: () => 7,
		connections: () => ({ sync: 11, live: 5 }),
		waiting: () => ({ units: 13, bytes: 1700 }),
		publishing: () => ({ commands: 19, rooms: 2 }),
		store: () => ({ database: 4096 })
	});
	// three that came at 100, 140 and 149 ms, durable at 150, sent at 260
	metrics.observer.flushed?.([100, 140, 149], 150, 260);
	metrics.observer.refused?.('sync', 'too_large');
	metrics.observer.commanded?.('forbidden', { room: 'r', person: 'p', type: 'agenda.start' });
	const text = await metrics.text();
	metrics.stop();
	const lines = text.split('\n');
	for (const line of [
		'peerloom_rooms_open 3',
		'peerloom_documents_open 7',
		'peerloom_connections{road="sync"} 11',
		'peerloom_connections{road="live"} 5',
		'peerloom_commit_queue_units 13',
		'peerloom_commit_queue_bytes 1700',
		'peerloom_command_queue 19',
		'peerloom_rooms_unpublished 2',
		'peerloom_store_bytes{file="database"} 4096',
		'peerloom_commit_seconds_bucket{le="0.001"} 1',
		'peerloom_commit_seconds_bucket{le="0.005"} 1',
		'peerloom_commit_seconds_bucket{le="0.01"} 2',
		'peerloom_commit_seconds_bucket{le="0.05"} 3',
		'peerloom_commit_seconds_count 3',
		'peerloom_delivery_seconds_bucket{le="0.1"} 0',
		'peerloom_delivery_seconds_bucket{le="0.2"} 3',
		'peerloom_refused_total{road="sync",reason="too_large"} 1',
		'peerloom_commands_total{outcome="forbidden"} 1'
	])
		expect(lines).toContain(line);
});
