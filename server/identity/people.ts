/** Our persons, and which users of better-auth they are: documents, log and ledger hold the person, who stays. */
import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../storage/clock.ts';
import { parseName } from './name.ts';
import type { Person } from './person.ts';

/** What better-auth knows of somebody. */
export interface User {
	id: string;
	name: string;
	email: string;
	isAnonymous?: boolean | null;
}

/** As better-auth's table has it. */
type UserRow = Omit<User, 'isAnonymous'> & { isAnonymous: number | null };

export interface People {
	/** Whose session it is, if it has not run out. The person of an account that is seen for the first time is made. */
	ofToken(token: string): Person | null;
	ofUser(user: string): Person | null;
	of(id: string): Person | null;
	/** The account that an administrator made ready for this address, and that nobody has signed in to. */
	ready(email: string): Person | null;
	/** The account made ready becomes this user's, or null: there is none for the address. */
	claim(user: User): Person | null;
	/**
	 * The person of a new user: the one made ready for them, or a new one. The first account of all runs the workspace.
	 * `name`: for guests, whose user has none of its own.
	 */
	add(user: User, name?: string): Person;
	/** The guest has got an account: the same person goes on as another user, under the name given there, if any. */
	promote(guest: Person, account: User): void;
	/** The guest's user is no more; the person stays, for what they wrote. */
	unmap(user: string): void;
	/** False for guests, and for those who come by mail link or single sign-on only. */
	hasPassword(person: string): boolean;
	rename(person: string, name: string): void;
	speak(person: string, locale: string | null): void;
	/** Of an account. */
	byEmail(email: string): Person | null;
	/** Removes these people with their users, sessions, passwords and open sign-in links. */
	erase(people: readonly string[]): void;
	/** Guests without a session that still holds, whose last was before that time. ms since the epoch. */
	endedGuests(before: number): string[];
}

type Row = {
	id: string;
	name: string;
	account: number;
	email: string | null;
	locale: string | null;
	administrator: number;
};

const columns = 'p.id, p.name, p.account, p.email, p.locale, p.administrator';

export function createPeople(database: DatabaseSync, clock: Pick<Clock, 'now'>): People {
	const byToken = database.prepare(
		`select ${columns}, s.expiresAt from session s join person_user u on u.user = s.userId
		 join person p on p.id = u.person where s.token = ?`
	);
	const userByToken = database.prepare(
		'select u.id, u.name, u.email, u.isAnonymous from session s join user u on u.id = s.userId where s.token = ? and s.expiresAt > ?'
	);
	const byUser = database.prepare(
		`select ${columns} from person_user u join person p on p.id = u.person where u.user = ?`
	);
	const byId = database.prepare(`select ${columns} from person p where p.id = ?`);
	const ready = database.prepare(
		`select ${columns} from person p where p.account = 1 and p.email = ?
		 and not exists (select 1 from person_user u where u.person = p.id) limit 1`
	);
	// whoever has the first account runs the workspace
	const appointFirst = database.prepare(
		`update person set administrator = 1 where id = ?
		 and not exists (select 1 from person where administrator = 1)`
	);
	const insert = database.prepare(
		'insert into person (id, name, account, email, locale, created) values (?, ?, ?, ?, null, ?)'
	);
	const map = database.prepare('insert into person_user (user, person) values (?, ?)');
	const unmap = database.prepare('delete from person_user where user = ?');
	const promote = database.prepare('update person set account = 1, name = ?, email = ? where id = ?');
	const password = database.prepare(
		`select 1 from account a join person_user u on u.user = a.userId where u.person = ? and a.providerId = 'credential'`
	);
	const rename = database.prepare('update person set name = ? where id = ?');
	const speak = database.prepare('update person set locale = ? where id = ?');

	const byEmail = database.prepare(
		`select ${columns} from person p where lower(p.email) = lower(?) and p.account = 1`
	);
	const users = 'in (select user from person_user where person = :id)';
	const erasing = [
		// a link in a mail that was not opened yet
		`delete from verification where exists (select 1 from user where id ${users}
			and (identifier = email or instr(value, email)))`,
		`delete from session where userId ${users}`,
		`delete from account where userId ${users}`,
		`delete from user where id ${users}`,
		'delete from person_user where person = :id',
		'delete from person where id = :id'
	].map((sql) => database.prepare(sql));
	const endedGuests = database.prepare(
		`select p.id from person p where p.account = 0 and p.created < ?2 and not exists (
			select 1 from person_user u join session s on s.userId = u.user
			where u.person = p.id and s.expiresAt >= ?1)`
	);

	const people: People = {
		ofToken(token) {
			const row = byToken.get(token) as (Row & { expiresAt: string }) | undefined;
			if (row) return Date.parse(row.expiresAt) > clock.now() ? fromRow(row) : null;
			const user = userByToken.get(token, new Date(clock.now()).toISOString()) as UserRow | undefined;
			return user ? people.add({ ...user, isAnonymous: user.isAnonymous === 1 }) : null;
		},
		ofUser(user) {
			const row = byUser.get(user);
			return row ? fromRow(row as Row) : null;
		},
		of(id) {
			const row = byId.get(id);
			return row ? fromRow(row as Row) : null;
		},
		ready(email) {
			const row = ready.get(email.toLowerCase());
			return row ? fromRow(row as Row) : null;
		},
		claim(user) {
			const theirs = user.isAnonymous ? null : people.ready(user.email);
			if (theirs) map.run(user.id, theirs.id);
			return theirs;
		},
		add(user, name) {
			const claimed = people.claim(user);
			if (claimed) return claimed;
			const account = !user.isAnonymous;
			const person: Person = {
				id: randomBytes(12).toString('base64url'),
				name: name ?? nameOf(user),
				account,
				email: account ? user.email : null,
				locale: null
			};
			// together, for each transaction waits for the disk
			database.exec('begin immediate');
			try {
				insert.run(person.id, person.name, account ? 1 : 0, person.email, clock.now());
				map.run(user.id, person.id);
				if (account) appointFirst.run(person.id);
				database.exec('commit');
			} catch (error) {
				if (database.isTransaction) database.exec('rollback');
				throw error;
			}
			return people.of(person.id) ?? person;
		},
		promote(guest, account) {
			map.run(account.id, guest.id);
			promote.run(givenName(account) ?? guest.name, account.email, guest.id);
			appointFirst.run(guest.id);
		},
		unmap(user) {
			unmap.run(user);
		},
		hasPassword: (person) => password.get(person) !== undefined,
		rename(person, name) {
			rename.run(name, person);
		},
		speak(person, locale) {
			speak.run(locale, person);
		},
		byEmail(email) {
			const row = byEmail.get(email.trim());
			return row ? fromRow(row as Row) : null;
		},
		erase(ids) {
			for (const id of ids) for (const statement of erasing) statement.run({ id });
		},
		endedGuests: (before) =>
			(endedGuests.all(new Date(before).toISOString(), before) as { id: string }[]).map(({ id }) => id)
	};
	return people;
}

function fromRow(row: Row): Person {
	const { id, name, email, locale } = row;
	const person: Person = { id, name, account: row.account === 1, email, locale };
	return row.administrator === 1 ? { ...person, administrator: true } : person;
}

/** A directory or a mail link may bring any name or none. */
function givenName(user: User): string | null {
	try {
		return parseName(user.name);
	} catch {
		return null;
	}
}

function nameOf(user: User): string {
	return givenName(user) ?? [...(user.email.split('@')[0] ?? user.email)].slice(0, 80).join('');
}
