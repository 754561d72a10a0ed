/** The workspace: who is in it, what they say of themselves, who runs it, and who was asked to come. */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { blankProfile } from '#lib/blocks/profile.ts';
import type { Profile } from '#lib/blocks/profile.ts';
import type { Mail, MailTrouble } from '../identity/mail.ts';
import type { Person } from '../identity/person.ts';
import type { Asking, Once } from '../storage/once.ts';
import type { CommandRow } from '../storage/store.ts';
import type {
	Colleague,
	Counts,
	InvitationRow,
	ProfileData,
	WorkspaceStore
} from '../storage/workspace-store.ts';
import { readTable, writeTable, type FileProblem } from './csv-file.ts';
import { emailOf } from './email.ts';
import { hoursText } from './hours.ts';
import { CLEARED, columns, planImport, type Plan } from './people-import.ts';
import { refused, type Outcome, type Problem } from './problem.ts';
import { readProfile, type ProfileTexts } from './profile-input.ts';
import { loopThrough } from './reporting.ts';

const DAY = 24 * 60 * 60 * 1000;
const INVITATION_DAYS = { least: 1, most: 90, usual: 14 };
const INVITATION_PEOPLE = { least: 1, most: 500 };

export interface WorkspaceSettings {
	/** Who may open rooms: guests as well, or accounts only. */
	opening: 'anyone' | 'accounts';
	/** Who may create an account with a password: anyone, or those who were invited. */
	registration: 'anyone' | 'invited';
}

const usual: WorkspaceSettings = { opening: 'anyone', registration: 'anyone' };

export interface InvitationLine extends Omit<InvitationRow, 'token' | 'by'> {
	/** The inviter's name. */
	by: string;
	state: 'open' | 'used' | 'expired' | 'revoked';
}

export interface Shown {
	invitation: InvitationLine;
	/** The account made ready that it is for. */
	name: string | null;
}

export interface WorkspaceParts {
	store: WorkspaceStore;
	mail: Mail | null;
	clock: { now(): number };
	newId(): string;
	/** A person by id, guests as well. */
	known(id: string): Person | null;
	/** What was asked for before, under an id of the asker's. */
	once: Once;
	note(rows: CommandRow[]): Promise<unknown>;
	/** A link that is asked for again is the same without being kept: it follows from this. */
	secret: string;
}

export interface Imported {
	ready: number;
	changed: number;
	refused: number;
	/** People for whom an account was made ready. */
	people: string[];
}

/** 'none': no mail server is configured. */
export type MailState = { is: 'none' } | { is: 'works' } | ({ is: 'trouble' } & MailTrouble);

interface Wish {
	email?: string;
	person?: string;
	people?: number;
	days?: number;
}
type Letter = (token: string) => { subject: string; text: string };
export interface Invited {
	token: string;
	mailed: boolean;
	email: string | null;
}

