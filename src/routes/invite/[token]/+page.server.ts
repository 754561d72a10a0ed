import { fail, redirect } from '@sveltejs/kit';
import { attempt } from '#lib/identity/attempt.ts';
import { comeIn } from '#lib/identity/come-in.ts';
import { textOf } from '#lib/identity/form.ts';
import { signedUp } from '#lib/identity/sign-up.ts';
import { visitOf } from '#lib/identity/visit.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, setHeaders }) => {
	const shown = await locals.app.workspace.invitation(params.token);
	// the address is the secret
	setHeaders({ 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' });
	return {
		person: locals.person,
		holds: shown?.invitation.state === 'open',
		by: shown?.invitation.by ?? '',
		email: shown?.invitation.email ?? null,
		name: shown?.name ?? null,
		oidc: locals.app.identity.ways.oidc
	};
};

export const actions: Actions = {
	async default(event) {
		const { workspace, identity } = event.locals.app;
		const form = await event.request.formData();
		const shown = await workspace.invitation(event.params.token);
		const gone = () =>
			fail(410, { name: '', email: '', problem: null, gone: m.workspace_accept_gone_text() });
		if (!shown) return gone();
		const name = textOf(form, 'name');
		// one for a mailbox vouches for this address and no other
		const email = shown.invitation.email ?? textOf(form, 'email');
		const password = textOf(form, 'password');
		const invited = shown.invitation.email !== null ? ('mailbox' as const) : ('link' as const);
		const { state } = shown.invitation;
		if (state === 'used') {
			// perhaps by this very form, whose answer was lost: the account has its password by now
			const known = await attempt(() => identity.signIn({ email, password }, visitOf(event)));
			if (!known.ok) return gone();
			await comeIn(event, known.value);
			redirect(303, '/');
		}
		if (state !== 'open') return gone();
		const entered = await signedUp(identity, { name, email, password, invited }, visitOf(event));
		if (!entered.ok)
			return fail(entered.problem.status, { name, email, problem: entered.problem, gone: null });
		if (entered.value.made) await workspace.accept(event.params.token);
		await comeIn(event, entered.value);
		redirect(303, '/');
	}
};
