import { fail } from '@sveltejs/kit';
import { textOf } from '#lib/identity/form.ts';
import { textIn } from '#lib/room/text.ts';
import { administratorOf, orError, refusedWords } from '#lib/workspace/guard.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const person = administratorOf(event);
	const { workspace, registry } = event.locals.app;
	const counts = orError(await workspace.counts(person));
	const people = orError(await workspace.people(person));
	return {
		person,
		counts: {
			...counts,
			formats: counts.formats.map((one) => ({
				...one,
				name: registry.formats[one.format] ? textIn(registry.formats[one.format]!.text) : one.format
			}))
		},
		mail: orError(workspace.mail(person)),
		settings: workspace.settings,
		administrators: people.filter(({ administrator }) => administrator).map(({ id, name }) => ({ id, name }))
	};
};

export const actions: Actions = {
	async settings(event) {
		const by = administratorOf(event);
		const form = await event.request.formData();
		const [opening, registration] = [textOf(form, 'opening'), textOf(form, 'registration')];
		const outcome = await event.locals.app.workspace.configure(by, { opening, registration });
		if (!outcome.ok) return fail(outcome.status, { message: refusedWords(outcome) });
		return { saved: true };
	}
};
