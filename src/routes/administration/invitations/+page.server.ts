import { error, fail, type RequestEvent } from '@sveltejs/kit';
import { textOf } from '#lib/identity/form.ts';
import { m } from '#lib/paraglide/messages.js';
import { region } from '#lib/ui/region.ts';
import { administratorOf, orError, refusedWords } from '#lib/workspace/guard.ts';
import { wordsByField } from '#lib/workspace/words.ts';
import type { Actions, PageServerLoad } from './$types';

const DAY = 24 * 60 * 60 * 1000;

export const load: PageServerLoad = async (event) => {
	const person = administratorOf(event);
	const { workspace } = event.locals.app;
	const people = orError(await workspace.people(person));
	const asked = people.find(({ id, joined }) => id === event.url.searchParams.get('person') && !joined);
	return {
		person,
		invitations: orError(await workspace.invitations(person)),
		asked: asked ? { id: asked.id, name: asked.name, email: asked.email ?? '' } : null
	};
};

type Wish = { email?: string; person?: string; people: number; days: number };

const linkOf = (event: RequestEvent, token: string) => `${event.url.origin}/invite/${token}`;

/** Makes the invitation, mails it where it can be, and answers with the link, which is shown this once. */
async function invite(event: RequestEvent, wish: Wish) {
	const by = administratorOf(event);
	const { workspace, identity } = event.locals.app;
	const outcome = await workspace.invite(by, wish, (token) => {
		const until = new Date(Date.now() + wish.days * DAY);
		const day = new Intl.DateTimeFormat(region(), { dateStyle: 'long' }).format(until);
		return {
			subject: m.workspace_invite_mail_subject({ by: by.name }),
			text: m.workspace_invite_mail_text({ by: by.name, link: linkOf(event, token), day })
		};
	});
	if (!outcome.ok) return outcome;
	const { token, mailed, email } = outcome.value;
	const made = { link: linkOf(event, token), mailed, email };
	return { ok: true as const, made, mails: identity.ways.mailLink };
}

export const actions: Actions = {
	async invite(event) {
		administratorOf(event);
		const form = await event.request.formData();
		const values = {
			email: textOf(form, 'email'),
			people: textOf(form, 'people') || '1',
			days: textOf(form, 'days')
		};
		const { email, people, days } = values;
		const outcome = await invite(event, { email, people: Number(people), days: Number(days) });
		if (outcome.ok) return { made: outcome.made, mails: outcome.mails };
		const errors = wordsByField(outcome.problems ?? []);
		const here = outcome.problems?.find(({ code }) => code === 'duplicate');
		if (here) errors.email = m.workspace_invite_problem_here({ name: here.detail ?? '' });
		return fail(outcome.status, {
			values,
			errors,
			message: outcome.problems ? null : refusedWords(outcome)
		});
	},

	/** A new link in place of one that was lost or has run out: for the same people, and for as long. */
	async again(event) {
		const by = administratorOf(event);
		const id = textOf(await event.request.formData(), 'invitation');
		const { workspace } = event.locals.app;
		const before = orError(await workspace.invitations(by)).find((one) => one.id === id);
		if (!before || !['open', 'expired'].includes(before.state)) error(404, m.workspace_invite_gone());
		const { email, person, most, used, created, expires } = before;
		const days = Math.round((expires - created) / DAY);
		const whom = person !== null ? { person } : email !== null ? { email } : {};
		const outcome = await invite(event, { ...whom, people: most - used, days });
		if (!outcome.ok) {
			const here = outcome.problems?.find(({ code }) => code === 'duplicate');
			const message = here
				? m.workspace_invite_problem_here({ name: here.detail ?? '' })
				: refusedWords(outcome);
			return fail(outcome.status, { values: null, errors: {}, message });
		}
		orError(await workspace.revoke(by, id));
		return { made: outcome.made, mails: outcome.mails };
	},

	async revoke(event) {
		const by = administratorOf(event);
		const id = textOf(await event.request.formData(), 'invitation');
		orError(await event.locals.app.workspace.revoke(by, id));
		return { revoked: true };
	}
};
