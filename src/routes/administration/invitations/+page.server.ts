import { fail } from '@sveltejs/kit';
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

export const actions: Actions = {
	async invite(event) {
		const by = administratorOf(event);
		const form = await event.request.formData();
		const values = {
			email: textOf(form, 'email'),
			people: textOf(form, 'people') || '1',
			days: textOf(form, 'days')
		};
		const linkOf = (token: string) => `${event.url.origin}/invite/${token}`;
		const outcome = await event.locals.app.workspace.invite(
			by,
			{ email: values.email, people: Number(values.people), days: Number(values.days) },
			(token) => {
				const until = new Date(Date.now() + Number(values.days) * DAY);
				const day = new Intl.DateTimeFormat(region(), { dateStyle: 'long' }).format(until);
				return {
					subject: m.workspace_invite_mail_subject({ by: by.name }),
					text: m.workspace_invite_mail_text({ by: by.name, link: linkOf(token), day })
				};
			}
		);
		if (outcome.ok) {
			const { token, mailed, email } = outcome.value;
			return { made: { link: linkOf(token), mailed, email }, mails: event.locals.app.identity.ways.mailLink };
		}
		const errors = wordsByField(outcome.problems ?? []);
		const here = outcome.problems?.find(({ code }) => code === 'duplicate');
		if (here) errors.email = m.workspace_invite_problem_here({ name: here.detail ?? '' });
		return fail(outcome.status, {
			values,
			errors,
			message: outcome.problems ? null : refusedWords(outcome)
		});
	},

	async revoke(event) {
		const by = administratorOf(event);
		const id = textOf(await event.request.formData(), 'invitation');
		orError(await event.locals.app.workspace.revoke(by, id));
		return { revoked: true };
	}
};
