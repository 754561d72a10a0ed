import type { DatabaseSync } from 'node:sqlite';
import * as v from 'valibot';
import { DEFAULTS, type ReminderStore, type ShownReminder, type WaitingMail } from './reminder-store.ts';
import { matter, type MatterTexts } from './sqlite-rows.ts';
import { rowsOf } from './rows-of.ts';

const kinds = (fallback: (typeof DEFAULTS)['app']) => ({
	promised: v.fallback(v.boolean(), fallback.promised),
	answer: v.fallback(v.boolean(), fallback.answer),
	coming: v.fallback(v.boolean(), fallback.coming)
});
const app = v.object(kinds(DEFAULTS.app));
const mail = v.object({ ...kinds(DEFAULTS.mail), digest: v.fallback(v.boolean(), DEFAULTS.mail.digest) });
const settings = v.object({
	app: v.fallback(app, DEFAULTS.app),
	mail: v.fallback(mail, DEFAULTS.mail),
	often: v.fallback(v.picklist(['once', 'daily']), DEFAULTS.often)
});

const columns = 'm.room, m.instance, m.id, m.person, m.data, m.since';
/** `:person` is the member; a matter of everybody has none of its own. */
const isKnown = `exists (select 1 from reminder r where r.person = member.person and r.room = m.room
	and r.instance = m.instance and r.matter = m.id)`;

export function createSqliteReminders(
	db: DatabaseSync,
	transaction: <Result>(work: () => Result) => Result
): ReminderStore {
	const candidates = db.prepare(
		`select ${columns}, member.person as member from (
			select * from matter where due is not null and due between :from and :to
			union all
			select * from matter where due is null and kind = 'answer' and since between :waitedFrom and :waitedTo
		) m join member on member.room = m.room and (m.person = '' or m.person = member.person)
		join room on room.id = m.room and room.demo = 0
		where not ${isKnown}
		order by coalesce(m.due, m.since), m.room, m.instance, m.id, member.person limit :limit offset :offset`
	);
	const add = db.prepare(
		`insert or ignore into reminder (person, room, instance, matter, at, seen, mail, next)
		values (?, ?, ?, ?, ?, ?, ?, ?)`
	);
	const mailFor = db.prepare(
		`select person from reminder where mail = 'waiting' and next <= ? group by person limit ?`
	);
	const waiting = db.prepare(
		`select id, person, room, instance, matter, tries from reminder
		where person = ? and mail = 'waiting' and next <= ? order by at, id`
	);
	const sending = db.prepare(`update reminder set mail = 'sending', tries = tries + 1 where id = ?`);
	const sent = db.prepare('update reminder set mail = ?, next = ? where id = ?');
	const shown = db.prepare(
		`select reminder.id as reminder, reminder.at, reminder.seen, ${columns}
		from reminder
		join member on member.room = reminder.room and member.person = reminder.person
		join matter m on m.room = reminder.room and m.instance = reminder.instance and m.id = reminder.matter
			and m.person in (reminder.person, '')
		where reminder.person = ? and (reminder.seen is null or reminder.seen > 0)
		order by reminder.at desc, reminder.id desc limit ?`
	);
	const unseen = db.prepare(
		`select count(*) as n from reminder
		where reminder.person = ? and reminder.seen is null and exists (
			select 1 from member join matter m on m.room = member.room
			where member.room = reminder.room and member.person = reminder.person
				and m.instance = reminder.instance and m.id = reminder.matter and m.person in (reminder.person, ''))`
	);
	const see = db.prepare('update reminder set seen = ? where person = ? and seen is null');
	const read = db.prepare('select data, mailed, feed from reminding where person = ?');
	const write = db.prepare(
		`insert into reminding (person, data) values (?, ?) on conflict (person) do update set data = excluded.data`
	);
	const mailed = db.prepare(
		`insert into reminding (person, data, mailed) values (?, '{}', ?)
		on conflict (person) do update set mailed = excluded.mailed`
	);
	const feed = db.prepare(
		`insert into reminding (person, data, feed) values (?, '{}', ?)
		on conflict (person) do update set feed = excluded.feed`
	);
	const ofFeed = db.prepare('select person from reminding where feed = ?');
	const forget = db.prepare(
		`delete from reminder where at < ? and not exists (
			select 1 from matter m where m.room = reminder.room and m.instance = reminder.instance
				and m.id = reminder.matter and m.person in (reminder.person, ''))`
	);
	const rowOf = (person: string) =>
		read.get(person) as { data: string; mailed: number; feed: string | null } | undefined;

	return {
		async candidates(span) {
			const rows = rowsOf<MatterTexts & { member: string }>(candidates, { ...span });
			return rows.map(({ member, ...row }) => ({ person: member, matter: matter(row) }));
		},
		async add(reminders) {
			transaction(() => {
				for (const { person, room, instance, matter, at, shown, mail, next } of reminders)
					add.run(person, room, instance, matter, at, shown ? null : 0, mail, next);
			});
		},
		mailFor: async (now, limit) =>
			(mailFor.all(now, limit) as { person: string }[]).map(({ person }) => person),
		async take(person, now) {
			return transaction(() => {
				const rows = rowsOf<WaitingMail>(waiting, person, now);
				for (const { id } of rows) sending.run(id);
				return rows;
			});
		},
		async sent(ids, mail, next) {
			transaction(() => {
				for (const id of ids) sent.run(mail, next, id);
			});
		},
		async shown(person, limit) {
			const rows = rowsOf<MatterTexts & { reminder: number; at: number; seen: number | null }>(
				shown,
				person,
				limit
			);
			return rows.map(({ reminder, at, seen, ...row }): ShownReminder => ({
				...{ id: reminder, at, seen: seen !== null },
				matter: matter(row)
			}));
		},
		unseen: async (person) => (unseen.get(person) as { n: number }).n,
		async see(person, at) {
			see.run(at, person);
		},
		async settings(person) {
			const parsed = v.safeParse(settings, JSON.parse(rowOf(person)?.data ?? '{}'));
			return parsed.success ? parsed.output : DEFAULTS;
		},
		async set(person, wanted) {
			write.run(person, JSON.stringify(wanted));
		},
		mailed: async (person) => rowOf(person)?.mailed ?? 0,
		async setMailed(person, at) {
			mailed.run(person, at);
		},
		async setFeed(person, hash) {
			feed.run(person, hash);
		},
		hasFeed: async (person) => (rowOf(person)?.feed ?? null) !== null,
		ofFeed: async (hash) => (ofFeed.get(hash) as { person: string } | undefined)?.person ?? null,
		forget: async (before) => Number(forget.run(before).changes)
	};
}
