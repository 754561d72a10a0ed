/** A note written by one stock provider, seen by others: how long, and what it costs the server. */
import { parseArgs } from 'node:util';
import * as Y from 'yjs';
import { createRoom, guest, join } from '../tests/support/api.ts';
import { startServer } from '../tests/support/server.ts';
import type { Server } from '../tests/support/server.ts';
import { sync } from '../tests/support/sync.ts';
import { until } from '../tests/support/until.ts';
import { cpu, quantile, wait } from './figures.ts';

const { values } = parseArgs({
	options: {
		notes: { type: 'string', default: '500' },
		readers: { type: 'string', default: '2,20' },
		pause: { type: 'string', default: '20' },
		format: { type: 'string', default: 'action-learning' }
	}
});
const notes = Number(values.notes);
const pause = Number(values.pause);

const server = await startServer({ env: { LIMITS: 'off' } });
try {
	for (const readers of values.readers.split(',').map(Number)) console.log(await measure(server, readers));
} finally {
	await server.close();
}

async function measure(server: Server, readers: number): Promise<string> {
	const writer = await guest(server.origin, 'Writer');
	const { room, documents } = await createRoom(writer, {
		title: `Latency with ${readers} readers`,
		format: values.format
	});
	const written = documents.find(({ scope, access }) => access === 'write' && scope !== 'person');
	if (!written)
		throw new Error(`Whoever opens a room of '${values.format}' may write no shared document at once.`);

	const writing = sync(server.origin, room.id, written.name, writer.token);
	await writing.ready();
	const reading = [];
	const sent = new Map<string, number>();
	const latencies: number[] = [];
	for (let n = 0; n < readers; n++) {
		const reader = await guest(server.origin, `Reader ${n + 1}`);
		await join(reader, room.id);
		const open = sync(server.origin, room.id, written.name, reader.token);
		await open.ready();
		open.doc.getMap('notes').observe(({ keysChanged }) => {
			const now = performance.now();
			for (const key of keysChanged) latencies.push(now - (sent.get(String(key)) ?? NaN));
		});
		reading.push(open);
	}

	const before = cpu(server.pid);
	for (let n = 0; n < notes; n++) {
		const id = `bench-${n}`;
		sent.set(id, performance.now());
		writing.doc
			.getMap('notes')
			.set(
				id,
				new Y.Map(Object.entries({ text: `Note ${n}, as long as people write them.`, x: n * 10, y: n }))
			);
		await wait(pause);
	}
	await until(() => latencies.length === notes * readers, 'every reader has every note', 30_000);
	const spent = (cpu(server.pid) - before) / latencies.length;

	for (const open of [writing, ...reading]) open.close();
	const ms = (p: number) => `${quantile(latencies, p).toFixed(1)} ms`;
	return (
		`${readers} readers, ${notes} notes, one every ${pause} ms: ` +
		`p50 ${ms(0.5)}, p99 ${ms(0.99)}, server CPU ${spent.toFixed(0)} µs per delivered note`
	);
}
