import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { textOf } from '#lib/identity/form.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { accountOf, orError } from '#lib/workspace/guard.ts';
import { wordsByField } from '#lib/workspace/words.ts';
import type { Actions, PageServerLoad } from './$types';

const fields = [
	'job',
	'team',
	'place',
	'languages',
	'timeZone',
	'hours',
	'interests',
	'offers',
	'wants'
] as const;

/** One's own; an administrator may help others. */
function editorOf(event: RequestEvent<{ id: string }>) {
	const person = accountOf(event);
	if (person.id !== event.params.id && !person.administrator) error(403, m.workspace_admin_only());
	return person;
}

export const load: PageServerLoad = async (event) => {
	const person = editorOf(event);
	const { workspace } = event.locals.app;
	const people = orError(await workspace.people(person));
	const shown = people.find(({ id }) => id === event.params.id) ?? error(404, m.workspace_person_missing());
	const profile = workspace.profile(shown.id) ?? error(404, m.workspace_person_missing());
	const names = new Intl.DisplayNames(getLocale(), { type: 'language' });
	const manager = people.find(({ id }) => id === profile.manager);
	const values: Record<string, string> = {
		job: profile.job ?? '',
		team: profile.team ?? '',
		place: profile.place ?? '',
		manager: manager?.email ?? manager?.name ?? '',
		languages: profile.languages.map((code) => names.of(code) ?? code).join(', '),
		timeZone: profile.timeZone ?? '',
		hours: workspace.hoursText(profile.hours, getLocale()),
		interests: profile.interests.join(', '),
		offers: profile.offers.join(', '),
		wants: profile.wants.join(', '),
		capacity: String(profile.mentoring.capacity)
	};
	return {
		person,
		shown: { id: shown.id, name: shown.name },
		values,
		mentoring: profile.mentoring.open,
		teams: [...new Set(people.flatMap((one) => one.profile?.team ?? []))],
		colleagues: people
			.filter(({ id, email }) => id !== shown.id && email)
			.slice(0, 500)
			.map(({ name, email }) => ({ name, email: email ?? '' }))
	};
};

export const actions: Actions = {
	async default(event) {
		const person = editorOf(event);
		const form = await event.request.formData();
		const values = Object.fromEntries(
			[...fields, 'manager', 'capacity'].map((field) => [field, textOf(form, field).slice(0, 4000)])
		);
		const mentoring = form.has('mentoring');
		const { manager = '', ...texts } = values;
		const outcome = await event.locals.app.workspace.describe(
			person,
			event.params.id,
			{ ...texts, mentoring: mentoring ? 'yes' : 'no' },
			manager
		);
		if (!outcome.ok)
			return fail(outcome.status, { values, mentoring, errors: wordsByField(outcome.problems ?? []) });
		redirect(303, `/people/${event.params.id}`);
	}
};