export interface Workspace {
	profile(person: string): Profile | null;
	readonly settings: WorkspaceSettings;
	mayOpenRooms(person: Person): boolean;
	/** "Mon–Fri 9:00–17:00", as a profile's field takes it. */
	hoursText(hours: Profile['hours'], locale: string): string;
	people(by: Person): Promise<Outcome<Colleague[]>>;
	/** What a person says of themselves; an administrator may say it for them. `manager`: an e-mail or a name. */
	describe(by: Person, person: string, texts: ProfileTexts, manager?: string): Promise<Outcome<null>>;
	appoint(by: Person, person: string, administrator: boolean): Promise<Outcome<null>>;
	counts(by: Person): Promise<Outcome<Counts>>;
	/** Whether mail goes out. */
	mail(by: Person): Outcome<MailState>;
	configure(by: Person, settings: Partial<Record<keyof WorkspaceSettings, string>>): Promise<Outcome<null>>;
	invitations(by: Person): Promise<Outcome<InvitationLine[]>>;
	/**
	 * `email` for one mailbox, `person` for an account made ready; `link` is shown this once. `id`: of having asked; the
	 * same again gets the same link.
	 */
	invite(by: Person, wish: Wish, write: Letter, id?: string | null): Promise<Outcome<Invited>>;
	/** A new link in place of one that was lost or has run out: for the same people, and for as long. */
	inviteAgain(
		by: Person,
		invitation: string,
		write: (token: string, days: number) => ReturnType<Letter>,
		id?: string | null
	): Promise<Outcome<Invited>>;
	revoke(by: Person, invitation: string): Promise<Outcome<null>>;
	/** The invitation of a link, whatever its state; null: there is none. */
	invitation(token: string): Promise<Shown | null>;
	/** Counts the one who came by it. False: it does not hold any more. */
	accept(token: string): Promise<boolean>;
	/** What a file would change. The digest says what was shown; apply it with the same. `id` as with invitations. */
	preview(by: Person, file: Uint8Array): Promise<Outcome<{ plan: Plan; encoding: string; digest: string }>>;
	apply(by: Person, file: Uint8Array, digest: string, id?: string | null): Promise<Outcome<Imported>>;
	/** Everybody as a table that `preview` reads, or only its headings with an example. */
	table(by: Person, what: 'people' | 'template', locale: string): Promise<Outcome<string>>;
	/** These people are being erased. */
	forget(people: readonly string[]): Promise<void>;
}

/** Of a file that cannot be read: carried by `Refused.code`, with details in `problems`. */
function fileProblem(problem: FileProblem): Problem {
	const detail =
		'line' in problem
			? String(problem.line)
			: 'most' in problem
				? String(problem.most)
				: 'column' in problem
					? problem.column
					: undefined;
	return { field: 'file', code: 'invalid', ...(detail === undefined ? {} : { detail }) };
}

const hash = (token: string) => createHash('sha256').update(token).digest('base64url');

