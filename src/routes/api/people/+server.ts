/** The directory for choosing somebody: a few of those who are found, with what tells them apart. */
import { json } from '@sveltejs/kit';
import { failed, unauthenticated } from '#lib/api/answer.ts';
import { inReportingLine } from '#lib/blocks/profile.ts';
import { filtersIn, search } from '#lib/workspace/directory.ts';
import type { RequestHandler } from './$types';

const FEW = 8;
/** With `all`: a whole team, to take part in something. */
const MANY = 500;

export const GET: RequestHandler = async ({ locals, url }) => {
	const { person } = locals;
	if (!person) return unauthenticated();
	const people = await locals.app.workspace.people(person);
	if (!people.ok)
		return failed(people.status, {
			code: people.code,
			message: 'The directory is for people with an account. Sign in first.'
		});
	const found = search(people.value, filtersIn(url.searchParams));
	const shown = found.slice(0, url.searchParams.has('all') ? MANY : FEW);
	return json({
		found: found.length,
		people: shown.map(({ id, name, profile }) => ({
			id,
			name,
			job: profile?.job ?? null,
			team: profile?.team ?? null,
			offers: profile?.offers ?? [],
			line: inReportingLine(person.id, id, locals.app.workspace.profile)
		}))
	});
};
