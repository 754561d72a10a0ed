/**
 * A hall full of people comes in from one address, with limits as in production: `node bench/hall.ts [--people 2000]`.
 * Somebody there tries out codes all the while. Ends with an error if anybody is turned away who should not be.
 */
import { parseArgs } from 'node:util';
import { ask, guest, join } from '../tests/support/api.ts';
import { openRoom } from '../tests/support/opened.ts';
import { startServer } from '../tests/support/server.ts';
import { wait } from './figures.ts';
import { attend, tokens } from './load/crowd.ts';

const { values } = parseArgs({ options: { people: { type: 'string', default: '2000' } } });
const people = Number(values.people);

const server = await startServer();
try {
	const { room, record } = await openRoom(server.origin);
	const [first, eve] = [await guest(server.origin, 'First'), await guest(server.origin, 'Eve')];
	await join(first, room.code);
	const answers = new Map<number, number>();
	let guessing = true;
	const guesses = (async () => {
		for (let n = 1e6; guessing; n++) {
			const code = `${n.toString(36).toUpperCase()}22`.slice(0, 6);
			const { status } = await ask(server.origin, `/api/rooms/${code}/join`, { body: {}, token: eve.token });
			answers.set(status, (answers.get(status) ?? 0) + 1);
			if (status === 429) await wait(20);
		}
	})();
	while (!answers.has(429)) await wait(20);

	const begun = performance.now();
	const who = await tokens(server.origin, room.code, people);
	const named = performance.now();
	const crowd = await attend(server.origin, room.id, record, who);
	const inside = performance.now();
	guessing = false;
	await guesses;
	const s = (from: number, to: number) => `${((to - from) / 1000).toFixed(1)} s`;
	console.log(
		`${crowd.length} people of one address: a name and the door ${s(begun, named)}, two sockets each ${s(named, inside)}; ` +
			`codes tried out there: ${[...answers].map(([status, count]) => `${count} answered ${status}`).join(', ')}`
	);
	for (const { live, record: socket } of crowd) {
		live.close();
		socket.close();
	}
} finally {
	await server.close();
}
