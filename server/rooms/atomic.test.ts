/** C1, C2: a store that fails at any one statement of a unit leaves nothing of it, anywhere. */
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { readTables } from './publication.ts';
import { hall } from './testing.ts';

/** A database whose writes fail at the one that is chosen; 1 is the first, `begin` and `commit` count as well. */
function breakable() {
	const database = new DatabaseSync(':memory:');
	const at = { fail: 0, count: 0, statements: [] as string[] };
	const step = (sql: string) => {
		if (at.fail === 0 || !/^\s*(insert|update|delete|begin|commit)/i.test(sql)) return;
		at.statements.push(sql);
		if (++at.count === at.fail) throw new Error(`The disk failed at: ${sql}`);
	};
	const prepare = database.prepare.bind(database);
	database.prepare = (sql: string): StatementSync => {
		const statement = prepare(sql);
		const run = statement.run.bind(statement);
		statement.run = ((...values: Parameters<typeof run>) => {
			step(sql);
			return run(...values);
		}) as typeof statement.run;
		return statement;
	};
	const exec = database.exec.bind(database);
	database.exec = (sql: string) => {
		step(sql);
		exec(sql);
	};
	return { database, at };
}

const tables = [
	'log',
	'document',
	'snapshot',
	'room',
	'meeting',
	'state',
	'ledger',
	'matter',
	'member',
	'command'
];

/** Ends the meeting, gives a role, renames the room and writes: every kind of row that there is, in one batch. */
const everything = [
	['hedda', 'roster.assign', { person: 'ida', role: 'host' }],
	['tom', 'pad.add', { text: 'said at the last moment' }],
	['tom', 'pad.whisper', { text: 'whispered at the last moment' }],
	['hedda', 'pad.remove', {}],
	['hedda', 'room.rename', { title: 'Another name' }],
	['ida', 'roster.leave', {}],
	['hedda', 'agenda.end', {}]
] as const;

describe('a unit of everything', () => {
	let broken: ReturnType<typeof breakable>;
	let house: Awaited<ReturnType<typeof hall>>;
	let here: Awaited<ReturnType<typeof house.open>>;
	let note: string;

	beforeEach(async () => {
		broken = breakable();
		house = await hall(broken.database, undefined, { tick: 0 });
		here = await house.open();
		await here.join('tom');
		await here.join('ida');
		await here.must('hedda', 'agenda.start', here.expects());
		note = (await here.must('tom', 'pad.add', { text: 'to be removed' })) as string;
		await here.must('hedda', 'agenda.advance', here.expects());
		await here.room.show();
	});
	afterEach(async () => {
		await house.rooms.close();
		await house.committer.drain();
	});

	const dump = () =>
		tables.map((name) => [name, broken.database.prepare(`select * from ${name} order by 1, 2`).all()]);
	const shown = async (name: string) => {
		const doc = new Y.Doc();
		Y.applyUpdate(doc, await house.hub.read(`${here.id}/${name}`));
		return [...here.room.world.instances.keys(), 'room'].map((instance) => readTables(doc, instance));
	};
	const attempt = (id: string) =>
		Promise.all(
			everything.map(([by, type, payload], index) => {
				const more = type === 'pad.remove' ? { id: note } : here.expects();
				return here.run(by, type, { ...more, ...payload }, `${id}-${index}`);
			})
		);

	it('C1, C3: is undone wherever it fails, is told to nobody, and goes through once nothing fails', async () => {
		const reader = await here.connect('tom', 'm1/record');
		reader.flushUp().flushDown();
		const told = here.listen('tom');
		const before = {
			rows: dump(),
			world: here.room.world,
			record: await shown('m1/record'),
			told: told.own()
		};
		let failures = 0;
		for (let fail = 1; ; fail++) {
			broken.at.fail = fail;
			broken.at.count = 0;
			broken.at.statements = [];
			const answers = await attempt('same');
			if (broken.at.count < fail) {
				broken.at.fail = 0;
				expect(answers.map(({ ok }) => ok)).toEqual(everything.map(() => true));
				break;
			}
			failures++;
			broken.at.fail = 0;
			for (const answer of answers)
				expect(answer).toMatchObject({
					ok: false,
					error: { code: 'unsaved', message: /Nothing was changed/ }
				});
			expect(dump(), `after failing at ${broken.at.statements.at(-1)}`).toEqual(before.rows);
			expect(here.room.world).toBe(before.world);
			expect(await shown('m1/record')).toEqual(before.record);
			expect(reader.down).toEqual([]);
			expect(told.own()).toEqual(before.told);
		}
		// it was a unit of every kind, and it failed at every one
		const written = broken.at.statements.join('\n');
		for (const what of [...tables.filter((name) => name !== 'snapshot'), 'begin', 'commit'])
			expect(written).toMatch(
				new RegExp(`(insert|into|update|delete from) ?(or replace into )?.*${what}|^${what}`, 'im')
			);
		expect(failures).toBe(broken.at.statements.length);
		expect(failures).toBeGreaterThan(25);

		expect(here.room.world.row).toMatchObject({ title: 'Another name', meeting: 2 });
		reader.flushDown();
		expect(JSON.stringify(await shown('m1/record'))).toContain('said at the last moment');
		// the documents follow: what was given up and done again is in them once
		const again = await hall(broken.database, house.chance);
		const room = (await again.rooms.get(here.id))!;
		for (const [name, state] of here.room.world.states)
			expect(room.world.states.get(name), name).toEqual(state);
		await again.rooms.close();
	});

	it('C2: is carried out once under its ids, however often it failed before', async () => {
		for (const fail of [1, 5, 9]) {
			broken.at.fail = fail;
			broken.at.count = 0;
			await attempt('same');
			broken.at.fail = 0;
		}
		const first = await attempt('same');
		const second = await attempt('same');
		expect(second).toEqual(first);
		const rows = dump();
		expect(await attempt('same')).toEqual(first);
		expect(dump()).toEqual(rows);
		expect(here.room.world.row.meeting).toBe(2);
	});

	it('C2: whose id cannot even be looked up is not carried out', async () => {
		const { world } = here.room;
		const rows = dump();
		house.fails.command = true;
		expect((await attempt('same')).every(({ ok }) => !ok)).toBe(true);
		house.fails.command = false;
		expect(here.room.world).toBe(world);
		expect(dump()).toEqual(rows);
	});
});
