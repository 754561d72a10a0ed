import { json } from '@sveltejs/kit';
import { failed, tooFast, unauthenticated } from '#lib/api/answer.ts';
import { searchFor } from '#lib/search/results.ts';
import type { RequestHandler } from './$types';

const LONGEST = 200;

export const GET: RequestHandler = async ({ url, locals: { app, person } }) => {
	if (!person) return unauthenticated();
	const query = url.searchParams.get('q') ?? '';
	if (query.length > LONGEST)
		return failed(422, { code: 'invalid', message: `Use at most ${LONGEST} characters.`, field: 'q' });
	const wait = await app.searches.take(person.id);
	if (wait > 0) return tooFast(wait);
	return json(
		{ ok: true, ...(await searchFor(app, person, query)) },
		{ headers: { 'cache-control': 'no-store' } }
	);
};
