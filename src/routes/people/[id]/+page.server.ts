import { error, fail, redirect } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { offers, soughtIn } from '#lib/pages/sought.ts';
import { getLocale } from '#lib/paraglide/runtime.js';
import { accountOf, administratorOf, orError, refusedWords } from '#lib/workspace/guard.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const person = accountOf(event);
	const { workspace, registry } = event.locals.app;
	const people = orError(await workspace.people(person));
	const shown = people.find(({ id }) => id === event.params.id) ?? error(404, m.workspace_person_missing());
	const link = (id: string) => people.find((one) => one.id === id);
	const manager = shown.profile?.manager ? link(shown.profile.manager) : undefined;
	return {
		person,
		shown,
		seeks:
			shown.id !== person.id && offers(shown)
				? Object.values(registry.formats).flatMap((format) => soughtIn(format) ?? [])
				: [],
		hours: workspace.hoursText(shown.profile?.hours ?? [], getLocale()),
		manager: manager ? { id: manager.id, name: manager.name } : null,
		reports: people
			.filter(({ profile }) => profile?.manager === shown.id)
			.map(({ id, name }) => ({ id, name }))
	};
};

export const actions: Actions = {
	async appoint(event) {
		const by = administratorOf(event);
		const form = await event.request.formData();
		const outcome = await event.locals.app.workspace.appoint(by, event.params.id, form.get('is') === 'yes');
		if (!outcome.ok) return fail(outcome.status, { message: refusedWords(outcome) });
		redirect(303, `/people/${event.params.id}`);
	}
};
