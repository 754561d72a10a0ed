/** The workspace: who is in it, what they say of themselves, who runs it and how. */
import { blankProfile } from '#lib/blocks/profile.ts';
import type { Profile } from '#lib/blocks/profile.ts';
import type { Mail, MailTrouble } from '../identity/mail.ts';
import type { Person } from '../identity/person.ts';
import type { AskedBefore } from '../storage/once.ts';
import type { Colleague, Counts, ProfileData, WorkspaceStore } from '../storage/workspace-store.ts';
import { hoursText } from './hours.ts';
import { createInvitations, type Invitations } from './invitations.ts';
import { createPeopleTable, type PeopleTable } from './people-table.ts';
import { administratorsOnly, refused, type Outcome } from './problem.ts';
import { readProfile, type ProfileTexts } from './profile-input.ts';
import { loopThrough } from './reporting.ts';

interface WorkspaceSettings {
	/** Who may open rooms: guests as well, or accounts only. */
	opening: 'anyone' | 'accounts';
	/** Who may create an account with a password: anyone, or those who were invited. */
	registration: 'anyone' | 'invited';
}

const usual: WorkspaceSettings = { opening: 'anyone', registration: 'anyone' };

interface WorkspaceParts {
	store: WorkspaceStore;
	mail: Mail | null;
	clock: { now(): number };
	newId(): string;
	/** A person by id, guests as well. */
	known(id: string): Person | null;
	/** What was asked for before. */
	asked: AskedBefore & { secret: string };
}

/** 'none': no mail server is configured. */
type MailState = { is: 'none' } | { is: 'works' } | ({ is: 'trouble' } & MailTrouble);

export interface Workspace extends Invitations, PeopleTable {
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
	/** These people are being erased. */
	forget(people: readonly string[]): Promise<void>;
}

export async function createWorkspace(parts: WorkspaceParts): Promise<Workspace> {
	const { store, mail, clock, newId, known, asked } = parts;
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

	return {
		...createInvitations({ store, mail, clock, newId, known, isAdministrator, ...asked }),
		...createPeopleTable({
			...{ store, clock, newId, isAdministrator, ...asked },
			changed(these) {
				for (const { person, data } of these) profiles.set(person, data);
			}
		}),
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
			if (!isAdministrator(by)) return administratorsOnly;
			if (!known(person)?.account) return refused(404, 'no-person');
			const done = await store.appoint(person, administrator);
			return done ? { ok: true, value: null } : refused(409, 'last-administrator');
		},

		async counts(by) {
			if (!isAdministrator(by)) return administratorsOnly;
			return { ok: true, value: await store.counts() };
		},

		mail(by) {
			if (!isAdministrator(by)) return administratorsOnly;
			if (!mail) return { ok: true, value: { is: 'none' } };
			return { ok: true, value: mail.trouble ? { is: 'trouble', ...mail.trouble } : { is: 'works' } };
		},

		async configure(by, wish) {
			if (!isAdministrator(by)) return administratorsOnly;
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

		async forget(people) {
			await store.forget(people);
			await reload();
		}
	};
}
