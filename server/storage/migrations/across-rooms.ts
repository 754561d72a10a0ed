import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
	// person '': everybody in the room
	`create table matter (
		room text not null,
		instance text not null,
		id text not null,
		person text not null,
		data text not null,
		since integer not null,
		kind text not null,
		-- ms since the epoch; of a day its midnight in UTC
		due integer,
		primary key (room, instance, id, person)
	) without rowid`,
	`create index matter_due on matter (due) where due is not null`,
	`create index matter_since on matter (since) where due is null and kind = 'answer'`,
	// that somebody was reminded, once of each matter; its words are the matter's and not kept here
	`create table reminder (
		id integer primary key,
		person text not null,
		room text not null,
		instance text not null,
		matter text not null,
		at integer not null,
		seen integer,
		mail text not null,
		tries integer not null default 0,
		next integer not null,
		unique (person, room, instance, matter)
	)`,
	`create index reminder_unseen on reminder (person) where seen is null`,
	`create index reminder_mail on reminder (next) where mail = 'waiting'`,
	`create index reminder_room on reminder (room)`,
	// how somebody wants to be reminded
	`create table reminding (person text primary key, data text not null, digested integer not null default 0, feed text unique) without rowid`,
	`create index matter_person on matter (person) where person <> ''`,
	// how far the words of a document were taken into the search
	`alter table document add column indexed integer not null default 0`,
	// document 0: what its author gave to the whole workspace, from the ledger. `place` is looked for with the words, so
	// that a word which everybody writes costs what the seeker's own rooms have of it
	`create table passage (
		id integer primary key,
		document integer not null,
		room text not null,
		instance text not null,
		item text not null,
		text text not null,
		place text generated always as (iif(document = 0, 'shared', room)) virtual
	)`,
	`create unique index passage_of on passage (document, room, instance, item)`,
	`create index passage_room on passage (room)`,
	`create virtual table passage_words using fts5(
		text, place, content = 'passage', content_rowid = 'id',
		tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
	)`,
	// what is deleted leaves no word in the index
	`insert into passage_words (passage_words, rank) values ('secure-delete', 1)`,
	`create trigger passage_added after insert on passage begin
		insert into passage_words (rowid, text, place) values (new.id, new.text, new.place);
	end`,
	`create trigger passage_gone after delete on passage begin
		insert into passage_words (passage_words, rowid, text, place) values ('delete', old.id, old.text, old.place);
	end`,
	`create trigger passage_changed after update on passage begin
		insert into passage_words (passage_words, rowid, text, place) values ('delete', old.id, old.text, old.place);
		insert into passage_words (rowid, text, place) values (new.id, new.text, new.place);
	end`,
	// also where the row takes another's place
	`create trigger ledger_shared_put after insert on ledger begin
		delete from passage where document = 0 and room = new.room and instance = new.instance and item = new.id;
		insert into passage (document, room, instance, item, text)
			select 0, new.room, new.instance, new.id, new.text where new.state = 'shared';
	end`,
	`create trigger ledger_shared_gone after delete on ledger begin
		delete from passage where document = 0 and room = old.room and instance = old.instance and item = old.id;
	end`,
	`insert into passage (document, room, instance, item, text)
		select 0, room, instance, id, text from ledger where state = 'shared'`,
	`create index ledger_shared on ledger (updated) where state = 'shared'`,
	`create index matter_of_all on matter (room) where person = ''`
];

/** What is found across rooms: what concerns single people, and the words that they may search. */
export const acrossRooms: Migration = {
	async up(db: Kysely<unknown>) {
		for (const statement of statements) await sql.raw(statement).execute(db);
	}
};
