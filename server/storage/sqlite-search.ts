import type { DatabaseSync } from 'node:sqlite';
import type { Hit, IndexedPassage, SearchStore } from './search-store.ts';
import { rowsOf } from './rows-of.ts';

type HitRow = {
	room: string;
	code: string;
	title: string;
	format: string;
	preset: string | null;
	meeting: number;
	demo: number;
	role: string | null;
	document: string | null;
	instance: string;
	item: string;
	snippet: string;
};

const keyOf = ({ instance, item }: Pick<IndexedPassage, 'instance' | 'item'>) => `${instance}/${item}`;

/** Letters and digits alone come into a quoted string, so no operator of FTS5 does. */
const quoted = (word: string) => `"${word.replaceAll(/[^\p{L}\p{N}\p{M}]/gu, '')}" *`;

/** A query names at most so many rooms. */
const MOST_ROOMS = 1000;

export function createSqliteSearch(
	db: DatabaseSync,
	transaction: <Result>(work: () => Result) => Result
): SearchStore & { rewritten(document: string): void } {
	const stale = db.prepare(
		`select id, name as document, last from (
			select id, name, indexed, (select max(seq) from log where log.document = document.id) as last
			from document where id > ? order by id
		) where last > indexed limit ?`
	);
	const known = db.prepare('select id, squashed from document where name = ?');
	const held = db.prepare('select id, instance, item, text from passage where document = ?');
	const add = db.prepare('insert into passage (document, room, instance, item, text) values (?, ?, ?, ?, ?)');
	const change = db.prepare('update passage set text = ? where id = ?');
	const drop = db.prepare('delete from passage where id = ?');
	const done = db.prepare('update document set indexed = max(indexed, ?) where id = ?');
	// What came last stands first: to weigh words against each other, all of the index would have to be counted.
	const find = db.prepare(
		`select passage.room, room.code, room.title, room.format, room.preset, room.meeting, room.demo, member.role,
			substr(document.name, length(passage.room) + 2) as document, passage.instance, passage.item,
			snippet(passage_words, 0, char(1), char(2), '…', 24) as snippet
		from passage_words
		cross join passage on passage.id = passage_words.rowid
		left join member on member.room = passage.room and member.person = :person
		left join document on document.id = passage.document
		cross join room on room.id = passage.room
		where passage_words match :words and (
			(passage.document = 0 and :account = 1 and room.demo = 0) or (
				passage.document <> 0 and member.person is not null and (
					substr(document.name, length(passage.room) + 2, 4) <> 'own/'
					or document.name = passage.room || '/own/' || :person
				)
			)
		)
		order by passage_words.rowid desc limit :limit offset :offset`
	);
	const rooms = db.prepare('select room from member where person = ? limit ?');
	const listeners = new Set<(document: string) => void>();

	return {
		rewritten: (document) => listeners.forEach((tell) => tell(document)),
		onRewritten(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		stale: async (after, limit) => rowsOf(stale, after, limit),
		async index(document, upTo, passages) {
			transaction(() => {
				const row = known.get(document) as { id: number; squashed: number } | undefined;
				if (row === undefined || upTo < row.squashed) return;
				const room = document.slice(0, document.indexOf('/'));
				const before = new Map(
					rowsOf<IndexedPassage & { id: number }>(held, row.id).map((one) => [keyOf(one), one])
				);
				for (const one of passages) {
					const was = before.get(keyOf(one));
					before.delete(keyOf(one));
					if (was === undefined) add.run(row.id, room, one.instance, one.item, one.text);
					else if (was.text !== one.text) change.run(one.text, was.id);
				}
				for (const { id } of before.values()) drop.run(id);
				done.run(upTo, row.id);
			});
		},
		async find({ person, account }, words, limit, offset) {
			const said = words.map((group) => `(${group.map(quoted).join(' OR ')})`).join(' AND ');
			const mine = (rooms.all(person, MOST_ROOMS + 1) as { room: string }[]).map(({ room }) => `"${room}"`);
			const places = account ? [...mine, '"shared"'] : mine;
			if (places.length === 0) return [];
			// Of somebody who is in more rooms, each hit is asked for its room alone.
			const match =
				mine.length > MOST_ROOMS
					? `text : (${said})`
					: `(text : (${said})) AND (place : (${places.join(' OR ')}))`;
			const asked = { person, account: account ? 1 : 0, words: match, limit, offset };
			return rowsOf<HitRow>(find, asked).map(
				({ room, code, title, format, preset, meeting, demo, ...hit }): Hit => ({
					...hit,
					room: { id: room, code, title, format, preset, meeting, demo: demo === 1 }
				})
			);
		}
	};
}
