/** Links by which people are asked to come: each for one mailbox, one account made ready, or several people. */
import { createHmac, randomBytes } from 'node:crypto';
import type { Mail } from '../identity/mail.ts';
import type { Person } from '../identity/person.ts';
import type { AskedBefore, Asking } from '../storage/once.ts';
import type { InvitationRow, WorkspaceStore } from '../storage/workspace-store.ts';
import { hash } from '../hash.ts';
import { emailOf } from './email.ts';
import { administratorsOnly, refused, type Outcome, type Problem } from './problem.ts';

const DAY = 24 * 60 * 60 * 1000;
const INVITATION_DAYS = { least: 1, most: 90, usual: 14 };
const INVITATION_PEOPLE = { least: 1, most: 500 };

interface InvitationLine extends Omit<InvitationRow, 'token' | 'by'> {
	/** The inviter's name. */
	by: string;
	state: 'open' | 'used' | 'expired' | 'revoked';
}

export interface Shown {
	invitation: InvitationLine;
	/** The account made ready that it is for. */
	name: string | null;
}

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

export interface Invitations {
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
}

interface InvitationsParts extends AskedBefore {
	store: WorkspaceStore;
	mail: Mail | null;
	clock: { now(): number };
	newId(): string;
	/** A person by id, guests as well. */
	known(id: string): Person | null;
	isAdministrator(by: Person): boolean;
	/** A link that is asked for again is the same without being kept: it follows from this. */
	secret: string;
}

export function createInvitations(parts: InvitationsParts): Invitations {
	const { store, mail, clock, newId, known, isAdministrator, once, note, secret } = parts;

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

	return {
		async invitations(by) {
			if (!isAdministrator(by)) return administratorsOnly;
			return { ok: true, value: (await store.invitations()).map(lineOf) };
		},

		async invite(by, wish, write, id = null) {
			if (!isAdministrator(by)) return administratorsOnly;
			// to somebody else is another one
			return invitedOnce(by, id, wish, (token) => invite(by, wish, write, token));
		},

		async inviteAgain(by, invitation, write, id = null) {
			if (!isAdministrator(by)) return administratorsOnly;
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
			if (!isAdministrator(by)) return administratorsOnly;
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
		}
	};
}
