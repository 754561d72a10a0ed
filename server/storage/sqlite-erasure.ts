import type { DatabaseSync } from 'node:sqlite';
import type { Json } from '#lib/blocks/block.ts';
import type { Deletion, Erasure, StateRow } from './store.ts';
import { rowsOf } from './rows-of.ts';

/** Rooms of which the names are read at once, and for how long they are looked through before others have their turn, ms. */
const AT_ONCE = 50;
const SLICE = 8;

/** Finding and removing what is kept of one person, wherever it stands. Rare, so nothing is prepared. */
export class SqliteErasure {
	readonly #db: DatabaseSync;

	constructor(db: DatabaseSync) {
		this.#db = db;
	}

	async roomsMentioning(words: readonly string[]): Promise<string[]> {
		const page = this.#db.prepare('select id from room where id > ? order by id limit ?');
		const found: string[] = [];
		let begun = performance.now();
		for (let from = ''; ;) {
			const ids = (page.all(from, AT_ONCE) as { id: string }[]).map(({ id }) => id);
			for (const id of ids) {
				if (words.some((word) => this.#isIn(id, word))) found.push(id);
				// thousands of rooms, or some that are large, must not hold up those who meet now
				if (performance.now() - begun < SLICE) continue;
				await new Promise((turn) => setImmediate(turn));
				begun = performance.now();
			}
			const last = ids.at(-1);
			if (last === undefined) return found;
			from = last;
		}
	}

	#isIn(room: string, word: string): boolean {
		const { found } = this.#db
			.prepare(
				`select exists (select 1 from member where room = :room and person = :word)
				or exists (select 1 from state where room = :room and (instr(value, :word) or instr(key, :word)))
				or exists (select 1 from ledger where room = :room and (person = :word or instr(data, :word)))
				or exists (select 1 from matter where room = :room and (person = :word or instr(data, :word)))
				or exists (select 1 from log join document on document.id = log.document
					where document.room = :room and (log.person = :word or instr(log.data, cast(:word as blob))))
				or exists (select 1 from document where room = :room and instr(name, :word)) as found`
			)
			.get({ room, word }) as { found: number };
		return found === 1;
	}

	documentsMentioning(room: string, words: readonly string[]): string[] {
		const query = this.#db.prepare(
			`select name from document where room = :room and (instr(name, :word)
				or exists (select 1 from log where log.document = document.id and instr(data, cast(:word as blob)))
				or exists (select 1 from snapshot where snapshot.document = document.id
					and instr(state, cast(:word as blob)))) order by name`
		);
		const names = words.flatMap((word) => query.all({ room, word }) as { name: string }[]);
		return [...new Set(names.map(({ name }) => name))];
	}

	stateMentioning(room: string, words: readonly string[]): StateRow[] {
		const query = this.#db.prepare(
			`select room, meeting, instance, collection, key, value from state
				where room = :room and (instr(value, :word) or instr(key, :word))`
		);
		const rows = words.flatMap((word) => rowsOf<StateRow & { value: string }>(query, { room, word }));
		return rows.map((row) => ({ ...row, value: JSON.parse(row.value) as Json }));
	}

	changesBy(room: string, person: string) {
		const query = this.#db.prepare(
			`select name as document, count(*) as times, min(at) as first, max(at) as last
				from document join log on log.document = document.id
				where room = ? and person = ? group by document.id order by name`
		);
		return rowsOf<{ document: string; times: number; first: number; last: number }>(query, room, person);
	}

	/** `to` in the place of the author in the log, and of everything else that names the person in a column. */
	disown(words: readonly string[], to: string, names: readonly string[]): void {
		for (const word of words) {
			this.#db.prepare('update log set person = ? where person = ?').run(to, word);
			this.#db.prepare('delete from member where person = ?').run(word);
			for (const table of ['matter', 'reminder', 'reminding'])
				this.#db.prepare(`delete from ${table} where person = ?`).run(word);
			this.#db.prepare('delete from command where person = ? or instr(result, ?)').run(word, word);
		}
		const inWishes = this.#db.prepare(
			`update child set wish = replace(wish, :from, :to), done = replace(done, :from, :to)
			where instr(wish, :from) or instr(done, :from)`
		);
		for (const from of words) inWishes.run({ from, to });
		// as a title has it, between other words, and as JSON writes it
		for (const name of names) inWishes.run({ from: JSON.stringify(name).slice(1, -1), to: '–' });
	}

	note({ at, what, by, room, detail }: Deletion): void {
		this.#db
			.prepare('insert into deletion (at, what, by, room, detail) values (?, ?, ?, ?, ?)')
			.run(at, what, by, room, JSON.stringify(detail));
	}

	deletions(): Deletion[] {
		const all = this.#db.prepare('select at, what, by, room, detail from deletion order by id');
		return rowsOf<Deletion & { detail: string }>(all).map((row) => ({
			...row,
			detail: JSON.parse(row.detail) as Deletion['detail']
		}));
	}

	forgetDeletions(before: number): number {
		return Number(this.#db.prepare('delete from deletion where at < ?').run(before).changes);
	}

	ask({ person, at, by }: Erasure): void {
		this.#db.prepare('insert or ignore into erasure (person, at, by) values (?, ?, ?)').run(person, at, by);
	}

	asked(): Erasure[] {
		return rowsOf(this.#db.prepare('select person, at, by from erasure order by at'));
	}

	done(person: string): void {
		this.#db.prepare('delete from erasure where person = ?').run(person);
	}
}
