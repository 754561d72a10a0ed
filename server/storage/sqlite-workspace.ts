import type { DatabaseSync } from 'node:sqlite';
import type { Json } from '#lib/blocks/block.ts';
import type {
	Colleague,
	InvitationRow,
	PeopleChange,
	ProfileData,
	WorkspaceStore
} from './workspace-store.ts';
import { rowsOf } from './rows-of.ts';

type PersonTexts = Omit<Colleague, 'administrator' | 'joined' | 'profile'> & {
	administrator: number;
	joined: number;
	profile: string | null;
};

const invitationColumns = 'id, token, email, person, "by", created, expires, most, used, revoked';

export function createSqliteWorkspace(
	db: DatabaseSync,
	transaction: <Result>(work: () => Result) => Result
): WorkspaceStore {
	const people = db.prepare(
		`select p.id, p.name, p.email, p.locale, p.administrator, f.data as profile,
		 exists (select 1 from person_user u where u.person = p.id) as joined
		 from person p left join profile f on f.person = p.id
		 where p.account = 1 order by p.name collate nocase, p.id`
	);
	const profiles = db.prepare('select person, data from profile');
	const add = db.prepare(
		'insert into person (id, name, account, email, locale, created) values (?, ?, 1, ?, null, ?)'
	);
	const rename = db.prepare('update person set name = ? where id = ?');
	const describe = db.prepare(
		`insert into profile (person, data, updated) values (?, ?, ?)
		 on conflict (person) do update set data = excluded.data, updated = excluded.updated`
	);
	const appoint = db.prepare('update person set administrator = 1 where id = ? and account = 1');
	const dismiss = db.prepare(
		`update person set administrator = 0 where id = ? and account = 1
		 and exists (select 1 from person other where other.administrator = 1 and other.id <> person.id)`
	);
	const invitations = db.prepare(`select ${invitationColumns} from invitation order by created desc, id`);
	const byToken = db.prepare(`select ${invitationColumns} from invitation where token = ?`);
	const invite = db.prepare(
		`insert into invitation (${invitationColumns}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	);
	const accept = db.prepare(
		'update invitation set used = used + 1 where id = ? and used < most and revoked is null and expires > ?'
	);
	const revoke = db.prepare('update invitation set revoked = ? where id = ? and revoked is null');
	const settings = db.prepare('select name, value from setting');
	const set = db.prepare(
		'insert into setting (name, value) values (?, ?) on conflict (name) do update set value = excluded.value'
	);
	const persons = db.prepare(
		`select sum(account = 1 and joined) as accounts, sum(account = 1 and not joined) as waiting,
		 sum(account = 0) as guests from (select p.account,
		 exists (select 1 from person_user u where u.person = p.id) as joined from person p)`
	);
	const formats = db.prepare(
		`select format, count(*) as rooms, sum(state = 'archived') as archived,
		 (select count(*) from meeting m join room other on other.id = m.room
		  where other.format = room.format and other.demo = 0 and m.started is not null) as meetings
		 from room where demo = 0 group by format order by format`
	);

	const demos = db.prepare('select count(*) as demos from room where demo = 1');

	const forgetProfile = db.prepare('delete from profile where person = ?');
	const forgetManager = db.prepare(
		`update profile set data = json_set(data, '$.manager', null) where json_extract(data, '$.manager') = ?`
	);
	const forgetInvitations = db.prepare(
		`delete from invitation where person = :id or "by" = :id
		 or email = (select lower(email) from person where id = :id)`
	);
	const resign = db.prepare('update person set administrator = 0 where id = ?');
	const succeed = db.prepare(
		`update person set administrator = 1 where not exists (select 1 from person where administrator = 1)
		 and id = (select p.id from person p where p.account = 1 and not exists
			(select 1 from json_each(?) gone where gone.value = p.id)
			and exists (select 1 from person_user u where u.person = p.id) order by p.created, p.id limit 1)`
	);

	return {
		async forget(people) {
			transaction(() => {
				for (const id of people) {
					forgetProfile.run(id);
					forgetManager.run(id);
					forgetInvitations.run({ id });
					resign.run(id);
				}
				succeed.run(JSON.stringify(people));
			});
		},
		people: async () => (people.all() as PersonTexts[]).map(colleague),
		profiles: async () =>
			(profiles.all() as { person: string; data: string }[]).map(({ person, data }) => ({
				person,
				data: JSON.parse(data) as ProfileData
			})),
		async changePeople({ add: added = [], rename: renamed = [], profiles: described = [] }: PeopleChange) {
			transaction(() => {
				for (const { id, name, email, created } of added) add.run(id, name, email, created);
				for (const { id, name } of renamed) rename.run(name, id);
				for (const { person, data, updated } of described)
					describe.run(person, JSON.stringify(data), updated);
			});
		},
		appoint: async (person, administrator) => (administrator ? appoint : dismiss).run(person).changes > 0,
		invitations: async () => rowsOf(invitations),
		invitationByToken: async (token) => rowsOf<InvitationRow>(byToken, token)[0] ?? null,
		async invite(rows) {
			transaction(() => {
				for (const { id, token, email, person, by, created, expires, most, used, revoked } of rows)
					invite.run(id, token, email, person, by, created, expires, most, used, revoked);
			});
		},
		accept: async (id, now) => accept.run(id, now).changes > 0,
		revoke: async (id, now) => void revoke.run(now, id),
		settings: async () =>
			Object.fromEntries(
				(settings.all() as { name: string; value: string }[]).map(({ name, value }) => [
					name,
					JSON.parse(value) as Json
				])
			),
		set: async (name, value) => void set.run(name, JSON.stringify(value)),
		async counts() {
			const { accounts, waiting, guests } = persons.get() as Record<string, number | null>;
			return {
				accounts: accounts ?? 0,
				waiting: waiting ?? 0,
				guests: guests ?? 0,
				demos: Number(demos.get()?.demos ?? 0),
				formats: rowsOf(formats)
			};
		}
	};
}

function colleague(row: PersonTexts): Colleague {
	return {
		...row,
		administrator: row.administrator === 1,
		joined: row.joined === 1,
		profile: row.profile === null ? null : (JSON.parse(row.profile) as ProfileData)
	};
}
