import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { join as enter } from '../../tests/support/api.ts';
import { quantile, wait } from '../figures.ts';
import { startLoad } from '../load/start.ts';
import { ms, type Section } from '../report.ts';
import { startPeerloom } from '../subjects.ts';

const OPENED = 20;
const code = (n: number) => `B${String(n).padStart(5, '0')}`;

/** Copies of a room, row by row, under other names: made in a second, and like any other for the server. */
function multiply(dataDir: string, room: string, times: number): void {
	const db = new DatabaseSync(join(dataDir, 'peerloom.db'));
	const numbers = `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${times})`;
	const columns = (table: string) =>
		(db.prepare(`select name from pragma_table_info('${table}')`).all() as { name: string }[]).map(
			({ name }) => name
		);
	db.exec('pragma foreign_keys = off; begin');
	for (const table of ['room', 'meeting', 'state', 'member', 'ledger']) {
		const id = table === 'room' ? 'id' : 'room';
		const other: Record<string, string> = {
			[id]: `'bench' || i`,
			code: `printf('B%05d', i)`,
			...(table === 'room' && { screen: `'bench' || i` })
		};
		const values = columns(table).map((name) => other[name] ?? `"${name}"`);
		db.prepare(
			`insert into ${table} (${columns(table)
				.map((name) => `"${name}"`)
				.join()}) ${numbers} select ${values.join()} from ${table}, n where ${table}.${id} = ?`
		).run(room);
	}
	db.prepare(
		`insert into document (name, room) ${numbers}
		 select 'bench' || i || substr(name, length(room) + 1), 'bench' || i from document, n where room = ?`
	).run(room);
	db.prepare(
		`insert into log (document, at, person, cause, data) ${numbers}
		 select copy.id, log.at, log.person, log.cause, log.data from log
		 join document d on d.id = log.document, n
		 join document copy on copy.name = 'bench' || i || substr(d.name, length(d.room) + 1) where d.room = ?`
	).run(room);
	db.exec('commit');
	db.close();
}

async function measure(rooms: number) {
	const subject = await startPeerloom();
	try {
		const { host, joined } = await subject.room('action-learning');
		const board = joined.documents.find(
			({ scope, access }) => access === 'write' && scope !== 'person'
		)!.name;
		const target = subject.target(joined.room.id, board, host.token);
		await startLoad('fill', { target, updates: 20, text: 60 }).result();
		await subject.server.stop();
		multiply(subject.server.dataDir, joined.room.id, rooms);
		const starts: number[] = [];
		for (let n = 0; n < 3; n++) {
			await subject.server.restart();
			starts.push(subject.server.startedIn);
		}
		await wait(500);
		const took: number[] = [];
		for (let n = 0; n < Math.min(OPENED, rooms); n++) {
			const one = 1 + Math.floor((n * rooms) / Math.min(OPENED, rooms));
			const begun = performance.now();
			const { room } = await enter(host, code(one));
			const opened = performance.now() - begun;
			const [document] = await startLoad('coldJoin', {
				targets: [subject.target(room.id, board, host.token)],
				as: 'bytes'
			}).result();
			took.push(opened + (document?.took ?? NaN));
		}
		// the first also pays for what the process does for the first time
		return {
			start: quantile(starts, 0.5),
			open: quantile(took.slice(1), 0.5),
			worst: Math.max(...took.slice(1))
		};
	} finally {
		await subject.close();
	}
}

/** A full store beside a nearly empty one. */
export async function tenThousandRooms(rooms: number): Promise<Section> {
	const few = await measure(10);
	const many = await measure(rooms);
	// medians of a few tries on a machine that does other things too
	const alike = many.open <= 1.5 * few.open && many.start <= 1.5 * few.start;
	const row = (name: string, { start, open, worst }: typeof few) => [name, ms(start), ms(open), ms(worst)];
	return {
		title: `${rooms.toLocaleString('en')} rooms in the store`,
		about:
			'Rooms of a meeting with a board. Start is from spawning until /readyz answers (median of three); opening is ' +
			'joining a room that nobody has open, by its code, and reading its board (median and slowest).',
		columns: ['rooms', 'start ms', 'opening ms', 'slowest ms'],
		rows: [row('10', few), row(rooms.toLocaleString('en'), many)],
		says: [
			`The goal is that it makes no difference: ${alike ? 'it is reached within what runs differ by' : 'it is missed'}. ` +
				`Opening a cold room takes ${ms(many.open)} ms beside ${ms(few.open)} ms, starting ${ms(many.start)} ms beside ` +
				`${ms(few.start)} ms: nothing is read of a room before somebody comes, and everything is found by an index.`
		]
	};
}
