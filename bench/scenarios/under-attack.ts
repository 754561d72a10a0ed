/** What people in one room notice while others attack another. */
import * as Y from 'yjs';
import { guest, join, must, type Guest } from '../../tests/support/api.ts';
import { openRoom, type Opened } from '../../tests/support/opened.ts';
import { startServer } from '../../tests/support/server.ts';
import { sync } from '../../tests/support/sync.ts';
import { until } from '../../tests/support/until.ts';
import { quantile, wait } from '../figures.ts';
import { attacks } from '../load/jobs/attack.ts';
import { startLoad } from '../load/start.ts';
import { atMost, ms, type Section } from '../report.ts';

/** What nobody notices: three pictures. */
const GOAL = 50;
/** So many attack. */
const EVES = 5;
/** Edits before it counts, so that most code is compiled. */
const WARM_UP = 4;

/** Five attack one room, one after the other in each way; two write and read in another. Limits are on. */
export async function underAttack(edits: number): Promise<Section> {
	const server = await startServer();
	try {
		const calm = await openRoom(server.origin);
		const attacked = await openRoom(server.origin);
		const reader = await guest(server.origin, 'Reader');
		await join(reader, calm.room.id);
		const eves: Guest[] = [];
		for (let n = 1; n <= EVES; n++) {
			const eve = await guest(server.origin, `Eve ${n}`);
			await join(eve, attacked.room.id);
			await must(attacked.host, attacked.room.id, 'roster.assign', { person: eve.person.id, role: 'helper' });
			eves.push(eve);
		}
		const size = await fill(attacked);
		const found = [];
		await notice(calm, reader, WARM_UP * edits);
		found.push({ name: 'nobody attacks', sent: 0, ...(await notice(calm, reader, edits)) });
		const roads = roadsOf(attacked, eves);
		// the keys are what they are: nothing else is in the table
		for (const attack of Object.keys(attacks) as (keyof typeof attacks)[]) {
			const load = startLoad('attack', { attack, ...roads });
			await load.at('under way');
			const seen = await notice(calm, reader, edits);
			load.go();
			found.push({ name: attack, sent: await load.result(), ...seen });
		}
		const worst = found.toSorted((a, b) => b.p99 - a.p99)[0]!;
		return {
			title: 'Under attack',
			about:
				`Five people attack one room, whose board has ${(size / 1e6).toFixed(1)} MB, as fast as they can and again ` +
				`whenever they are closed, limits on. In another room somebody writes ${edits} times, every 20 ms, and somebody ` +
				`else reads: how long until it is there; ${WARM_UP * edits} times before it counts. Attackers, people and ` +
				'server share the machine.',
			columns: ['attack', 'p50 ms', 'p99 ms', 'slowest ms', 'messages of the attackers'],
			rows: found.map((one) => [
				one.name,
				ms(one.p50),
				ms(one.p99),
				ms(one.slowest),
				one.sent.toLocaleString('en')
			]),
			says: [
				`The worst p99 in the other room is ${ms(worst.p99)} ms (${worst.name}) ${atMost(worst.p99, GOAL, 'ms')}.`
			]
		};
	} finally {
		await server.close();
	}
}

function roadsOf({ room, notes }: Opened, eves: readonly Guest[]) {
	const sockets = eves[0]!.origin.replace('http', 'ws');
	return {
		documents: eves.map(({ token }) => `${sockets}/sync/${room.id}/${notes}?token=${token}`),
		commands: `${sockets}/socket.io/?EIO=4&transport=websocket`
	};
}

/** A board of some 2 MB, in pieces that a client may send. */
async function fill({ room, notes, host }: Opened): Promise<number> {
	const { origin } = host;
	const board = sync(origin, room.id, notes, host.token);
	await board.ready();
	for (let n = 0; n < 20_000; n += 500) {
		board.doc.transact(() => {
			for (let i = n; i < n + 500; i++)
				board.doc.getMap('notes').set(`n${i}`, `Note ${i}, ${'x'.repeat(70)}`);
		});
		await wait(50);
	}
	const copy = sync(origin, room.id, notes, host.token);
	await copy.shows('all notes', (doc) => doc.getMap('notes').size === 20_000, 30_000);
	board.close();
	copy.close();
	return Y.encodeStateAsUpdate(copy.doc).byteLength;
}

/** How long `edits` of somebody take to be seen by somebody else. */
async function notice({ room, notes, host }: Opened, reader: Guest, edits: number) {
	const [writing, reading] = [host, reader].map(({ token }) => sync(host.origin, room.id, notes, token));
	await Promise.all([writing!.ready(), reading!.ready()]);
	const begun = new Map<string, number>();
	const took: number[] = [];
	reading!.doc.getMap('m').observe(({ keysChanged }) => {
		for (const key of keysChanged) took.push(performance.now() - (begun.get(String(key)) ?? NaN));
	});
	for (let n = 0; n < edits; n++) {
		const key = `${n}`;
		begun.set(key, performance.now());
		writing!.doc.getMap('m').set(key, n);
		await wait(20);
	}
	await until(() => took.length === edits, 'all edits are there', 60_000);
	for (const one of [writing!, reading!]) one.close();
	const [p50, p99, slowest] = [0.5, 0.99, 1].map((p) => quantile(took, p)) as [number, number, number];
	return { p50, p99, slowest };
}
