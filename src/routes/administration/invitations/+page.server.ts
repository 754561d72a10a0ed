import { error, fail, type RequestEvent } from '@sveltejs/kit';
import { onceIn, textOf } from '#lib/identity/form.ts';
import { m } from '#lib/paraglide/messages.js';
import { region } from '#lib/ui/region.ts';
import { administratorOf, orError, refusedWords } from '#lib/workspace/guard.ts';
import { wordsByField } from '#lib/workspace/words.ts';
import type { Problem } from '../../../../server/workspace/problem.ts';
import type { Invited } from '../../../../server/workspace/invitations.ts';
import type { Actions, PageServerLoad } from './$types';

const DAY = 24 * 60 * 60 * 1000;

export const load: PageServerLoad = async (event) => {
	const person = administratorOf(event);
	const { workspace } = event.locals.app;
	const people = orError(await workspace.people(person));
	const asked = people.find(({ id, joined }) => id === event.url.searchParams.get('person') && !joined);
	return {
		person,
		once: crypto.randomUUID(),
		invitations: orError(await workspace.invitations(person)),
		asked: asked ? { id: asked.id, name: asked.name, email: asked.email ?? '' } : null
	};
};

const linkOf = (event: RequestEvent, token: string) => `${event.url.origin}/invite/${token}`;

/** How the letter is written: for as many days as the link holds. */
function letterOf(event: RequestEvent, by: string) {
	return (token: string, days: number) => {
		const day = new Intl.DateTimeFormat(region(), { dateStyle: 'long' }).format(Date.now() + days * DAY);
		const link = linkOf(event, token);
		return {
			subject: m.workspace_invite_mail_subject({ by }),
			text: m.workspace_invite_mail_text({ by, link, day })
		};
	};
}

/** The link, which is shown this once. */
function shown(event: RequestEvent, { token, mailed, email }: Invited) {
	return {
		made: { link: linkOf(event, token), mailed, email },
		mails: event.locals.app.identity.ways.mailLink
	};
}

/** The account that is there already. */
function hereIn(problems: Problem[] = []): string | null {
	const here = problems.find(({ code }) => code === 'duplicate');
	return here ? m.workspace_invite_problem_here({ name: here.detail ?? '' }) : null;
}

export const actions: Actions = {
	async invite(event) {
		const by = administratorOf(event);
		const form = await event.request.formData();
		const values = {
			email: textOf(form, 'email'),
			people: textOf(form, 'people') || '1',
			days: textOf(form, 'days')
		};
		const wish = { email: values.email, people: Number(values.people), days: Number(values.days) };
		const write = letterOf(event, by.name);
		const { workspace } = event.locals.app;
		const outcome = await workspace.invite(by, wish, (token) => write(token, wish.days), onceIn(form));
		if (outcome.ok) return shown(event, outcome.value);
		const errors = wordsByField(outcome.problems ?? []);
		const here = hereIn(outcome.problems);
		if (here) errors.email = here;
		return fail(outcome.status, {
			values,
			errors,
			message: outcome.problems ? null : refusedWords(outcome)
		});
	},

	/** A new link in place of one that was lost or has run out. */
	async again(event) {
		const by = administratorOf(event);
		const form = await event.request.formData();
		const id = textOf(form, 'invitation');
		const { workspace } = event.locals.app;
		const outcome = await workspace.inviteAgain(by, id, letterOf(event, by.name), onceIn(form));
		if (outcome.ok) return shown(event, outcome.value);
		if (outcome.code === 'no-invitation') error(404, m.workspace_invite_gone());
		const message = hereIn(outcome.problems) ?? refusedWords(outcome);
		return fail(outcome.status, { values: null, errors: {}, message });
	},

	async revoke(event) {
		const by = administratorOf(event);
		const id = textOf(await event.request.formData(), 'invitation');
		orError(await event.locals.app.workspace.revoke(by, id));
		return { revoked: true };
	}
};
