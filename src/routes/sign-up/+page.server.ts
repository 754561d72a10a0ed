import { fail, redirect } from '@sveltejs/kit';
import { comeIn } from '#lib/identity/come-in.ts';
import { textOf } from '#lib/identity/form.ts';
import { nextPage } from '#lib/identity/next.ts';
import { signedUp } from '#lib/identity/sign-up.ts';
import { visitOf } from '#lib/identity/visit.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
	const next = nextPage(url.searchParams.get('next'));
	if (locals.person?.account) redirect(303, next);
	return { guest: locals.person, oidc: locals.app.identity.ways.oidc, next };
};

export const actions: Actions = {
	async default(event) {
		const form = await event.request.formData();
		const name = textOf(form, 'name');
		const email = textOf(form, 'email');
		const password = textOf(form, 'password');
		const { identity } = event.locals.app;
		const entered = await signedUp(identity, { name, email, password }, visitOf(event));
		if (!entered.ok) return fail(entered.problem.status, { name, email, problem: entered.problem });
		await comeIn(event, entered.value);
		redirect(303, nextPage(textOf(form, 'next')));
	}
};
