import { fail, redirect } from '@sveltejs/kit';
import { attempt } from '#lib/identity/attempt.ts';
import { comeIn } from '#lib/identity/come-in.ts';
import { textOf } from '#lib/identity/form.ts';
import { nextPage } from '#lib/identity/next.ts';
import { visitOf } from '#lib/identity/visit.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
	const next = nextPage(url.searchParams.get('next'));
	if (locals.person?.account) redirect(303, next);
	return {
		guest: locals.person,
		ways: locals.app.identity.ways,
		next,
		/** Why a mail link or the sign-on provider sent the person back. */
		error: url.searchParams.get('error')
	};
};

export const actions: Actions = {
	async password(event) {
		const form = await event.request.formData();
		const email = textOf(form, 'email');
		const password = textOf(form, 'password');
		const entered = await attempt(() =>
			event.locals.app.identity.signIn({ email, password }, visitOf(event))
		);
		if (!entered.ok) return fail(entered.problem.status, { email, problem: entered.problem });
		await comeIn(event, entered.value);
		redirect(303, nextPage(textOf(form, 'next')));
	},

	async mail(event) {
		const form = await event.request.formData();
		const email = textOf(form, 'email');
		const letter = {
			email,
			next: nextPage(textOf(form, 'next')),
			compose: (link: string) => ({ subject: m.account_mail_subject(), text: m.account_mail_text({ link }) })
		};
		const sent = await attempt(() => event.locals.app.identity.mailLink(letter, visitOf(event)));
		if (!sent.ok) return fail(sent.problem.status, { email, problem: sent.problem });
		return { email, sent: true };
	}
};