export async function createWorkspace(parts: WorkspaceParts): Promise<Workspace> {
	const { store, mail, clock, newId, known, once, note, secret } = parts;
	const profiles = new Map<string, ProfileData>();
	let settings = usual;

	async function reload(): Promise<void> {
		const rows = await store.profiles();
		profiles.clear();
		for (const { person, data } of rows) profiles.set(person, data);
		settings = { ...usual, ...(await store.settings()) };
	}
	await reload();

	const isAdministrator = (by: Person) => known(by.id)?.administrator === true;
	const notYours = refused(403, 'administrators-only');

	function profile(id: string): Profile | null {
		const person = known(id);
		if (!person?.account) return null;
		return { ...(profiles.get(id) ?? blankProfile), id, name: person.name };
	}

	const managerOf = (id: string) => profiles.get(id)?.manager ?? null;

	/** By e-mail, or by a name that only one has. */
	function findManager(text: string, people: readonly Colleague[]): Colleague | null {
		const wanted = text.trim().toLowerCase();
		const byEmail = people.find(({ email }) => email?.toLowerCase() === wanted);
		const named = people.filter(({ name }) => name.toLowerCase() === wanted);
		return byEmail ?? (named.length === 1 ? named[0]! : null);
	}

	function stateOf({ revoked, used, most, expires }: InvitationRow): InvitationLine['state'] {
		if (revoked !== null) return 'revoked';
		if (used >= most) return 'used';
		return expires <= clock.now() ? 'expired' : 'open';
	}

	function lineOf({ token: _, ...row }: InvitationRow): InvitationLine {
		return { ...row, by: known(row.by)?.name ?? '', state: stateOf({ ...row, token: '' }) };
	}

	/** 192 bits that nobody can guess. */
	function tokenFor({ person, type, id }: Asking): string {
		if (id === null) return randomBytes(24).toString('base64url');
		const sealed = createHmac('sha256', secret)
			.update(JSON.stringify([type, person, id]))
			.digest();
		return sealed.subarray(0, 24).toString('base64url');
	}

	async function plan(file: Uint8Array) {
		const read = readTable(file);
		if (!read.ok) return read;
		const people = await store.people();
		const planned = planImport(read.table, people, { newId, now: clock.now() });
		if (!planned.ok) return planned;
		const digest = hash(JSON.stringify(planned.plan.lines));
		return { ok: true as const, plan: planned.plan, encoding: read.table.encoding, digest };
	}

	const unreadable = (problem: FileProblem) =>
		refused(problem.code === 'too-large' ? 413 : 422, `file-${problem.code}`, [fileProblem(problem)]);

	/** `token`: of the link to be; one that is there already was asked for before a crash. */
	async function invite(by: Person, wish: Wish, write: Letter, token: string): Promise<Outcome<Invited>> {
		const problems: Problem[] = [];
		const { days = INVITATION_DAYS.usual, people = 1 } = wish;
		if (!Number.isInteger(days) || days < INVITATION_DAYS.least || days > INVITATION_DAYS.most)
			problems.push({ field: 'days', code: 'invalid' });
		if (!Number.isInteger(people) || people < INVITATION_PEOPLE.least || people > INVITATION_PEOPLE.most)
			problems.push({ field: 'people', code: 'invalid' });
		const everybody = await store.people();
		const asked = wish.email?.trim() ? emailOf(wish.email) : null;
		if (wish.email?.trim() && asked === null)
			problems.push({ field: 'email', code: 'invalid', detail: wish.email.slice(0, 60) });
		// an address for which an account was made ready is that account's
		const ready = everybody.find((one) =>
			wish.person === undefined ? asked !== null && one.email === asked : one.id === wish.person
		);
		if (wish.person !== undefined && !ready) return refused(404, 'no-person');
		if (ready?.joined) problems.push({ field: 'email', code: 'duplicate', detail: ready.name });
		if (problems.length > 0) return refused(422, 'invalid', problems);
		const email = ready?.email ?? asked;
		const now = clock.now();
		const invitation: InvitationRow = {
			id: newId(),
			token: hash(token),
			email,
			person: ready?.id ?? null,
			by: by.id,
			created: now,
			expires: now + days * DAY,
			most: email === null ? people : 1,
			used: 0,
			revoked: null
		};
		if (!(await store.invitationByToken(invitation.token))) await store.invite([invitation]);
		let mailed = false;
		if (mail && email) {
			// the link is there anyway; whoever invites sees that the mail did not go out
			mailed = await mail.send({ to: email, ...write(token) }).then(
				() => true,
				() => false
			);
		}
		return { ok: true, value: { token, mailed, email } };
	}

	function invitedOnce(
		by: Person,
		asked: string | null,
		whom: Wish | { invitation: string },
		make: (token: string) => Promise<Outcome<Invited>>
	): Promise<Outcome<Invited>> {
		const id = asked === null ? null : hash(JSON.stringify([asked, whom]));
		const asking = { person: by.id, type: 'workspace.invite', id };
		const token = tokenFor(asking);
		return once.make<Outcome<Invited>>(asking, {
			// the link is in no row: this is all that is noted beside it
			again: async (kept) => {
				const row = await store.invitationByToken(hash(token));
				const { mailed } = kept as { mailed: boolean }; // as it is noted below
				return { ok: true, value: { token, mailed, email: row?.email ?? null } };
			},
			async first(noted) {
				const made = await make(token);
				if (made.ok) await note(noted({ mailed: made.value.mailed }));
				return made;
			}
		});
	}

	async function apply(file: Uint8Array, digest: string): Promise<Outcome<Imported>> {
		const planned = await plan(file);
		if (!planned.ok) return unreadable(planned.problem);
		// somebody changed the directory, or the file, since it was looked at
		if (planned.digest !== digest) return refused(409, 'not-as-shown');
		const { change, lines } = planned.plan;
		await store.changePeople(change);
		for (const { person, data } of change.profiles) profiles.set(person, data);
		const count = (action: string) => lines.filter((line) => line.action === action).length;
		const people = change.add.map(({ id }) => id);
		return {
			ok: true,
			value: { ready: count('ready'), changed: count('change'), refused: count('refused'), people }
		};
	}

	return {
		profile,
		get settings() {
			return settings;
		},
		hoursText,
		mayOpenRooms: (person) => person.account || settings.opening === 'anyone',

		async people(by) {
			if (!by.account) return refused(403, 'accounts-only');
			return { ok: true, value: await store.people() };
		},

		async describe(by, person, texts, manager) {
			if (by.id !== person && !isAdministrator(by)) return refused(403, 'not-yours');
			if (!known(person)?.account) return refused(404, 'no-person');
			const { data, problems } = readProfile(texts, profiles.get(person) ?? blankProfile);
			if (manager !== undefined) {
				const people = await store.people();
				const found = manager.trim() === '' ? null : findManager(manager, people);
				if (manager.trim() !== '' && !found)
					problems.push({ field: 'manager', code: 'manager-unknown', detail: manager.slice(0, 60) });
				else if (found?.id === person) problems.push({ field: 'manager', code: 'manager-self' });
				else {
					const loop = loopThrough(person, found?.id ?? null, managerOf);
					const detail = loop?.map((id) => known(id)?.name ?? '?').join(' → ');
					if (detail) problems.push({ field: 'manager', code: 'manager-loop', detail });
				}
				data.manager = found?.id ?? null;
			}
			if (problems.length > 0) return refused(422, 'invalid', problems);
			await store.changePeople({ profiles: [{ person, data, updated: clock.now() }] });
			profiles.set(person, data);
			return { ok: true, value: null };
		},

		async appoint(by, person, administrator) {
			if (!isAdministrator(by)) return notYours;
			if (!known(person)?.account) return refused(404, 'no-person');
			const done = await store.appoint(person, administrator);
			return done ? { ok: true, value: null } : refused(409, 'last-administrator');
		},

		async counts(by) {
			if (!isAdministrator(by)) return notYours;
			return { ok: true, value: await store.counts() };
		},

		mail(by) {
			if (!isAdministrator(by)) return notYours;
			if (!mail) return { ok: true, value: { is: 'none' } };
			return { ok: true, value: mail.trouble ? { is: 'trouble', ...mail.trouble } : { is: 'works' } };
		},

		async configure(by, wish) {
			if (!isAdministrator(by)) return notYours;
			const { opening, registration } = wish;
			if (opening !== undefined && opening !== 'anyone' && opening !== 'accounts')
				return refused(422, 'invalid', [{ field: 'opening', code: 'invalid' }]);
			if (registration !== undefined && registration !== 'anyone' && registration !== 'invited')
				return refused(422, 'invalid', [{ field: 'registration', code: 'invalid' }]);
			if (opening !== undefined) await store.set('opening', opening);
			if (registration !== undefined) await store.set('registration', registration);
			settings = {
				opening: opening ?? settings.opening,
				registration: registration ?? settings.registration
			};
			return { ok: true, value: null };
		},

		async invitations(by) {
			if (!isAdministrator(by)) return notYours;
			return { ok: true, value: (await store.invitations()).map(lineOf) };
		},

		async invite(by, wish, write, id = null) {
			if (!isAdministrator(by)) return notYours;
			// to somebody else is another one
			return invitedOnce(by, id, wish, (token) => invite(by, wish, write, token));
		},

		async inviteAgain(by, invitation, write, id = null) {
			if (!isAdministrator(by)) return notYours;
			return invitedOnce(by, id, { invitation }, async (token) => {
				const before = (await store.invitations()).find((one) => one.id === invitation);
				const begun = await store.invitationByToken(hash(token));
				if (!before || !(begun || ['open', 'expired'].includes(stateOf(before))))
					return refused(404, 'no-invitation');
				const { email, person, most, used, created, expires } = before;
				const days = Math.round((expires - created) / DAY);
				const whom = person !== null ? { person } : email !== null ? { email } : {};
				const wish = { ...whom, people: most - used, days };
				const made = await invite(by, wish, (link) => write(link, days), token);
				if (made.ok) await store.revoke(invitation, clock.now());
				return made;
			});
		},

		async revoke(by, id) {
			if (!isAdministrator(by)) return notYours;
			await store.revoke(id, clock.now());
			return { ok: true, value: null };
		},

		async invitation(token) {
			const row = token.length > 100 ? null : await store.invitationByToken(hash(token));
			if (!row) return null;
			return {
				invitation: lineOf(row),
				name: row.person === null ? null : (known(row.person)?.name ?? null)
			};
		},

		async accept(token) {
			const row = await store.invitationByToken(hash(token));
			return row !== null && (await store.accept(row.id, clock.now()));
		},

		async preview(by, file) {
			if (!isAdministrator(by)) return notYours;
			const planned = await plan(file);
			if (!planned.ok) return unreadable(planned.problem);
			const { plan: shown, encoding, digest } = planned;
			return { ok: true, value: { plan: shown, encoding, digest } };
		},

		async apply(by, file, digest, id = null) {
			if (!isAdministrator(by)) return notYours;
			const asking = { person: by.id, type: 'workspace.import', id };
			return once.make<Outcome<Imported>>(asking, {
				again: async (kept) => ({ ok: true, value: kept as unknown as Imported }), // as it is noted below
				async first(noted) {
					const done = await apply(file, digest);
					if (done.ok) await note(noted({ ...done.value }));
					return done;
				}
			});
		},

		async table(by, what, locale) {
			if (!isAdministrator(by)) return notYours;
			const heads = columns.map((column) => (locale === 'de' ? column.de : column.en));
			if (what === 'template') return { ok: true, value: writeTable([heads, example(locale)]) };
			const people = await store.people();
			const emails = new Map(people.map(({ id, email }) => [id, email ?? '']));
			const rows = people.map(({ name, email, profile: said }) => {
				const data = said ?? blankProfile;
				const cells: Record<(typeof columns)[number]['column'], string> = {
					name,
					email: email ?? '',
					job: data.job ?? '',
					team: data.team ?? '',
					manager: data.manager === null ? '' : (emails.get(data.manager) ?? ''),
					place: data.place ?? '',
					languages: data.languages.join('; '),
					timeZone: data.timeZone ?? '',
					hours: hoursText(data.hours, locale).replaceAll(',', ';'),
					interests: data.interests.join('; '),
					offers: data.offers.join('; '),
					wants: data.wants.join('; '),
					mentoring: data.mentoring.open ? 'yes' : 'no',
					capacity: String(data.mentoring.capacity)
				};
				return columns.map(({ column }) => cells[column]);
			});
			return { ok: true, value: writeTable([heads, ...rows]) };
		},

		async forget(people) {
			await store.forget(people);
			await reload();
		}
	};
}

function example(locale: string): string[] {
	return locale === 'de'
		? [
				'Nia Adeyemi',
				'nia@example.com',
				'Betrugsanalystin',
				'Zahlungsverkehr',
				'mei@example.com',
				'Leipzig',
				'de; en',
				'Europe/Berlin',
				'Mo–Do 9:00–17:00; Fr 9:00–13:00',
				'Klettern; Schach',
				'SQL',
				'Präsentieren; Verhandeln',
				'ja',
				'2'
			]
		: [
				'Nia Adeyemi',
				'nia@example.com',
				'Fraud analyst',
				'Payments',
				'mei@example.com',
				'Leeds',
				'en; de',
				'Europe/London',
				'Mon–Thu 9:00–17:00; Fri 9:00–13:00',
				'Climbing; Chess',
				'SQL',
				'Presenting; Negotiating',
				'yes',
				'2'
			];
}

export { CLEARED };
