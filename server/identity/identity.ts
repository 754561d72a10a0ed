/** Who is asking, and how they come to be somebody: guests, accounts, sessions. */
import type { DatabaseSync } from 'node:sqlite';
import { isAPIError } from 'better-auth/api';
import type { Config } from '../config.ts';
import type { Clock } from '../storage/clock.ts';
import { createAuth, oidcProvider, type Compose, type Invited } from './auth.ts';
import { createDoor, type Visit } from './door.ts';
import { fromAuth, IdentityError } from './error.ts';
import type { Mail } from './mail.ts';
import { parseName } from './name.ts';
import { createPeople, type User } from './people.ts';
import type { Person } from './person.ts';
import { createSessions, type Session } from './sessions.ts';
import { sessionCookie, shownToken, type Credentials } from './token.ts';

export interface IdentityParts {
	config: Pick<Config, 'origins' | 'secret' | 'oidc' | 'limits' | 'connections'>;
	/** With the tables `person` and `person_user`; better-auth's own are made here. */
	database: DatabaseSync;
	mail: Mail | null;
	clock: Pick<Clock, 'now'>;
	/**
	 * A guest has signed in to an account that exists: the account takes over the guest's memberships.
	 * Throws: the sign-in fails and the guest stays what they are.
	 */
	adopt(guest: Person, account: Person): Promise<void>;
	/** May people create accounts with a password who were not invited? */
	openToAll?(): boolean;
	/** Where trouble inside of better-auth is logged. */
	report?(message: string): void;
}

export interface Entered {
	/** `Set-Cookie` values for the answer. */
	setCookie: string[];
}

export interface Identity {
	/** Which ways in there are besides e-mail and password. `oidc`: the provider's name. */
	readonly ways: { mailLink: boolean; oidc: string | null };
	/** Session cookie, bearer or `token` → the person; null where none of them is valid. Fast: no await inside. */
	who(credentials: Credentials): Promise<Person | null>;
	/** A person by id, whether they are here or not. At once. */
	known(id: string): Person | null;
	/** A new guest. Without a visit nothing is limited. Throws `IdentityError`, as all that follow. */
	guest(name: unknown, visit?: Visit): Promise<Entered & { token: string; person: Person }>;
	/**
	 * `invited` by a link that anybody may have had, or to this very mailbox: then an account that was made ready for
	 * the address may be claimed.
	 */
	signUp(
		input: { name: unknown; email: string; password: string; invited?: Invited },
		visit: Visit
	): Promise<Entered>;
	signIn(input: { email: string; password: string }, visit: Visit): Promise<Entered>;
	/** Sends a link that signs in whoever opens it, and goes on to the page `next`. */
	mailLink(input: { email: string; next: string; compose: Compose }, visit: Visit): Promise<void>;
	/** Where the browser has to go for single sign-on. */
	oidc(next: string, visit: Visit): Promise<Entered & { url: string }>;
	changePassword(input: { current: string; fresh: string }, visit: Visit): Promise<Entered>;
	/** A first password, for accounts that have none. */
	setPassword(fresh: string, visit: Visit): Promise<void>;
	/** Ends the session that the request shows. */
	signOut(visit: Visit): Promise<Entered>;
	/** `api/auth/[...all]`: better-auth's own endpoints, those of them that we offer. */
	handler(visit: Visit): Promise<Response>;
	/** False for guests, and for those who come by mail link or single sign-on only. */
	hasPassword(person: Person): Promise<boolean>;
	rename(person: Person, name: unknown): Promise<Person>;
	speak(person: Person, locale: string | null): Promise<Person>;
	sessions(person: Person, credentials: Credentials): Promise<Session[]>;
	/** False: the person has no such session. */
	endSession(person: Person, session: string): Promise<boolean>;
	/** Ends all sessions of the person but the one that asks. */
	endOtherSessions(person: Person, credentials: Credentials): Promise<void>;
	endAllSessions(person: Person): Promise<void>;
	/**
	 * Told whenever sessions of a person may have ended other than by running out, and perhaps not all of them: asks
	 * `who` again. Returns how to stop.
	 */
	onEnded(listener: (person: string) => void): () => void;
	/** By id, or by the e-mail address of an account. */
	find(idOrEmail: string): Promise<Person | null>;
	/** Removes people for good: users, sessions, passwords. What they wrote in rooms is not touched. */
	erase(people: readonly string[]): Promise<void>;
	/** Guests whose last session ran out or was ended before that time, ms since the epoch. */
	endedGuests(before: number): Promise<string[]>;
	/** Removes sessions that ran out before that time; how many. */
	sweepSessions(before: number): Promise<number>;
}

