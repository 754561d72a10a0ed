/** The power goes, at any moment, under load: what anybody was shown or was told is kept, is there. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guest, join as joinRoom, must, type Guest } from '../support/api.ts';
import { load } from '../support/load.ts';
import { openRoom, type Opened } from '../support/opened.ts';
import { operate } from '../support/operator.ts';
import { seedOfRun } from '../../server/sync/testing/soak.ts';
import { startServer, type Server } from '../support/server.ts';
import { sync } from '../support/sync.ts';
import { until } from '../support/until.ts';

const rounds = Number(process.env.SOAK ?? 4);
const seed = seedOfRun();

/** Numbers in [0, 1) that the seed repeats. */
let state = seed || 1;
const random = () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;

let server: Server;
let opened: Opened;
let writers: Guest[];

beforeAll(async () => {
	console.log(`chaos: ${rounds} rounds, SEED=${seed}`);
	server = await startServer({ env: { LIMITS: 'off' } });
});
afterAll(() => server?.close());

/** A room with four people who may write its notes. */
async function open() {
	opened = await openRoom(server.origin);
	writers = [opened.host];
	for (const name of ['Ida', 'Tom', 'Uma']) {
		const person = await guest(server.origin, name);
		await joinRoom(person, opened.room.id);
		await must(opened.host, opened.room.id, 'roster.assign', { person: person.person.id, role: 'helper' });
		writers.push(person);
	}
}

const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms));

const target = () => ({
	origin: server.origin,
	room: opened.room.id,
	document: opened.notes,
	type: 'topics.submit',
	record: opened.record
});

/** What the server has, asked by somebody who brings nothing. */
async function kept() {
	const notes = sync(server.origin, opened.room.id, opened.notes, opened.host.token);
	const record = sync(server.origin, opened.room.id, opened.record, opened.host.token);
	await Promise.all([notes.ready(), record.ready()]);
	const keys = new Set(notes.doc.getMap('notes').keys());
	const topics = [...record.doc.getMap<{ text?: string }>('topics').values()].map(({ text }) => text);
	notes.close();
	record.close();
	return { keys, topics };
}

function check(what: ReturnType<typeof load>, has: Awaited<ReturnType<typeof kept>>) {
	expect([...what.seen].filter((key) => !has.keys.has(key))).toEqual([]);
	expect([...what.acknowledged].filter((text) => !has.topics.includes(text))).toEqual([]);
	// what was not acknowledged, and somebody saw all the same
	expect([...what.shown].filter((text) => !has.topics.includes(text))).toEqual([]);
	expect(what.shown.size).toBeGreaterThan(0);
	for (const text of what.acknowledged)
		expect(
			has.topics.filter((one) => one === text),
			text
		).toHaveLength(1);
}

describe('kill -9 under load', () => {
	it(
		`D1, M1: loses nothing that somebody else saw, and nothing that was acknowledged, in ${rounds} rounds`,
		async () => {
			for (let round = 1; round <= rounds; round++) {
				await open();
				const people = load(target(), writers);
				people.go();
				await until(
					() => people.seen.size > 20 && people.acknowledged.size > 5 && people.shown.size > 5,
					'the load runs'
				);
				await sleep(random() * 700);
				await server.kill();
				// what the server has lost, no browser brings back
				people.stop();
				await server.restart();
				check(people, await kept());
				expect(people.seen.size, `round ${round}`).toBeGreaterThan(20);
			}
		},
		60_000 + rounds * 20_000
	);

	it('gets back from the browsers what they had written and not yet sent', async () => {
		await open();
		const people = load(target(), writers);
		people.go();
		await until(() => people.seen.size > 20, 'the load runs');
		await server.kill();
		await sleep(100);
		people.pause();
		await server.restart();
		await until(
			async () => {
				const { keys } = await kept();
				return [...people.written].every((key) => keys.has(key));
			},
			'everything that was written is there',
			20_000,
			200
		);
		people.stop();
	});

	it('leaves a room that works: the meeting goes on, its own state and its documents agree', async () => {
		expect(
			await must(opened.host, opened.room.id, 'topics.submit', { text: 'after all that' })
		).toBeDefined();
		const { topics } = await kept();
		expect(topics).toContain('after all that');
		await server.restart();
		expect((await kept()).topics).toEqual(topics);
	});
});

describe('the store, after all that', () => {
	it('L7, L8: has no document that cannot be read, and no snapshot that is not what its history says', async () => {
		const { code, said } = await operate(server.dataDir, ['check-store']);
		expect(said).not.toContain('error');
		expect(code, said).toBe(0);
	});
});

describe('SIGTERM under load', () => {
	it('T1, T2: ends with 0, and loses nothing', async () => {
		for (let round = 0; round < 2; round++) {
			await open();
			const people = load(target(), writers);
			people.go();
			await until(
				() => people.seen.size > 20 && people.acknowledged.size > 5 && people.shown.size > 5,
				'the load runs'
			);
			await sleep(random() * 300);
			expect(await server.stop(), server.output()).toBe(0);
			people.stop();
			await server.restart();
			check(people, await kept());
		}
	});

	it('T2: ends with another code when the store fails: nothing that was promised is lost, and nothing promised that is', async () => {
		await open();
		const people = load(target(), writers);
		people.go();
		await until(
			() => people.seen.size > 20 && people.acknowledged.size > 5 && people.shown.size > 5,
			'the load runs'
		);
		// the server may be in a commit of its own
		const store = new DatabaseSync(join(server.dataDir, 'peerloom.db'), { timeout: 10_000 });
		store.exec('begin immediate');
		// what is written now waits for a store that is somebody else's
		expect(await server.stop(), server.output()).toBe(1);
		expect(server.output()).toMatch(/was cut short|not saved/);
		people.stop();
		store.exec('rollback');
		store.close();
		await server.restart();
		check(people, await kept());
	});
});
