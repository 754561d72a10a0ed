import { accountOf, orError } from '#lib/workspace/guard.ts';
import { filtersIn, MOST_SHOWN, search, valuesOf } from '#lib/workspace/directory.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const person = accountOf(event);
	const people = orError(await event.locals.app.workspace.people(person));
	const filters = filtersIn(event.url.searchParams);
	const found = search(people, filters);
	return {
		person,
		filters,
		teams: valuesOf(people, 'team'),
		places: valuesOf(people, 'place'),
		all: people.length,
		found: found.length,
		mine: people.find(({ id }) => id === person.id)?.profile !== null,
		people: found.slice(0, MOST_SHOWN).map(({ id, name, joined, administrator, profile }) => ({
			id,
			name,
			joined,
			administrator,
			job: profile?.job ?? null,
			team: profile?.team ?? null,
			place: profile?.place ?? null,
			mentor: profile?.mentoring.open ?? false,
			offers: profile?.offers ?? []
		}))
	};
};