export async function createIdentity(parts: IdentityParts): Promise<Identity> {
	const { config, database, mail, clock, adopt } = parts;
	const auth = await createAuth({
		config,
		database,
		mail,
		link,
		openToAll: parts.openToAll ?? (() => true),
		isReady: (email) => people.ready(email) !== null,
		report: parts.report ?? (() => {})
	});
	const people = createPeople(database, clock);
	const sessions = createSessions(database, clock);
	const door = createDoor(auth.handler, config);
	const tokenOf = (credentials: Credentials) => shownToken(credentials, config.secret);
	const listeners = new Set<(person: string) => void>();

	function tell(...persons: readonly string[]): void {
		for (const person of persons) for (const listener of listeners) listener(person);
	}

	/** Work of better-auth that may end sessions of whoever asks: a guest's who signs in, others' of a new password. */
	async function entering<T>({ request }: Visit, work: () => Promise<T>): Promise<T> {
		const token = tokenOf(request.headers);
		const before = token === null ? null : people.ofToken(token);
		try {
			return await work();
		} finally {
			if (before) tell(before.id);
		}
	}

	async function link(guestUser: User, accountUser: User): Promise<void> {
		const guest = people.ofUser(guestUser.id);
		if (!guest) return;
		const account = people.ofUser(accountUser.id) ?? people.claim(accountUser);
		// A user without a person has only just been made (see `ofToken`): the guest has signed up.
		if (account) await adopt(guest, account);
		else people.promote(guest, accountUser);
		people.unmap(guestUser.id);
	}

	return {
		ways: { mailLink: mail !== null, oidc: config.oidc?.name ?? null },
		async who(credentials) {
			const token = tokenOf(credentials);
			return token ? people.ofToken(token) : null;
		},
		known: (id) => people.of(id),
		async guest(input, visit) {
			const name = parseName(input);
			const headers = new Headers();
			if (visit) {
				await door.admitGuest(visit);
				headers.set('user-agent', visit.request.headers.get('user-agent') ?? '');
			}
			const answer = await auth.signInAnonymous(headers);
			const { token, user } = answer.response;
			const person = people.add({ id: user.id, name, email: user.email, isAnonymous: true }, name);
			const setCookie = answer.headers.getSetCookie();
			return { token, person, setCookie: visit ? door.secured(setCookie, visit) : setCookie };
		},
		async signUp({ name, email, password, invited }, visit) {
			const body = { name: parseName(name), email: email.trim(), password };
			return entering(visit, () =>
				auth.inviting.run(invited ?? null, () => door.enter('/sign-up/email', body, visit))
			);
		},
		async signIn({ email, password }, visit) {
			return entering(visit, () => door.enter('/sign-in/email', { email: email.trim(), password }, visit));
		},
		async mailLink({ email, next, compose }, visit) {
			if (!mail) throw unavailable('Sign-in by mail needs SMTP_URL.');
			const body = { email: email.trim(), callbackURL: next, errorCallbackURL: '/sign-in' };
			await auth.composing.run(compose, () => door.enter('/sign-in/magic-link', body, visit));
		},
		async oidc(next, visit) {
			if (!config.oidc) throw unavailable('Single sign-on needs OIDC_ISSUER.');
			const body = {
				provider: oidcProvider,
				callbackURL: next,
				errorCallbackURL: '/sign-in',
				disableRedirect: true
			};
			const { setCookie, answer } = await door.enter('/sign-in/social', body, visit);
			if (typeof answer.url !== 'string') throw unavailable('The sign-on provider cannot be reached.');
			return { setCookie, url: answer.url };
		},
		async changePassword({ current, fresh }, visit) {
			const body = { currentPassword: current, newPassword: fresh, revokeOtherSessions: true };
			return entering(visit, () => door.enter('/change-password', body, visit));
		},
		async setPassword(fresh, { request }) {
			const token = tokenOf(request.headers);
			if (!token || !people.ofToken(token)?.account) throw fromAuth(403, 'NO_ACCOUNT');
			try {
				await auth.setPassword(fresh, request.headers);
			} catch (error) {
				if (!isAPIError(error)) throw error;
				throw fromAuth(error.statusCode, error.body?.code);
			}
		},
		async signOut(visit) {
			const token = tokenOf(visit.request.headers);
			const person = token === null ? null : people.ofToken(token);
			if (token) sessions.endToken(token);
			if (person) tell(person.id);
			const gone = `${sessionCookie}=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax`;
			return { setCookie: door.secured([gone], visit) };
		},
		handler: (visit) => entering(visit, () => door.handler(visit)),
		hasPassword: async (person) => people.hasPassword(person.id),
		async rename(person, input) {
			const name = parseName(input);
			people.rename(person.id, name);
			return { ...person, name };
		},
		async speak(person, locale) {
			people.speak(person.id, locale);
			return { ...person, locale };
		},
		sessions: async (person, credentials) => sessions.of(person.id, tokenOf(credentials)),
		async endSession(person, session) {
			const theirs = sessions.end(person.id, session);
			if (theirs) tell(person.id);
			return theirs;
		},
		async endOtherSessions(person, credentials) {
			sessions.endAll(person.id, tokenOf(credentials));
			tell(person.id);
		},
		async endAllSessions(person) {
			sessions.endAll(person.id, null);
			tell(person.id);
		},
		onEnded(listener) {
			listeners.add(listener);
			return () => void listeners.delete(listener);
		},
		find: async (idOrEmail) => people.of(idOrEmail) ?? people.byEmail(idOrEmail),
		async erase(ids) {
			people.erase(ids);
			tell(...ids);
		},
		endedGuests: async (before) => people.endedGuests(before),
		sweepSessions: async (before) => sessions.sweep(before)
	};
}

function unavailable(message: string): IdentityError {
	return new IdentityError('unavailable', message, { status: 404 });
}
